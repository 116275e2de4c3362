package io.ristflow.service.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.mpegts.Stamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamOutputTest {
    private static final long MS = 1_000_000;
    private final ThreadFactory threads = Thread.ofPlatform().daemon().factory();
    private final Collected signal = Collected.signal(2_000, 1316, 0);

    @TempDir
    Path folder;

    private static void write(MediaOutput output, List<byte[]> payloads) {
        for (int i = 0; i < payloads.size(); i++) {
            output.write(2, i, 0, ByteBuffer.wrap(payloads.get(i)));
            if (i % 10 == 0) output.flush(i * MS);
        }
    }

    /** Full after so many bytes. */
    private record SmallDisk(long[] left) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (left[0] == 0) throw new IOException("No space left on device");
            int count = (int) Math.min(left[0], bytes.remaining());
            left[0] -= count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void fileHoldsEveryByteAfterDraining() throws Exception {
        Path file = Files.write(folder.resolve("out.ts"), new byte[10_000_000]);
        MediaOutput output = new MediaFactory(new FakePorts(), threads).openOutput(new Endpoint.File("file:out.ts", file, false, 0));
        write(output, signal.payloads);
        output.drainAndClose(5_000);
        assertThat(Files.readAllBytes(file)).isEqualTo(signal.joined());
        assertThat(output.stats().packets()).isEqualTo(2_000);
        assertThat(output.stats().bytes()).isEqualTo(2_000 * 1_316);
        assertThat(output.stats().dropped()).isZero();
    }

    @Test
    void fileIsWrittenWhileTheFlowRuns() {
        Path file = folder.resolve("out.ts");
        try (MediaOutput output = new MediaFactory(new FakePorts(), threads).openOutput(new Endpoint.File("file:out.ts", file, false, 0))) {
            output.write(2, 0, 0, ByteBuffer.wrap(signal.payloads.getFirst()));
            long[] nowNs = {0};
            await().until(() -> {
                output.flush(nowNs[0] += 10 * MS);
                return Files.size(file) == 1_316;
            });
        }
    }

    @Test
    void fullDiskIsSaidAndCounted() {
        var output = new StreamOutput("file:x", new SmallDisk(new long[] {13_160}), 0, 1 << 20, 0, 0, threads);
        write(output, signal.payloads.subList(0, 100));
        await().until(() -> output.stats().state().startsWith("failed"));
        write(output, signal.payloads.subList(0, 50));
        assertThat(output.stats().state()).isEqualTo("failed: No space left on device");
        assertThat(output.stats().packets()).isEqualTo(10);
        assertThat(output.stats().dropped()).isEqualTo(140);
        assertThat(output.stats().queued()).isZero();
        output.close();
    }

    @Test
    void readerThatDoesNotReadLosesWholePayloadsAndTheWriterNeverWaits() throws Exception {
        Pipe pipe = Pipe.open();
        var output = new StreamOutput("-", pipe.sink(), 0, 1 << 17, 0, 0, threads);
        write(output, signal.payloads);
        assertThat(output.stats().dropped()).isGreaterThan(1_500);
        // It begins to read: what comes is whole payloads.
        var reader = new PipeInput("-", pipe.source(), threads);
        var collected = new Collected();
        collected.pollUntil(reader, 0, () -> output.stats().queued() == 0 && reader.stats().packets() == output.stats().packets());
        for (byte[] payload : collected.payloads) assertThat(Stamp.isStamp(ByteBuffer.wrap(payload), 0)).isTrue();
        output.close();
        reader.close();
    }

    @Test
    void closedPipeIsAFailure() throws Exception {
        Pipe pipe = Pipe.open();
        var output = new StreamOutput("-", pipe.sink(), 0, 1 << 17, 0, 0, threads);
        pipe.source().close();
        write(output, signal.payloads.subList(0, 20));
        await().until(() -> output.stats().state().startsWith("failed: "));
        assertThat(output.stats().state()).containsIgnoringCase("broken pipe");
        output.close();
    }

    @Test
    void drainingABlockedPipeEndsAtItsTimeLimit() throws Exception {
        Pipe pipe = Pipe.open();
        var output = new StreamOutput("-", pipe.sink(), 0, 1 << 20, 0, 0, threads);
        write(output, signal.payloads.subList(0, 500));
        long before = System.nanoTime();
        output.drainAndClose(150);
        assertThat(System.nanoTime() - before).isBetween(150 * MS, 2_000 * MS);
        assertThat(pipe.sink().isOpen()).isFalse();
        assertThat(output.stats().dropped()).isGreaterThan(400);
        pipe.source().close();
    }

    @Test
    void onlyTheFlowThatWasAskedForOrCameFirstIsWritten() throws Exception {
        Path file = folder.resolve("one.ts");
        for (int asked : new int[] {0, 8}) {
            MediaOutput output = new MediaFactory(new FakePorts(), threads).openOutput(new Endpoint.File("file:one.ts", file, false, asked));
            output.write(6, 0, 0, ByteBuffer.wrap(new byte[] {1}));
            output.write(8, 0, 0, ByteBuffer.wrap(new byte[] {2}));
            output.write(6, 1, 0, ByteBuffer.wrap(new byte[] {3}));
            output.drainAndClose(5_000);
            assertThat(Files.readAllBytes(file)).isEqualTo(asked == 0 ? new byte[] {1, 3} : new byte[] {2});
        }
    }

    @Test
    void nextFlowIsFollowedAfterTheFirstFellSilent() {
        var gate = new FlowGate(0);
        assertThat(gate.admits(6)).isTrue();
        gate.tick(1_000 * MS);
        assertThat(gate.admits(9)).isFalse();
        gate.tick(1_200 * MS);
        gate.tick(1_251 * MS);
        assertThat(gate.admits(9)).isTrue();
        assertThat(gate.admits(8)).as("the low bit only marks retransmissions").isTrue();
        assertThat(gate.admits(6)).isFalse();
    }

    @Test
    void folderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new MediaFactory(new FakePorts(), threads).openOutput(new Endpoint.File("file:x", folder.resolve("no/out.ts"), false, 0)))
                .isInstanceOf(ConfigException.class).hasMessageContaining("out.ts cannot be written: no such file or folder");
    }
}
