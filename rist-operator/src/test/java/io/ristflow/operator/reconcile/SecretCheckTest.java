package io.ristflow.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.ristflow.operator.render.SecretUse;
import io.ristflow.operator.status.Trouble;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretCheckTest {
    private static final SecretUse USE = new SecretUse("inputs[0].rist.encryption.secretRef", "studio-key", "passphrase", 127);

    /** As the operator reads one: keys, and how many bytes each has. */
    private static Secret secret(String version, Map<String, String> lengths) {
        return new SecretBuilder().withNewMetadata().withName("studio-key").withUid("u").withResourceVersion(version).endMetadata().withData(lengths).build();
    }

    private static List<Trouble> troubles(Secret secret) {
        return SecretCheck.of(List.of(USE), name -> name.equals("studio-key") ? secret : null).troubles();
    }

    @Test
    void aSecretThatIsNotThereIsNamedWithFieldAndKey() {
        assertThat(troubles(null)).singleElement().satisfies(t -> {
            assertThat(t.reason()).isEqualTo("SecretMissing");
            assertThat(t.message()).contains("spec.inputs[0].rist.encryption.secretRef", "Secret studio-key", "key passphrase");
            assertThat(t.blocking()).isTrue();
        });
    }

    @Test
    void aKeyThatIsNotThereIsNamedWithThoseThatAre() {
        assertThat(troubles(secret("1", Map.of("password", "6")))).singleElement().satisfies(t -> {
            assertThat(t.reason()).isEqualTo("SecretKeyMissing");
            assertThat(t.message()).contains("studio-key has no key passphrase", "it has password");
        });
        assertThat(troubles(secret("1", Map.of()))).singleElement().satisfies(t -> assertThat(t.message()).contains("it is empty"));
    }

    @Test
    void aValueThatIsTooLongOrEmptyIsToldByItsSize() {
        for (String bytes : List.of("0", "128")) {
            assertThat(troubles(secret("1", Map.of("passphrase", bytes)))).singleElement().satisfies(t -> {
                assertThat(t.reason()).isEqualTo("SecretInvalid");
                assertThat(t.message()).contains(bytes + " bytes", "1..127");
            });
        }
        assertThat(troubles(secret("1", Map.of("passphrase", "127")))).isEmpty();
    }

    @Test
    void aChangeOfASecretIsNoticedAndItsAppearanceIsNone() {
        SecretCheck before = SecretCheck.of(List.of(USE), name -> secret("1", Map.of("passphrase", "6")));
        assertThat(SecretCheck.of(List.of(USE), name -> secret("2", Map.of("passphrase", "6"))).changedSince(before.versions())).containsExactly("studio-key");
        assertThat(SecretCheck.of(List.of(USE), name -> secret("1", Map.of("passphrase", "6"))).changedSince(before.versions())).isEmpty();
        assertThat(before.changedSince(Map.of())).isEmpty();
    }
}
