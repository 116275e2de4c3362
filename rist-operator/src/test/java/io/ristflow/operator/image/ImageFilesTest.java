package io.ristflow.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("../src-native");

    @ParameterizedTest
    @ValueSource(strings = {"service", "operator"})
    void theContainerFileBuildsWhatTheScriptAssembles(String name) throws IOException {
        JsonNode image = description(name).get("image");
        List<String> last = lastStage(name);

        assertThat(list(JSON.readTree(after(last, "ENTRYPOINT ")))).isEqualTo(list(image.get("Entrypoint")));
        assertThat(after(last, "ENV ").split(" ")).containsExactlyElementsOf(list(image.get("Env")));
        assertThat(after(last, "USER ")).isEqualTo(image.get("User").textValue());
        assertThat(after(last, "WORKDIR ")).isEqualTo(image.get("WorkingDir").textValue());
        assertThat(Stream.of(after(last, "EXPOSE ").split(" "))).containsExactlyElementsOf(image.get("ExposedPorts").properties().stream().map(port -> port.getKey()).toList());
        String labels = after(last, "LABEL ");
        image.get("Labels").properties().forEach(label -> assertThat(labels).contains(label.getKey() + "=\"" + label.getValue().textValue() + "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "operator"})
    void bothTrainTheSameWay(String name) throws IOException {
        JsonNode description = description(name);
        List<String> training = new ArrayList<>();
        for (String argument : list(description.get("image").get("Entrypoint"))) {
            if (argument.startsWith("-XX:AOTCache=")) training.addAll(List.of("-XX:AOTCacheOutput=/tmp/app.aot", "-Dristflow.training=true"));
            else training.add(argument);
        }
        training.addAll(list(description.get("training")));

        assertThat(list(JSON.readTree(after(instructions(name), "RUN [").replaceFirst("^", "[")))).isEqualTo(training);
        assertThat(Files.readString(FOLDER.resolve("images"))).contains("-XX:AOTCacheOutput=/tmp/app.aot\\n-Dristflow.training=true");
    }

    /** What the one is measured with the other is run with. */
    @Test
    void launcherAndImageSetTheJvmAlike() throws Exception {
        List<String> image = new ArrayList<>(list(description("service").get("image").get("Entrypoint")));
        List<String> launcher = launcherFlags("/opt/ristflow/compiler.json");
        // A pod has a memory limit that both sizes follow, and its end is told to Kubernetes and in its log; on a laptop that would be a line at every start
        assertThat(image.removeAll(List.of("-XX:MaxRAMPercentage=50", "-XX:+UseCompressedOops", "-XX:+ExitOnOutOfMemoryError", "-XX:+ErrorFileToStderr", "-XX:+DisplayVMOutputToStderr", "-XX:-UsePerfData"))).isTrue();
        assertThat(launcher.removeAll(List.of("-Xmx512m", "-XX:MaxDirectMemorySize=4g", "-XX:-DisplayVMOutput"))).isTrue();
        assertThat(image.subList(1, image.indexOf("-XX:AOTCache=/opt/ristflow/app.aot"))).containsExactlyInAnyOrderElementsOf(launcher);
        assertThat(list(description("service").get("image").get("Env"))).contains("MALLOC_ARENA_MAX=1");
        assertThat(Files.readString(Path.of("../rist"))).contains("MALLOC_ARENA_MAX:-1}", "run -f \"$training/flow.yaml\"");
    }

    /** A JDK that does not know a flag passes it over, so that a newer one than this starts. */
    @Test
    void everyFlagIsKnownToTheJdk() throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(launcherFlags(FOLDER.resolve("compiler.json").toString()));
        assertThat(command.remove("-XX:+IgnoreUnrecognizedVMOptions")).isTrue();
        command.add("-version");
        Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(said).isZero();
        assertThat(said).contains("Runtime Environment").doesNotContainIgnoringCase("error").doesNotContainIgnoringCase("warning");
    }

    private static List<String> launcherFlags(String directives) throws IOException {
        Process bash = new ProcessBuilder("bash", "-c", "eval \"$(sed -n '/^jvm_flags() {/,/^}/p' ../rist)\"; root=ROOT; jvm_flags; printf '%s\\n' \"${flags[@]}\"").redirectErrorStream(true).start();
        String flags = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ArrayList<>(flags.replace("ROOT/src-native/compiler.json", directives).lines().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "operator"})
    void bothPutProgramAndCacheAtTheSamePlace(String name) throws IOException {
        List<String> entrypoint = list(description(name).get("image").get("Entrypoint"));
        assertThat(entrypoint).contains("-XX:AOTCache=/opt/ristflow/app.aot").endsWith("-jar", "/opt/ristflow/app/quarkus-run.jar").startsWith("/opt/java/bin/java");
        assertThat(instructions(name)).contains("RUN bash /src-native/rootfs /program /rootfs", "COPY rist-" + name + "/target/quarkus-app /program", "COPY --from=training /tmp/app.aot /opt/ristflow/app.aot");
        if (name.equals("service")) assertThat(instructions(name)).contains("COPY src-native/compiler.json /opt/ristflow/compiler.json");
        assertThat(Files.readString(FOLDER.resolve("rootfs"))).contains("\"$dir/opt/ristflow/app\"", "--output \"$dir/opt/java\"");
        assertThat(Files.readString(FOLDER.resolve("images"))).contains("\"$fs/opt/ristflow/app.aot\"", "\"$dir/rootfs/opt/ristflow/compiler.json\"");
    }

    private static JsonNode description(String name) throws IOException {
        return JSON.readTree(FOLDER.resolve(name + ".json").toFile());
    }

    private static List<String> list(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    /** Without comments, continued lines as one. */
    private static List<String> instructions(String name) throws IOException {
        return Files.readString(FOLDER.resolve("Dockerfile." + name)).replaceAll("\\\\\\n *", "").lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }

    private static List<String> lastStage(String name) throws IOException {
        List<String> lines = instructions(name);
        int from = 0;
        for (int i = 0; i < lines.size(); i++) if (lines.get(i).startsWith("FROM ")) from = i;
        return lines.subList(from, lines.size());
    }

    /** What follows the instruction, which must be there once. */
    private static String after(List<String> lines, String instruction) {
        List<String> found = lines.stream().filter(line -> line.startsWith(instruction)).toList();
        assertThat(found).as(instruction).hasSize(1);
        return found.getFirst().substring(instruction.length());
    }
}
