package io.ristflow.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is live and what is not, and that doing what a plan says leaves nothing to do. */
class FlowDiffTest {
    private static final String BASE = """
            apiVersion: v1
            kind: Secret
            metadata: {name: k}
            stringData: {one: hunter1, two: hunter2, three: hunter3, users: "a:b"}
            ---
            apiVersion: ristflow.io/v1alpha1
            kind: RistFlow
            metadata: {name: studio, annotations: {ristflow.io/generation: "3"}}
            spec:
              inputs:
              - name: main
                rist:
                  profile: Main
                  paths:
                  - {name: fibre, listen: {port: 5000}, priority: 2, weight: 1}
                  - {name: lte, listen: {port: 5002}, encryption: {secretRef: {name: k, key: three}}}
                  recovery: {bufferMs: 1000}
                  encryption: {secretRef: {name: k, key: one}, nextSecretRef: {name: k, key: two}}
                  allowedSources: [198.51.100.0/24]
              outputs:
              - {name: playout, udp: {host: 239.1.1.1, port: 5004, ttl: 16}}
              - name: far
                rist:
                  profile: Main
                  paths:
                  - {name: wan, connect: {host: b.example, port: 6000}, weight: 3}
                  - {name: sat, connect: {host: b.example, port: 6002}, weight: 1}
                  encryption: {secretRef: {name: k, key: one}}
              exposure: {type: None}
            """;

    private static FlowDocument document(String yaml) {
        return document(yaml, null);
    }

    private static FlowDocument document(String yaml, Path secrets) {
        return Manifests.parse("flow.yaml", yaml.getBytes(StandardCharsets.UTF_8), secrets, new FakeResolver()).documents().getFirst();
    }

    private static String words(LiveStep step) {
        String what = switch (step) {
            case LiveStep.AddOutput s -> s.output().name();
            case LiveStep.RemoveOutput s -> s.output();
            case LiveStep.ReplaceOutput s -> s.output().name();
            case LiveStep.AddPath s -> s.end() + "/" + s.wiring().name();
            case LiveStep.ReplacePath s -> s.end() + "/" + s.wiring().name();
            case LiveStep.RemovePath s -> s.end() + "/" + s.path();
            case LiveStep.Weigh s -> s.end() + "/" + s.path() + "=" + s.weight();
            case LiveStep.SetKeys s -> s.end().toString();
            case LiveStep.UsePassphrase s -> s.end() + "/" + s.path() + "=" + s.parity().word();
            case LiveStep.RetireKey s -> s.key().end() + "/" + s.key().path() + "=" + s.key().parity().word();
            case LiveStep.AllowSources s -> s.input() + "=" + s.networks();
        };
        return step.getClass().getSimpleName() + " " + what;
    }

    private static List<String> words(FlowDiff.Plan plan) {
        return plan.steps().stream().map(FlowDiffTest::words).toList();
    }

    /** What is replaced by what in the document; the steps; the fields that need a restart. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            hunter9 | hunter9 | - | -
            "3"}    | "4"}    | - | -
            type: None | type: HostPort | - | -
            priority: 2 | priority: 3 | ReplacePath input main/fibre | -
            priority: 2, weight: 1 | priority: 2, weight: 5 | - | -
            priority: 2, weight: 1 | priority: 2, weight: 1, rttDropMs: 300 | - | -
            listen: {port: 5002} | listen: {port: 5012} | ReplacePath input main/lte | -
            , encryption: {secretRef: {name: k, key: three}} | '' | ReplacePath input main/lte | -
            key: three | key: two | SetKeys input main | -
            hunter3 | hunter4 | SetKeys input main | -
            hunter1 | hunter4 | SetKeys input main; SetKeys output far | -
            '      - {name: lte, listen: {port: 5002}, encryption: {secretRef: {name: k, key: three}}}\n' | '' | RemovePath input main/lte | -
            'recovery: {bufferMs: 1000}\n' | 'recovery: {bufferMs: 500}\n' | - | inputs[0].rist.recovery.bufferMs
            '      recovery: {bufferMs: 1000}\n' | '' | - | inputs[0].rist.recovery
            'profile: Main\n      paths:\n      - {name: fibre' | 'profile: Advanced\n      paths:\n      - {name: fibre' | - | inputs[0].rist.profile
            key: two}} | key: two}, inForce: NextSecret} | UsePassphrase input main/=odd | -
            ', nextSecretRef: {name: k, key: two}}' | } | RetireKey input main/=odd | -
            'encryption: {secretRef: {name: k, key: one}, nextSecretRef: {name: k, key: two}}\n' | 'encryption: {secretRef: {name: k, key: two}, aesBits: 128}\n' | SetKeys input main; RetireKey input main/=odd | inputs[0].rist.encryption.aesBits
            '      encryption: {secretRef: {name: k, key: one}, nextSecretRef: {name: k, key: two}}\n' | '' | - | inputs[0].rist.encryption
            198.51.100.0/24 | 192.0.2.0/24 | AllowSources main=[192.0.2.0/24] | -
            '      allowedSources: [198.51.100.0/24]\n' | '' | AllowSources main=[] | -
            ttl: 16 | ttl: 17 | ReplaceOutput playout | -
            - {name: playout | - {name: playback | AddOutput playback; RemoveOutput playout | -
            'outputs:\n' | 'outputs:\n  - {name: third, udp: {host: 239.1.1.3, port: 5004}}\n' | AddOutput third | -
            weight: 3 | weight: 2 | Weigh output far/wan=2 | -
            port: 6000 | port: 6010 | ReplacePath output far/wan | -
            port: 600 | port: 601 | ReplaceOutput far | -
            'weight: 1}\n      encryption' | 'weight: 1}\n      - {name: third, connect: {host: b.example, port: 6004}, weight: 1}\n      encryption' | AddPath output far/third | -
            '      encryption: {secretRef: {name: k, key: one}}\n' | '' | ReplaceOutput far | -
            'key: one}}\n' | 'key: two}}\n' | SetKeys output far | -
            'key: one}}\n' | 'key: one}, nextSecretRef: {name: k, key: two}, inForce: NextSecret}\n' | SetKeys output far; UsePassphrase output far/=odd | -
            'key: one}}\n' | 'key: one}, keyRotationPackets: 9000}\n' | ReplaceOutput far | -
            'outputs:\n' | 'inputPolicy: {mode: Failover}\n  outputs:\n' | - | inputPolicy; inputs[1]
            """)
    void changeTakesWhatTheTableSays(String from, String to, String steps, String restart) {
        String before = BASE.replace("hunter9", "");
        String text = BASE;
        String changed = text.replace(from.replace("\\n", "\n"), to.replace("\\n", "\n"));
        if (to.contains("inputPolicy")) changed = changed.replace("inputPolicy: {mode: Failover}\n", "- {name: second, udp: {port: 7000}}\n  inputPolicy: {mode: Failover}\n");
        FlowDocument running = document(before);
        FlowDocument wanted = document(changed);
        FlowDiff.Plan plan = FlowDiff.between(running, wanted);
        assertThat(words(plan)).isEqualTo(steps == null ? List.of() : List.of(steps.split("; ")));
        assertThat(plan.restartNeeded()).containsExactlyInAnyOrderElementsOf(restart == null ? List.of() : List.of(restart.split("; ")));
        for (LiveStep step : plan.steps()) {
            assertThat(step.field()).matches("(in|out)puts\\[\\d].*");
            running = running.after(step, wanted);
        }
        FlowDiff.Plan rest = FlowDiff.between(running, wanted);
        assertThat(rest.steps()).as("what is done is done").isEmpty();
        assertThat(rest.restartNeeded()).isEqualTo(plan.restartNeeded());
        assertThat(FlowDiff.between(wanted, wanted).steps()).isEmpty();
        assertThat(wanted.toString() + plan).doesNotContain("hunter");
    }

    @Test
    void fieldsAreNamedByTheirPlaceInTheDocumentWhateverTheirOrderWas() {
        FlowDocument running = document(BASE);
        FlowDocument wanted = document(BASE.replace("  - {name: playout, udp: {host: 239.1.1.1, port: 5004, ttl: 16}}\n", "").replace("  exposure:", "  - {name: playout, udp: {host: 239.1.1.1, port: 5004, ttl: 8}}\n  exposure:"));
        assertThat(FlowDiff.between(running, wanted).steps()).singleElement().extracting(LiveStep::field).isEqualTo("outputs[1]");
    }

    @Test
    void priorityOfTheOnlyPathMeansNothing() {
        String one = BASE.replace("      - {name: lte, listen: {port: 5002}, encryption: {secretRef: {name: k, key: three}}}\n", "");
        FlowDiff.Plan plan = FlowDiff.between(document(one), document(one.replace("priority: 2", "priority: 7")));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.restartNeeded()).isEmpty();
        assertThat(FlowDiff.between(document(one), document(one.replace("listen: {port: 5000}", "listen: {port: 5004}"))).restartNeeded()).containsExactly("inputs[0].rist.paths[0].listen.port");
    }

    /** A login cannot be changed while peers are logged in; its Secret's value is part of the document. */
    @Test
    void secretOfALoginIsAChangeOfItsField(@TempDir Path dir) throws Exception {
        Files.createDirectory(dir.resolve("logins"));
        Files.writeString(dir.resolve("logins/user"), "alice");
        Files.writeString(dir.resolve("logins/pass"), "first");
        String ref = "authentication: {srp: {credentialsSecretRef: {name: logins, username: user, password: pass}}}";
        String yaml = BASE.replace("      encryption: {secretRef: {name: k, key: one}}\n", "      " + ref + "\n").replace("      recovery: {bufferMs: 1000}\n", "      " + ref + "\n");
        FlowDocument running = document(yaml, dir);
        Files.writeString(dir.resolve("logins/pass"), "second");
        FlowDiff.Plan plan = FlowDiff.between(running, document(yaml, dir));
        assertThat(words(plan)).containsExactly("ReplaceOutput far");
        assertThat(plan.restartNeeded()).containsExactly("inputs[0].rist.authentication.srp.credentialsSecretRef");
        assertThat(Manifests.parse("flow.yaml", yaml.getBytes(StandardCharsets.UTF_8), dir, new FakeResolver()).secretFiles()).contains(dir.resolve("logins/pass"), dir.resolve("logins/user"));
    }

    /** A passphrase's file is looked at by KeyWatch: its change is none of the document. */
    @Test
    void passphraseInAFileIsNoChangeOfTheDocument(@TempDir Path dir) throws Exception {
        Files.createDirectory(dir.resolve("f"));
        Files.writeString(dir.resolve("f/one"), "first");
        String yaml = BASE.replace("{name: k, key: one}", "{name: f, key: one}");
        FlowDocument running = document(yaml, dir);
        Files.writeString(dir.resolve("f/one"), "second");
        assertThat(FlowDiff.between(running, document(yaml, dir)).steps()).isEmpty();
    }

    @Test
    void everyRowOfTheTableIsAFieldOfTheResource() {
        JsonNode spec = SchemaFileTest.crd().path("properties").path("spec");
        for (String pattern : LiveFields.TABLE.keySet()) {
            JsonNode at = spec;
            for (String step : pattern.split("\\.")) {
                at = at.path("properties").path(step.replace("[]", ""));
                if (step.endsWith("[]")) at = at.path("items");
            }
            assertThat(at.isObject()).as(pattern).isTrue();
        }
    }

    @Test
    void generationIsThatOfTheAnnotation() {
        assertThat(document(BASE).generation()).isEqualTo(3);
        assertThat(document(BASE.replace("\"3\"", "12")).generation()).isEqualTo(12);
        assertThat(document(BASE.replace("\"3\"", "third")).generation()).isNull();
        assertThat(document(BASE.replace(", annotations: {ristflow.io/generation: \"3\"}", "")).generation()).isNull();
        byte[] refused = BASE.replace("profile", "profil").getBytes(StandardCharsets.UTF_8);
        assertThat(Manifests.generations(refused)).containsExactly(java.util.Map.entry("studio", 3L));
        assertThat(Manifests.generations("a: [".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
