package io.ristflow.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import org.junit.jupiter.api.Test;

/** What of the API server's answers stays in memory. */
class SecretShapeTest {
    private final KubernetesSerialization serialization = SecretShape.serialization();

    @Test
    void ofASecretThereIsHowLongItsValuesAreAndNoValue() {
        Secret secret = serialization.unmarshal("""
                {"apiVersion":"v1","kind":"Secret","metadata":{"name":"k","resourceVersion":"7"},"data":{"passphrase":"c2VjcmV0","empty":"","long":"MDEyMzQ1Njc=","two":"YWI="},"type":"Opaque"}""", Secret.class);
        assertThat(SecretShape.bytes(secret, "passphrase")).isEqualTo(6);
        assertThat(SecretShape.bytes(secret, "empty")).isZero();
        assertThat(SecretShape.bytes(secret, "long")).isEqualTo(8);
        assertThat(SecretShape.bytes(secret, "two")).isEqualTo(2);
        assertThat(SecretShape.bytes(secret, "other")).isNull();
        assertThat(serialization.asJson(secret)).doesNotContain("c2VjcmV0").contains("\"resourceVersion\":\"7\"");
    }

    @Test
    void aSecretWithoutDataHasNoKeys() {
        assertThat(SecretShape.bytes(serialization.unmarshal("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"k\"},\"data\":null}", Secret.class), "a")).isNull();
        assertThat(SecretShape.bytes(serialization.unmarshal("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"k\"}}", Secret.class), "a")).isNull();
    }

    @Test
    void managedFieldsAreLeftOutOfEveryObject() {
        Pod pod = serialization.unmarshal("""
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","managedFields":[{"manager":"kubelet","operation":"Update","fieldsV1":{"f:status":{}}}],"labels":{"a":"b"}}}""", Pod.class);
        assertThat(pod.getMetadata().getManagedFields()).isEmpty();
        assertThat(pod.getMetadata().getAdditionalProperties()).isEmpty();
        assertThat(pod.getMetadata().getLabels()).containsEntry("a", "b");
    }

    @Test
    void aResourceOfALaterVersionIsReadAsFarAsItIsKnown() {
        RistFlow flow = serialization.unmarshal("""
                {"apiVersion":"ristflow.io/v1alpha1","kind":"RistFlow","metadata":{"name":"f"},"spec":{"inputs":[{"name":"a","later":{"x":1},"rist":{"profile":"Quantum","paths":[{"name":"p","listen":{}}]}}],"outputs":[]}}""",
                RistFlow.class);
        assertThat(flow.getSpec().inputs().getFirst().name()).isEqualTo("a");
        assertThat(flow.getSpec().inputs().getFirst().rist().profile()).isNull();
    }
}
