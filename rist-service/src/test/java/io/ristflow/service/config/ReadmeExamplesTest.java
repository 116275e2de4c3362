package io.ristflow.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README.md tells people to type is taken. */
class ReadmeExamplesTest {
    private static final Pattern ENDPOINT = Pattern.compile(" -([io]) (?:'([^']+)'|(\\S+))");

    @TempDir
    private Path folder;

    static List<String> commands() throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("../README.md"))) {
            return lines.filter(line -> line.startsWith("./rist run -i")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyRunOfTheReadmeIsAFlow(String command) throws Exception {
        Files.write(folder.resolve("in.ts"), new byte[188]);
        FlowSpec flow = FlowSpecs.fromUrls("readme", urls(command, "i"), urls(command, "o"), new FakeResolver());
        assertThat(flow.outputs()).isNotEmpty();
    }

    @Test
    void theReadmeShowsOneFlowPerKindOfEndpoint() throws Exception {
        assertThat(String.join("\n", commands())).contains("rist://@", "profile=simple", "secret=", "udp://239.", "file:", "loop=1");
    }

    private List<String> urls(String command, String option) {
        return ENDPOINT.matcher(command).results().filter(m -> m.group(1).equals(option)).map(m -> m.group(2) == null ? m.group(3) : m.group(2))
                .map(url -> url.replace("file:", "file:" + folder + "/")).toList();
    }
}
