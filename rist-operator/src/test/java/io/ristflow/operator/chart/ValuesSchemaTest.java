package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong value is refused by Helm, naming it, before anything reaches a cluster. */
class ValuesSchemaTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            operatr: {}                                             | operatr
            image: {service: {tagg: x}}                             | tagg
            image: {operator: {pullPolicy: Sometimes}}              | pullPolicy
            image: {service: {repository: ''}}                      | repository
            image: {service: {tag: 7}}                              | tag
            image: {service: {digest: md5:0}}                       | digest
            image: {service: {pullSecrets: secret}}                 | pullSecrets
            watchNamespaces: studio-a                               | watchNamespaces
            watchNamespaces: [studio_a]                             | watchNamespaces
            watchNamespaces: [a, a]                                 | watchNamespaces
            portPools: {default: 31000}                             | portPools
            portPools: {default: '31000-'}                          | portPools
            portPools: {Default: 31000-31999}                       | Default
            portPools: {a.b: 31000-31999}                           | a.b
            nodePortRange: all                                      | nodePortRange
            loadBalancerWaitSeconds: 60s                            | loadBalancerWaitSeconds
            loadBalancerWaitSeconds: 0                              | loadBalancerWaitSeconds
            pollIntervalSeconds: 0.5                                | pollIntervalSeconds
            operator: {replicas: -1}                                | replicas
            operator: {replicas: '1'}                               | replicas
            operator: {replicas: 2, leaderElection: false}          | replicas
            operator: {leaderElection: 'yes'}                       | leaderElection
            operator: {logFormat: xml}                              | logFormat
            operator: {logLevel: debug}                             | logLevel
            operator: {podLabels: {a: 1}}                           | podLabels
            operator: {extraEnv: [{value: x}]}                      | extraEnv
            operator: {podDisruptionBudget: {minAvailable: 1}}      | minAvailable
            serviceAccount: {create: maybe}                         | create
            rbac: {clusterAdmin: true}                              | clusterAdmin
            crds: {instal: true}                                    | instal
            monitoring: {rules: {thresholds: {residualLossRatio: 2}}}   | residualLossRatio
            monitoring: {rules: {thresholds: {residualLoss: 0.1}}}  | residualLoss
            monitoring: {rules: {disabled: [SomethingElse]}}        | disabled
            monitoring: {dashboards: {labels: {grafana_dashboard: 1}}}  | grafana_dashboard
            """)
    void aWrongValueIsRefusedByName(String values, String named) {
        assertThatThrownBy(() -> Chart.render(values)).isInstanceOf(IllegalStateException.class).hasMessageContaining("schema").hasMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"portPools: {a: 5000-4000}", "portPools: {a: 0-10}", "portPools: {a: 65000-65536}", "nodePortRange: 40000-30000"})
    void aRangeThatIsNoneIsRefusedWithWhatIsWanted(String values) {
        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining("is no range of ports; first-last is wanted, both in 1..65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "operator: {podSecurityContext: {runAsUser: null, runAsGroup: null, fsGroup: 1}}", // as OpenShift wants it
            "operator: {resources: {limits: {cpu: 2, memory: null}}}",
            "operator: {replicas: 0}",
            "global: {imageRegistry: x}", // what a parent chart hands down
            "portPools: {default: 31000-31000, '7': 1-65535}"})
    void whatIsMeantIsTaken(String values) {
        assertThatCode(() -> Chart.render(values)).doesNotThrowAnyException();
    }

    /** Objects that are Kubernetes' own are open; all others name every key that they have. */
    @Test
    void everyObjectOfOurOwnIsClosed() {
        List<String> open = new ArrayList<>();
        walk("", Chart.json(Chart.FOLDER.resolve("values.schema.json")), open);
        assertThat(open).containsExactlyInAnyOrder("operator.resources", "operator.resources.requests", "operator.resources.limits", "operator.podSecurityContext", "operator.podSecurityContext.seccompProfile",
                "operator.securityContext", "operator.securityContext.capabilities", "operator.affinity", "global");
    }

    private static void walk(String path, JsonNode schema, List<String> open) {
        if (schema.path("type").asText().equals("object") && !schema.has("additionalProperties")) open.add(path);
        schema.path("properties").properties().forEach(field -> walk(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), open));
    }
}
