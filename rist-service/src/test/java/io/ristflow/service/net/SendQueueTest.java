package io.ristflow.service.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private final SendQueue queue = new SendQueue(new SendQueue.Pool());
    private final AddressTable addresses = new AddressTable(false);
    private final SendBatch batch = new SendBatch();

    private void append(int address, int... lengths) {
        for (int length : lengths) assertThat(queue.append(address, ByteBuffer.allocate(length))).isTrue();
    }

    private void fill(int longestSegment) {
        batch.fill(queue, addresses, DatagramPort.NO_ADDRESS, longestSegment);
    }

    @Test
    void trainEndsWithAShorterDatagram() {
        append(0, 100, 100, 60, 100);
        fill(65_535);
        assertThat(batch.messages()).isEqualTo(2);
        assertThat(batch.datagrams(0)).isEqualTo(3);
        assertThat(batch.bytes(0)).isEqualTo(260);
        assertThat(batch.datagrams(1)).isEqualTo(1);
    }

    @Test
    void longerDatagramOrAnotherAddressBeginsANewTrain() {
        append(0, 100, 101);
        append(1, 101);
        fill(65_535);
        assertThat(batch.messages()).isEqualTo(3);
    }

    @Test
    void trainHoldsAtMost64DatagramsAnd64000Bytes() {
        for (int i = 0; i < 65; i++) append(0, 10);
        fill(65_535);
        assertThat(batch.datagrams(0)).isEqualTo(64);
        queue.clear();
        for (int i = 0; i < 7; i++) append(0, 10_200);
        fill(65_535);
        assertThat(batch.bytes(0)).isEqualTo(61_200);
    }

    @Test
    void emptyDatagramTravelsAlone() {
        append(0, 0, 0, 10);
        fill(65_535);
        assertThat(batch.messages()).isEqualTo(3);
        for (int i = 0; i < 3; i++) queue.advance(batch.bytes(i), batch.datagrams(i));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void trainsOfTooLongSegmentsAreTakenApartAndResumedInTheMiddle() {
        append(0, 100, 100, 100, 40);
        fill(99);
        assertThat(batch.messages()).isEqualTo(4);
        queue.advance(batch.bytes(0), 1);
        queue.advance(batch.bytes(1), 1);
        assertThat(queue.datagrams()).isEqualTo(2);
        fill(65_535);
        assertThat(batch.messages()).isEqualTo(1);
        assertThat(batch.bytes(0)).isEqualTo(140);
        assertThat(batch.datagrams(0)).isEqualTo(2);
        queue.advance(140, 2);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.head()).isNull();
    }

    @Test
    void queueIsBoundedAndServesAgainOnceEmptied() {
        for (int i = 0; i < SendQueue.MAX_DATAGRAMS; i++) append(0, 1_328);
        assertThat(queue.append(0, ByteBuffer.allocate(1))).isFalse();
        assertThat(queue.clear()).isEqualTo(SendQueue.MAX_DATAGRAMS);
        append(0, 1);
    }

    @Test
    void queueIsBoundedInBytesToo() {
        int taken = 0;
        while (queue.append(0, ByteBuffer.allocate(65_000))) taken++;
        assertThat(taken).isEqualTo(SendQueue.MAX_CHUNKS);
    }

    @Test
    void forgottenAddressIsSkipped() {
        append(1, 100, 100);
        append(2, 100);
        append(1, 50);
        append(3, 70);
        assertThat(queue.forget(1)).isEqualTo(3);
        fill(65_535);
        assertThat(batch.messages()).isEqualTo(2);
        queue.advance(batch.bytes(0), batch.datagrams(0));
        queue.advance(batch.bytes(1), batch.datagrams(1));
        assertThat(queue.isEmpty()).isTrue();
    }
}
