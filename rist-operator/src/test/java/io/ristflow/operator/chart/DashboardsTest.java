package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DashboardsTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");

    static List<Path> dashboards() {
        try (Stream<Path> files = Files.list(Chart.FOLDER.resolve("dashboards"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyQueryIsOneThatPrometheusTakesAndAsksForWhatThereIs(Path file) {
        Metrics metrics = Metrics.all();
        for (JsonNode panel : panels(file)) {
            for (JsonNode target : panel.path("targets")) {
                String query = target.get("expr").asText().replace("$__rate_interval", "1m").replaceAll("\\$\\w+", "x");
                List<PromQl.Use> uses = PromQl.read(query);
                assertThat(uses).isNotEmpty().allSatisfy(use -> assertThat(metrics.wrong(use)).as(panel.get("title").asText()).isEmpty());
                // a legend by a label that the query does not keep is empty
                Matcher label = Pattern.compile("\\{\\{(\\w+)}}").matcher(target.path("legendFormat").asText());
                while (label.find()) assertThat(uses).as(panel.get("title").asText()).anySatisfy(use -> assertThat(use.grouped()).contains(label.group(1)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyVariableIsDeclaredAndAsksForWhatThereIs(Path file) {
        JsonNode dashboard = Chart.json(file);
        Set<String> declared = new TreeSet<>();
        for (JsonNode variable : dashboard.at("/templating/list")) {
            declared.add(variable.get("name").asText());
            String query = variable.at("/query/query").asText();
            if (query.isEmpty()) continue;
            Matcher values = Pattern.compile("label_values\\((.+), (\\w+)\\)").matcher(query.replaceAll("\\$\\w+", "x"));
            assertThat(values.matches()).as(query).isTrue();
            assertThat(PromQl.read("max by (" + values.group(2) + ") (" + values.group(1) + ")")).allSatisfy(use -> assertThat(Metrics.all().wrong(use)).isEmpty());
        }
        Set<String> used = new TreeSet<>();
        Matcher variable = VARIABLE.matcher(dashboard.get("panels").toString());
        while (variable.find()) if (!variable.group(1).startsWith("__")) used.add(variable.group(1));
        assertThat(declared).containsAll(used).contains("datasource");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsHaveTitlesAndDoNotLieOnEachOther(Path file) {
        List<JsonNode> panels = panels(file);
        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        Set<String> cells = new TreeSet<>();
        for (JsonNode panel : panels) {
            assertThat(panel.get("title").asText()).isNotBlank();
            JsonNode place = panel.get("gridPos");
            assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.get("w").asInt(); x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    assertThat(cells.add((place.get("x").asInt() + x) + "," + (place.get("y").asInt() + y))).as(panel.get("title").asText()).isTrue();
                }
            }
            if (!panel.get("type").asText().equals("row")) assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
        }
    }

    /** What people ask first; each is on a dashboard under librist's name or ours. */
    @Test
    void bitrateLossRecoveryRoundTripBufferQualityPeersPathsFaultsAndTheOperatorAreThere() {
        Set<String> shown = new TreeSet<>();
        for (Path file : dashboards()) {
            for (JsonNode panel : panels(file)) for (JsonNode target : panel.path("targets")) PromQl.read(target.get("expr").asText().replace("$__rate_interval", "1m").replaceAll("\\$\\w+", "x")).forEach(use -> shown.add(use.metric()));
        }
        assertThat(shown).contains("ristflow_flow_payload_bitrate_bps", "rist_client_flow_bandwidth_bps", "ristflow_flow_lost_packets_total", "rist_client_flow_missing_packets_total",
                "rist_client_flow_recovered_packets_total", "rist_client_flow_recovered_one_retry_packets_total", "ristflow_flow_rtt_seconds", "ristflow_path_rtt_seconds", "ristflow_flow_buffer_seconds",
                "rist_client_flow_avg_buffer_time_seconds", "rist_client_flow_quality_ratio", "rist_sender_peer_quality_ratio", "ristflow_flow_live_paths", "ristflow_path_bitrate_bps", "ristflow_path_state",
                "ristflow_fault_active", "ristflow_input_active", "rist_sender_peer_bandwidth_bps", "ristflow_output_dropped_packets_total", "ristflow_port_kernel_drops_total", "reconciliations_failure_total",
                "custom_resources");
    }

    @Test
    void theSidecarGetsEachOfThemAsItIs() throws Exception {
        List<JsonNode> maps = Chart.render("monitoring: {dashboards: {enabled: true}}").all("ConfigMap");
        assertThat(maps).hasSameSizeAs(dashboards());
        List<JsonNode> installed = new ArrayList<>();
        for (JsonNode map : maps) {
            assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
            assertThat(map.get("data")).hasSize(1);
            installed.add(new ObjectMapper().readTree(map.get("data").elements().next().asText()));
        }
        assertThat(installed).containsExactlyInAnyOrderElementsOf(dashboards().stream().map(Chart::json).toList());
        assertThat(installed).extracting(dashboard -> dashboard.get("uid").asText()).doesNotHaveDuplicates();
        assertThat(Chart.render(Everything.ON).all("ConfigMap")).allSatisfy(map -> assertThat(map.at("/metadata/namespace").asText()).isEqualTo("grafana"));
    }

    private static List<JsonNode> panels(Path file) {
        List<JsonNode> panels = new ArrayList<>();
        Chart.json(file).get("panels").forEach(panels::add);
        return panels;
    }
}
