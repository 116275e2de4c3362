package io.ristflow.service.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.net.DatagramPort;
import io.ristflow.service.net.PortStats;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Gate: no byte is allocated per payload in steady state. The port is one that allocates nothing itself. */
class MediaAllocationTest {
    private static final int PAYLOADS = 100_000;
    private static final int BYTES_FOR_THE_MEASURING = 4_096;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Hands over one datagram per receive, forgets what is sent. */
    private static final class QuietPort implements DatagramPort {
        final ByteBuffer datagram;

        QuietPort(byte[] bytes) {
            datagram = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        }

        @Override
        public int receive(Handler handler) {
            handler.onDatagram(0, datagram.clear());
            return 1;
        }

        @Override
        public void stampArrivals() {}

        @Override
        public long cameNs() {
            return 0;
        }

        @Override
        public void send(int address, ByteBuffer bytes) {}

        @Override
        public void flush() {}

        @Override
        public int intern(InetSocketAddress address) {
            return 0;
        }

        @Override
        public InetSocketAddress address(int number) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public void release(int number) {}

        @Override
        public InetSocketAddress localAddress() {
            throw new AssertionError("nobody asks");
        }

        @Override
        public boolean batched() {
            return true;
        }

        @Override
        public PortStats stats() {
            return new PortStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public void close() {}
    }

    private static void assertAllocatesNothing(Runnable step) {
        for (int i = 0; i < PAYLOADS; i++) step.run();
        long id = Thread.currentThread().threadId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = THREADS.getThreadAllocatedBytes(id);
            for (int i = 0; i < PAYLOADS; i++) step.run();
            least = Math.min(least, THREADS.getThreadAllocatedBytes(id) - before);
        }
        assertThat(least).as("bytes for %d payloads", PAYLOADS).isLessThan(BYTES_FOR_THE_MEASURING);
    }

    private static Endpoint.Udp udp(boolean rtp) {
        return new Endpoint.Udp("udp://127.0.0.1:1", new InetSocketAddress("127.0.0.1", 1), Endpoint.Network.DEFAULT, rtp, 33, 0);
    }

    @Test
    void rtpInputIntoUdpAndRtpOutputsAllocatesNothing() {
        byte[] datagram = new byte[1_328];
        datagram[0] = (byte) 0x80;
        datagram[1] = 33;
        PortOpener ports = (bind, connect, network, group, receive, send) -> new QuietPort(datagram);
        var factory = new MediaFactory(ports);
        MediaInput input = factory.openInput(udp(true));
        MediaOutput udp = factory.openOutput(udp(false));
        MediaOutput rtp = factory.openOutput(udp(true));
        long[] nowNs = {0};
        MediaInput.Consumer consumer = (_, payload) -> {
            udp.write(2, 0, nowNs[0], payload);
            rtp.write(2, 0, nowNs[0], payload);
        };
        assertAllocatesNothing(() -> {
            nowNs[0] += 1_000_000;
            input.poll(nowNs[0], consumer);
            udp.flush(nowNs[0]);
            rtp.flush(nowNs[0]);
        });
        assertThat(input.stats().packets()).isEqualTo(4L * PAYLOADS);
    }

    @Test
    void testSignalIntoCheckerAllocatesNothing() {
        var input = new TestSignalInput(new Endpoint.TestSignal("test:", 100, 1_316, 0.1), 1);
        var checker = new StreamChecker("check:");
        var direct = ByteBuffer.allocateDirect(1_316);
        MediaInput.Consumer consumer = (_, payload) -> {
            direct.put(0, payload, 0, 1_316);
            checker.write(2, 0, 0, direct);
        };
        long[] nowNs = {0};
        assertAllocatesNothing(() -> {
            nowNs[0] += 105_280;
            input.poll(nowNs[0], consumer);
            checker.flush(nowNs[0]);
        });
        assertThat(checker.report().clean()).isTrue();
        assertThat(checker.report().stamps()).isGreaterThan(3L * PAYLOADS);
    }
}
