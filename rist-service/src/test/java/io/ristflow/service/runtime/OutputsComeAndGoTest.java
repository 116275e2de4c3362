package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.config.ConfigException;
import io.ristflow.service.net.PortException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputsComeAndGoTest {
    private static final String FAST = "?buffer=100";

    @Test
    void theOthersLoseNothing(@TempDir Path folder) throws Exception {
        int steady = FlowRig.freePort();
        int coming = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("steady", "rist://@127.0.0.1:" + steady + FAST, "check:");
            rig.start("coming", "rist://@127.0.0.1:" + coming + FAST, "check:");
            rig.start("out", "test:?mbps=5", "rist://127.0.0.1:" + steady + FAST, "check:");
            FlowRig.until("media", 10, () -> rig.report("steady", 0).stamps() > 50);
            int files = FlowRig.openFiles();
            for (int round = 0; round < 3; round++) {
                rig.flows.addOutput("out", FlowRig.output("caller", "rist://127.0.0.1:" + coming + FAST));
                rig.flows.addOutput("out", FlowRig.output("listener", "rist://@127.0.0.1:0".replace(":0", ":" + FlowRig.freePort()) + FAST));
                rig.flows.addOutput("out", FlowRig.output("file", "file:" + folder.resolve("take" + round + ".ts")));
                rig.flows.addOutput("out", FlowRig.output("udp", "udp://127.0.0.1:9"));
                assertThat(rig.snapshot("out").outputs()).extracting(FlowSnapshot.OutputView::name).containsExactly("out0", "out1", "caller", "listener", "file", "udp");
                long stamps = rig.report("coming", 0).stamps();
                FlowRig.until("media at the one that came", 10, () -> rig.report("coming", 0).stamps() > stamps + 50);
                for (String name : new String[] {"udp", "file", "listener", "caller"}) assertThat(rig.flows.removeOutput("out", name)).isTrue();
                assertThat(rig.snapshot("out").outputs()).hasSize(2);
                assertThat(Files.size(folder.resolve("take" + round + ".ts"))).isPositive();
            }
            assertThat(rig.report("steady", 0).clean()).as("%s", rig.report("steady", 0)).isTrue();
            assertThat(rig.flows.ofOutputs("out", outs -> ((io.ristflow.service.media.StreamChecker) outs.getFirst()).report().clean()).orElseThrow()).isTrue();
            FlowRig.until("sockets closed", 5, () -> FlowRig.openFiles() <= files + 1);
        }
    }

    @Test
    void oneThatGoesDeliversWhatItHasAndRepeatsWhatWasLost() {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?buffer=500", "check:");
            rig.start("out", "test:?mbps=5", "null:", "rist://127.0.0.1:" + port + "?buffer=500");
            FlowRig.until("media", 10, () -> rig.report("in", 0).stamps() > 200);
            assertThat(rig.flows.removeOutput("out", "out1")).isTrue();
            FlowRig.until("farewell", 5, () -> rig.heard(io.ristflow.core.api.SessionEvent.PeerLost.class, "in"));
            assertThat(rig.report("in", 0).clean()).isTrue();
        }
    }

    @Test
    void whatHindersIsNamedAndNothingIsLeft() {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("holder", "rist://@127.0.0.1:" + port, "null:");
            rig.start("out", "test:", "null:");
            assertThatThrownBy(() -> rig.flows.addOutput("nowhere", FlowRig.output("a", "null:"))).isInstanceOf(ConfigException.class).hasMessage("flow: nowhere is not there");
            assertThatThrownBy(() -> rig.flows.addOutput("out", FlowRig.output("out0", "null:"))).isInstanceOf(ConfigException.class).hasMessageContaining("out0 is the name of another output");
            assertThatThrownBy(() -> rig.flows.addOutput("out", FlowRig.output("a", "rist://@127.0.0.1:" + port))).isInstanceOf(PortException.class).hasMessageContaining("flow out: output rist://@127.0.0.1:" + port);
            assertThat(rig.flows.removeOutput("out", "a")).isFalse();
            assertThatThrownBy(() -> rig.flows.removeOutput("out", "out0")).isInstanceOf(ConfigException.class).hasMessageContaining("out0 is the only output");
            assertThat(rig.snapshot("out").outputs()).hasSize(1);
            assertThat(rig.snapshot("out").state()).isEqualTo(FlowSnapshot.State.RUNNING);
        }
    }
}
