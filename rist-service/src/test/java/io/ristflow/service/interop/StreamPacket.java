package io.ristflow.service.interop;

import java.util.Arrays;

/** A datagram of seven transport packets that is a function of its number alone, so that the far end can tell a wrong byte from a right one. */
final class StreamPacket {
    static final int BYTES = 7 * 188;
    private static final int MAGIC = 0x52495354;
    private static final int FIRST_PID = 0x100;

    private StreamPacket() {}

    /** @param nullShare how many of the transport packets but the first are null packets, for their deletion (TR-06-2 §8) */
    static void fill(byte[] bytes, int number, double nullShare) {
        for (int cell = 0; cell < 7; cell++) {
            int at = cell * 188;
            long mixed = mix(number * 7L + cell);
            bytes[at] = 0x47;
            if (cell > 0 && (mixed >>> 11) * 0x1p-53 < nullShare) {
                bytes[at + 1] = 0x1F;
                bytes[at + 2] = (byte) 0xFF;
                bytes[at + 3] = 0x10;
                Arrays.fill(bytes, at + 4, at + 188, (byte) 0xFF);
                continue;
            }
            bytes[at + 1] = (byte) (FIRST_PID + cell >>> 8);
            bytes[at + 2] = (byte) (FIRST_PID + cell);
            bytes[at + 3] = (byte) (0x10 | number & 0xF);
            for (int i = 4; i < 188; i++) {
                if (i % 8 == 4) mixed = mix(mixed + i);
                bytes[at + i] = (byte) (mixed >>> 8 * (i % 8));
            }
        }
        putInt(bytes, 4, MAGIC);
        putInt(bytes, 8, number);
    }

    /** The number a datagram bears; -1 if it is none of ours. */
    static int number(byte[] bytes, int length) {
        return length == BYTES && getInt(bytes, 4) == MAGIC ? getInt(bytes, 8) : -1;
    }

    /** SplitMix64. */
    private static long mix(long x) {
        long z = (x + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private static void putInt(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) bytes[at + i] = (byte) (value >>> 24 - 8 * i);
    }

    private static int getInt(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }
}
