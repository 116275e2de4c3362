package io.ristflow.core.sim;

import java.nio.ByteBuffer;

/** Payloads whose every byte follows from a stream's and a packet's number, so that what was delivered can be checked to the last byte. */
public final class Payloads {
    private static final int TS = 188;
    private static final int IDENTITY_OFFSET = 4;
    static final int MIN_BYTES = 16;

    private final int bytes;
    private final int nullEvery;
    private final ByteBuffer expected;

    private Payloads(int bytes, int nullEvery) {
        this.bytes = bytes;
        this.nullEvery = nullEvery;
        expected = ByteBuffer.allocate(bytes);
    }

    /** @param bytes 16 or more; a multiple of 188 looks like a transport stream */
    public static Payloads of(int bytes) {
        if (bytes < MIN_BYTES) throw new IllegalArgumentException("bytes " + bytes + " is not in 16..");
        return new Payloads(bytes, 0);
    }

    /** Seven transport packets, every {@code nullEvery}-th of them, but never the first, a null packet. */
    public static Payloads withNullPackets(int nullEvery) {
        return new Payloads(7 * TS, nullEvery);
    }

    /** Fills {@code into} from 0 on and sets its limit. */
    void fill(ByteBuffer into, int stream, int number) {
        into.clear().limit(bytes);
        long value = (long) number * 0x9E37_79B9_7F4A_7C15L + stream;
        int i = 0;
        for (; i + 8 <= bytes; i += 8) into.putLong(i, value + i);
        for (; i < bytes; i++) into.put(i, (byte) (value + i));
        if (bytes % TS == 0) dressAsTransportStream(into, number);
        into.putInt(IDENTITY_OFFSET, stream).putInt(IDENTITY_OFFSET + 4, number);
    }

    private void dressAsTransportStream(ByteBuffer into, int number) {
        for (int i = 0; i < bytes / TS; i++) {
            into.putInt(i * TS, 0x4701_0010 | number & 0x0F);
            if (nullEvery > 0 && i > 0 && (number * 7 + i) % nullEvery == 0) {
                // As a receiver makes them anew: librist's form
                into.putInt(i * TS, 0x471F_FF10);
                for (int b = 4; b < TS; b++) into.put(i * TS + b, (byte) 0xFF);
            }
        }
    }

    static int stream(ByteBuffer payload) {
        return payload.getInt(payload.position() + IDENTITY_OFFSET);
    }

    static int number(ByteBuffer payload) {
        return payload.getInt(payload.position() + IDENTITY_OFFSET + 4);
    }

    boolean matches(ByteBuffer payload, int stream, int number) {
        fill(expected, stream, number);
        return expected.equals(payload);
    }
}
