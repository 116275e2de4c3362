package io.ristflow.operator.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final String SERVICE_NAME = "[a-z]([-a-z0-9]{0,61}[a-z0-9])?";

    @Test
    void childrenAreCalledAsTheirFlowIs() {
        assertThat(Names.child("studio-a")).isEqualTo("studio-a");
        assertThat(Names.child("a".repeat(52))).isEqualTo("a".repeat(52));
    }

    @Test
    void aNameThatNoServiceCanHaveIsMadeIntoOne() {
        for (String flow : List.of("4k-feed", "studio.a", "a".repeat(53), "x".repeat(253), "9", "a.b.c-", "0.0.0", "ends-with-dash-when-cut-" + "y".repeat(17) + ".-z".repeat(9))) {
            assertThat(Names.child(flow)).as(flow).matches(SERVICE_NAME).hasSizeLessThanOrEqualTo(52).isNotEqualTo(flow);
            assertThat(Names.metrics(flow)).as(flow).matches(SERVICE_NAME);
        }
    }

    @Test
    void namesThatBecomeAlikeAreToldApart() {
        assertThat(Names.child("studio.a")).isNotEqualTo(Names.child("studio-a")).isNotEqualTo(Names.child("studio..a"));
        assertThat(Names.child("x".repeat(60) + "1")).isNotEqualTo(Names.child("x".repeat(60) + "2"));
    }

    @Test
    void theSameNameGivesTheSameChild() {
        assertThat(Names.child("4k-feed")).isEqualTo(Names.child("4k-feed")).startsWith("rf-4k-feed-");
    }

    @Test
    void portsOfAServiceHaveNamesOfTheirOwn() {
        String longest = "e".repeat(63);
        assertThat(Names.servicePort("in", "main", "fibre", false)).isEqualTo("in-main-fibre");
        assertThat(Names.servicePort("in", "main", "fibre", true)).isEqualTo("in-main-fibre-rtcp");
        assertThat(Names.servicePort("in", longest, longest, false)).hasSizeLessThanOrEqualTo(63).isNotEqualTo(Names.servicePort("in", longest, "e".repeat(62), false));
        assertThat(Names.servicePort("in", longest, longest, true)).hasSizeLessThanOrEqualTo(63).endsWith("-rtcp");
    }

    @Test
    void aSecretsVolumeIsALabelWhateverTheSecretIsCalled() {
        assertThat(Names.secretVolume("studio-a-key")).isEqualTo("secret-studio-a-key");
        assertThat(Names.secretVolume("my.key.v1")).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?").isNotEqualTo(Names.secretVolume("my-key-v1"));
        assertThat(Names.secretVolume("k".repeat(253))).hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void labelsHoldForTheLongestName() {
        assertThat(Labels.of("x".repeat(253)).values()).allMatch(value -> value.length() <= 63);
        assertThat(Labels.of("a")).containsAllEntriesOf(Labels.podSelector("a"));
    }
}
