package io.ristflow.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class SamenessTest {
    private static final ObjectMapper YAML = new YAMLMapper();

    private static boolean holds(String live, String wanted) {
        try {
            return Sameness.holds(YAML.readTree(live), YAML.readTree(wanted));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatTheApiServerAddsDoesNotMatter() {
        assertThat(holds("{spec: {type: NodePort, clusterIP: 10.0.0.1}, status: {}}", "{spec: {type: NodePort}}")).isTrue();
        assertThat(holds("{spec: {ports: [{name: a, port: 1, protocol: UDP, nodePort: 30001}]}}", "{spec: {ports: [{name: a, port: 1}]}}")).isTrue();
    }

    @Test
    void whatSomebodyChangedDoes() {
        assertThat(holds("{spec: {type: ClusterIP}}", "{spec: {type: NodePort}}")).isFalse();
        assertThat(holds("{data: {flow.yaml: other}}", "{data: {flow.yaml: text}}")).isFalse();
        assertThat(holds("{metadata: {labels: {a: x}}}", "{metadata: {labels: {a: b}}}")).isFalse();
        assertThat(holds("{spec: {replicas: 0}}", "{spec: {replicas: 1}}")).isFalse();
    }

    @Test
    void whatIsGoneIsMissed() {
        assertThat(holds("{metadata: {}}", "{metadata: {labels: {a: b}}}")).isFalse();
        assertThat(holds("{spec: {ports: []}}", "{spec: {ports: [{name: a}]}}")).isFalse();
        assertThat(holds("{metadata: {}}", "{metadata: {annotations: {}}}")).as("an empty map is no map to the API server").isTrue();
    }

    @Test
    void namedThingsAreFoundByTheirNameAndOthersMayBeBesideThem() {
        assertThat(holds("{containers: [{name: sidecar}, {name: media, image: a}]}", "{containers: [{name: media, image: a}]}")).isTrue();
        assertThat(holds("{containers: [{name: media, image: b}]}", "{containers: [{name: media, image: a}]}")).isFalse();
    }

    @Test
    void otherListsAreTheSameOrNot() {
        assertThat(holds("{args: [a, b]}", "{args: [a, b]}")).isTrue();
        assertThat(holds("{args: [b, a]}", "{args: [a, b]}")).isFalse();
        assertThat(holds("{ingress: [{ports: []}, {from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}", "{ingress: [{ports: []}]}")).as("a hole in a policy").isFalse();
    }

    @Test
    void quantitiesAreComparedByWhatTheyMean() {
        assertThat(holds("{resources: {requests: {cpu: 500m, memory: 1Gi}}}", "{resources: {requests: {cpu: '0.5', memory: 1024Mi}}}")).isTrue();
        assertThat(holds("{resources: {requests: {cpu: 500m}}}", "{resources: {requests: {cpu: '0.6'}}}")).isFalse();
        assertThat(holds("{emptyDir: {sizeLimit: 33554432}}", "{emptyDir: {sizeLimit: 32Mi}}")).as("as a number it is none").isFalse();
        assertThat(holds("{resources: {limits: {cpu: nonsense}}}", "{resources: {limits: {cpu: '1'}}}")).isFalse();
        assertThat(holds("{labels: {a: '1.0'}}", "{labels: {a: '1'}}")).as("texts are no quantities").isFalse();
    }

    @Test
    void aPortMayBeANumberOrAName() {
        assertThat(holds("{port: 8080}", "{port: 8080}")).isTrue();
        assertThat(holds("{port: http}", "{port: 8080}")).isFalse();
    }
}
