package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.cluster.Contribution.Manners;
import io.ristflow.operator.cluster.Contribution.Profile;
import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.Endpoint;
import io.ristflow.operator.crd.v1alpha1.FlowCondition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong around a sound spec: Secrets that are not there, ports that are taken, peers that do not match. The condition says what, and goes away with the cause. */
@Tag("cluster")
@OnCluster
class FaultConditionsTest {
    private static final Duration NAMED_WITHIN = Duration.ofSeconds(5);
    private static final Duration PEER_NAMED_WITHIN = Duration.ofSeconds(10);
    private static final Duration MENDED_WITHIN = Duration.ofSeconds(10);
    private static final String OUT = "{name: out, udp: {host: 192.0.2.9, port: 5000}}";

    private static String main(String more) {
        return "{profile: Main, paths: [{name: a, listen: {}}]" + more + "}";
    }

    private static String key(String secret) {
        return ", encryption: {secretRef: {name: " + secret + ", key: passphrase}, aesBits: 256}";
    }

    @Test
    void aFlowWithoutItsSecretStartsWhenItAppears(Flows flows) {
        flows.apply(Documents.flow("no-secret", main(key("later")), "{type: NodePort}", OUT));
        FlowCondition condition = flows.awaitCondition("no-secret", NAMED_WITHIN, "Programmed", ConditionStatus.False, "SecretMissing");
        assertThat(condition.message()).contains("later");
        assertThat(flows.pods("no-secret")).isEmpty();

        flows.secret("later", "passphrase", "correct-horse");
        flows.awaitReady("no-secret", MENDED_WITHIN);
    }

    @Test
    void aFlowWhoseSecretLacksTheKeyStartsWhenItIsThere(Flows flows) {
        flows.secret("other-key", "password", "correct-horse");
        flows.apply(Documents.flow("no-key", main(key("other-key")), "{type: NodePort}", OUT));
        FlowCondition condition = flows.awaitCondition("no-key", NAMED_WITHIN, "Programmed", ConditionStatus.False, "SecretKeyMissing");
        assertThat(condition.message()).contains("other-key", "passphrase");

        flows.secret("other-key", "passphrase", "correct-horse");
        flows.awaitReady("no-key", MENDED_WITHIN);
    }

    @Test
    void twoFlowsThatWantOnePortNameEachOther(Flows flows) {
        String rist = "{profile: Main, paths: [{name: a, listen: {port: 31800}}]}";
        flows.apply(Documents.flow("first", rist, "{type: NodePort}", OUT));
        flows.awaitReady("first", MENDED_WITHIN);
        flows.apply(Documents.flow("second", rist, "{type: NodePort}", OUT));
        assertThat(flows.awaitCondition("second", NAMED_WITHIN, "PortsAllocated", ConditionStatus.False, "PortConflict").message()).contains("31800", flows.namespace() + "/first");
        assertThat(flows.awaitCondition("first", NAMED_WITHIN, "PortsAllocated", ConditionStatus.False, "PortConflict").message()).contains("31800", flows.namespace() + "/second");

        flows.apply(Documents.flow("second", rist.replace("31800", "31802"), "{type: NodePort}", OUT));
        flows.awaitReady("second", MENDED_WITHIN);
        flows.awaitCondition("first", NAMED_WITHIN, "PortsAllocated", ConditionStatus.True);
    }

    /** A sender that does not match, and one that does; {@code parameters} are librist's. */
    record Mismatch(String name, String rist, Manners wrong, Manners right, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mismatch> mismatches() {
        Manners clear = Manners.of(Profile.MAIN, "");
        Manners encrypted = Manners.of(Profile.MAIN, "secret=correct-horse&aes-type=256");
        Manners loggedIn = Manners.of(Profile.MAIN, "secret=correct-horse&aes-type=256&username=studio&password=good-word");
        return Stream.of(
                new Mismatch("wrong-aes-size", main(key("known")), Manners.of(Profile.MAIN, "secret=correct-horse&aes-type=128"), encrypted, "AesSizeMismatch"),
                new Mismatch("wrong-passphrase", main(key("known")), Manners.of(Profile.MAIN, "secret=wrong-horse&aes-type=256"), encrypted, "PassphraseMismatch"),
                new Mismatch("no-key-there", main(key("known")), clear, encrypted, "ClearTextRefused"),
                new Mismatch("no-key-here", main(""), encrypted, clear, "KeyUnexpected"),
                new Mismatch("wrong-profile", main(""), Manners.of(Profile.SIMPLE, ""), clear, "ProfileMismatch"),
                new Mismatch("wrong-password", main(key("known") + ", authentication: {srp: {usersSecretRef: {name: users}}}"),
                        Manners.of(Profile.MAIN, "secret=correct-horse&aes-type=256&username=studio&password=bad-word"), loggedIn, "AuthFailed"));
    }

    @ParameterizedTest
    @MethodSource("mismatches")
    void aPeerThatDoesNotMatchIsNamedAndOneThatDoesIsServed(Mismatch mismatch, Flows flows) throws InterruptedException {
        flows.secret("known", "passphrase", "correct-horse");
        flows.secret("users", "users", Cluster.run(null, List.of(Path.of(System.getenv("RIST_PEERS"), "sid", "ristsrppasswd").toString(), "studio", "good-word")));
        try (StreamCheck check = new StreamCheck()) {
            flows.apply(Documents.flow(mismatch.name(), mismatch.rist(), "{type: NodePort}", Documents.udp("playout", flows.cluster(), check)));
            Endpoint endpoint = flows.awaitReady(mismatch.name(), Duration.ofSeconds(15)).getStatus().endpoints().getFirst();
            try (Contribution wrong = new Contribution(endpoint, mismatch.wrong())) {
                FlowCondition condition = flows.awaitCondition(mismatch.name(), PEER_NAMED_WITHIN, "Degraded", ConditionStatus.True, mismatch.reason());
                assertThat(condition.message()).contains("main");
                assertThat(check.result().received()).as("datagrams of a peer that does not match; %s", wrong.log()).isZero();
                assertThat(flows.events(mismatch.name())).anyMatch(event -> event.getMessage().contains(mismatch.reason()) || event.getReason().equals(mismatch.reason()));
            }
            try (Contribution right = new Contribution(endpoint, mismatch.right())) {
                flows.awaitCondition(mismatch.name(), MENDED_WITHIN, "Receiving", ConditionStatus.True);
                flows.awaitCondition(mismatch.name(), MENDED_WITHIN, "Degraded", ConditionStatus.False);
                check.awaitNumber(right.source().sent(), MENDED_WITHIN.toMillis());
                assertThat(Flows.condition(flows.get(mismatch.name()), "Ready").orElseThrow().status()).isEqualTo(ConditionStatus.True);
            }
        }
        flows.delete(mismatch.name());
    }
}
