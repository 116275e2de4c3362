package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.Endpoint;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Secret changes while media flows under it. The sender is ours, as it must know both passphrases and librist's knows one. */
@Tag("cluster")
@OnCluster
class SecretRotationTest {
    private static final String RIST = "{profile: Main, paths: [{name: a, listen: {}}], encryption: {secretRef: {name: key}, aesBits: 256}}";
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(10);

    @Test
    void aChangedSecretLosesNothingAndRestartsNothing(Flows flows) throws Exception {
        flows.secret("key", "passphrase", "old-horse");
        try (StreamCheck check = new StreamCheck()) {
            flows.apply(Documents.flow("rekeyed", RIST, "{type: NodePort}", Documents.udp("playout", flows.cluster(), check)));
            Endpoint endpoint = flows.awaitReady("rekeyed", Duration.ofSeconds(15)).getStatus().endpoints().getFirst();
            String pod = flows.pod("rekeyed").getMetadata().getUid();
            try (OurSender sender = new OurSender(endpoint, "secret=old-horse&secret-odd=new-horse&aes-type=256&profile=main", 2)) {
                flows.awaitCondition("rekeyed", Duration.ofSeconds(20), "Receiving", ConditionStatus.True);
                check.awaitNumber(0, 5_000);
                int began = check.highest();

                flows.secret("key", "passphrase", "new-horse");
                flows.awaitLog("rekeyed", TAKEN_WITHIN, "a new even passphrase was read");
                check.awaitNumber(check.highest() + sender.source().packetsPerSecond(), 5_000);
                sender.changePassphrase();
                // the change is announced for a second and more before it takes effect
                check.awaitNumber(check.highest() + 5 * sender.source().packetsPerSecond(), 10_000);
                assertThat(sender.passphraseInForce()).as(sender.log()).isEqualTo("odd");

                sender.source().close();
                int sent = sender.source().sent();
                check.awaitNumber(sent - 1, 5_000);
                assertThat(check.lost(began, sent)).as("lost: %s\n%s", check.missing(began, sent), flows.story("rekeyed") + sender.log()).isZero();
                assertThat(check.result().corrupt()).isZero();
            }
            assertThat(flows.pod("rekeyed").getMetadata().getUid()).as("the pod").isEqualTo(pod);
            assertThat(flows.restarts("rekeyed")).as("restarts").isZero();
            assertThat(Flows.condition(flows.get("rekeyed"), "Degraded").orElseThrow().status()).isEqualTo(ConditionStatus.False);
        }
    }

    /** The same passphrase by the same way, for those who come after. */
    @Test
    void aSenderThatKnowsTheNewPassphraseAloneIsServedAfterTheChange(Flows flows) throws Exception {
        flows.secret("key", "passphrase", "old-horse");
        try (StreamCheck check = new StreamCheck()) {
            flows.apply(Documents.flow("later", RIST, "{type: NodePort}", Documents.udp("playout", flows.cluster(), check)));
            Endpoint endpoint = flows.awaitReady("later", Duration.ofSeconds(15)).getStatus().endpoints().getFirst();
            flows.secret("key", "passphrase", "new-horse");
            flows.awaitLog("later", TAKEN_WITHIN, "a new even passphrase was read");
            try (Contribution contribution = new Contribution(endpoint, Contribution.Manners.of(Contribution.Profile.MAIN, "secret=new-horse&aes-type=256"))) {
                check.awaitNumber(contribution.source().packetsPerSecond(), 15_000);
            }
            assertThat(flows.restarts("later")).as("restarts").isZero();
        }
    }
}
