package io.ristflow.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.ToIntFunction;

/** Bytes for tests: written down as hex with a comment behind {@code #} on every line, and laid out where a reader could go astray. */
public final class Wire {
    /** Where {@link #at} and {@link #written} put the message: never at zero, so that a forgotten offset shows. */
    public static final int OFF = 5;

    private static final byte AROUND = (byte) 0xEE;

    private Wire() {}

    /** "80 21  # V=2, PT 33" and so on, line by line. */
    public static byte[] hex(String commented) {
        StringBuilder digits = new StringBuilder();
        commented.lines().forEach(line -> digits.append(line.replaceFirst("#.*", "").replaceAll("\\s", "")));
        return HexFormat.of().parseHex(digits);
    }

    /** The message at {@link #OFF}; the buffer ends with it, so that reading on throws. */
    public static ByteBuffer at(byte[] message) {
        byte[] all = new byte[OFF + message.length];
        Arrays.fill(all, AROUND);
        System.arraycopy(message, 0, all, OFF, message.length);
        return ByteBuffer.wrap(all);
    }

    public static int end(byte[] message) {
        return OFF + message.length;
    }

    /**
     * What a writer put at {@link #OFF}, checked to have touched nothing around it, nor position and limit.
     *
     * @param writer gets the buffer and returns the length it wrote
     */
    public static byte[] written(ToIntFunction<ByteBuffer> writer) {
        byte[] all = new byte[2_000];
        Arrays.fill(all, AROUND);
        ByteBuffer b = ByteBuffer.wrap(all);
        int length = writer.applyAsInt(b);
        assertThat(b.position()).isZero();
        assertThat(b.limit()).isEqualTo(all.length);
        for (int i = 0; i < all.length; i++) {
            if (i < OFF || i >= OFF + length) assertThat(all[i]).as("byte %d, outside of the message", i - OFF).isEqualTo(AROUND);
        }
        return Arrays.copyOfRange(all, OFF, OFF + length);
    }

    /** Every proper prefix of the message, for readers that must refuse them. */
    public static Iterable<byte[]> prefixes(byte[] message) {
        return java.util.stream.IntStream.range(0, message.length).mapToObj(n -> Arrays.copyOf(message, n)).toList();
    }
}
