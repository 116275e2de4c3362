package io.ristflow.service.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteRingTest {
    /** Numbers go in by both ways and must come out by both, in order, over many turns of the ring. */
    @Test
    void whatGoesInComesOutInOrderAcrossTheEdge() {
        var random = new Random(7);
        var ring = new ByteRing(256);
        ByteBuffer from = ByteBuffer.allocate(300);
        ByteBuffer to = ByteBuffer.allocateDirect(300);
        int in = 0, out = 0;
        while (out < 100_000) {
            int length = 1 + random.nextInt(200);
            if (random.nextBoolean()) {
                for (int i = 0; i < length; i++) from.put(10 + i, (byte) (in + i));
                boolean fits = length <= 256 - (in - out);
                assertThat(ring.write(from, 10, length)).isEqualTo(fits);
                if (fits) in += length;
            } else {
                ByteBuffer room = ring.writable();
                int count = Math.min(length, room.remaining());
                for (int i = 0; i < count; i++) room.put((byte) in++);
                ring.produced(count);
            }
            assertThat(ring.used()).isEqualTo(in - out);
            if (random.nextBoolean()) {
                ByteBuffer there = ring.readable();
                int count = there.remaining();
                while (there.hasRemaining()) assertThat(there.get()).isEqualTo((byte) out++);
                ring.consumed(count);
            } else {
                int count = Math.min(length, ring.used());
                if (count > 0) assertThat(ring.peek(count - 1)).isEqualTo((byte) (out + count - 1));
                ring.read(to, count);
                for (int i = 0; i < count; i++) assertThat(to.get(i)).isEqualTo((byte) out++);
            }
        }
    }

    @Test
    void fullRingTakesNothing() {
        var ring = new ByteRing(16);
        assertThat(ring.write(ByteBuffer.allocate(16), 0, 16)).isTrue();
        assertThat(ring.write(ByteBuffer.allocate(1), 0, 1)).isFalse();
        assertThat(ring.writable().remaining()).isZero();
        ring.consumed(5);
        assertThat(ring.write(ByteBuffer.allocate(6), 0, 6)).isFalse();
        assertThat(ring.write(ByteBuffer.allocate(5), 0, 5)).isTrue();
    }
}
