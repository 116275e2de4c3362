package io.ristflow.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {
    @TempDir
    Path dir;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private void say(Path log, String message) {
        LastWords.say(new PrintStream(err, false, StandardCharsets.UTF_8), log, message);
    }

    @Test
    void lineStandsInTheTerminationMessageAsWell() throws IOException {
        Path log = Files.writeString(dir.resolve("termination-log"), "of the container before this one, and longer");
        say(log, "flow.yaml: spec.outputs: missing");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("rist: flow.yaml: spec.outputs: missing" + System.lineSeparator());
        assertThat(log).hasContent("rist: flow.yaml: spec.outputs: missing");
        say(log, "x".repeat(10_000));
        assertThat(Files.size(log)).isEqualTo(4_096);
    }

    @Test
    void whereNobodyAskedForItNoFileIsMade() {
        say(dir.resolve("termination-log"), "a");
        say(dir, "b");
        assertThat(dir).isEmptyDirectory();
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).containsExactly("rist: a", "rist: b");
    }
}
