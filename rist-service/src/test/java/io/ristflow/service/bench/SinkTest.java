package io.ristflow.service.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ristflow.service.config.Endpoint;
import io.ristflow.service.media.MediaFactory;
import io.ristflow.service.media.MediaInput;
import java.io.IOException;
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
        List<ByteBuffer> signal = signal();
        try (Sink sink = new Sink(); DatagramChannel to = DatagramChannel.open().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), sink.port()))) {
            sink.countFrom(10);
            sink.countTo(30);
            for (int number = 0; number < STAMPS; number++) {
                // 5 and 35 are outside of what counts, 15 and 16 inside
                if (number == 5 || number == 15 || number == 16 || number == 35) continue;
                to.write(signal.get(number).duplicate());
                if (number == 8 || number == 20) to.write(signal.get(number).duplicate());
            }
            await().atMost(Duration.ofSeconds(5)).until(() -> sink.highest() == STAMPS - 1);
            sink.close();
            assertThat(sink.received()).isEqualTo(20 - 2);
            assertThat(sink.duplicated()).isEqualTo(1);
            assertThat(sink.report().lost()).isEqualTo(4);
            assertThat(sink.latency().p50Ms()).isPositive();
            assertThat(sink.spacing().maxMs()).isPositive();
        }
    }

    @Test
    void damagedStampIsNoArrival() throws Exception {
        List<ByteBuffer> signal = signal();
        try (Sink sink = new Sink(); DatagramChannel to = DatagramChannel.open().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), sink.port()))) {
            sink.countFrom(0);
            ByteBuffer damaged = signal.get(1);
            damaged.put(30, (byte) ~damaged.get(30));
            for (int number = 0; number < 3; number++) to.write(signal.get(number).duplicate());
            await().atMost(Duration.ofSeconds(5)).until(() -> sink.highest() == 2);
            sink.close();
            assertThat(sink.received()).isEqualTo(2);
            assertThat(sink.report().corrupted()).isEqualTo(1);
        }
    }

    /** {@code STAMPS} datagrams of the test signal, all made a millisecond ago. */
    private static List<ByteBuffer> signal() throws IOException {
        List<ByteBuffer> datagrams = new ArrayList<>();
        MediaInput input = new MediaFactory((_, _, _, _, _, _) -> {
            throw new IllegalStateException("no port is needed");
        }).openInput(new Endpoint.TestSignal("test:", 100, Generator.DATAGRAM_BYTES, 0));
        long now = System.nanoTime() - 20_000_000;
        input.poll(now, (_, payload) -> datagrams.add(copy(payload)));
        input.poll(now + 10_000_000, (_, payload) -> datagrams.add(copy(payload)));
        assertThat(datagrams).hasSizeGreaterThan(STAMPS);
        return datagrams.subList(0, STAMPS);
    }

    private static ByteBuffer copy(ByteBuffer payload) {
        return ByteBuffer.allocate(payload.remaining()).put(payload).flip();
    }
}
