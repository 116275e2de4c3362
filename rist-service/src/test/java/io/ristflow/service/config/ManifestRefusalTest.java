package io.ristflow.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in a manifest is one line that names path, value and what is allowed. Each row turns a good manifest bad: what is replaced, by what, the message ({@code ^}: a line feed, {@code ~}: two blanks). */
class ManifestRefusalTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            reorderMs: 30 | bufferMsec: 30 | spec.inputs[0].rist.recovery.bufferMsec: unknown field; did you mean bufferMs?
            profile: Main | profil: Main | spec.inputs[0].rist.profil: unknown field; did you mean profile?
            spec: | spek: | spek: unknown field; did you mean spec?
            secretRef: {name: k, key: passphrase} | secret: hunter2 | spec.inputs[0].rist.encryption.secret: unknown field; did you mean secretRef?
            profile: Main | profile: main | spec.inputs[0].rist.profile: main is not one of Simple, Main, Advanced, Auto
            profile: Main | profile: Main^~~~dialect: Strict | spec.inputs[0].rist: dialect Strict is for the Advanced profile; take profile Advanced or dialect Librist
            profile: Simple, paths: [{name: wan | profile: Simple, compression: true, paths: [{name: wan | spec.outputs[1].rist: only the Advanced profile has compression; take profile Advanced or leave compression out
            name: affiliate, rist: { | name: affiliate, rist: {reflector: true, | spec.outputs[1].rist: reflector belongs to listeners; a path that connects has one peer
            connect: {host: b.example, port: 6000}, sourcePort: 7000}] | listen: {port: 6000}}], oneWay: true | spec.outputs[1].rist: an output with oneWay hears nobody, so nobody can call it; its paths must connect
            name: affiliate, rist: {profile: Simple, | name: affiliate, rist: {profile: Simple, flowId: 7, | spec.outputs[1].rist.flowId: odd; the low bit marks retransmissions, take an even number
            name: affiliate, rist: {profile: Simple, | name: affiliate, rist: {nullPacketDeletion: true, | spec.outputs[1].rist: the Advanced profile has no nullPacketDeletion (TR-06-3); take profile Main, or compression in its place
            name: affiliate, rist: {profile: Simple, | name: affiliate, rist: {profile: Simple, session: {timeoutMs: 399}, | spec.outputs[1].rist.session.timeoutMs: 399 is not in 400..600000
            profile: Main | profile: Main^~~~maxFlows: 257 | spec.inputs[0].rist.maxFlows: 257 is not in 1..256
            profile: Main | profile: Simple | spec.inputs[0].rist: the Simple profile has no encryption; take profile Main or leave encryption out
            profile: Simple, paths: [{name: wan, connect: {host: b.example, port: 6000} | profile: Simple, paths: [{name: wan, connect: {host: b.example, port: 6001} | spec.outputs[1].rist: the Simple profile, and so Auto, needs even ports, as the next port carries RTCP
            sourcePort: 7000 | sourcePort: 7001 | spec.outputs[1].rist: the Simple profile, and so Auto, needs even ports, as the next port carries RTCP
            port: 5000 | port: 0 | spec.inputs[0].rist.paths[0].listen.port: 0 is not in 1..65535
            port: 5000 | port: 70000 | spec.inputs[0].rist.paths[0].listen.port: 70000 is not in 1..65535
            port: 5000 | port: "5000" | spec.inputs[0].rist.paths[0].listen.port: 5000 is text; a whole number in 1..65535 is expected
            port: 5000 | port: | spec.inputs[0].rist.paths[0].listen.port: empty; a whole number in 1..65535 is expected
            listen: {port: 5000} | listen: {} | spec.inputs[0].rist.paths[0].listen.port: missing; only the operator allocates ports, here 1..65535 must be given
            listen: {port: 5000} | listen: {port: 5000}, connect: {host: b.example, port: 1} | spec.inputs[0].rist.paths[0]: exactly one of listen and connect must be given
            listen: {port: 5000} | listen: {port: 5000}, sourcePort: 1 | spec.inputs[0].rist.paths[0]: sourcePort belongs to a path that connects; a listener has listen.port
            listen: {port: 5000} | connect: {host: b.example, port: 5000} | spec.inputs[0].rist: allowedSources belongs to listeners; a path that connects knows its peer
            interface: eth0, weight | interface: eth9, weight | spec.inputs[0].rist.paths[0].interface: eth9 is not there; this machine has lo, eth0
            weight: 5 | weight: -1 | spec.inputs[0].rist.paths[0].weight: -1 is not in 0..10000
            name: fibre | name: Fibre | spec.inputs[0].rist.paths[0].name: Fibre does not have the form ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$
            paths:^~~~- {name: fibre | paths:^~~~- {name: lte, connect: {host: b.example, port: 5002}}^~~~- {name: fibre | spec.inputs[0].rist: allowedSources belongs to listeners; a path that connects knows its peer
            weight: 5 | weight: 5, rttDropMs: 100, rttRestoreMs: 101 | spec.inputs[0].rist.paths[0]: rttRestoreMs must not be above rttDropMs
            {name: wan, connect: {host: b.example, port: 6000}, sourcePort: 7000} | {name: wan, connect: {host: b.example, port: 6000}}, {name: lte, listen: {port: 6002}} | spec.outputs[1].rist: one path listens and another connects; give listen to all or connect to all
            paths:^~~~- {name: fibre | paths:^~~~- {name: fibre, listen: {port: 5002}}^~~~- {name: fibre | spec.inputs[0].rist.paths[1].name: fibre is given twice; each needs its own
            bufferMaxMs: 2000 | bufferMaxMs: 40000 | spec.inputs[0].rist.recovery.bufferMaxMs: 40000 is not in 1..30000
            bufferMaxMs: 2000 | bufferMaxMs: 100 | spec.inputs[0].rist.recovery: bufferMinMs must not be above bufferMaxMs
            bufferMaxMs: 2000 | bufferMs: 2000 | spec.inputs[0].rist.recovery: bufferMs excludes bufferMinMs and bufferMaxMs
            bufferMaxMs: 2000, |  | spec.inputs[0].rist.recovery: bufferMinMs and bufferMaxMs go together
            reorderMs: 30 | reorderMs: 2001 | spec.inputs[0].rist.recovery: reorderMs must not be above the recovery buffer
            rttMinMs: 10 | rttMinMs: 401 | spec.inputs[0].rist.recovery: rttMinMs must not be above rttMaxMs
            rttMinMs: 10 | rttMinMs: 1.5 | spec.inputs[0].rist.recovery.rttMinMs: 1.5 is a number; a whole number in 1..5000 is expected
            maxRetries: 5 | maxRetries: 140 | spec.inputs[0].rist.recovery.maxRetries: 140 is not in 0..100
            maxBitrateKbps: 50000 | maxBitrateKbps: 0 | spec.inputs[0].rist.recovery.maxBitrateKbps: 0 is not in 1..10000000
            maxBitrateKbps: 50000 | maxBitrateKbps: 50M | spec.inputs[0].rist.recovery.maxBitrateKbps: 50M is text; a whole number in 1..10000000 is expected
            congestionControl: Aggressive | congestionControl: Off | spec.inputs[0].rist.recovery.congestionControl: Off is not one of Disabled, Normal, Aggressive
            timing: Rtc | timing: RTC | spec.inputs[0].rist.recovery.timing: RTC is not one of Source, Arrival, Rtc
            aesBits: 128 | aesBits: 192 | spec.inputs[0].rist: aesBits 192 needs the Advanced profile, as Main signals the key size in one bit
            aesBits: 128 | aesBits: hunter2 | spec.inputs[0].rist.encryption.aesBits: text; a whole number out of 128, 192, 256 is expected
            keyRotationPackets: 300 | keyRotationPackets: -1 | spec.inputs[0].rist.encryption.keyRotationPackets: -1 is not in 0..4294967295
            keyRotationPackets: 300 | nextSecretRef: {name: next} | spec.inputs[0].rist.encryption.nextSecretRef: there is no Secret next, whose key passphrase is wanted (looked in flow.yaml; --secrets DIR would add files)
            keyRotationPackets: 300 | nextSecretRef: {key: next} | spec.inputs[0].rist.encryption.nextSecretRef.name: missing
            keyRotationPackets: 300 | inForce: NextSecret | spec.inputs[0].rist.encryption: inForce NextSecret needs nextSecretRef
            keyRotationPackets: 300 | inForce: Odd | spec.inputs[0].rist.encryption.inForce: the text is not one of Secret, NextSecret
            secretRef: {name: k, key: passphrase} | secretRef: hunter2 | spec.inputs[0].rist.encryption.secretRef: text; an object is expected
            secretRef: {name: k, key: passphrase} | secretRef: {name: Hunter2/hunter2} | spec.inputs[0].rist.encryption.secretRef.name: the text does not have the form ^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$
            secretRef: {name: k, key: passphrase} | secretRef: {name: k, key: ..} | spec.inputs[0].rist.encryption.secretRef.key: the text does not have the form ^[-._a-zA-Z0-9]*[-_a-zA-Z0-9][-._a-zA-Z0-9]*$
            secretRef: {name: k, key: passphrase} | secretRef: {name: k, key: other} | spec.inputs[0].rist.encryption.secretRef: the Secret k has no key other (looked in flow.yaml; --secrets DIR would add files)
            secretRef: {name: k, key: passphrase}, |  | spec.inputs[0].rist.encryption.secretRef: missing
            allowedSources: [198.51.100.0/24, | authentication: {srp: {usersSecretRef: {name: k}}}^~~~allowedSources: [198.51.100.0/24, | spec.inputs[0].rist.authentication.srp.usersSecretRef: the Secret k has no key users (looked in flow.yaml; --secrets DIR would add files)
            allowedSources: [198.51.100.0/24, | authentication: {srp: {}}^~~~allowedSources: [198.51.100.0/24, | spec.inputs[0].rist.authentication.srp: exactly one of usersSecretRef and credentialsSecretRef must be given
            198.51.100.0/24 | 198.51.100.0/33 | spec.inputs[0].rist.allowedSources[0]: 33 bits is not in 0..32 bits
            198.51.100.0/24 | 198.51.300.0/24 | spec.inputs[0].rist.allowedSources[0]: 198.51.300.0/24 is not a network such as 198.51.100.0/24 or 2001:db8::/32
            198.51.100.0/24 | anywhere | spec.inputs[0].rist.allowedSources[0]: anywhere does not have the form ^[0-9a-fA-F.:]+/[0-9]{1,3}$
            host: b.example | host: nowhere.example | spec.outputs[1].rist.paths[0].connect.host: nowhere.example cannot be resolved to an address; check its spelling, or write the IP address
            host: 239.1.1.1 | host: 239.1.1 | spec.outputs[0].udp.host: 239.1.1 is not an IPv4 address of four numbers in 0..255, such as 192.0.2.1
            host: 239.1.1.1, |  | spec.outputs[0].udp.host: missing
            ttl: 16 | ttl: 0 | spec.outputs[0].udp.ttl: 0 is not in 1..255
            name: affiliate | name: playout | spec.outputs[1].name: playout is given twice; each needs its own
            udp: {host: 239.1.1.1, port: 5004, ttl: 16, interface: eth0} | udp: | spec.outputs[0].udp: empty; an object is expected
            - {name: playout, udp: {host: 239.1.1.1, port: 5004, ttl: 16, interface: eth0}} | - {name: playout} | spec.outputs[0]: exactly one of rist, udp and rtp must be given
            - {name: playout, | - {name: playout, testSignal: {}, | spec.outputs[0].testSignal: unknown field; known: name, rist, udp, rtp
            inputs:^~- name: main | inputs:^~- {name: second, testSignal: {}}^~- name: main | spec: two inputs need an inputPolicy
            inputs:^~- name: main | inputPolicy: {mode: Merge}^~inputs:^~- {name: second, testSignal: {}}^~- name: main | spec: mode Merge needs inputs whose packets are numbered: rist or rtp
            inputs:^~- name: main | inputPolicy: {mode: Merge, preferred: main}^~inputs:^~- {name: second, rtp: {port: 5006}}^~- name: main | spec.inputPolicy: preferred belongs to mode Failover; Merge takes packets from both inputs alike
            inputs:^~- name: main | inputPolicy: {mode: Both}^~inputs:^~- {name: second, testSignal: {}}^~- name: main | spec.inputPolicy.mode: Both is not one of Failover, Merge
            inputs:^~- name: main | inputPolicy: {silenceMs: 10}^~inputs:^~- {name: second, testSignal: {}}^~- name: main | spec.inputPolicy.silenceMs: 10 is not in 50..60000
            inputs:^~- name: main | inputPolicy: {}^~inputs:^~- {name: second, rist: {paths: [{name: a, listen: {port: 5000}}]}}^~- name: main | input main: UDP port 5000 is already used by second; take another one
            inputs:^~- name: main | inputPolicy: {preferred: third}^~inputs:^~- {name: second, testSignal: {}}^~- name: main | spec: inputPolicy.preferred must be the name of an input
            inputs:^~- name: main | inputPolicy: {}^~inputs:^~- name: main | spec: inputPolicy needs two inputs
            inputs:^~- name: main | placement: {mode: Shared}^~inputs:^~- name: main | spec.placement.mode: Shared is not one of Dedicated
            inputs:^~- name: main | inputs:^~- {name: a, testSignal: {packetBytes: 200}}^~- name: main | spec.inputs[0].testSignal.packetBytes: 200 is not a multiple of 188
            inputs:^~- name: main | inputs:^~- {name: a, testSignal: {}}^~- {name: b, testSignal: {}}^~- name: main | spec.inputs: 3 items are not in 1..2 items
            metadata: {name: studio-a} | metadata: {} | metadata.name: missing
            metadata: {name: studio-a} | metadata: {name: Studio_A} | metadata.name: Studio_A is not a name: 1..63 lower-case letters, digits and hyphens, the first and the last not a hyphen
            metadata: {name: studio-a} | metadata: {name: 4-studio} | metadata.name: 1..63 lower-case letters, digits and hyphens, the first a letter and the last not a hyphen: Kubernetes allows no other name for a Service
            inputs:^~- name: main | pod: {tolerations: [{operator: Exists, value: x}]}^~inputs:^~- name: main | spec.pod.tolerations[0]: operator Exists takes no value
            allowedSources: [198.51.100.0/24, | outOfBand: {forwardTo: {host: 127.0.0.1, port: 7000}, etherType: 34958}^~~~allowedSources: [198.51.100.0/24, | spec.inputs[0].rist.outOfBand.etherType: RIST's own; take 2048 (0x0800) or one that is in nobody's use
            profile: Simple, paths: [{name: wan, connect: {host: b.example, port: 6000}, sourcePort: 7000}] | paths: [{name: wan, connect: {host: b.example, port: 6000}}], authentication: {srp: {usersSecretRef: {name: k}}} | spec.outputs[1].rist: usersSecretRef belongs to a listener; a caller has credentialsSecretRef
            profile: Simple, paths: [{name: wan, connect: {host: b.example, port: 6000}, sourcePort: 7000}] | paths: [{name: wan, connect: {host: b.example, port: 6000}}], oneWay: true, authentication: {srp: {credentialsSecretRef: {name: k}}} | spec.outputs[1].rist: a login needs answers, and none come on a one-way link; leave oneWay or authentication out
            kind: RistFlow | kind: Deployment | kind: Deployment is not read here; known: RistFlow (ristflow.io/v1alpha1), Secret (v1)
            apiVersion: ristflow.io/v1alpha1 | apiVersion: ristflow.io/v1 | apiVersion: ristflow.io/v1 is not known; take ristflow.io/v1alpha1
            """)
    void mistakeIsNamedByItsPath(String what, String by, String message) {
        String yaml = replaced(what, by == null ? "" : by);
        assertThatThrownBy(() -> ManifestsTest.parse(yaml, null)).isInstanceOf(ConfigException.class).hasMessage("flow.yaml (document 2): " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            stringData: {passphrase: hunter2} | stringData: {passphrase: 12345} | flow.yaml (document 1): stringData.passphrase: not text; put the value in quotes
            stringData: {passphrase: hunter2} | data: {passphrase: hunter2!} | flow.yaml (document 1): data.passphrase: not base64; plain text goes into stringData
            stringData: {passphrase: hunter2} | data: {passphrase: /w==} | flow.yaml (document 2): spec.inputs[0].rist.encryption.secretRef: key passphrase of the Secret k is not UTF-8 text
            stringData: {passphrase: hunter2} | stringdata: {passphrase: hunter2} | flow.yaml (document 1): stringdata: unknown field of a Secret; did you mean stringData?
            stringData: {passphrase: hunter2} | stringData: hunter2 | flow.yaml (document 1): stringData: an object of keys and texts is expected
            apiVersion: v1^ | apiVersion: v2^ | flow.yaml (document 1): kind: Secret of apiVersion v2 is not read here; known: RistFlow (ristflow.io/v1alpha1), Secret (v1)
            stringData: {passphrase: hunter2} | stringData: {passphrase: hunter2, passphrase: x} | flow.yaml: line 4, column 35: passphrase is given twice; give it once
            stringData: {passphrase: hunter2} | stringData: {passphrase: "hunter2} | flow.yaml: line 4, column 26: not well-formed YAML; check indentation, colons and quotes around there
            outputs:^ | outputs: *main^ | flow.yaml: line 19: a YAML alias is not read; put a text that begins with * in quotes
            {passphrase: hunter2} | {passphrase: *hunter2} | flow.yaml: line 4: a YAML alias is not read; put a text that begins with * in quotes
            spec:^ | spec: : {^ | flow.yaml: line 9, column 7: not well-formed YAML; check indentation, colons and quotes around there
            """)
    void mistakeInASecretOrInYamlIsNamedWithoutTheKey(String what, String by, String message) {
        assertThatThrownBy(() -> ManifestsTest.parse(replaced(what, by), null)).isInstanceOf(ConfigException.class).hasMessage(message);
        assertThat(message).doesNotContain("hunter2");
    }

    @Test
    void twoFlowsOrTwoSecretsOfOneNameAreRefused() {
        String flow = ManifestsTest.BASE.substring(ManifestsTest.BASE.indexOf("---"));
        String secret = ManifestsTest.BASE.substring(0, ManifestsTest.BASE.indexOf("---") + 4);
        assertThatThrownBy(() -> ManifestsTest.parse(ManifestsTest.BASE + flow, null)).hasMessage("flow.yaml (document 3): metadata.name: two flows are called studio-a; give each a name of its own");
        assertThatThrownBy(() -> ManifestsTest.parse(secret + ManifestsTest.BASE, null)).hasMessage("flow.yaml (document 2): metadata.name: two Secrets are called k; merge them");
        assertThatThrownBy(() -> ManifestsTest.parse("just words", null)).hasMessage("flow.yaml: document: not an object with apiVersion, kind, metadata and spec");
    }

    @Test
    void mutatedManifestIsTakenOrRefusedInOneLineAndItsKeyIsNeverShown() {
        Random random = new Random(20261123);
        String alphabet = "{}[]:,-&*#?|>'\"%@` \n\tabz019~!";
        int at0 = ManifestsTest.BASE.indexOf("---");
        for (int round = 0; round < 1_000; round++) {
            StringBuilder text = new StringBuilder(ManifestsTest.BASE);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                // The Secret stays whole: what stands elsewhere is not one.
                int at = at0 + random.nextInt(text.length() - at0);
                if (random.nextBoolean()) text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                else text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                ManifestsTest.parse(text.toString(), null);
            } catch (ConfigException refusal) {
                assertThat(refusal.getMessage()).as("round " + round).doesNotContain("hunter2").doesNotContain("\n");
            }
        }
    }

    private static String replaced(String what, String by) {
        String from = expanded(what);
        assertThat(ManifestsTest.BASE).as("the row's first column").contains(from);
        int at = ManifestsTest.BASE.indexOf(from);
        return ManifestsTest.BASE.substring(0, at) + expanded(by) + ManifestsTest.BASE.substring(at + from.length());
    }

    private static String expanded(String text) {
        return text.replace('^', '\n').replace("~", "  ");
    }
}
