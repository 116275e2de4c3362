package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Parity;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.config.Manifests;
import io.ristflow.service.media.CheckerReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passphrases change while media runs through real sockets: by the call that REST makes, and by files. Not one packet is lost, nor asked for again. */
class PassphrasesLiveTest {
    private static final String TWO = "buffer=500&aes-type=256&secret=even&secret-odd=odd";

    @TempDir
    Path dir;

    private static Parity inForce(FlowRig rig, String flow) {
        FlowSnapshot snapshot = rig.snapshot(flow);
        var rist = snapshot.inputs().getFirst().rist();
        return (rist != null ? rist.keys() : snapshot.outputs().getFirst().rist().keys()).getFirst().stats().inForce();
    }

    private static void assertWhole(FlowRig rig) {
        rig.flows.drain("out");
        CheckerReport report = rig.report("in", 0);
        assertThat(report.clean()).as("%s", report).isTrue();
        assertThat(rig.told).as("%s", rig.told).noneMatch(told -> told.event() instanceof SessionEvent.FaultRaised || told.event() instanceof SessionEvent.PeerLost && told.flow().equals("out"));
    }

    private static void media(FlowRig rig) {
        long before = rig.report("in", 0).stamps();
        FlowRig.until("media", 10, () -> rig.report("in", 0).stamps() > before + 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sender", "receiver"})
    void sendersChangeIsFollowedAndLosesNothing(String caller) {
        int port = FlowRig.freePort();
        String listen = "rist://@127.0.0.1:" + port + "?" + TWO;
        String call = "rist://127.0.0.1:" + port + "?" + TWO;
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", caller.equals("sender") ? listen : call, "check:");
            rig.start("out", "test:?mbps=8", caller.equals("sender") ? call : listen);
            media(rig);
            for (Parity parity : List.of(Parity.ODD, Parity.EVEN)) {
                assertThat(rig.flows.usePassphrase("out", null, null)).hasSize(1);
                FlowRig.until("the sender's change", 5, () -> inForce(rig, "out") == parity);
                FlowRig.until("the receiver's", 5, () -> inForce(rig, "in") == parity);
                media(rig);
            }
            assertThat(rig.flows.usePassphrase("out", "out0", Parity.EVEN)).as("it is in force already").hasSize(1);
            assertThat(rig.flows.usePassphrase("out", "elsewhere", null)).isEmpty();
            assertWhole(rig);
        }
    }

    @Test
    void everyPathOfABondHasItsOwn() {
        int[] ports = {FlowRig.freePort(), FlowRig.freePort()};
        String listen = "rist://@127.0.0.1:" + ports[0] + "?buffer=500&secret=one,rist://@127.0.0.1:" + ports[1] + "?secret=two&secret-odd=other&aes-type=128";
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", listen, "check:");
            rig.start("out", "test:?mbps=8", listen.replace("@", "").replace("?", "?weight=1&"));
            FlowRig.until("both paths", 5, () -> rig.told.stream().filter(t -> t.flow().equals("out") && t.event() instanceof SessionEvent.PeerConnected).count() == 2);
            media(rig);
            assertThat(rig.flows.usePassphrase("out", null, null)).extracting(FlowSnapshot.KeyView::path).containsExactly("path-2");
            FlowRig.until("the receiver's change", 5, () -> rig.snapshot("in").inputs().getFirst().rist().keys().get(1).stats().inForce() == Parity.ODD);
            media(rig);
            assertThat(rig.snapshot("in").inputs().getFirst().rist().keys()).extracting(key -> key.stats().aesBits()).containsExactly(256, 128);
            assertWhole(rig);
        }
    }

    /** Both ends from manifests with --secrets; the files change as a mounted Secret's do, at the receiver first, and later in use at both ends. */
    @Test
    void changedFilesAreTakenOverWithoutALostPacket() throws IOException {
        int port = FlowRig.freePort();
        mount("first", "unused-yet", 1);
        Manifests.Manifest in = manifest("in", "inputs: [{name: main, rist: {paths: [{name: p, listen: {port: " + port + "}}], encryption: ENCRYPTION}}]", "outputs: [{name: nowhere, udp: {host: 127.0.0.1, port: 9}}]");
        Manifests.Manifest out = manifest("out", "inputs: [{name: signal, testSignal: {bitrateKbps: 8000}}]", "outputs: [{name: far, rist: {paths: [{name: p, connect: {host: 127.0.0.1, port: " + port + "}}], encryption: ENCRYPTION}}]");
        assertThat(in.keys()).hasSize(2);
        try (FlowRig rig = new FlowRig();
                KeyWatch ofIn = new KeyWatch(in.keys(), rig.flows::replacePassphrase);
                KeyWatch ofOut = new KeyWatch(out.keys(), rig.flows::replacePassphrase)) {
            rig.flows.start(withChecker(in));
            rig.flows.start(out.flows().getFirst());
            ofIn.start();
            ofOut.start();
            media(rig);
            // The one in force is replaced at both ends, which look at their own times
            mount("second", "unused-yet", 2);
            FlowRig.until("a new nonce at the sender", 8, () -> nonces(rig, "out") == 2);
            FlowRig.until("and at the receiver, after it", 8, () -> nonces(rig, "in") == 2);
            media(rig);
            // The other one is, and is gone over to
            mount("second", "third", 3);
            FlowRig.until("both to have looked", 8, () -> told(3));
            rig.flows.usePassphrase("out", null, Parity.ODD);
            FlowRig.until("the change", 5, () -> inForce(rig, "out") == Parity.ODD && inForce(rig, "in") == Parity.ODD);
            media(rig);
            assertWhole(rig);
        }
    }

    private long mountedAtMs;

    /** Two looks, and some. */
    private boolean told(int seconds) {
        return System.currentTimeMillis() - mountedAtMs > seconds * 1_000L;
    }

    private static long nonces(FlowRig rig, String flow) {
        FlowSnapshot snapshot = rig.snapshot(flow);
        var rist = snapshot.inputs().getFirst().rist();
        return (rist != null ? rist.keys() : snapshot.outputs().getFirst().rist().keys()).getFirst().stats().nonces();
    }

    private void mount(String even, String odd, int version) throws IOException {
        Path mount = dir.resolve("studio");
        Path data = Files.createDirectories(mount.resolve("..v" + version));
        Files.writeString(data.resolve("passphrase"), even);
        Files.writeString(data.resolve("next"), odd);
        Files.createSymbolicLink(mount.resolve("..data_tmp"), data.getFileName());
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (version == 1) for (String key : List.of("passphrase", "next")) Files.createSymbolicLink(mount.resolve(key), Path.of("..data", key));
        mountedAtMs = System.currentTimeMillis();
    }

    private Manifests.Manifest manifest(String name, String inputs, String outputs) throws IOException {
        String spec = (inputs + "\n  " + outputs).replace("ENCRYPTION", "{secretRef: {name: studio}, nextSecretRef: {name: studio, key: next}}");
        Path file = dir.resolve(name + ".yaml");
        Files.writeString(file, "apiVersion: ristflow.io/v1alpha1\nkind: RistFlow\nmetadata: {name: " + name + "}\nspec:\n  " + spec + "\n");
        return Manifests.read(file, dir);
    }

    private static FlowSpec withChecker(Manifests.Manifest manifest) {
        var flow = manifest.flows().getFirst();
        return new FlowSpec(flow.name(), flow.inputs(), List.of(FlowRig.output("check", "check:")));
    }
}
