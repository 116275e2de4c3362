package io.ristflow.service.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** FFmpeg and ffprobe, as Debian has them. */
final class Ffmpeg {
    /** Pictures and half a second's worth of sound a second; a group of pictures is a second. */
    static final int PICTURES_PER_SECOND = 25;

    private Ffmpeg() {}

    /** Without FFmpeg and its librist these tests say nothing: on a CI machine that is a failure, elsewhere they do not run. */
    static void require() throws Exception {
        String missing = null;
        try {
            if (!run(List.of("ffmpeg", "-v", "error", "-protocols")).out().lines().anyMatch(l -> l.strip().equals("rist"))) missing = "this ffmpeg was built without librist";
            run(List.of("ffprobe", "-version"));
        } catch (IOException e) {
            missing = "no ffmpeg and ffprobe on the PATH";
        }
        if (missing == null) return;
        String what = "NOT TESTED with FFmpeg: " + missing + " (Debian: apt-get install ffmpeg)";
        if (System.getenv("CI") != null) throw new AssertionError(what);
        System.err.println("### " + what);
        Assumptions.abort(what);
    }

    record Outcome(int status, String out, String err) {}

    /** Runs to its end. */
    static Outcome run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("rist-e2e", ".out");
        Path err = Files.createTempFile("rist-e2e", ".err");
        try {
            Process process = new ProcessBuilder(command).redirectInput(new java.io.File("/dev/null")).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(command + " did not end:\n" + Files.readString(err));
            }
            return new Outcome(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String good(String... command) throws IOException, InterruptedException {
        Outcome outcome = run(List.of(command));
        if (outcome.status() != 0 || !outcome.err().isBlank()) throw new AssertionError(String.join(" ", command) + " ended with " + outcome.status() + " and said:\n" + outcome.err());
        return outcome.out();
    }

    /** A moving test picture and a tone at a constant 4 Mb/s: MPEG-2 and MP2, or H.264 with B pictures and AAC. */
    static void encode(Path file, int seconds, boolean h264) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=" + PICTURES_PER_SECOND,
                "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-t", Integer.toString(seconds)));
        command.addAll(h264
                ? List.of("-c:v", "libx264", "-preset", "veryfast", "-b:v", "3M", "-maxrate", "3M", "-bufsize", "1M", "-x264-params", "keyint=25:min-keyint=25:scenecut=0:open-gop=0", "-c:a", "aac")
                : List.of("-c:v", "mpeg2video", "-b:v", "3M", "-maxrate", "3M", "-bufsize", "600k", "-g", "25", "-sc_threshold", "1000000000", "-c:a", "mp2"));
        command.addAll(List.of("-b:a", "192k", "-muxrate", "4M", "-f", "mpegts", file.toString()));
        good(command.toArray(String[]::new));
    }

    /** Sends a file in real time by FFmpeg's own RIST output, and writes beside it, by the same muxer and so byte for byte, what it sends. */
    static Process send(Path file, List<String> ristOptions, String url, Path reference) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y", "-re", "-i", file.toString(), "-map", "0", "-c", "copy"));
        command.addAll(ristOptions);
        command.addAll(List.of("-f", "mpegts", url, "-map", "0", "-c", "copy", "-f", "mpegts", reference.toString()));
        Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** Decodes everything; the first complaint of ffmpeg or ffprobe fails. @return the number of pictures */
    static int play(Path file) throws IOException, InterruptedException {
        good("ffmpeg", "-v", "error", "-xerror", "-i", file.toString(), "-map", "0", "-f", "null", "-");
        String counts = good("ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=codec_type,nb_read_frames", "-of", "csv=p=0", file.toString());
        if (counts.lines().noneMatch(l -> l.startsWith("audio,") && !l.startsWith("audio,0"))) throw new AssertionError("no sound in " + counts);
        String pictures = counts.lines().filter(l -> l.startsWith("video,")).findFirst().orElseThrow(() -> new AssertionError("no pictures in " + counts));
        return Integer.parseInt(pictures.split(",")[1]);
    }
}
