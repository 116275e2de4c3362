package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Parity;
import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.service.config.ManifestFile;
import io.ristflow.service.config.Manifests;
import io.ristflow.service.config.Resolver;
import io.ristflow.service.media.CheckerReport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows follow their document, with real sockets and 5 Mb/s; looks are taken by hand. That they are taken each second shows FollowTest. */
class DocumentWatchTest {
    private static final int STEADY = 0;

    @TempDir
    Path dir;

    private final FlowRig rig = new FlowRig();
    private final DocumentBoard board = new DocumentBoard();
    private final int steady = FlowRig.freePort();
    private Path file;
    private DocumentWatch watch;
    private KeyWatch keys;
    private long nowNs;

    @BeforeEach
    void somebodyChecks() {
        file = dir.resolve("flow.yaml");
        rig.start("checker", "rist://@127.0.0.1:" + steady + "?buffer=200", "check:");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    // ---- documents -----------------------------------------------------------------------------------------------------------------

    private static String flow(String name, int generation, String... outputs) {
        return """
                apiVersion: ristflow.io/v1alpha1
                kind: RistFlow
                metadata: {name: %s, annotations: {ristflow.io/generation: "%d"}}
                spec:
                  inputs: [{name: signal, testSignal: {bitrateKbps: 5000}}]
                  outputs:
                  - %s
                ---
                """.formatted(name, generation, String.join("\n  - ", outputs));
    }

    private String toChecker() {
        return call("steady", steady);
    }

    private static String call(String name, int port) {
        return "{name: %s, rist: {paths: [{name: p, connect: {host: 127.0.0.1, port: %d}}], recovery: {bufferMs: 200}}}".formatted(name, port);
    }

    private static String listen(String name, int port, String more) {
        return "{name: %s, rist: {paths: [{name: p, listen: {host: 127.0.0.1, port: %d}}], recovery: {bufferMs: 200}%s}}".formatted(name, port, more);
    }

    private static String udp(String name, int port) {
        return "{name: %s, udp: {host: 127.0.0.1, port: %d}}".formatted(name, port);
    }

    private void start(String yaml) throws IOException {
        Files.writeString(file, yaml);
        ManifestFile manifests = new ManifestFile(file, dir, Resolver.SYSTEM);
        Manifests.Manifest started = manifests.read();
        rig.flows.startAll(started.flows());
        board.started(started.documents());
        keys = new KeyWatch(started.keys(), rig.flows::replacePassphrase);
        watch = new DocumentWatch(manifests, started, new LiveFlows(rig.flows, keys), board, () -> nowNs);
    }

    private void change(String yaml) throws IOException {
        Files.writeString(file, yaml);
        looks(2);
    }

    private void looks(int count) {
        for (int i = 0; i < count; i++) watch.look();
    }

    private void media() {
        long before = rig.report("checker", STEADY).stamps();
        FlowRig.until("media at the checker", 10, () -> rig.report("checker", STEADY).stamps() > before + 100);
    }

    private void assertNothingWasLost() {
        CheckerReport report = rig.report("checker", STEADY);
        assertThat(report.clean()).as("%s", report).isTrue();
    }

    private List<String> outputs(String flow) {
        return rig.snapshot(flow).outputs().stream().map(FlowSnapshot.OutputView::name).toList();
    }

    private DocumentBoard.Entry entry(String flow) {
        return board.entries().stream().filter(e -> e.flow().equals(flow)).findFirst().orElseThrow();
    }

    private void assertInForce(String flow, long generation) {
        assertThat(entry(flow)).isEqualTo(new DocumentBoard.Entry(flow, generation, DocumentBoard.State.IN_FORCE, List.of(), ""));
    }

    // ---- outputs -------------------------------------------------------------------------------------------------------------------

    @Test
    void outputsComeGoAndChangeAndTheOneThatStaysLosesNothing() throws IOException {
        int coming = FlowRig.freePort();
        rig.start("coming", "rist://@127.0.0.1:" + coming + "?buffer=200", "check:");
        start(flow("studio", 1, toChecker(), udp("monitor", 9)));
        assertInForce("studio", 1);
        media();
        for (int round = 0; round < 3; round++) {
            change(flow("studio", 10 * round + 2, toChecker(), udp("monitor", 9), call("coming", coming), udp("third", 19)));
            assertInForce("studio", 10 * round + 2);
            assertThat(outputs("studio")).containsExactlyInAnyOrder("steady", "monitor", "coming", "third");
            long stamps = rig.report("coming", 0).stamps();
            FlowRig.until("media at the one that came", 10, () -> rig.report("coming", 0).stamps() > stamps + 50);
            change(flow("studio", 10 * round + 3, udp("monitor", 19), call("coming", coming), toChecker()));
            assertThat(rig.snapshot("studio").outputs()).anyMatch(o -> o.name().equals("monitor") && o.url().endsWith(":19"));
            change(flow("studio", 10 * round + 4, toChecker(), udp("monitor", 9)));
            assertInForce("studio", 10 * round + 4);
            assertThat(outputs("studio")).containsExactlyInAnyOrder("steady", "monitor");
            media();
        }
        assertNothingWasLost();
        assertThat(rig.told).as("nobody left the steady output").noneMatch(t -> t.flow().equals("checker") && t.event() instanceof SessionEvent.PeerLost);
    }

    @Test
    void newGenerationOfTheSameIsInForceAndTouchesNothing() throws IOException {
        start(flow("studio", 1, toChecker()));
        media();
        change("# other comments, another order\n" + flow("studio", 2, "{rist: {recovery: {bufferMs: 200}, paths: [{connect: {port: " + steady + ", host: 127.0.0.1}, name: p}]}, name: steady}"));
        assertInForce("studio", 2);
        media();
        assertNothingWasLost();
        assertThat(rig.told).noneMatch(t -> t.flow().equals("checker") && t.event() instanceof SessionEvent.PeerLost);
    }

    /** The only output of its flow, and what replaces it wants its port. */
    @Test
    void outputIsReplacedByOneOnTheSamePortWhateverThatIsCalled() throws IOException {
        int port = FlowRig.freePort();
        rig.start("caller", "rist://127.0.0.1:" + port + "?buffer=200", "check:");
        start(flow("studio", 1, listen("out", port, "")));
        FlowRig.until("media", 10, () -> rig.report("caller", 0).stamps() > 50);
        change(flow("studio", 2, listen("out", port, ", session: {timeoutMs: 3000}")));
        assertInForce("studio", 2);
        long before = rig.report("caller", 0).stamps();
        FlowRig.until("media again", 10, () -> rig.report("caller", 0).stamps() > before + 50);
        change(flow("studio", 3, listen("another", port, "")));
        assertInForce("studio", 3);
        assertThat(outputs("studio")).containsExactly("another");
        long then = rig.report("caller", 0).stamps();
        FlowRig.until("media once more", 10, () -> rig.report("caller", 0).stamps() > then + 50);
    }

    @Test
    void outputWhosePortIsTakenIsRefusedByItsFieldAndTriedAgain() throws IOException {
        int port = FlowRig.freePort();
        start(flow("studio", 1, toChecker()));
        media();
        try (DatagramSocket holder = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            change(flow("studio", 2, toChecker(), listen("far", port, ""), udp("monitor", 9)));
            assertThat(entry("studio").state()).isEqualTo(DocumentBoard.State.REFUSED);
            assertThat(entry("studio").generation()).isEqualTo(2);
            assertThat(entry("studio").message()).startsWith("outputs[1]: ").contains("port: 127.0.0.1:" + port + " is in use by another program").doesNotContain("\n");
            nowNs += DocumentWatch.RETRY_NS - 1;
            looks(1);
            assertThat(entry("studio").state()).isEqualTo(DocumentBoard.State.REFUSED);
            assertThat(holder.isBound()).isTrue();
        }
        nowNs += 1;
        looks(1);
        assertInForce("studio", 2);
        assertThat(outputs("studio")).containsExactlyInAnyOrder("steady", "far", "monitor");
        media();
        assertNothingWasLost();
    }

    @Test
    void pathsOfABondComeGoAndChangeTheirWeight() throws IOException {
        int[] ports = {FlowRig.freePort(), FlowRig.freePort(), FlowRig.freePort()};
        rig.start("bond", "rist://@127.0.0.1:" + ports[0] + "?buffer=300,rist://@127.0.0.1:" + ports[1] + ",rist://@127.0.0.1:" + ports[2], "check:");
        String path = "{name: %s, connect: {host: 127.0.0.1, port: %d}, weight: %d}";
        String output = "{name: bonded, rist: {paths: [%s], recovery: {bufferMs: 300}}}";
        String[] p = {path.formatted("a", ports[0], 3), path.formatted("b", ports[1], 1), path.formatted("c", ports[2], 5)};
        start(flow("studio", 1, output.formatted(p[0] + ", " + p[1])));
        FlowRig.until("both paths", 10, () -> paths("studio").stream().filter(v -> v.stats().state() == PathStats.State.CONNECTED).count() == 2);
        change(flow("studio", 2, output.formatted(p[0].replace("weight: 3", "weight: 4") + ", " + p[1])));
        assertThat(paths("studio")).extracting(v -> v.stats().bonding().weight()).containsExactlyInAnyOrder(4, 1);
        change(flow("studio", 3, output.formatted(p[0] + ", " + p[1] + ", " + p[2])));
        FlowRig.until("the third path", 10, () -> paths("studio").stream().filter(v -> v.stats().state() == PathStats.State.CONNECTED).count() == 3);
        change(flow("studio", 4, output.formatted(p[2] + ", " + p[1].replace(Integer.toString(ports[1]), Integer.toString(ports[0])))));
        assertInForce("studio", 4);
        FlowRig.until("one gone, one elsewhere", 10, () -> paths("studio").stream().filter(v -> v.stats().state() == PathStats.State.CONNECTED).map(FlowSnapshot.PathView::remote).sorted().toList()
                .equals(List.of(ports[0], ports[2]).stream().sorted().map(port -> "127.0.0.1:" + port).toList()));
        long before = rig.report("bond", 0).stamps();
        FlowRig.until("media", 10, () -> rig.report("bond", 0).stamps() > before + 100);
        assertThat(rig.report("bond", 0).clean()).as("%s", rig.report("bond", 0)).isTrue();
        assertThat(rig.told).as("the bond as a whole never broke").noneMatch(t -> t.flow().equals("bond") && t.event() instanceof SessionEvent.FlowEnded);
    }

    private List<FlowSnapshot.PathView> paths(String flow) {
        return rig.snapshot(flow).outputs().getFirst().rist().paths();
    }

    // ---- what is not live ----------------------------------------------------------------------------------------------------------

    @Test
    void whatNeedsARestartIsNamedAndTheRestIsDone() throws IOException {
        start(flow("studio", 1, toChecker()));
        media();
        change(flow("studio", 2, toChecker(), udp("monitor", 9)).replace("5000", "6000"));
        assertThat(entry("studio")).isEqualTo(new DocumentBoard.Entry("studio", 2L, DocumentBoard.State.RESTART_NEEDED, List.of("inputs[0].testSignal.bitrateKbps"), ""));
        assertThat(outputs("studio")).containsExactly("steady", "monitor");
        change(flow("studio", 3, toChecker()));
        assertInForce("studio", 3);
        assertThat(outputs("studio")).containsExactly("steady");
        assertNothingWasLost();
    }

    @Test
    void whatIsRefusedChangesNothingAndSaysTheGenerationAndTheField() throws IOException {
        start(flow("studio", 1, toChecker()));
        media();
        change(flow("studio", 2, toChecker(), udp("monitor", 70_000)));
        assertThat(entry("studio")).isEqualTo(new DocumentBoard.Entry("studio", 2L, DocumentBoard.State.REFUSED, List.of(), file + ": spec.outputs[1].udp.port: 70000 is not in 1..65535"));
        change("apiVersion: [");
        assertThat(entry("studio").generation()).as("the one in force, as no other can be read").isEqualTo(1);
        assertThat(entry("studio").message()).contains("not well-formed YAML");
        Files.delete(file);
        looks(3);
        assertThat(entry("studio").message()).isEqualTo(file + ": not there");
        assertThat(outputs("studio")).containsExactly("steady");
        change(flow("studio", 1, toChecker()));
        assertInForce("studio", 1);
        media();
        assertNothingWasLost();
    }

    @Test
    void changeCountsWhenTwoLooksFindTheSame() throws IOException {
        start(flow("studio", 1, toChecker()));
        String wanted = flow("studio", 2, toChecker(), udp("monitor", 9), udp("third", 19));
        // Valid, but half of what is being written
        Files.writeString(file, wanted.substring(0, wanted.indexOf("  - {name: third")));
        looks(1);
        Files.writeString(file, wanted);
        looks(1);
        assertThat(outputs("studio")).containsExactly("steady");
        looks(1);
        assertThat(outputs("studio")).containsExactly("steady", "monitor", "third");
    }

    /** As the kubelet does: the file is a link to ..data/flow.yaml, and ..data, a link to a folder, is swapped. */
    @Test
    void swappedFolderOfAMountedConfigMapIsAChange() throws IOException {
        Path mount = Files.createDirectory(dir.resolve("mounted"));
        file = mount.resolve("flow.yaml");
        Files.createDirectory(mount.resolve("..1"));
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(file, Path.of("..data/flow.yaml"));
        start(flow("studio", 1, toChecker()));
        Files.writeString(Files.createDirectory(mount.resolve("..2")).resolve("flow.yaml"), flow("studio", 2, toChecker(), udp("monitor", 9)));
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        looks(2);
        assertInForce("studio", 2);
        assertThat(outputs("studio")).containsExactly("steady", "monitor");
    }

    // ---- flows ---------------------------------------------------------------------------------------------------------------------

    @Test
    void flowsComeAndGoWithTheirDocuments() throws IOException {
        start(flow("studio", 1, toChecker()) + flow("north", 7, udp("monitor", 9)));
        media();
        change(flow("studio", 1, toChecker()) + flow("south", 1, udp("monitor", 9)) + flow("north", 8, udp("monitor", 19)));
        assertThat(rig.snapshot("south").state()).isEqualTo(FlowSnapshot.State.RUNNING);
        assertThat(board.entries()).extracting(DocumentBoard.Entry::flow).containsExactly("studio", "south", "north");
        assertInForce("north", 8);
        change(flow("studio", 2, toChecker()));
        assertThat(board.entries()).extracting(DocumentBoard.Entry::flow).containsExactly("studio");
        FlowRig.until("the others are drained", 5, () -> rig.flows.snapshots().stream().map(FlowSnapshot::name).toList().equals(List.of("checker", "studio")));
        assertThat(rig.flows.ending()).isFalse();
        media();
        assertNothingWasLost();
        change(flow("other", 1, toChecker().replace("steady", "also-steady")));
        assertInForce("other", 1);
    }

    // ---- keys and sources ----------------------------------------------------------------------------------------------------------

    @Test
    void passphrasesAreAsTheDocumentSaysAndNothingIsLost() throws IOException {
        int port = FlowRig.freePort();
        secret("k", "one", "first");
        secret("k", "two", "second");
        secret("k", "three", "third");
        String encrypted = "{name: %s, rist: {profile: Main, paths: [{name: p, %s: {host: 127.0.0.1, port: " + port + "}}], recovery: {bufferMs: 500}, encryption: {%s}}}";
        String one = "secretRef: {name: k, key: one}";
        String both = one + ", nextSecretRef: {name: k, key: two}";
        String next = both + ", inForce: NextSecret";
        String last = "secretRef: {name: k, key: two}";
        start(keyed(1, encrypted, one, one));
        media();
        // The receiver first, as it must know what comes
        change(keyed(2, encrypted, both, one));
        change(keyed(3, encrypted, both, both));
        media();
        change(keyed(4, encrypted, both, next));
        FlowRig.until("the sender's change", 5, () -> inForce("out", false) == Parity.ODD);
        FlowRig.until("the receiver's, after it", 5, () -> inForce("in", true) == Parity.ODD);
        media();
        change(keyed(5, encrypted, next, last));
        FlowRig.until("back to the even place, with the new passphrase", 5, () -> inForce("out", false) == Parity.EVEN);
        media();
        change(keyed(6, encrypted, last, last));
        assertInForce("in", 6);
        assertInForce("out", 6);
        media();
        // Its file is looked at from now on, and only its file
        secret("k", "two", "fourth");
        looks(3);
        assertInForce("out", 6);
        assertNothingWasLost();
        assertThat(rig.told).as("%s", rig.told).noneMatch(t -> t.event() instanceof SessionEvent.PeerLost || t.event() instanceof SessionEvent.FaultRaised);
    }

    /** Two flows: one sends the signal to the other under keys, and that one passes it on to the checker. */
    private String keyed(int generation, String encrypted, String in, String out) {
        String receiver = flow("in", generation, toChecker()).replace("{name: signal, testSignal: {bitrateKbps: 5000}}", encrypted.formatted("main", "listen", in));
        return receiver + flow("out", generation, encrypted.formatted("far", "connect", out));
    }

    private Parity inForce(String flow, boolean input) {
        FlowSnapshot snapshot = rig.snapshot(flow);
        return (input ? snapshot.inputs().getFirst().rist().keys() : snapshot.outputs().getFirst().rist().keys()).getFirst().stats().inForce();
    }

    private void secret(String name, String key, String value) throws IOException {
        Files.writeString(Files.createDirectories(dir.resolve(name)).resolve(key), value);
    }

    @Test
    void outputBringsItsKeysAndTheyAreFollowed() throws IOException {
        int port = FlowRig.freePort();
        secret("far-key", "passphrase", "hunter2");
        rig.start("far", "rist://@127.0.0.1:" + port + "?buffer=200&secret=hunter2&secret-odd=hunter3", "check:");
        start(flow("studio", 1, toChecker()));
        String out = "{name: far, rist: {profile: Advanced, paths: [{name: p, connect: {host: 127.0.0.1, port: " + port + "}}], encryption: {secretRef: {name: far-key}}}}";
        change(flow("studio", 2, toChecker(), out));
        FlowRig.until("media", 10, () -> rig.report("far", 0).stamps() > 50);
        secret("far-key", "passphrase", "hunter3");
        keys.look();
        keys.look();
        FlowRig.until("the new passphrase", 5, () -> rig.heard(SessionEvent.PeerPassphraseChanged.class, "far"));
        long before = rig.report("far", 0).stamps();
        FlowRig.until("media under it", 10, () -> rig.report("far", 0).stamps() > before + 100);
        assertThat(rig.report("far", 0).clean()).as("%s", rig.report("far", 0)).isTrue();
        change(flow("studio", 3, toChecker()));
        assertInForce("studio", 3);
        secret("far-key", "passphrase", "hunter4");
        keys.look();
        keys.look();
        media();
        assertNothingWasLost();
    }

    @Test
    void secretThatIsMissingIsWaitedFor() throws IOException {
        start(flow("studio", 1, toChecker()));
        String out = "{name: far, rist: {paths: [{name: p, connect: {host: 127.0.0.1, port: 9}}], encryption: {secretRef: {name: late}}}}";
        change(flow("studio", 2, toChecker(), out));
        assertThat(entry("studio").message()).contains("spec.outputs[1].rist.encryption.secretRef: there is no Secret late");
        secret("late", "passphrase", "hunter2");
        nowNs += DocumentWatch.RETRY_NS;
        looks(1);
        assertInForce("studio", 2);
    }

    @Test
    void callersFromElsewhereAreNotHeardOnceTheDocumentSaysSo() throws IOException {
        int port = FlowRig.freePort();
        String input = "{name: main, rist: {paths: [{name: p, listen: {host: 127.0.0.1, port: " + port + "}}], recovery: {bufferMs: 200}%s}}";
        String open = flow("in", 1, toChecker()).replace("{name: signal, testSignal: {bitrateKbps: 5000}}", input.formatted(""));
        String closed = flow("in", 2, toChecker()).replace("{name: signal, testSignal: {bitrateKbps: 5000}}", input.formatted(", allowedSources: [192.0.2.0/24]"));
        start(open);
        rig.start("source", "test:?mbps=5", "rist://127.0.0.1:" + port + "?buffer=200");
        media();
        change(closed);
        assertInForce("in", 2);
        FlowRig.until("its peer is given up", 5, () -> rig.snapshot("in").inputs().getFirst().rist().paths().isEmpty());
        change(open.replace("generation: \"1\"", "generation: \"3\""));
        assertInForce("in", 3);
        media();
    }
}
