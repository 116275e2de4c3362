package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ristflow.operator.config.OperatorSettings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the chart puts into the operator's environment is what the operator reads. */
class OperatorEnvironmentTest {
    @Test
    void everyValueReachesItsSetting() {
        Map<String, String> environment = environment(Everything.ON);
        OperatorSettings settings = settings(environment);
        assertThat(settings.ownNamespace()).isEqualTo(Chart.NAMESPACE);
        assertThat(settings.namespaces()).contains(List.of("studio-a", "studio-b"));
        assertThat(settings.portPools()).containsExactlyInAnyOrderEntriesOf(Map.of("default", "31000-31999", "private-net", "40000-40999"));
        assertThat(settings.nodePortRange()).isEqualTo("30000-32000");
        assertThat(settings.loadBalancerWait()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.statisticsInterval()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.media().image()).isEqualTo("registry.example/ristflow/service:1.2");
        assertThat(settings.media().imagePullPolicy()).isEqualTo("Always");
        assertThat(settings.media().imagePullSecrets()).contains(List.of("media-pull", "other-pull"));
        assertThat(settings.media().javaOptions()).contains("-Xmx256m");
        assertThat(settings.leaderElection().enabled()).isTrue();
        assertThat(settings.leaderElection().leaseName()).isEqualTo("ristflow-rf-operator");
        assertThat(environment).containsEntry("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false").containsEntry("QUARKUS_LOG_LEVEL", "DEBUG").containsEntry("JDK_JAVA_OPTIONS", "-Xmx128m -Dx=y")
                .containsEntry("HTTPS_PROXY", "http://proxy.example:3128");
    }

    @Test
    void theChartsDefaultsAreTheOperatorsOwnButForTheImageAndThePool() {
        OperatorSettings chart = settings(environment(""));
        OperatorSettings own = settings(Map.of("RISTFLOW_OPERATOR_MEDIA_IMAGE", "x", "RISTFLOW_OPERATOR_OWN_NAMESPACE", Chart.NAMESPACE));
        assertThat(chart.namespaces()).isEqualTo(own.namespaces()).isEmpty();
        assertThat(chart.nodePortRange()).isEqualTo(own.nodePortRange());
        assertThat(chart.loadBalancerWait()).isEqualTo(own.loadBalancerWait());
        assertThat(chart.pollInterval()).isEqualTo(own.pollInterval());
        assertThat(chart.statisticsInterval()).isEqualTo(own.statisticsInterval());
        assertThat(chart.media().imagePullPolicy()).isEqualTo(own.media().imagePullPolicy());
        assertThat(chart.media().imagePullSecrets()).isEqualTo(own.media().imagePullSecrets()).isEmpty();
        assertThat(chart.media().javaOptions()).isEqualTo(own.media().javaOptions()).isEmpty();
        assertThat(chart.leaderElection().enabled()).isEqualTo(own.leaderElection().enabled());
        assertThat(chart.leaderElection().leaseName()).isEqualTo(own.leaderElection().leaseName());
    }

    /** In a container's environment the last of two of one name counts, and Kubernetes keeps but one of them when it merges. */
    @Test
    void noVariableIsThereTwice() {
        for (String values : List.of("", Everything.ON, Everything.OFF)) {
            assertThat(variables(values)).extracting(variable -> variable.get("name").asText()).doesNotHaveDuplicates();
        }
    }

    private static OperatorSettings settings(Map<String, String> environment) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withSources(new EnvConfigSource(environment, 300)).withMapping(OperatorSettings.class).build().getConfigMapping(OperatorSettings.class);
    }

    private static Map<String, String> environment(String values) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode variable : variables(values)) {
            String field = variable.at("/valueFrom/fieldRef/fieldPath").asText();
            environment.put(variable.get("name").asText(), field.equals("metadata.namespace") ? Chart.NAMESPACE : variable.get("value").asText());
        }
        return environment;
    }

    private static JsonNode variables(String values) {
        return Chart.render(values).one("Deployment").at("/spec/template/spec/containers/0/env");
    }
}
