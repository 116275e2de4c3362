package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.SessionEvent;
import io.ristflow.service.media.CheckerReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RIST in, RIST out, whoever calls and whatever profile and key either side has. */
class RelayTest {
    private static final String FAST = "buffer=500";

    private static void assertWhole(FlowRig rig, String sender, String receiver) {
        FlowRig.until("media", 10, () -> rig.report(receiver, 0).stamps() > 100);
        rig.flows.drain(sender);
        CheckerReport report = rig.report(receiver, 0);
        assertThat(report.clean()).as("%s", report).isTrue();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"simple,sender", "simple,receiver", "main,sender", "main,receiver"})
    void eitherSideMayCall(String profile, String caller) {
        int port = FlowRig.freePort();
        String listen = "rist://@127.0.0.1:" + port + "?" + FAST + "&profile=" + profile;
        String call = "rist://127.0.0.1:" + port + "?" + FAST + "&profile=" + profile;
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", caller.equals("sender") ? listen : call, "check:");
            rig.start("out", "test:?mbps=5", caller.equals("sender") ? call : listen);
            assertWhole(rig, "out", "in");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"simple", "main"})
    void listenerOfAllProfilesTakesItsCallers(String profile) {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?profile=auto&" + FAST, "check:");
            rig.start("out", "test:?mbps=5", "rist://127.0.0.1:" + port + "?profile=" + profile + "&" + FAST);
            assertWhole(rig, "out", "in");
        }
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"profile=main,profile=simple", "profile=simple,profile=main", "secret=abcdefgh&aes-type=256,profile=main", "profile=main,secret=abcdefgh&aes-type=128"})
    void relayTakesOneKindAndGivesAnother(String first, String second) {
        int near = FlowRig.freePort();
        int far = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("end", "rist://@127.0.0.1:" + far + "?" + FAST + "&" + second, "check:");
            rig.start("relay", "rist://@127.0.0.1:" + near + "?" + FAST + "&" + first, "rist://127.0.0.1:" + far + "?" + FAST + "&" + second, "check:");
            rig.start("source", "test:?mbps=5", "rist://127.0.0.1:" + near + "?" + FAST + "&" + first);
            FlowRig.until("the relay's own output", 10, () -> rig.flows.ofOutputs("relay", o -> o.getFirst().stats().packets()).orElseThrow() > 0);
            assertWhole(rig, "source", "end");
        }
    }

    @Test
    void severalRistOutputsHaveTheirOwnSettings() {
        int[] ports = {FlowRig.freePort(), FlowRig.freePort(), FlowRig.freePort()};
        String[] settings = {"profile=simple&" + FAST, "profile=main&secret=abcdefgh&aes-type=256&" + FAST, "profile=main&buffer=800"};
        try (FlowRig rig = new FlowRig()) {
            String[] outputs = new String[3];
            for (int i = 0; i < 3; i++) {
                rig.start("end" + i, "rist://@127.0.0.1:" + ports[i] + "?" + settings[i], "check:");
                outputs[i] = "rist://127.0.0.1:" + ports[i] + "?" + settings[i];
            }
            rig.start("source", "test:?mbps=5", outputs);
            for (int i = 0; i < 3; i++) {
                int end = i;
                FlowRig.until("media at " + i, 10, () -> rig.report("end" + end, 0).stamps() > 50);
                assertThat(rig.report("end" + i, 0).clean()).isTrue();
            }
        }
    }

    @Test
    void multicastOfTheSimpleProfileReachesItsReceiver() {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://@239.77.2.1:" + port + "?profile=simple&miface=lo&" + FAST, "check:");
            rig.start("out", "test:?mbps=5", "rist://239.77.2.1:" + port + "?profile=simple&miface=lo&ttl=1&" + FAST);
            assertWhole(rig, "out", "in");
        }
    }

    @Test
    void localPortOfTheSimpleProfileIsAPair() {
        int port = FlowRig.freePort();
        int local = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?profile=simple&" + FAST, "check:");
            rig.start("out", "test:?mbps=5", "rist://127.0.0.1:" + port + "?profile=simple&local-port=" + local + "&" + FAST);
            FlowRig.until("peer", 5, () -> rig.heard(SessionEvent.PeerConnected.class, "in"));
            assertWhole(rig, "out", "in");
            assertThat(rig.told.stream().filter(t -> t.flow().equals("in") && t.event() instanceof SessionEvent.PeerConnected).map(FlowRig.Told::remote)).containsExactly("127.0.0.1:" + local);
        }
    }

    @Test
    void ipv6AddressesArePeersLikeOthers() {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://@[::1]:" + port + "?profile=simple&" + FAST, "check:");
            rig.start("out", "test:?mbps=5", "rist://[::1]:" + port + "?profile=simple&" + FAST);
            assertWhole(rig, "out", "in");
            assertThat(rig.snapshot("in").inputs().getFirst().rist().localAddress()).isEqualTo("[0:0:0:0:0:0:0:1]:" + port);
        }
    }
}
