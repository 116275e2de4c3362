package io.ristflow.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildFailuresTest {
    private static KubernetesClientException refusal(int code, String message) {
        return new KubernetesClientException("Failure executing: PATCH at: https://...", code, new StatusBuilder().withCode(code).withMessage(message).build());
    }

    @Test
    void aNodePortThatIsTakenIsReadFromTheRefusal() {
        KubernetesClientException taken = new KubernetesClientException(
                "Service \"a\" is invalid: [spec.ports[0].nodePort: Invalid value: 31000: provided port is already allocated, spec.ports[1].nodePort: Invalid value: 31001: provided port is already allocated]", 422, null);
        ChildFailures failures = ChildFailures.of(Map.of("service", taken));
        assertThat(failures.takenNodePorts()).containsExactly(31000, 31001);
        assertThat(failures.troubles()).isEmpty();
        assertThat(failures.away()).isNull();
    }

    @Test
    void whatIsRefusedIsToldInTheApiServersWordsInOneLine() {
        ChildFailures failures = ChildFailures.of(Map.of("deployment", new OperatorException(refusal(403, "exceeded quota:\n  compute"))));
        assertThat(failures.troubles()).singleElement().satisfies(t -> {
            assertThat(t.reason()).isEqualTo("ChildRefused");
            assertThat(t.message()).isEqualTo("the API server refuses the flow's deployment: exceeded quota: compute");
        });
    }

    @Test
    void aNameThatSomebodyElseHasIsToldAsOne() {
        assertThat(ChildFailures.of(Map.of("document", refusal(409, "ConfigMap f exists"))).troubles()).singleElement().satisfies(t -> assertThat(t.message()).contains("flow's document", "belongs to somebody else", "ConfigMap f exists"));
    }

    @Test
    void anApiServerThatIsAwayIsNoRefusal() {
        KubernetesClientException away = new KubernetesClientException("An error has occurred.", new IOException("Connection refused"));
        assertThat(ChildFailures.of(Map.of("document", away)).away()).isSameAs(away);
        assertThat(ChildFailures.of(Map.of("document", new IllegalStateException("a mistake"))).away()).hasMessage("a mistake");
        assertThat(ChildFailures.of(Map.of()).away()).isNull();
    }
}
