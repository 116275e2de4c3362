package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private static final Pattern THRESHOLD = Pattern.compile("([0-9.]+) # (\\w+)");
    private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");

    private final JsonNode file = Chart.yaml(Chart.FOLDER.resolve("alerts/ristflow.yaml"));

    @Test
    void everyQueryIsOneThatPrometheusTakesAndAsksForWhatThereIs() {
        Metrics metrics = Metrics.all();
        assertThat(rules(file)).isNotEmpty().allSatisfy(rule -> {
            List<PromQl.Use> uses = PromQl.read(rule.get("expr").asText());
            assertThat(uses).isNotEmpty().allSatisfy(use -> assertThat(metrics.wrong(use)).as(rule.get("alert").asText()).isEmpty());
        });
    }

    @Test
    void everyAlertSaysWhichFlowWhatIsWrongAndWhatToDo() {
        assertThat(rules(file)).allSatisfy(rule -> {
            String name = rule.get("alert").asText();
            assertThat(name).matches("RistFlow[A-Z][A-Za-z]+");
            assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning", "info");
            assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).as(name).hasSizeGreaterThan(40);
            // a label that the query does not keep would be empty in the message
            Matcher label = LABEL.matcher(rule.get("annotations").toString());
            while (label.find()) {
                assertThat(PromQl.read(rule.get("expr").asText())).as(name).allSatisfy(use -> assertThat(use.grouped()).contains(label.group(1)));
            }
        });
        assertThat(rules(file)).extracting(rule -> rule.get("alert").asText()).doesNotHaveDuplicates();
    }

    @Test
    void everyThresholdIsAValueAndTheDefaultsAreTheSame() {
        Map<String, Double> written = new TreeMap<>();
        Matcher threshold = THRESHOLD.matcher(Chart.read(Chart.FOLDER.resolve("alerts/ristflow.yaml")));
        while (threshold.find()) written.put(threshold.group(2), Double.valueOf(threshold.group(1)));
        Map<String, Double> values = new TreeMap<>();
        Chart.yaml(Chart.FOLDER.resolve("values.yaml")).at("/monitoring/rules/thresholds").properties().forEach(value -> values.put(value.getKey(), value.getValue().asDouble()));
        assertThat(written).isEqualTo(values).isNotEmpty();
    }

    @Test
    void theChartInstallsTheFileAsItIs() {
        JsonNode rendered = Chart.render("monitoring: {rules: {enabled: true}}").one("PrometheusRule");
        assertThat(rendered.at("/spec/groups")).isEqualTo(file.get("groups"));
    }

    @Test
    void thresholdsAndUnwantedAlertsAreTheAdministrators() {
        JsonNode rendered = Chart.render(Everything.ON).one("PrometheusRule");
        assertThat(rendered.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
        JsonNode groups = rendered.get("spec");
        assertThat(rules(groups)).extracting(rule -> rule.get("alert").asText()).doesNotContain("RistFlowNotReceiving").contains("RistFlowMediaStopped");
        assertThat(expression(groups, "RistFlowResidualLoss")).contains("> 0.01 # residualLossRatio");
        assertThat(expression(groups, "RistFlowRestarting")).contains(">= 7 # podRestarts");
        assertThat(expression(groups, "RistFlowRoundTripHigh")).isEqualTo(expression(file, "RistFlowRoundTripHigh"));
        List<String> all = rules(file).stream().map(rule -> rule.get("alert").asText()).toList();
        List<String> operators = all.stream().filter(name -> List.of("RistFlowOperatorDown", "RistFlowReconcileErrors", "RistFlowRefused").contains(name)).toList();
        JsonNode none = Chart.render("monitoring: {rules: {enabled: true, disabled: " + operators + "}}").one("PrometheusRule");
        assertThat(none.at("/spec/groups")).hasSize(1);
    }

    private static String expression(JsonNode file, String alert) {
        return rules(file).stream().filter(rule -> rule.get("alert").asText().equals(alert)).findFirst().orElseThrow().get("expr").asText();
    }

    private static List<JsonNode> rules(JsonNode file) {
        List<JsonNode> rules = new ArrayList<>();
        file.get("groups").forEach(group -> group.get("rules").forEach(rules::add));
        return rules;
    }
}
