package io.ristflow.core.flow;

import java.nio.ByteBuffer;

/**
 * Where a payload is cut in two, so that each half is a packet of its own and two legs carry one payload between them. librist's {@code split}: the halves have consecutive numbers, the
 * first an even one, and the same source time; that is all that marks them. Every payload is cut, even one of a single byte (its first half is then empty): else the numbers of the next pair would be odd and
 * even, and a receiver would not know it for one.
 *
 * <p>Belongs to the flow and not to the codecs as what makes a pair is its numbers and its time, in no profile a byte of its own.
 */
public final class PacketSplitter {
    public enum Cut {
        /** In the middle. */
        HALF,
        /** Between two transport packets, nearest below the middle, where the payload is made of such; else in the middle. */
        TS
    }

    private static final int TS_PACKET_BYTES = 188;
    private static final byte TS_SYNC = 0x47;

    private final Cut cut;

    public PacketSplitter(Cut cut) {
        this.cut = cut;
    }

    /** Bytes of the first half, 0 to all but one of them; the payload is what is between position and limit and is not empty. */
    public int firstBytes(ByteBuffer payload) {
        int bytes = payload.remaining();
        boolean ts = cut == Cut.TS && bytes >= 2 * TS_PACKET_BYTES && bytes % TS_PACKET_BYTES == 0 && payload.get(payload.position()) == TS_SYNC;
        return ts ? bytes / TS_PACKET_BYTES / 2 * TS_PACKET_BYTES : bytes / 2;
    }
}
