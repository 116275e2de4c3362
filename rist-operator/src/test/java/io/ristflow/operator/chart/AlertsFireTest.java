package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prometheus' own tool reads the rules and every query of the dashboards, and plays series through the alerts (src/test/resources/chart/alerts-test.yaml). It is {@code $PROMTOOL}, which
 * {@code .ci/promtool} finds or fetches, or on the {@code PATH}; without it these tests are skipped, or fail where {@code CI} is set.
 */
class AlertsFireTest {
    private static final Path CASES = Chart.ROOT.resolve("rist-operator/src/test/resources/chart/alerts-test.yaml");
    private static final Path RULES = Chart.FOLDER.resolve("alerts/ristflow.yaml");
    private static String promtool;

    @BeforeAll
    static void find() {
        promtool = Stream.concat(Stream.ofNullable(System.getenv("PROMTOOL")), Arrays.stream(System.getenv("PATH").split(":")).map(folder -> folder + "/promtool"))
                .filter(file -> Files.isExecutable(Path.of(file))).findFirst().orElse(null);
        if (promtool != null) return;
        if (System.getenv("CI") != null) throw new IllegalStateException("no promtool; export PROMTOOL=$(.ci/promtool)");
        System.err.println("### NOT TESTED with promtool: export PROMTOOL=$(.ci/promtool)");
        assumeThat(promtool).isNotNull();
    }

    @Test
    void eachAlertFiresWhenItShouldAndNotOtherwise(@TempDir Path folder) throws Exception {
        Files.copy(RULES, folder.resolve("ristflow.yaml"));
        Files.copy(CASES, folder.resolve("cases.yaml"));
        assertThat(run(folder, "test", "rules", "cases.yaml")).contains("SUCCESS");
    }

    @Test
    void everyAlertHasACaseInWhichItFires() {
        Set<String> fired = new TreeSet<>();
        for (JsonNode group : Chart.yaml(CASES).get("tests")) {
            for (JsonNode test : group.get("alert_rule_test")) if (!test.get("exp_alerts").isEmpty()) fired.add(test.get("alertname").asText());
        }
        Set<String> alerts = new TreeSet<>();
        for (JsonNode group : Chart.yaml(RULES).get("groups")) for (JsonNode rule : group.get("rules")) alerts.add(rule.get("alert").asText());
        assertThat(fired).isEqualTo(alerts);
    }

    @Test
    void whatTheChartInstallsIsARuleFileThatPrometheusTakes(@TempDir Path folder) throws Exception {
        for (String values : new String[] {"monitoring: {rules: {enabled: true}}", Everything.ON}) {
            // JSON is YAML
            Files.writeString(folder.resolve("rules.yaml"), Chart.render(values).one("PrometheusRule").get("spec").toString());
            assertThat(run(folder, "check", "rules", "rules.yaml")).contains("SUCCESS");
        }
    }

    @Test
    void everyQueryOfTheDashboardsIsOneThatPrometheusTakes(@TempDir Path folder) throws Exception {
        Set<String> queries = new LinkedHashSet<>();
        for (Path dashboard : DashboardsTest.dashboards()) {
            for (JsonNode panel : Chart.json(dashboard).get("panels")) {
                for (JsonNode target : panel.path("targets")) queries.add(target.get("expr").asText().replace("$__rate_interval", "1m").replaceAll("\\$\\w+", "x"));
            }
        }
        Object[] rules = queries.stream().map(query -> Map.of("record", "query:" + Math.abs(query.hashCode()), "expr", query)).toArray();
        Files.writeString(folder.resolve("rules.yaml"), new ObjectMapper().writeValueAsString(Map.of("groups", new Object[] {Map.of("name", "dashboards", "rules", rules)})));
        assertThat(run(folder, "check", "rules", "rules.yaml")).contains("SUCCESS: " + queries.size() + " rules found");
    }

    /** @return all that it says */
    private static String run(Path folder, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(Stream.of(promtool), Arrays.stream(arguments)).toList()).directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
