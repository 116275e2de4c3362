package io.ristflow.service.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ristflow.service.mpegts.TestSignal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkTest {
    private static final int STAMPS = 40;

    @Test
    void countsWhatIsMissingAndWhatComesTwiceWithinTheCountedPartAlone() throws Exception {
        List<ByteBuffer> signal = signal(0);
        try (Sink sink = new Sink(1); DatagramChannel to = DatagramChannel.open().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), sink.port()))) {
            sink.countFrom(10);
            sink.countTo(30);
            for (int number = 0; number < STAMPS; number++) {
                // 5 and 35 are outside of what counts, 15 and 16 inside
                if (number == 5 || number == 15 || number == 16 || number == 35) continue;
                to.write(signal.get(number).duplicate());
                if (number == 8 || number == 20) to.write(signal.get(number).duplicate());
                // What is read by one call arrives at one time: a pause makes two of them.
                if (number == 20) await().atMost(Duration.ofSeconds(5)).until(() -> sink.reached() == 20);
            }
            await().atMost(Duration.ofSeconds(5)).until(() -> sink.reached() == STAMPS - 1);
            sink.close();
            assertThat(sink.received()).isEqualTo(20 - 2);
            assertThat(sink.duplicated()).isEqualTo(1);
            assertThat(sink.report(0).lost()).isEqualTo(4);
            assertThat(sink.latency().p50Ms()).isGreaterThanOrEqualTo(10);
            assertThat(sink.spacing().maxMs()).isPositive();
        }
    }

    @Test
    void damagedStampIsNoArrival() throws Exception {
        List<ByteBuffer> signal = signal(0);
        try (Sink sink = new Sink(1); DatagramChannel to = DatagramChannel.open().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), sink.port()))) {
            sink.countFrom(0);
            ByteBuffer damaged = signal.get(1);
            damaged.put(30, (byte) ~damaged.get(30));
            for (int number = 0; number < 3; number++) to.write(signal.get(number).duplicate());
            await().atMost(Duration.ofSeconds(5)).until(() -> sink.reached() == 2);
            sink.close();
            assertThat(sink.received()).isEqualTo(2);
            assertThat(sink.report(0).corrupted()).isEqualTo(1);
        }
    }

    @Test
    void streamsAtOnePortAreCountedEachByItself() throws Exception {
        try (Sink sink = new Sink(3)) {
            sink.countFrom(0);
            sink.countTo(10);
            assertThat(sink.silent()).isEqualTo(3);
            List<List<ByteBuffer>> signals = List.of(signal(0), signal(1), signal(2));
            try (DatagramChannel to = DatagramChannel.open().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), sink.port()))) {
                for (int number = 0; number < 12; number++) {
                    for (int stream = 0; stream < 3; stream++) if (stream != 1 || number != 4) to.write(signals.get(stream).get(number).duplicate());
                }
            }
            await().atMost(Duration.ofSeconds(5)).until(() -> sink.reached() == 11);
            sink.close();
            assertThat(sink.silent()).isZero();
            assertThat(sink.received()).isEqualTo(3 * 10 - 1);
            assertThat(sink.report(0).lost()).isZero();
            assertThat(sink.report(1).lost()).isEqualTo(1);
            assertThat(sink.corrupted()).isZero();
        }
    }

    @Test
    void generatorServesItsPortsInTurnAtTheirRateAndTheCheckerReadsInBatches() throws Exception {
        try (Sink sink = new Sink(4)) {
            int[] ports = {sink.port(), sink.port(), sink.port(), sink.port()};
            sink.countFrom(0);
            // 100 Mb/s in all: 9,498 datagrams a second
            try (Generator generator = new Generator(ports, 25)) {
                await().atMost(Duration.ofSeconds(10)).until(() -> generator.sent() >= 4_000);
                generator.close();
                sink.countTo(generator.sent() / 4);
                await().atMost(Duration.ofSeconds(5)).until(() -> sink.reached() >= generator.sent() / 4 - 1);
                sink.close();
                assertThat(generator.failure()).isNull();
                assertThat(generator.cpuNs()).isNotNegative();
                assertThat(sink.received()).isEqualTo(generator.sent());
                assertThat(sink.outOfOrder() + sink.corrupted() + sink.duplicated()).isZero();
                assertThat(sink.datagrams()).isEqualTo(generator.sent());
                assertThat(sink.calls()).isLessThanOrEqualTo(sink.datagrams());
            }
        }
    }

    @Test
    void socketTakesInOneReadWhatWasSentByOneCall() throws Exception {
        try (BatchSocket from = new BatchSocket(0); BatchSocket to = new BatchSocket(1 << 20)) {
            for (int slot = 0; slot < BatchSocket.BATCH; slot++) from.put(slot, to.port(), ByteBuffer.allocate(100 + slot).putInt(0, slot));
            from.send(BatchSocket.BATCH);
            assertThat(to.receive()).isEqualTo(BatchSocket.BATCH);
            for (int slot = 0; slot < BatchSocket.BATCH; slot++) {
                ByteBuffer datagram = to.datagram(slot);
                assertThat(datagram.remaining()).isEqualTo(100 + slot);
                assertThat(datagram.getInt(datagram.position())).isEqualTo(slot);
            }
            assertThat(to.receive()).as("nothing more").isZero();
        }
    }

    /** {@code STAMPS} datagrams of the test signal, all made ten milliseconds ago. */
    private static List<ByteBuffer> signal(int stream) {
        TestSignal signal = new TestSignal(100_000_000, Generator.DATAGRAM_BYTES, 0, stream);
        long madeNs = System.nanoTime() - 10_000_000;
        List<ByteBuffer> datagrams = new ArrayList<>();
        for (int i = 0; i < STAMPS; i++) datagrams.add(copy(signal.next(madeNs)));
        return datagrams;
    }

    private static ByteBuffer copy(ByteBuffer payload) {
        return ByteBuffer.allocate(payload.remaining()).put(payload).flip();
    }
}
