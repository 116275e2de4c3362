package io.ristflow.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What the room promises for any bytes: nothing is thrown, nothing outside the message is read, position and limit stay. */
final class Promise {
    private Promise() {}

    /**
     * The same message three times: alone in its buffer, where a step outside throws; then amid zeros and amid ones, where it would change the answer.
     */
    static void check(Decoder decoder, byte[] message, int length) {
        ByteBuffer alone = ByteBuffer.wrap(message, 0, length).slice();
        long answer = decoder.read(alone, 0, length);
        assertThat(alone.position()).isZero();
        assertThat(alone.limit()).isEqualTo(length);
        if (amid((byte) 0x00, decoder, message, length) != answer || amid((byte) 0xFF, decoder, message, length) != answer) {
            throw new AssertionError(decoder + " read bytes outside of the message " + Arrays.toString(Arrays.copyOf(message, length)));
        }
    }

    private static long amid(byte fill, Decoder decoder, byte[] message, int length) {
        byte[] all = new byte[Wire.OFF + length + 64];
        Arrays.fill(all, fill);
        System.arraycopy(message, 0, all, Wire.OFF, length);
        return decoder.read(ByteBuffer.wrap(all), Wire.OFF, Wire.OFF + length);
    }
}
