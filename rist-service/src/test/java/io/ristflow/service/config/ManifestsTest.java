package io.ristflow.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ristflow.core.api.Parity;
import io.ristflow.core.config.AdaptationConfig;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.CongestionControl;
import io.ristflow.core.config.PathConfig;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.RecoveryConfig;
import io.ristflow.core.config.SessionConfig;
import io.ristflow.core.config.SplitMode;
import io.ristflow.core.config.SrpConfig;
import io.ristflow.core.config.Timing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestsTest {
    static final String BASE = """
            apiVersion: v1
            kind: Secret
            metadata: {name: k}
            stringData: {passphrase: hunter2}
            ---
            apiVersion: ristflow.io/v1alpha1
            kind: RistFlow
            metadata: {name: studio-a}
            spec:
              inputs:
              - name: main
                rist:
                  profile: Main
                  paths:
                  - {name: fibre, listen: {port: 5000}, interface: eth0, weight: 5, priority: 2}
                  recovery: {bufferMinMs: 200, bufferMaxMs: 2000, reorderMs: 30, rttMinMs: 10, rttMaxMs: 400, maxRetries: 5, maxBitrateKbps: 50000, returnBitrateKbps: 900, congestionControl: Aggressive, timing: Rtc}
                  encryption: {secretRef: {name: k, key: passphrase}, aesBits: 128, keyRotationPackets: 300}
                  allowedSources: [198.51.100.0/24, "2001:db8::/32"]
              outputs:
              - {name: playout, udp: {host: 239.1.1.1, port: 5004, ttl: 16, interface: eth0}}
              - {name: affiliate, rist: {profile: Simple, paths: [{name: wan, connect: {host: b.example, port: 6000}, sourcePort: 7000}]}}
            """;

    static Manifests.Manifest parse(String yaml, Path secrets) {
        return Manifests.parse("flow.yaml", yaml.getBytes(StandardCharsets.UTF_8), secrets, new FakeResolver());
    }

    @Test
    void adaptationAndDatagramsBesideTheMediaReachTheirSettings() {
        String yaml = """
                apiVersion: v1
                kind: Secret
                metadata: {name: hook}
                stringData: {url: "https://encoder.example:8443/rate?token=hunter2\\n"}
                ---
                apiVersion: ristflow.io/v1alpha1
                kind: RistFlow
                metadata: {name: studio-a}
                spec:
                  inputs:
                  - name: main
                    rist: {linkReports: true, paths: [{name: p, listen: {port: 5000}}], outOfBand: {forwardTo: {host: 127.0.0.1, port: 7000}}}
                  outputs:
                  - name: far
                    rist:
                      paths: [{name: p, connect: {host: b.example, port: 6000}}]
                      adaptation: {maxKbps: 8000, webhook: {urlSecretRef: {name: hook}}}
                      outOfBand: {forwardTo: {host: b.example, port: 7001}, listen: {port: 7002}, etherType: 34525}
                  - name: near
                    rist: {paths: [{name: p, connect: {host: b.example, port: 6002}}], adaptation: {maxKbps: 8000, minKbps: 3000, webhook: {url: "http://192.0.2.1/r"}}}
                """;
        FlowSpec flow = parse(yaml, null).flows().getFirst();
        Endpoint.RistInput input = (Endpoint.RistInput) flow.inputs().getFirst().endpoint();
        assertThat(input.config().linkReports()).isTrue();
        assertThat(input.outOfBand()).isEqualTo(new Endpoint.OutOfBand(new InetSocketAddress("127.0.0.1", 7000), null, 0x0800));
        Endpoint.RistOutput far = (Endpoint.RistOutput) flow.outputs().getFirst().endpoint();
        assertThat(far.config().adaptation()).isEqualTo(new AdaptationConfig(800, 8_000));
        assertThat(far.webhook()).hasToString("https://encoder.example:8443/rate?token=hunter2");
        assertThat(far.toString()).doesNotContain("hunter2");
        assertThat(far.outOfBand().from()).isEqualTo(new InetSocketAddress("127.0.0.1", 7002));
        assertThat(far.outOfBand().to().getPort()).isEqualTo(7001);
        assertThat(far.outOfBand().etherType()).isEqualTo(0x86DD);
        Endpoint.RistOutput near = (Endpoint.RistOutput) flow.outputs().get(1).endpoint();
        assertThat(near.config().adaptation()).isEqualTo(new AdaptationConfig(3_000, 8_000));
        assertThat(near.webhook()).hasToString("http://192.0.2.1/r");
        assertThat(near.outOfBand()).isNull();
    }

    @Test
    void everyFieldReachesItsSetting() {
        FlowSpec flow = parse(BASE, null).flows().getFirst();
        assertThat(flow.name()).isEqualTo("studio-a");
        Endpoint.RistInput input = (Endpoint.RistInput) flow.inputs().getFirst().endpoint();
        assertThat(flow.inputs().getFirst().name()).isEqualTo("main");
        assertThat(input.session().recovery()).isEqualTo(new RecoveryConfig(200, 2000, 30, 10, 400, 5, 5, 50_000, 900, CongestionControl.AGGRESSIVE, Timing.RTC));
        assertThat(input.session().psk()).isEqualTo(new PskConfig("hunter2", 128, 300));
        assertThat(input.paths()).containsExactly(new Endpoint.RistPath("fibre", new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 5000), null, new Endpoint.Network("eth0", 0, List.of()), 5, 2));
        assertThat(input.allowedSources()).containsExactly("198.51.100.0/24", "2001:db8::/32");
        assertThat(input.url()).isEqualTo("rist://@:5000?profile=main&secret=***&aes-type=128");
        assertThat(flow.outputs().getFirst().endpoint())
                .isEqualTo(new Endpoint.Udp("udp://239.1.1.1:5004", new InetSocketAddress(InetAddress.ofLiteral("239.1.1.1"), 5004), new Endpoint.Network("eth0", 16, List.of()), false, 33, 0));
        Endpoint.RistOutput output = (Endpoint.RistOutput) flow.outputs().get(1).endpoint();
        assertThat(output.session().profile()).isEqualTo(Profile.SIMPLE);
        assertThat(output.url()).isEqualTo("rist://b.example:6000?profile=simple");
        assertThat(output.paths().getFirst().remote()).isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 6000));
        assertThat(output.paths().getFirst().local().getPort()).isEqualTo(7000);
        assertThat(flow.toString()).doesNotContain("hunter2");
    }

    @Test
    void severalPathsAreABond() {
        String yaml = BASE.replace("{name: wan, connect: {host: b.example, port: 6000}, sourcePort: 7000}",
                "{name: wan, connect: {host: b.example, port: 6000}, weight: 3}, {name: lte, connect: {host: b.example, port: 6002}, weight: 1, priority: 4, rttDropMs: 400, rttRestoreMs: 200, rttDropSettleMs: 1000, rttDropTrickle: 50}")
                .replace("profile: Simple,", "profile: Simple, split: Half,");
        Endpoint.RistOutput output = (Endpoint.RistOutput) parse(yaml, null).flows().getFirst().outputs().get(1).endpoint();
        assertThat(output.session().paths()).containsExactly(new PathConfig("wan", 3, 0), new PathConfig("lte", 1, 4, 400, 200, 1_000, 50, null));
        assertThat(output.paths()).extracting(Endpoint.RistPath::name).containsExactly("wan", "lte");
        assertThat(output.url()).isEqualTo("rist://b.example:6000?profile=simple,rist://b.example:6002?profile=simple");
        assertThat(output.config().split()).isEqualTo(SplitMode.HALF);
    }

    @Test
    void inputPolicyOfAManifestIsThatOfTheCommandLine() {
        String yaml = """
                apiVersion: ristflow.io/v1alpha1
                kind: RistFlow
                metadata: {name: flow}
                spec:
                  inputs: [{name: input-1, rtp: {port: 5004}}, {name: input-2, rtp: {port: 5006}}]
                  inputPolicy: {}
                  outputs: [{name: output-1, udp: {host: b.example, port: 6000}}]
                """;
        assertThat(parse(yaml, null).flows().getFirst().inputPolicy()).isEqualTo(InputPolicy.parse("failover"));
        assertThat(parse(yaml.replace("{}", "{mode: Merge, silenceMs: 100, skewMs: 50}"), null).flows().getFirst().inputPolicy()).isEqualTo(InputPolicy.parse("merge,silence-ms=100,skew-ms=50"));
        assertThat(parse(yaml.replace("{}", "{preferred: input-2, returnAfterMs: 0}"), null).flows().getFirst().inputPolicy()).isEqualTo(InputPolicy.parse("failover,preferred=input-2,return-after-ms=0"));
    }

    @Test
    void oneWayAndReflectorReachTheirSettings() {
        String yaml = """
                apiVersion: ristflow.io/v1alpha1
                kind: RistFlow
                metadata: {name: flow}
                spec:
                  inputs: [{name: input-1, rist: {oneWay: true, paths: [{name: path-1, listen: {port: 5000}}], recovery: {}}}]
                  outputs:
                  - {name: output-1, rist: {oneWay: true, paths: [{name: path-1, connect: {host: b.example, port: 6000}}]}}
                  - {name: output-2, rist: {reflector: true, paths: [{name: path-1, listen: {port: 7000}}]}}
                """;
        FlowSpec flow = parse(yaml, null).flows().getFirst();
        assertThat(((Endpoint.RistInput) flow.inputs().getFirst().endpoint()).session().oneWay()).isTrue();
        Endpoint.RistOutput blind = (Endpoint.RistOutput) flow.outputs().get(0).endpoint();
        assertThat(blind.session().oneWay()).isTrue();
        Endpoint.RistOutput reflector = (Endpoint.RistOutput) flow.outputs().get(1).endpoint();
        assertThat(reflector.config().holdUntilPeer()).isFalse();
        assertThat(reflector.session().oneWay()).isFalse();
        assertThatThrownBy(() -> parse(yaml.replace("listen: {port: 5000}", "connect: {host: b.example, port: 5000}"), null))
                .hasMessage("flow.yaml: spec.inputs[0].rist: an input with oneWay is never heard, so it cannot connect; its paths must listen");
    }

    @Test
    void manifestWithoutTuningMeansTheSameAsABareUrl() {
        String yaml = """
                apiVersion: ristflow.io/v1alpha1
                kind: RistFlow
                metadata: {name: flow}
                spec:
                  inputs: [{name: input-1, rist: {paths: [{name: path-1, listen: {port: 5000}}], recovery: {}}}]
                  outputs: [{name: output-1, rist: {paths: [{name: path-1, connect: {host: b.example, port: 6000}}]}}]
                """;
        FlowSpec byUrl = FlowSpecs.fromUrls("flow", List.of("rist://@:5000?profile=advanced"), List.of("rist://b.example:6000?profile=advanced"), new FakeResolver());
        assertThat(parse(yaml, null).flows()).containsExactly(byUrl);
    }

    @Test
    void sessionsAndFlowsAreTunedAsInAUrl() {
        String yaml = """
                apiVersion: ristflow.io/v1alpha1
                kind: RistFlow
                metadata: {name: flow}
                spec:
                  inputs: [{name: input-1, rist: {profile: Main, paths: [{name: path-1, listen: {port: 5000}}], nackType: Bitmask, maxFlows: 3, session: {cname: studio, timeoutMs: 900, keepaliveIntervalMs: 500, virtDstPort: 2000}}}]
                  outputs: [{name: output-1, rist: {profile: Main, paths: [{name: path-1, connect: {host: b.example, port: 6000}}], flowId: 4294967294, nullPacketDeletion: true, fastStart: true}}]
                """;
        FlowSpec byUrl = FlowSpecs.fromUrls("flow", List.of("rist://@:5000?profile=main&nack-type=bitmask&max-flows=3&cname=studio&session-timeout=900&keepalive-interval=500&virt-dst-port=2000"),
                List.of("rist://b.example:6000?profile=main&flow-id=4294967294&npd=1&fast-start=1"), new FakeResolver());
        assertThat(((Endpoint.RistInput) parse(yaml, null).flows().getFirst().inputs().getFirst().endpoint()).config())
                .isEqualTo(((Endpoint.RistInput) byUrl.inputs().getFirst().endpoint()).config());
        assertThat(((Endpoint.RistOutput) parse(yaml, null).flows().getFirst().outputs().getFirst().endpoint()).config())
                .isEqualTo(((Endpoint.RistOutput) byUrl.outputs().getFirst().endpoint()).config());
    }

    static Stream<Path> examples() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("../docs/examples"))) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleInTheDocumentationIsRead(Path example) {
        Manifests.Manifest manifest = Manifests.read(example, null, new FakeResolver());
        assertThat(manifest.flows()).isNotEmpty();
        assertThat(manifest.toString()).doesNotContain("change me");
    }

    @Test
    void severalDocumentsAreSeveralFlowsAndWhatIsForKubernetesIsIgnoredWithANotice() {
        Manifests.Manifest two = Manifests.read(Path.of("../docs/examples/two-flows.yaml"), null, new FakeResolver());
        assertThat(two.flows()).extracting(FlowSpec::name).containsExactly("north", "south");
        assertThat(two.notices()).containsExactly("flow north: spec.exposure is for Kubernetes and ignored here", "flow north: spec.placement is for Kubernetes and ignored here",
                "flow north: spec.maintenance is for Kubernetes and ignored here", "flow north: spec.pod is for Kubernetes and ignored here");
    }

    @Test
    void keyComesFromBase64DataOrFromAFileWithoutItsLastLineFeed(@TempDir Path dir) throws Exception {
        PskConfig wanted = new PskConfig("hunter2", 128, 300);
        assertThat(psk(parse(BASE.replace("stringData: {passphrase: hunter2}", "data: {passphrase: aHVudGVyMg==}"), null))).isEqualTo(wanted);
        Files.createDirectory(dir.resolve("k"));
        Files.writeString(dir.resolve("k/passphrase"), "hunter2\n");
        assertThat(psk(parse(BASE.substring(BASE.indexOf("---")), dir))).isEqualTo(wanted);
    }

    @Test
    void secondPassphraseAndWhichIsInForceReachTheirSettings() {
        String two = BASE.replace("stringData: {passphrase: hunter2}", "stringData: {passphrase: hunter2, next: hunter3}").replace("keyRotationPackets: 300", "nextSecretRef: {name: k, key: next}, inForce: NextSecret");
        Manifests.Manifest manifest = parse(two, null);
        assertThat(psk(manifest)).isEqualTo(new PskConfig("hunter2", "hunter3", true, 128, 0));
        assertThat(psk(parse(two.replace(", inForce: NextSecret", ""), null)).oddInForce()).isFalse();
        assertThat(manifest.keys()).extracting(FlowKey::file).as("no files").containsOnlyNulls();
        assertThat(manifest.flows().getFirst().inputs().getFirst().endpoint().url()).isEqualTo("rist://@:5000?profile=main&secret=***&secret-odd=***&secret-in-force=odd&aes-type=128");
        assertThat(manifest.toString()).doesNotContain("hunter");
    }

    @Test
    void pathMayHaveAPassphraseOfItsOwn(@TempDir Path dir) throws Exception {
        Files.createDirectory(dir.resolve("lte"));
        Files.writeString(dir.resolve("lte/passphrase"), "hunter3");
        Manifests.Manifest manifest = parse(BASE.replace("- {name: fibre,", "- {name: lte, listen: {port: 5002}, encryption: {secretRef: {name: lte}}}\n      - {name: fibre,"), dir);
        Endpoint.RistInput input = (Endpoint.RistInput) manifest.flows().getFirst().inputs().getFirst().endpoint();
        assertThat(input.session().paths()).extracting(p -> p.psk()).containsExactly(new PskConfig("hunter3", 256, 0), null);
        assertThat(input.session().psk()).isEqualTo(new PskConfig("hunter2", 128, 300));
        assertThat(input.url()).isEqualTo("rist://@:5002?profile=main&secret=***&aes-type=256,rist://@:5000?profile=main&secret=***&aes-type=128");
        assertThat(manifest.keys()).contains(new FlowKey(new FlowKey.Id("studio-a", EndRef.input("main"), "lte", Parity.EVEN), dir.resolve("lte/passphrase"), "hunter3")).hasSize(2);
    }

    @Test
    void filesThatPassphrasesCameFromAreKnownForTheirChanges(@TempDir Path dir) throws Exception {
        Files.createDirectory(dir.resolve("next"));
        Files.writeString(dir.resolve("next/passphrase"), "hunter3");
        Manifests.Manifest manifest = parse(BASE.replace("keyRotationPackets: 300", "nextSecretRef: {name: next}"), dir);
        assertThat(manifest.keys()).contains(new FlowKey(new FlowKey.Id("studio-a", EndRef.input("main"), "", Parity.ODD), dir.resolve("next/passphrase"), "hunter3")).hasSize(2);
        assertThat(manifest.toString()).doesNotContain("hunter");
    }

    @Test
    void loginReachesItsSettingAndIsNotShown() {
        String listener = BASE.replace("stringData: {passphrase: hunter2}", "stringData: {passphrase: hunter2, users: 'alice:AAEC:AAECAw:3:1', username: bob, password: hunter3}")
                .replace("      encryption:", "      authentication: {srp: {usersSecretRef: {name: k}, compat: true}}\n      encryption:");
        Manifests.Manifest manifest = parse(listener, null);
        assertThat(session(manifest).srp()).isEqualTo(SrpConfig.ofUsers("alice:AAEC:AAECAw:3:1").withCompat(true));
        String caller = listener.replace("listen: {port: 5000}", "connect: {host: b.example, port: 5000}").replaceAll("\n *allowedSources: .*", "")
                .replace("usersSecretRef: {name: k}, compat: true", "credentialsSecretRef: {name: k}, clearMedia: true");
        assertThat(session(parse(caller, null)).srp()).isEqualTo(SrpConfig.of("bob", "hunter3").withClearMedia(true));
        assertThat(manifest.toString() + parse(caller, null)).doesNotContain("hunter").doesNotContain("AAEC");
    }

    private static SessionConfig session(Manifests.Manifest manifest) {
        return ((Endpoint.RistInput) manifest.flows().getFirst().inputs().getFirst().endpoint()).session();
    }

    private static PskConfig psk(Manifests.Manifest manifest) {
        return ((Endpoint.RistInput) manifest.flows().getFirst().inputs().getFirst().endpoint()).session().psk();
    }

    @Test
    void missingSecretOrKeyIsNamedWithThePlacesLookedAt(@TempDir Path dir) throws Exception {
        String flow = BASE.substring(BASE.indexOf("---"));
        assertThatThrownBy(() -> parse(flow, null))
                .hasMessage("flow.yaml: spec.inputs[0].rist.encryption.secretRef: there is no Secret k, whose key passphrase is wanted (looked in flow.yaml; --secrets DIR would add files)");
        assertThatThrownBy(() -> parse(flow, dir)).hasMessage("flow.yaml: spec.inputs[0].rist.encryption.secretRef: there is no Secret k, whose key passphrase is wanted (looked in flow.yaml and " + dir + "/k)");
        Files.createDirectory(dir.resolve("k"));
        assertThatThrownBy(() -> parse(flow, dir)).hasMessage("flow.yaml: spec.inputs[0].rist.encryption.secretRef: the Secret k has no key passphrase (looked in flow.yaml and " + dir + "/k)");
        Files.writeString(dir.resolve("k/passphrase"), "");
        assertThatThrownBy(() -> parse(flow, dir))
                .hasMessage("flow.yaml: spec.inputs[0].rist.encryption.secretRef: key passphrase of the Secret k: secret: a passphrase of 0 bytes is not in 1..127 bytes");
        assertThatThrownBy(() -> parse(flow, dir.resolve("nowhere"))).hasMessage("--secrets: " + dir + "/nowhere is not a directory; it holds a file NAME/KEY for each key of each Secret");
    }

    @Test
    void fileThatIsNotThereOrEmptyOrHugeIsNamed(@TempDir Path dir) throws Exception {
        assertThatThrownBy(() -> Manifests.read(dir.resolve("x.yaml"), null)).isInstanceOf(ConfigException.class).hasMessage(dir + "/x.yaml: not there");
        assertThatThrownBy(() -> Manifests.read(dir, null)).hasMessage(dir + ": a directory; name a file in it");
        assertThatThrownBy(() -> parse("", null)).hasMessage("flow.yaml: no document of kind RistFlow in it; at least one is needed");
        assertThatThrownBy(() -> parse("# nothing\n---\n---\n", null)).hasMessage("flow.yaml: no document of kind RistFlow in it; at least one is needed");
        Files.write(dir.resolve("big.yaml"), new byte[(4 << 20) + 1]);
        assertThatThrownBy(() -> Manifests.read(dir.resolve("big.yaml"), null)).hasMessage(dir + "/big.yaml: larger than 4 MiB; that is not a manifest");
    }

    @Test
    void celRulesAndTheirJavaTwinsAreTheSameList() {
        List<String> cel = new ArrayList<>();
        collect(SchemaFileTest.crd(), "", cel);
        List<String> java = ManifestRules.ALL.stream().map(rule -> rule.path() + ": " + rule.message()).toList();
        assertThat(new TreeSet<>(java)).isEqualTo(new TreeSet<>(cel)).hasSameSizeAs(cel).hasSameSizeAs(java);
    }

    private static void collect(JsonNode schema, String path, List<String> rules) {
        schema.path("x-kubernetes-validations").forEach(rule -> rules.add(path + ": " + rule.path("message").asText()));
        schema.path("properties").properties().forEach(field -> collect(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), rules));
        if (schema.has("items")) collect(schema.get("items"), path + "[]", rules);
    }
}
