package io.ristflow.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.RistParameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/urls.md says what the parser does. */
class UrlDocumentationTest {
    private static List<String> page() throws Exception {
        return Files.readAllLines(Path.of("../docs/urls.md"));
    }

    @Test
    void everyParameterHasARowWithItsRange() throws Exception {
        for (RistParameter parameter : RistParameter.values()) {
            List<String> rows = page().stream().filter(line -> line.startsWith("|") && line.split("\\|")[1].contains("`" + parameter.key() + "`")).toList();
            assertThat(rows).as("row of " + parameter.key()).hasSize(1);
            if (parameter.kind() == RistParameter.Kind.NUMBER) assertThat(rows.getFirst()).contains("| " + parameter.allowed() + " |");
        }
    }

    @Test
    void everyExampleIsRead() throws Exception {
        Pattern urls = Pattern.compile("-([io]) (?:'([^']+)'|(\\S+))");
        int found = 0;
        for (String line : page()) {
            if (!line.startsWith("    ./rist run")) continue;
            Matcher matcher = urls.matcher(line.substring(0, line.indexOf('#') < 0 ? line.length() : line.indexOf('#')));
            while (matcher.find()) {
                String url = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
                Endpoint endpoint = matcher.group(1).equals("i") ? FlowSpecs.input(url, new FakeResolver()) : FlowSpecs.output(url, new FakeResolver());
                assertThat(endpoint.url()).isNotEmpty();
                found++;
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(11);
    }
}
