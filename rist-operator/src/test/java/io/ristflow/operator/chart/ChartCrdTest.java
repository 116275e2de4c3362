package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The resource comes with the release and is upgraded with it, which Helm does not do for what lies in a chart's crds/. */
class ChartCrdTest {
    private static final Path SOURCE = Chart.ROOT.resolve("crds/ristflows.ristflow.io.yaml");
    private static final String RULES = "x-kubernetes-validations";

    @Test
    void theChartsCopyIsTheResource() {
        assertThat(Chart.read(Chart.FOLDER.resolve("files/crds/ristflows.ristflow.io.yaml")).equals(Chart.read(SOURCE)))
                .as("the chart's copy is another; mvn -pl rist-operator test -Dtest=CrdInStepTest -Dcrd.write=true writes both").isTrue();
    }

    @Test
    void whatIsInstalledIsTheResourceToTheLastField() {
        for (String version : List.of("1.23.0", "1.25.0", "1.31.0")) {
            assertThat(spec(Chart.render(version, "").one("CustomResourceDefinition"))).isEqualTo(spec(Chart.yaml(SOURCE)));
        }
    }

    /** They refuse a field that they do not know; the operator runs the rules itself. */
    @Test
    void serversThatKnowNoRulesGetTheResourceWithoutThem() {
        ObjectNode wanted = (ObjectNode) spec(Chart.yaml(SOURCE));
        assertThat(wanted.findValues(RULES)).isNotEmpty();
        strip(wanted);
        for (String version : List.of("1.20.2", "1.22.17")) {
            assertThat(spec(Chart.render(version, "").one("CustomResourceDefinition"))).isEqualTo(wanted);
        }
    }

    @Test
    void anUninstallLeavesItUnlessItIsAskedNotTo() {
        assertThat(annotations("").path("helm.sh/resource-policy").asText()).isEqualTo("keep");
        assertThat(annotations("crds: {keep: false, annotations: {a: b}}").properties()).hasToString("[a=\"b\"]");
        assertThat(Chart.render("crds: {install: false}").all("CustomResourceDefinition")).isEmpty();
    }

    private static JsonNode annotations(String values) {
        return Chart.render(values).one("CustomResourceDefinition").at("/metadata/annotations");
    }

    private static JsonNode spec(JsonNode crd) {
        return crd.get("spec");
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) object.remove(RULES);
        node.forEach(ChartCrdTest::strip);
    }
}
