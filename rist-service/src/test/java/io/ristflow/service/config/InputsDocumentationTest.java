package io.ristflow.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/inputs.md says what the parser does. */
class InputsDocumentationTest {
    private static List<String> page() throws Exception {
        return Files.readAllLines(Path.of("../docs/inputs.md"));
    }

    private static List<String> all(String option, String line) {
        return Pattern.compile(" " + option + " (?:'([^']+)'|(\\S+))").matcher(line).results().map((MatchResult m) -> m.group(1) == null ? m.group(2) : m.group(1)).toList();
    }

    @Test
    void everyCommandIsAFlow() throws Exception {
        List<String> commands = page().stream().filter(line -> line.startsWith("    ./rist run")).toList();
        int twoInputs = 0;
        for (String line : commands) {
            List<String> policy = all("--input-policy", line);
            List<String> file = all("-f", line);
            FlowSpec flow = !file.isEmpty() ? Manifests.read(Path.of("..", file.getFirst()), null, new FakeResolver()).flows().getFirst()
                    : FlowSpecs.fromUrls("doc", all("-i", line), all("-o", line), policy.isEmpty() ? null : InputPolicy.parse(policy.getFirst()), new FakeResolver());
            if (flow.inputs().size() == 2) twoInputs++;
        }
        assertThat(commands).hasSize(6);
        assertThat(twoInputs).isEqualTo(3);
    }

    @Test
    void everySettingHasItsRangeAndItsDefault() throws Exception {
        assertThat(String.join("\n", page())).contains(
                "| `silence-ms` | `silenceMs` | 50..60000 ms | " + InputPolicy.DEFAULT_SILENCE_MS + " |",
                "| `return-after-ms` | `returnAfterMs` | 0..3600000 ms | " + InputPolicy.DEFAULT_RETURN_AFTER_MS + " |",
                "| `skew-ms` | `skewMs` | 10..30000 ms | " + InputPolicy.DEFAULT_SKEW_MS + " |");
    }
}
