package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.SessionEvent;
import io.ristflow.service.media.CheckerReport;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneWayLinkTest {
    @ParameterizedTest
    @CsvSource({"profile=simple", "profile=main", "secret=abcdefgh&aes-type=256"})
    void everythingArrivesAndNobodyMissesAnAnswer(String settings) throws Exception {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?buffer=1000&one-way=1&" + settings, "check:");
            FlowRig.until("told", 5, () -> rig.snapshot("in").degraded().contains("input in: nothing comes"));
            rig.start("out", "test:?mbps=2", "rist://127.0.0.1:" + port + "?buffer=1000&one-way=1&" + settings);
            FlowRig.until("media", 10, () -> rig.report("in", 0).stamps() > 300);
            TimeUnit.SECONDS.sleep(2);
            CheckerReport report = rig.report("in", 0);
            assertThat(report.clean()).as("%s", report).isTrue();
            assertThat(rig.snapshot("out").degraded()).isEmpty();
            assertThat(rig.snapshot("in").degraded()).isEmpty();
            assertThat(rig.snapshot("in").inputs().getFirst().rist().ports()).allSatisfy(p -> assertThat(p.sentDatagrams()).isZero());
            assertThat(rig.told).noneMatch(told -> told.event() instanceof SessionEvent.FaultRaised || told.event() instanceof SessionEvent.RebindWanted);
        }
    }
}
