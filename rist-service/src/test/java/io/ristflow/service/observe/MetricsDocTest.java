package io.ristflow.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/metrics.md is what a dashboard is made from: its rows are the collector's, no more and no fewer. */
class MetricsDocTest {
    private static String row(MeterTable.Meter<?> meter) {
        return "| `" + meter.name() + "` | " + meter.type().name().toLowerCase(Locale.ROOT) + " | " + String.join(", ", meter.labels()) + " | " + meter.help() + " |";
    }

    @Test
    void theTablesAreThoseOfTheCollector() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/metrics.md")).stream().filter(line -> line.startsWith("| `rist")).toList();
        assertThat(rows).containsExactlyElementsOf(Stream.concat(LibristMeters.all(), FlowMeters.all()).map(MetricsDocTest::row).toList());
    }
}
