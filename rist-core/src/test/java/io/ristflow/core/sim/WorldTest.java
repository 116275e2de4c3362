package io.ristflow.core.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** That the world itself can be trusted: it repeats itself, and it sees what is wrong. */
class WorldTest {
    @Test
    void sameSeedGivesTheSameBytesAtTheSameInstants() {
        assertThat(trace(1)).isEqualTo(trace(1)).isNotEqualTo(trace(2));
    }

    @Test
    void pathTooBadForItsBufferLeavesHoles() {
        Pair pair = new Pair(3).bufferMs(60).path(PathConditions.delayMs(20).withLoss(0.3)).connect();
        Delivery delivery = pair.streamToTheEnd(500, 1_000);
        delivery.assertSound(pair);
        assertThat(delivery.holes()).isPositive();
        assertThatThrownBy(() -> delivery.assertCompleteBut(1_000, pair)).isInstanceOf(AssertionError.class).hasMessageContaining("seed 3");
    }

    @Test
    void deliverySeesDuplicatesDisorderWrongBytesAndLateness() {
        Pair pair = new Pair(4).start();
        Stream stream = pair.world.stream(pair.sender, Payloads.of(100), 1_000, 10);
        pair.world.runMs(20);
        ByteBuffer one = payload(stream, 1);
        ByteBuffer two = payload(stream, 2);
        ByteBuffer spoilt = payload(stream, 3);
        spoilt.put(50, (byte) ~spoilt.get(50));
        assertThatThrownBy(() -> delivered(stream, one, one)).hasMessageContaining("delivered twice");
        assertThatThrownBy(() -> delivered(stream, two, one)).hasMessageContaining("delivered after 2");
        assertThatThrownBy(() -> delivered(stream, spoilt)).hasMessageContaining("other bytes");
        assertThatThrownBy(() -> delivered(stream, payload(stream, 77))).hasMessageContaining("never pushed");
        Delivery late = new Delivery(stream).within(5_000_000);
        late.onDelivered(pair.world.nowNs() + 50_000_000, 2, 1, one);
        assertThatThrownBy(() -> late.assertSound("world")).hasMessageContaining("allowed are 5000");
    }

    private static void delivered(Stream stream, ByteBuffer... payloads) {
        Delivery delivery = new Delivery(stream);
        for (int i = 0; i < payloads.length; i++) delivery.onDelivered(1_000_000_000, 2, i, payloads[i]);
        delivery.assertSound("world");
    }

    private static ByteBuffer payload(Stream stream, int number) {
        ByteBuffer buffer = ByteBuffer.allocate(200);
        stream.payloads.fill(buffer, stream.id, number);
        return buffer;
    }

    private static long trace(long seed) {
        Pair pair = new Pair(seed).secret("trace", 256, 100).path(PathConditions.delayMs(10).withLoss(0.1, 2).withReordering(0.1, 5).withJitterMs(3)).connect();
        pair.streamToTheEnd(500, 500);
        return pair.world.trace();
    }
}
