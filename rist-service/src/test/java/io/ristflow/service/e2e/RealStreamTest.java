package io.ristflow.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.service.demo.BadPath;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real transport stream, picture and sound, by FFmpeg's own RIST output over a path that loses 10 % both ways and delays by 20 ms each way into {@code ./rist run}, out to a file and to UDP at once.
 *
 * <p>What may miss, as FFmpeg's end decides it: at the start, what FFmpeg hands to librist before the peer has answered, which librist throws away (a clean path loses that too; an answer lost costs
 * some more); at the end the last instant, as FFmpeg leaves without waiting for what may be asked again. Between the two not one byte.
 */
class RealStreamTest {
    private static final int SECONDS = 12;
    private static final int BYTES_PER_SECOND = 500_000;
    private static final int START_MAY_MISS = 3 * BYTES_PER_SECOND;
    private static final int END_MAY_MISS = BYTES_PER_SECOND / 2;

    /** Each with what FFmpeg is told by options, what by the URL, and what we are. */
    enum Row {
        MAIN(List.of(), "", "", false),
        SIMPLE(List.of("-rist_profile", "simple"), "", "?profile=simple", false),
        AES_128_BY_OPTIONS(List.of("-encryption", "128", "-secret", "correct horse"), "", "?secret=correct%20horse&aes-type=128", true),
        AES_256_BY_URL(List.of(), "?secret=battery-staple&aes-type=256", "?secret=battery-staple&aes-type=256", true);

        final List<String> options;
        final String theirs;
        final String ours;
        final boolean h264;

        Row(List<String> options, String theirs, String ours, boolean h264) {
            this.options = options;
            this.theirs = theirs;
            this.ours = ours;
            this.h264 = h264;
        }
    }

    private record Received(byte[] sent, byte[] file, byte[] udp, int exitStatus, String log) {}

    @TempDir
    static Path folder;

    private static final Map<Row, CompletableFuture<Received>> CROSSINGS = new EnumMap<>(Row.class);
    private static ExecutorService threads;
    private static Path mpeg2;
    private static Path h264;

    /** All rows side by side: they spend their time waiting for the pictures' own clock. */
    @BeforeAll
    static void sendAll() throws Exception {
        Ffmpeg.require();
        mpeg2 = folder.resolve("mpeg2.ts");
        h264 = folder.resolve("h264.ts");
        Ffmpeg.encode(mpeg2, SECONDS, false);
        Ffmpeg.encode(h264, SECONDS, true);
        threads = Executors.newCachedThreadPool();
        for (Row row : Row.values()) {
            CROSSINGS.put(row, CompletableFuture.supplyAsync(() -> {
                try {
                    return cross(row);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }, threads));
        }
    }

    @AfterAll
    static void stop() {
        if (threads != null) threads.shutdownNow();
    }

    private static Received cross(Row row) throws Exception {
        int port = FreePorts.udpPair();
        Path file = folder.resolve(row + ".ts");
        Path reference = folder.resolve(row + "-sent.ts");
        InetSocketAddress listener = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (UdpTap tap = new UdpTap();
                RistProcess rist = RistProcess.start("run", "--no-http", "-i", "rist://@127.0.0.1:" + port + row.ours, "-o", "file:" + file, "-o", "udp://127.0.0.1:" + tap.port()).awaitRunning();
                BadPath path = new BadPath(listener, row == Row.SIMPLE ? 2 : 1, new BadPath.Manners(0.1, 1, 20, row.ordinal()))) {
            Process ffmpeg = Ffmpeg.send(row.h264 ? h264 : mpeg2, row.options, "rist://127.0.0.1:" + path.port() + row.theirs, reference);
            assertThat(ffmpeg.waitFor(60, TimeUnit.SECONDS)).as("FFmpeg ended").isTrue();
            assertThat(ffmpeg.exitValue()).as("FFmpeg's status").isZero();
            assertThat(path.counts().forwardLost()).as("lost on the path").isGreaterThan(100);
            // What is held plays out in a second; what is left then, the drain brings.
            Thread.sleep(500);
            rist.signal("TERM");
            int status = rist.awaitExit(10_000);
            Thread.sleep(200);
            return new Received(Files.readAllBytes(reference), Files.readAllBytes(file), tap.bytes(), status, rist.err());
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamOfFfmpegArrivesWholeAndPlays(Row row) throws Exception {
        Received received = CROSSINGS.get(row).get(90, TimeUnit.SECONDS);
        assertThat(received.exitStatus()).as(received.log()).isZero();
        assertThat(received.log()).doesNotContain("correct horse", "battery-staple");

        int start = TransportStream.find(received.file(), received.sent());
        assertThat(start).as("bytes missing at the start, -1: what came is nowhere in what was sent").isBetween(0, START_MAY_MISS);
        int same = Arrays.mismatch(Arrays.copyOfRange(received.sent(), start, received.sent().length), received.file());
        int whole = (same < 0 ? received.file().length : same) / 188 * 188;
        assertThat(received.sent().length - start - whole).as("bytes missing at the end").isBetween(0, END_MAY_MISS);

        byte[] stream = Arrays.copyOf(received.file(), whole);
        assertThat(TransportStream.continuityErrors(stream)).as("continuity errors").isZero();
        // From the first picture to tune in to up to the last: whole seconds of 25 pictures, and not one of them damaged.
        Path playable = Files.write(folder.resolve(row + "-playable.ts"), TransportStream.playable(stream));
        int missingSeconds = (start + BYTES_PER_SECOND - 1) / BYTES_PER_SECOND + 2;
        assertThat(Ffmpeg.play(playable)).satisfies(pictures -> assertThat(pictures % Ffmpeg.PICTURES_PER_SECOND).isZero())
                .isGreaterThanOrEqualTo((SECONDS - missingSeconds) * Ffmpeg.PICTURES_PER_SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void bothOutputsHaveTheSameBytes(Row row) throws Exception {
        Received received = CROSSINGS.get(row).get(90, TimeUnit.SECONDS);
        assertThat(received.udp().length).isEqualTo(received.file().length);
        assertThat(Arrays.mismatch(received.udp(), received.file())).isEqualTo(-1);
    }

    /** FFmpeg's {@code data} format hands on the bytes as they come. */
    @Test
    void ffmpegReceivesOurFileByteForByte() throws Exception {
        int port = FreePorts.udpPair();
        Path got = folder.resolve("got.ts");
        Process ffmpeg = new ProcessBuilder("ffmpeg", "-v", "error", "-y", "-f", "data", "-i", "rist://@127.0.0.1:" + port + "?secret=staple&aes-type=256", "-map", "0", "-c", "copy", "-flush_packets", "1", "-f", "data", got.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        FreePorts.awaitBound(port);
        // A sender keeps media for a peer that has not answered yet, as long as its buffer is: enough for a machine that is busy with all the rows above.
        try (RistProcess rist = RistProcess.start("run", "--no-http", "-i", "file:" + mpeg2, "-o", "rist://127.0.0.1:" + port + "?buffer=8000&secret=staple&aes-type=256")) {
            assertThat(rist.awaitExit(40_000)).as(rist.err()).isZero();
            // librist plays out what it holds.
            Thread.sleep(1_500);
            // The first signal ends FFmpeg at its next packet, which never comes; the second ends its wait for one.
            ffmpeg.destroy();
            Thread.sleep(300);
            ffmpeg.destroy();
            assertThat(ffmpeg.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            ffmpeg.destroyForcibly().waitFor();
        }
        byte[] sent = Files.readAllBytes(mpeg2);
        byte[] received = Files.readAllBytes(got);
        assertThat(TransportStream.find(received, sent)).as("what came begins there").isZero();
        assertThat(Arrays.mismatch(received, sent)).as("where they differ; %d bytes of %d came", received.length, sent.length).isEqualTo(-1);
    }
}
