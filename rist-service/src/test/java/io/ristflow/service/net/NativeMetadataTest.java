package io.ristflow.service.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** What a native executable is told of is what the code does by foreign call, by reflection and by resource. */
class NativeMetadataTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path FILE = Path.of("src/main/resources/META-INF/native-image/io.ristflow/rist-service/reachability-metadata.json");

    private final JsonNode metadata = read();

    private static JsonNode read() {
        try {
            return new JsonMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyForeignCallIsToldOf() {
        assertThat(Syscalls.UNAVAILABLE).isNull();
        Set<String> told = new TreeSet<>();
        for (JsonNode call : metadata.at("/foreign/downcalls")) {
            assertThat(call.at("/options/captureCallState").asBoolean()).as("%s", call).isTrue();
            List<String> parameters = new ArrayList<>();
            call.get("parameterTypes").forEach(type -> parameters.add(type.asText()));
            told.add(call.get("returnType").asText() + parameters);
        }
        Set<String> linked = new TreeSet<>();
        for (FunctionDescriptor call : Syscalls.LINKED) linked.add(name(call.returnLayout().orElseThrow()) + call.argumentLayouts().stream().map(NativeMetadataTest::name).toList());
        assertThat(told).isEqualTo(linked);
    }

    private static String name(MemoryLayout layout) {
        return "j" + ((ValueLayout) layout).carrier().getName();
    }

    @Test
    void everyVerbThatPicocliLooksIntoIsToldOf() throws Exception {
        Set<String> commands = new TreeSet<>();
        for (Path file : files(CLASSES.resolve("io/ristflow/service/cli"), ".class")) {
            Class<?> type = Class.forName(CLASSES.relativize(file).toString().replace(".class", "").replace('/', '.'), false, getClass().getClassLoader());
            if (type.isAnnotationPresent(Command.class)) commands.add(type.getName());
        }
        Set<String> told = new TreeSet<>();
        for (JsonNode type : metadata.get("reflection")) {
            told.add(type.get("type").asText());
            for (String all : List.of("allDeclaredConstructors", "allDeclaredFields", "allDeclaredMethods")) assertThat(type.path(all).asBoolean()).as("%s of %s", all, type).isTrue();
        }
        assertThat(told).isEqualTo(commands).isNotEmpty();
    }

    @Test
    void everyResourceIsToldOf() throws IOException {
        Set<String> there = new TreeSet<>();
        for (Path folder : List.of(Path.of("src/main/resources"), Path.of("src/main/version"))) {
            for (Path file : files(folder, "")) {
                String name = folder.relativize(file).toString();
                // Quarkus looks after its own configuration
                if (!name.endsWith(".md") && !name.startsWith("META-INF/") && !name.equals("application.properties")) there.add(name);
            }
        }
        Set<String> told = new TreeSet<>();
        metadata.get("resources").forEach(resource -> told.add(resource.get("glob").asText()));
        assertThat(told).isEqualTo(there);
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).filter(file -> file.toString().endsWith(end)).toList();
        }
    }
}
