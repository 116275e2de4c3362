package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartLintTest {
    @Test
    void helmFindsNothingToSayButThatThereIsNoIcon() {
        LintResult result = new Helm(Chart.FOLDER).lint().strict().call();
        assertThat(result.isFailed()).isFalse();
        assertThat(result.getMessages()).containsExactly("[INFO] Chart.yaml: icon is recommended");
    }

    /** Helm keeps the packed chart in a Secret, with what it rendered; a Secret holds 1 MiB. */
    @Test
    void itPacksIntoAFileThatFitsIntoHelmsSecret(@TempDir Path folder) throws Exception {
        new Helm(Chart.FOLDER).packageIt().withDestination(folder).call();
        try (Stream<Path> packed = Files.list(folder)) {
            List<Path> files = packed.toList();
            assertThat(files).hasSize(1);
            assertThat(files.getFirst()).hasFileName("ristflow-" + Chart.yaml(Chart.FOLDER.resolve("Chart.yaml")).get("version").asText() + ".tgz");
            assertThat(Files.size(files.getFirst())).isLessThan(200_000);
        }
    }

    @Test
    void itsAppVersionIsTheProjects() {
        String pom = Chart.read(Chart.ROOT.resolve("pom.xml"));
        assertThat(pom).contains("<artifactId>ristflow</artifactId>\n  <version>" + Chart.yaml(Chart.FOLDER.resolve("Chart.yaml")).get("appVersion").asText() + "</version>");
    }
}
