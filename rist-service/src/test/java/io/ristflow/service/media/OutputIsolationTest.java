package io.ristflow.service.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.service.config.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputIsolationTest {
    private static final long MS = 1_000_000;

    @TempDir
    Path folder;

    /** Ten seconds at 10 Mb/s into five outputs, four of which are as sick as can be; the loop's time is measured. */
    @Test
    void healthyOutputsGetAllBesideABlockedPipeAClosedPipeAndADeadDestination() throws Exception {
        ThreadFactory threads = Thread.ofPlatform().daemon().factory();
        var ports = new FakePorts();
        var factory = new MediaFactory(ports, threads);
        Pipe blocked = Pipe.open();
        Pipe closed = Pipe.open();
        closed.source().close();
        Path file = folder.resolve("healthy.ts");
        ports.dead = true;
        MediaOutput deadUdp = factory.openOutput(new Endpoint.Udp("udp://127.0.0.1:9", new InetSocketAddress("127.0.0.1", 9), Endpoint.Network.DEFAULT, false, 33, 0));
        MediaOutput blockedPipe = new StreamOutput("-", blocked.sink(), 0, 1 << 20, 0, 0, threads);
        MediaOutput closedPipe = new StreamOutput("-", closed.sink(), 0, 1 << 20, 0, 0, threads);
        MediaOutput healthyFile = factory.openOutput(new Endpoint.File("file:healthy.ts", file, false, 0));
        var healthyChecker = new StreamChecker("check:");
        List<MediaOutput> outputs = List.of(deadUdp, blockedPipe, closedPipe, healthyFile, healthyChecker);

        var signal = new TestSignalInput(new Endpoint.TestSignal("test:", 10, 1_316, 0.1), 1);
        var sent = new Collected();
        MediaInput.Consumer toAll = (cameNs, payload) -> {
            sent.onPayload(cameNs, payload);
            for (MediaOutput output : outputs) output.write(2, 0, 0, payload);
        };
        long longestNs = 0;
        for (long nowMs = 0; nowMs < 10_000; nowMs++) {
            long before = System.nanoTime();
            signal.poll(nowMs * MS, toAll);
            for (MediaOutput output : outputs) output.flush(nowMs * MS);
            longestNs = Math.max(longestNs, System.nanoTime() - before);
            // Ten times as fast as real time: the disk's thread needs a processor as well.
            if (nowMs % 10 == 0) Thread.sleep(1);
        }
        assertThat(longestNs).as("a tick never waited for an output").isLessThan(1_000 * MS);
        assertThat(healthyChecker.report().clean()).isTrue();
        assertThat(healthyFile.stats().dropped()).isZero();
        healthyFile.drainAndClose(5_000);
        assertThat(Files.mismatch(file, written(sent.joined()))).as("the file has every byte").isEqualTo(-1);

        assertThat(deadUdp.stats().packets()).isZero();
        assertThat(deadUdp.stats().state()).startsWith("failed");
        assertThat(closedPipe.stats().state()).startsWith("failed");
        assertThat(blockedPipe.stats().dropped()).isGreaterThan(8_000);
        for (MediaOutput output : outputs) output.close();
        blocked.source().close();
    }

    private Path written(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("expected.ts"), bytes);
    }
}
