package io.ristflow.operator.render;

import static io.ristflow.operator.TestFlows.flow;
import static io.ristflow.operator.TestFlows.listener;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretUseTest {
    @Test
    void everyReferenceOfTheSpecIsFoundWithItsFieldAndItsKey() {
        var uses = SecretUse.of(flow("f", """
                inputs:
                - name: main
                  rist:
                    profile: Main
                    encryption: {secretRef: {name: a}, nextSecretRef: {name: b, key: new}}
                    authentication: {srp: {usersSecretRef: {name: c}}}
                    paths:
                    - {name: p, listen: {port: 5000}}
                    - {name: q, listen: {port: 5002}, encryption: {secretRef: {name: d}}}
                outputs:
                - {name: plain, udp: {host: h, port: 9}}
                - name: out
                  rist:
                    profile: Main
                    paths: [{name: r, connect: {host: h, port: 1}}]
                    authentication: {srp: {credentialsSecretRef: {name: e, password: pw}}}
                    adaptation: {maxKbps: 8000, webhook: {urlSecretRef: {name: f}}}
                """).getSpec());
        assertThat(uses).extracting(SecretUse::field, SecretUse::name, SecretUse::key).containsExactly(
                t("inputs[0].rist.encryption.secretRef", "a", "passphrase"), t("inputs[0].rist.encryption.nextSecretRef", "b", "new"), t("inputs[0].rist.authentication.srp.usersSecretRef", "c", "users"),
                t("inputs[0].rist.paths[1].encryption.secretRef", "d", "passphrase"), t("outputs[1].rist.authentication.srp.credentialsSecretRef", "e", "username"),
                t("outputs[1].rist.authentication.srp.credentialsSecretRef", "e", "pw"), t("outputs[1].rist.adaptation.webhook.urlSecretRef", "f", "url"));
    }

    private static org.assertj.core.groups.Tuple t(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    @Test
    void aFlowInTheClearNeedsNone() {
        assertThat(SecretUse.of(listener("f", "Main", "", "").getSpec())).isEmpty();
    }
}
