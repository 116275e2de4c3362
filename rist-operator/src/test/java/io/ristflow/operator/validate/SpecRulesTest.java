package io.ristflow.operator.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong spec is told by its path and by what to do, before anything is made of it. Each row turns a good flow bad: what is replaced, by what, the violation ({@code ^}: a line feed, {@code ~}: two blanks). */
class SpecRulesTest {
    static final String BASE = """
            apiVersion: ristflow.io/v1alpha1
            kind: RistFlow
            metadata: {name: studio-a}
            spec:
              inputs:
              - name: main
                rist:
                  profile: Main
                  paths:
                  - {name: fibre, listen: {port: 5000}}
                  - {name: lte, listen: {port: 5002}}
                  recovery: {bufferMs: 1000}
                  encryption: {secretRef: {name: k}, aesBits: 256}
                  allowedSources: [198.51.100.0/24, "2001:db8::/32"]
              outputs:
              - {name: playout, udp: {host: 239.1.1.1, port: 5004, ttl: 16}}
              - {name: affiliate, rist: {paths: [{name: wan, connect: {host: b.example, port: 6000}}]}}
              exposure: {type: NodePort, annotations: {example.com/pool: a}}
              pod: {resources: {requests: {cpu: 500m, memory: 256Mi}, limits: {memory: 512Mi}}, nodeSelector: {media: "true"}}
            """;
    /** Rules of the CRD: an API server knows them from 1.25 on. */
    static final String BY_RULE = """
            {name: studio-a} | {name: 4-studio} | metadata.name: 1..63 lower-case letters, digits and hyphens, the first a letter and the last not a hyphen: Kubernetes allows no other name for a Service
            {name: studio-a} | {name: studio.a} | metadata.name: 1..63 lower-case letters, digits and hyphens, the first a letter and the last not a hyphen: Kubernetes allows no other name for a Service
            inputs:^ | inputPolicy: {}^~inputs:^ | spec: inputPolicy needs two inputs
            inputs:^ | inputs:^~- {name: b, testSignal: {}}^ | spec: two inputs need an inputPolicy
            inputs:^ | inputPolicy: {preferred: c}^~inputs:^~- {name: b, testSignal: {}}^ | spec: inputPolicy.preferred must be the name of an input
            inputs:^ | inputPolicy: {mode: Merge}^~inputs:^~- {name: b, testSignal: {}}^ | spec: mode Merge needs inputs whose packets are numbered: rist or rtp
            inputs:^ | inputPolicy: {mode: Merge, preferred: b}^~inputs:^~- {name: b, rtp: {port: 7000}}^ | spec.inputPolicy: preferred belongs to mode Failover; Merge takes packets from both inputs alike
            - name: main^ | - name: main^~~testSignal: {}^ | spec.inputs[0]: exactly one of rist, udp, rtp and testSignal must be given
            - {name: playout, | - {name: playout, rtp: {host: b.example, port: 1}, | spec.outputs[0]: exactly one of rist, udp and rtp must be given
            port: 5002}}^~~~recovery: {bufferMs: 1000}^~~~encryption: {secretRef: {name: k}, aesBits: 256}^~~~allowedSources: [198.51.100.0/24, "2001:db8::/32"] | port: 5002}}^~~~- {name: c, connect: {host: b.example, port: 1}} | spec.inputs[0].rist: one path listens and another connects; give listen to all or connect to all
            {name: fibre, listen: {port: 5000}}^~~~- {name: lte, listen: {port: 5002}} | {name: fibre, connect: {host: b.example, port: 5000}} | spec.inputs[0].rist: allowedSources belongs to listeners; a path that connects knows its peer
            rist: {paths: [{name: wan | rist: {profile: Auto, paths: [{name: wan | spec.outputs[1].rist: profile Auto is for listeners; a path that connects needs Simple, Main or Advanced
            rist: {paths: [{name: wan, connect: {host: b.example, port: 6000} | rist: {profile: Simple, paths: [{name: wan, connect: {host: b.example, port: 6001} | spec.outputs[1].rist: the Simple profile, and so Auto, needs even ports, as the next port carries RTCP
            profile: Main | profile: Simple | spec.inputs[0].rist: the Simple profile has no encryption; take profile Main or leave encryption out
            aesBits: 256 | aesBits: 192 | spec.inputs[0].rist: aesBits 192 needs the Advanced profile, as Main signals the key size in one bit
            rist: {paths: | rist: {profile: Simple, authentication: {srp: {credentialsSecretRef: {name: k}}}, paths: | spec.outputs[1].rist: the Simple profile has no authentication; take profile Main or leave authentication out
            rist: {paths: | rist: {profile: Simple, outOfBand: {forwardTo: {host: b.example, port: 1}}, paths: | spec.outputs[1].rist: the Simple profile has no tunnel for datagrams beside the media; take profile Main or leave outOfBand out
            listen: {port: 5000}}^~~~- {name: lte, listen: {port: 5002}}^~~~recovery: {bufferMs: 1000}^~~~encryption: {secretRef: {name: k}, aesBits: 256}^~~~allowedSources: [198.51.100.0/24, "2001:db8::/32"] | connect: {host: b.example, port: 1}}^~~~oneWay: true | spec.inputs[0].rist: an input with oneWay is never heard, so it cannot connect; its paths must listen
            connect: {host: b.example, port: 6000}}] | listen: {port: 6000}}], oneWay: true | spec.outputs[1].rist: an output with oneWay hears nobody, so nobody can call it; its paths must connect
            rist: {paths: | rist: {reflector: true, paths: | spec.outputs[1].rist: reflector belongs to listeners; a path that connects has one peer
            profile: Main | profile: Main^~~~dialect: Strict | spec.inputs[0].rist: dialect Strict is for the Advanced profile; take profile Advanced or dialect Librist
            rist: {paths: | rist: {profile: Main, compression: true, paths: | spec.outputs[1].rist: only the Advanced profile has compression; take profile Advanced or leave compression out
            rist: {paths: | rist: {nullPacketDeletion: true, paths: | spec.outputs[1].rist: the Advanced profile has no nullPacketDeletion (TR-06-3); take profile Main, or compression in its place
            rist: {paths: | rist: {flowId: 7, paths: | spec.outputs[1].rist.flowId: odd; the low bit marks retransmissions, take an even number
            rist: {paths: | rist: {authentication: {srp: {usersSecretRef: {name: k}}}, paths: | spec.outputs[1].rist: usersSecretRef belongs to a listener; a caller has credentialsSecretRef
            rist: {paths: | rist: {oneWay: true, authentication: {srp: {credentialsSecretRef: {name: k}}}, paths: | spec.outputs[1].rist: a login needs answers, and none come on a one-way link; leave oneWay or authentication out
            rist: {paths: | rist: {authentication: {srp: {}}, paths: | spec.outputs[1].rist.authentication.srp: exactly one of usersSecretRef and credentialsSecretRef must be given
            rist: {paths: | rist: {outOfBand: {}, paths: | spec.outputs[1].rist.outOfBand: forwardTo, listen or both must be given
            rist: {paths: | rist: {outOfBand: {etherType: 34958, listen: {port: 1}}, paths: | spec.outputs[1].rist.outOfBand.etherType: RIST's own; take 2048 (0x0800) or one that is in nobody's use
            rist: {paths: | rist: {adaptation: {maxKbps: 100, minKbps: 101}, paths: | spec.outputs[1].rist.adaptation: minKbps must not be above maxKbps
            rist: {paths: | rist: {adaptation: {maxKbps: 100, webhook: {}}, paths: | spec.outputs[1].rist.adaptation.webhook: exactly one of url and urlSecretRef must be given
            rist: {paths: | rist: {adaptation: {maxKbps: 100, webhook: {url: "ftp://e.example/"}}, paths: | spec.outputs[1].rist.adaptation.webhook.url: does not start with http:// or https://
            listen: {port: 5002}} | listen: {port: 5002}, connect: {host: b.example, port: 1}} | spec.inputs[0].rist.paths[1]: exactly one of listen and connect must be given
            listen: {port: 5002}} | listen: {port: 5002}, sourcePort: 9} | spec.inputs[0].rist.paths[1]: sourcePort belongs to a path that connects; a listener has listen.port
            port: 6000}} | port: 6000}, rttDropMs: 100, rttRestoreMs: 200} | spec.outputs[1].rist.paths[0]: rttRestoreMs must not be above rttDropMs
            aesBits: 256 | inForce: NextSecret | spec.inputs[0].rist.encryption: inForce NextSecret needs nextSecretRef
            {bufferMs: 1000} | {bufferMs: 1000, bufferMinMs: 1, bufferMaxMs: 2000} | spec.inputs[0].rist.recovery: bufferMs excludes bufferMinMs and bufferMaxMs
            {bufferMs: 1000} | {bufferMinMs: 1} | spec.inputs[0].rist.recovery: bufferMinMs and bufferMaxMs go together
            {bufferMs: 1000} | {bufferMinMs: 900, bufferMaxMs: 800} | spec.inputs[0].rist.recovery: bufferMinMs must not be above bufferMaxMs
            {bufferMs: 1000} | {rttMinMs: 501} | spec.inputs[0].rist.recovery: rttMinMs must not be above rttMaxMs
            {bufferMs: 1000} | {bufferMs: 100, reorderMs: 101} | spec.inputs[0].rist.recovery: reorderMs must not be above the recovery buffer
            pod: { | pod: {tolerations: [{operator: Equal, value: a}], | spec.pod.tolerations[0]: without a key operator must be Exists, which tolerates every taint
            pod: { | pod: {tolerations: [{operator: Exists, value: a}], | spec.pod.tolerations[0]: operator Exists takes no value
            pod: { | pod: {tolerations: [{key: a, tolerationSeconds: 5}], | spec.pod.tolerations[0]: tolerationSeconds needs effect NoExecute
            """;
    /** What any API server refuses; one that was stored before a bound was drawn tighter is told here. */
    static final String BY_SCHEMA = """
            port: 5000 | port: 70000 | spec.inputs[0].rist.paths[0].listen.port: 70000 is not in 1..65535
            name: lte | name: fibre | spec.inputs[0].rist.paths[1].name: fibre is given twice; each needs its own
            name: affiliate | name: playout | spec.outputs[1].name: playout is given twice; each needs its own
            name: lte | name: LTE | spec.inputs[0].rist.paths[1].name: LTE does not have the form ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$
            {secretRef: {name: k}, aesBits: 256} | {aesBits: 256} | spec.inputs[0].rist.encryption.secretRef: missing
            {secretRef: {name: k}, aesBits | {secretRef: {name: "hunter2!"}, aesBits | spec.inputs[0].rist.encryption.secretRef.name: the text does not have the form ^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$
            aesBits: 256 | aesBits: 200 | spec.inputs[0].rist.encryption.aesBits: the text is not one of 128, 192, 256
            [198.51.100.0/24, "2001:db8::/32"] | [] | spec.inputs[0].rist.allowedSources: 0 items are not in 1..64 items
            198.51.100.0/24 | anywhere | spec.inputs[0].rist.allowedSources[0]: anywhere does not have the form ^[0-9a-fA-F.:]+/[0-9]{1,3}$
            {host: 239.1.1.1, port: 5004, ttl: 16} | {port: 5004} | spec.outputs[0].udp.host: missing
            inputs:^ | inputPolicy: {}^~inputs:^~- {name: b, testSignal: {packetBytes: 200}}^ | spec.inputs[0].testSignal.packetBytes: 200 is not a multiple of 188
            rist: {paths: | rist: {session: {cname: ""}, paths: | spec.outputs[1].rist.session.cname: 0 characters are not in 1..127 characters
            cpu: 500m | cpu: 1 core | spec.pod.resources.requests[cpu]: "1 core" does not have the form ^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?[0-9]+)?$
            cpu: 500m | cpu: -1 | spec.pod.resources.requests[cpu]: -1 does not have the form ^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?[0-9]+)?$
            """;
    /** What no schema can say. */
    static final String BY_CHECK = """
            host: b.example | host: b_.example- | spec.outputs[1].rist.paths[0].connect.host: b_.example- is not a host: only letters, digits, dots and hyphens are allowed (an international name in its xn-- form)
            host: b.example | host: 192.0.2.300 | spec.outputs[1].rist.paths[0].connect.host: 192.0.2.300 is not an IPv4 address of four numbers in 0..255, such as 192.0.2.1
            host: b.example | host: "2001:db8::g" | spec.outputs[1].rist.paths[0].connect.host: 2001:db8::g is not an IPv6 address such as 2001:db8::1
            host: b.example | host: "rist://b.example" | spec.outputs[1].rist.paths[0].connect.host: rist://b.example is a URL; give its host here and its port in port
            host: b.example | host: "b.example:6000" | spec.outputs[1].rist.paths[0].connect.host: b.example:6000 has a port in it; give the host here and its port in port
            host: b.example | host: 0.0.0.0 | spec.outputs[1].rist.paths[0].connect.host: 0.0.0.0 is every address, to which nothing can be sent; write the one to send to
            host: 239.1.1.1 | host: "239.1.1.1 " | spec.outputs[0].udp.host: "239.1.1.1 " is not a host: only letters, digits, dots and hyphens are allowed (an international name in its xn-- form)
            rist: {paths: | rist: {outOfBand: {forwardTo: {host: "::", port: 1}}, paths: | spec.outputs[1].rist.outOfBand.forwardTo.host: :: is every address, to which nothing can be sent; write the one to send to
            198.51.100.0/24 | 198.51.100.0/33 | spec.inputs[0].rist.allowedSources[0]: 33 bits is not in 0..32 bits
            2001:db8::/32 | 2001:db8::/129 | spec.inputs[0].rist.allowedSources[1]: 129 bits is not in 0..128 bits
            198.51.100.0/24 | 198.51.300.0/24 | spec.inputs[0].rist.allowedSources[0]: 198.51.300.0/24 is not a network such as 198.51.100.0/24 or 2001:db8::/32
            198.51.100.0/24 | 198.51.100/24 | spec.inputs[0].rist.allowedSources[0]: 198.51.100/24 is not a network such as 198.51.100.0/24 or 2001:db8::/32
            port: 5002 | port: 5000 | spec.inputs[0].rist.paths[1].listen.port: UDP port 5000 is already used by input main, path fibre; take another one
            name: wan, connect: {host: b.example, port: 6000} | name: wan, listen: {port: 5000} | spec.outputs[1].rist.paths[0].listen.port: UDP port 5000 is already used by input main, path fibre; take another one
            rist: {paths: [{name: wan, connect: {host: b.example, port: 6000} | rist: {profile: Simple, paths: [{name: wan, connect: {host: b.example, port: 6000}, sourcePort: 5002 | spec.outputs[1].rist.paths[0].sourcePort: UDP port 5002 is already used by input main, path lte; take another one
            inputs:^ | inputPolicy: {}^~inputs:^~- {name: b, udp: {port: 5002}}^ | spec.inputs[1].rist.paths[1].listen.port: UDP port 5002 is already used by input b; take another one
            inputs:^ | inputPolicy: {}^~inputs:^~- {name: b, rist: {profile: Simple, paths: [{name: a, listen: {port: 4998}}, {name: b, listen: {port: 5000}}]}}^ | spec.inputs[1].rist.paths[0].listen.port: UDP port 5000 is already used by input b, path b; take another one
            - {name: affiliate, rist: {paths: [{name: wan, connect: {host: b.example, port: 6000} | - {name: main, rist: {paths: [{name: fibre, listen: {port: 6000} | spec.outputs[1].name: an input called main listens on a path fibre too, and the two could not be told apart; give the output another name
            listen: {port: 5000} | listen: {port: 5000, host: 127.0.0.1} | spec.inputs[0].rist.paths[0].listen.host: 127.0.0.1 is heard inside the pod alone, while exposure.type NodePort brings peers from outside; leave host out
            listen: {port: 5000} | listen: {port: 5000, host: "::1"} | spec.inputs[0].rist.paths[0].listen.host: ::1 is heard inside the pod alone, while exposure.type NodePort brings peers from outside; leave host out
            listen: {port: 5000} | listen: {port: 5000, host: 192.0.2.1} | spec.inputs[0].rist.paths[0].listen.host: 192.0.2.1 is no address of the pod, which gets a new one whenever it starts; leave host out, or take exposure.type HostNetwork for an address of the node
            rist: {paths: | rist: {session: {cname: "ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ"}, paths: | spec.outputs[1].rist.session.cname: 128 bytes are not in 1..127 bytes
            rist: {paths: | rist: {adaptation: {maxKbps: 100, webhook: {url: "https://user:token@e.example/"}}, paths: | spec.outputs[1].rist.adaptation.webhook.url: a user before the @ is not sent; put a token into the path or the query
            rist: {paths: | rist: {adaptation: {maxKbps: 100, webhook: {url: "https:///rate"}}, paths: | spec.outputs[1].rist.adaptation.webhook.url: names no host; write https://host:port/path
            rist: {paths: | rist: {adaptation: {maxKbps: 100, webhook: {url: "https://e.example:70000/"}}, paths: | spec.outputs[1].rist.adaptation.webhook.url: port 70000 is not in 1..65535
            example.com/pool: a | "example.com/pool/x": a | spec.exposure.annotations[example.com/pool/x]: example.com/pool/x is not a key: [prefix/]name, the name 1..63 letters, digits, hyphens, dots and underscores, the prefix a DNS name
            media: "true" | media: "live feed" | spec.pod.nodeSelector[media]: "live feed" is not a label's value: 0..63 letters, digits, hyphens, dots and underscores
            memory: 512Mi | memory: 128Mi | spec.pod.resources.requests[memory]: 256Mi is above the limit of 128Mi; lower the one or raise the other
            cpu: 500m | cores: 2 | spec.pod.resources.requests[cores]: cores is not a resource: cpu, memory, ephemeral-storage, hugepages-SIZE or domain/name
            """;

    private static final KubernetesSerialization YAML = new KubernetesSerialization(new ObjectMapper(), false);
    private static final SpecRules RULES = SpecRules.load();

    record Row(String yaml, String path, String message) {
        @Override
        public String toString() {
            return path + ": " + message;
        }
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String line : (BY_RULE + BY_SCHEMA + BY_CHECK).lines().toList()) {
            String[] cells = line.split(" \\| ", 3);
            String from = cells[0].replace('^', '\n').replace("~", "  ");
            assertThat(BASE).as("the row's first column").contains(from);
            int colon = cells[2].indexOf(": ");
            rows.add(new Row(BASE.replace(from, cells[1].replace('^', '\n').replace("~", "  ")), cells[2].substring(0, colon), cells[2].substring(colon + 2)));
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void mistakeIsNamedByItsPath(Row row) {
        RistFlow flow = flow(row.yaml());
        assertThat(RULES.check(flow.getSpec(), flow.getMetadata().getName())).containsExactly(new Violation(row.path(), row.message()));
    }

    @Test
    void everyRuleOfTheResourceIsBrokenByARow() throws Exception {
        Set<String> rules = new TreeSet<>();
        try (InputStream in = SpecRules.class.getResourceAsStream(SpecRules.CRD)) {
            YAML.unmarshal(in, JsonNode.class).findValues("x-kubernetes-validations").forEach(all -> all.forEach(rule -> rules.add(rule.get("message").asText())));
        }
        assertThat(rules).hasSizeGreaterThan(30);
        assertThat(rows().stream().map(Row::message)).containsAll(rules);
    }

    @Test
    void goodFlowIsTaken() {
        assertThat(RULES.check(flow(BASE).getSpec(), "studio-a")).isEmpty();
        assertThat(RULES.check(flow(BASE.replace("listen: {port: 5000}", "listen: {}").replace("listen: {port: 5002}", "listen: {host: \"::\"}")).getSpec(), "studio-a")).isEmpty();
    }

    @Test
    void addressesOfTheNodeGoWithHostNetworkAndMultusNetworksWithTheOthers() {
        String node = BASE.replace("NodePort", "HostNetwork");
        assertThat(RULES.check(flow(node.replace("listen: {port: 5000}", "listen: {port: 5000, host: 127.0.0.1}").replace("listen: {port: 5002}", "listen: {port: 5002, host: 192.0.2.1}")).getSpec(), "studio-a")).isEmpty();
        String multus = "listen: {port: 5002, host: 192.0.2.1}, network: media/lte-net";
        assertThat(RULES.check(flow(BASE.replace("listen: {port: 5002}", multus)).getSpec(), "studio-a")).isEmpty();
        assertThat(RULES.check(flow(node.replace("listen: {port: 5002}", multus)).getSpec(), "studio-a")).containsExactly(new Violation("spec.inputs[0].rist.paths[1].network",
                "a pod on the node's own network (exposure.type HostNetwork) has no Multus networks; leave network out and name the node's interface, or take another exposure.type"));
    }

    @Test
    void listenersBehindALoadBalancerAreThoseOfAFlowThatSaysNothing() {
        String silent = BASE.replace("  exposure: {type: NodePort, annotations: {example.com/pool: a}}\n", "").replace("listen: {port: 5000}", "listen: {port: 5000, host: localhost}");
        assertThat(RULES.check(flow(silent).getSpec(), "studio-a")).extracting(Violation::message).containsExactly("localhost is heard inside the pod alone, while exposure.type LoadBalancer brings peers from outside; leave host out");
    }

    @Test
    void portThatIsFreeUnderTcpOrOnAnotherAddressIsNobodysElse() {
        String two = BASE.replace("inputs:\n", "inputPolicy: {}\n  inputs:\n  - {name: b, rtp: {host: 239.1.2.1, port: 8080}}\n").replace("- {name: playout", "- {name: back, rist: {paths: [{name: a, listen: {port: 8080}}], outOfBand: {listen: {port: 5000}}}}\n  - {name: playout");
        assertThat(RULES.check(flow(two).getSpec(), "studio-a")).isEmpty();
    }

    @Test
    void severalMistakesAreToldTogetherAndThoseOfTheSchemaFirst() {
        String rules = BASE.replace("profile: Main", "profile: Simple").replace("host: b.example", "host: 0.0.0.0");
        assertThat(RULES.check(flow(rules).getSpec(), "9")).extracting(Violation::path).containsExactly("metadata.name", "spec.inputs[0].rist", "spec.outputs[1].rist.paths[0].connect.host");
        assertThat(RULES.check(flow(rules.replace("port: 5000", "port: 0")).getSpec(), "9")).extracting(Violation::toString).containsExactly("spec.inputs[0].rist.paths[0].listen.port: 0 is not in 1..65535");
        assertThat(RULES.check(null, "studio-a")).containsExactly(new Violation("spec", "missing"));
    }

    @Test
    void defaultsAreThoseOfAnApiServer() {
        RistFlowSpec filled = RULES.withDefaults(flow(BASE).getSpec());
        assertThat(filled.inputs().getFirst().rist().encryption().secretRef().key()).isEqualTo("passphrase");
        assertThat(filled.inputs().getFirst().rist().recovery().rttMaxMs()).isEqualTo(500);
        assertThat(filled.outputs().get(1).rist().profile().name()).isEqualTo("Advanced");
        assertThat(filled.exposure().portPool()).isEqualTo("default");
        assertThat(filled.maintenance()).as("an object that is not there gets none").isNull();
        assertThat(RULES.withDefaults(filled)).isEqualTo(filled);
        assertThat(filled.pod()).isEqualTo(flow(BASE).getSpec().pod());
    }

    @Test
    void secretThatStandsInTheWrongPlaceIsNotRepeated() {
        for (Row row : rows()) assertThat(row.message()).doesNotContain("hunter2", "token@");
    }

    @Test
    void manyThreadsMayAskAtOnce() throws Exception {
        RistFlowSpec good = flow(BASE).getSpec();
        RistFlowSpec bad = flow(BASE.replace("profile: Main", "profile: Simple")).getSpec();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                RistFlowSpec spec = i % 2 == 0 ? good : bad;
                work.add(() -> RULES.check(spec, "studio-a").size());
            }
            int found = 0;
            for (Future<Integer> answer : threads.invokeAll(work)) found += answer.get();
            assertThat(found).isEqualTo(100);
        }
    }

    private static RistFlow flow(String yaml) {
        return YAML.unmarshal(yaml, RistFlow.class);
    }
}
