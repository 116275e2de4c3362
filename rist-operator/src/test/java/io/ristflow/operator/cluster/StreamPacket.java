package io.ristflow.operator.cluster;

import java.nio.ByteBuffer;

/** A datagram of seven transport packets that is a function of its number alone, so that the far end can tell a wrong byte from a right one. */
final class StreamPacket {
    static final int BYTES = 7 * 188;
    private static final int MAGIC = 0x52495354;

    private StreamPacket() {}

    static void fill(byte[] bytes, int number) {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        for (int cell = 0; cell < 7; cell++) {
            out.position(cell * 188);
            // one PID each, continuity counters as they must be
            out.putInt(0x47010010 + (cell << 8) | number & 0xF);
            long mixed = number * 7L + cell;
            while (out.position() < (cell + 1) * 188 - 7) out.putLong(mixed = mix(mixed));
        }
        out.putInt(4, MAGIC).putInt(8, number);
    }

    /** The number a datagram bears; -1 if it is none of ours. */
    static int number(byte[] bytes, int length) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return length == BYTES && in.getInt(4) == MAGIC ? in.getInt(8) : -1;
    }

    /** SplitMix64. */
    private static long mix(long x) {
        long z = (x + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
