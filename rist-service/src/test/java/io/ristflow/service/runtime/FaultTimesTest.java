package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Parity;
import io.ristflow.service.config.EndRef;
import io.ristflow.service.config.FlowKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A status must show what is wrong within seconds of its beginning, and nothing of it within seconds of its mend. */
class FaultTimesTest {
    private static final int SHOWN_S = 3;
    private static final int GONE_S = 5;

    private static List<FlowSnapshot.FaultView> faults(FlowRig rig) {
        return rig.snapshot("in").inputs().getFirst().rist().activeFaults();
    }

    private static boolean connected(FlowRig rig) {
        return rig.snapshot("in").inputs().getFirst().rist().connections().now() == 1;
    }

    @ParameterizedTest
    @CsvSource({
        "AesSizeMismatch, profile=main&secret=hunter2&aes-type=256, profile=main&secret=hunter2&aes-type=128",
        "PassphraseMismatch, profile=main&secret=hunter2, profile=main&secret=hunter3",
        "PassphraseMismatch, profile=advanced&secret=hunter2, profile=advanced&secret=hunter3",
        "ClearTextRefused, profile=main&secret=hunter2, profile=main",
        "KeyUnexpected, profile=main, profile=main&secret=hunter2",
        "ProfileMismatch, profile=main, profile=simple&fast-start=1",
        "ProfileMismatch, profile=simple, profile=main",
        "AuthFailed, profile=main&username=alice&password=right, profile=main&username=alice&password=wrong",
        "AuthFailed, profile=main&username=alice&password=right, profile=main"})
    void faultOfACallerIsShownWithItsPathAndGoneOnceItIsMended(String reason, String here, String there) {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?" + here, "null:");
            rig.start("wrong", "test:?mbps=1", "rist://127.0.0.1:" + port + "?" + there);
            FlowRig.until(reason, SHOWN_S, () -> faults(rig).stream().anyMatch(f -> f.active() && f.fault().reason().equals(reason)));
            assertThat(faults(rig)).allMatch(f -> f.leg().equals("path-1"));
            assertThat(connected(rig)).isFalse();
            rig.flows.drain("wrong");
            rig.start("right", "test:?mbps=1", "rist://127.0.0.1:" + port + "?" + here);
            FlowRig.until("connected, nothing wrong", GONE_S, () -> connected(rig) && faults(rig).isEmpty());
        }
    }

    /** The Secret was wrong, and is mended while the same caller goes on calling. */
    @Test
    void wrongPassphraseIsMendedByItsReplacement() {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?profile=main&secret=hunter2", "check:");
            rig.start("out", "test:?mbps=1", "rist://127.0.0.1:" + port + "?profile=main&secret=hunter3");
            FlowRig.until("PassphraseMismatch", SHOWN_S, () -> faults(rig).stream().anyMatch(FlowSnapshot.FaultView::active));
            rig.flows.replacePassphrase(new FlowKey.Id("in", EndRef.input("in"), "", Parity.EVEN), "hunter3");
            FlowRig.until("connected, nothing wrong", GONE_S, () -> connected(rig) && faults(rig).isEmpty());
        }
    }

    @Test
    void callerThatHearsNothingSaysSoUntilSomebodyIsThere() {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://127.0.0.1:" + port + "?profile=main", "null:");
            FlowRig.until("NoAnswer", 4, () -> faults(rig).stream().anyMatch(f -> f.active() && f.fault().reason().equals("NoAnswer")));
            rig.start("out", "test:?mbps=1", "rist://@127.0.0.1:" + port + "?profile=main");
            FlowRig.until("connected, nothing wrong", GONE_S, () -> connected(rig) && faults(rig).isEmpty());
        }
    }

    @Test
    void loginAndWhoCameAndLeftAreToldOfThePath() {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?profile=main&username=alice&password=right", "null:");
            rig.start("out", "test:?mbps=1", "rist://127.0.0.1:" + port + "?profile=main&username=alice&password=right");
            FlowRig.until("logged in", 5, () -> connected(rig) && rig.snapshot("in").inputs().getFirst().rist().paths().stream().anyMatch(p -> p.user().equals("alice")));
            FlowRig.until("at the caller as well", 5, () -> rig.snapshot("out").outputs().getFirst().rist().paths().getFirst().user().equals("alice"));
            FlowSnapshot.ConnectionsView come = rig.snapshot("in").inputs().getFirst().rist().connections();
            assertThat(come).extracting(FlowSnapshot.ConnectionsView::connected, FlowSnapshot.ConnectionsView::lost, FlowSnapshot.ConnectionsView::authenticated).containsExactly(1L, 0L, 1L);
            assertThat(come.lastConnectedAt()).isNotNull();
            assertThat(come.lastLostAt()).isNull();
            rig.flows.drain("out");
            FlowRig.until("gone", 5, () -> rig.snapshot("in").inputs().getFirst().rist().connections().lost() == 1);
            FlowSnapshot.ConnectionsView gone = rig.snapshot("in").inputs().getFirst().rist().connections();
            assertThat(gone.now()).isZero();
            assertThat(gone.lastLostAt()).isNotNull();
            assertThat(gone.lastLostWhy()).isNotEmpty();
        }
    }
}
