package io.ristflow.operator;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.ristflow.operator.config.OperatorSettings;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** RistFlows for pure tests: written as a user writes them, in YAML. */
public final class TestFlows {
    private static final ObjectMapper YAML = new YAMLMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private TestFlows() {}

    /** @param spec what stands below {@code spec:} */
    public static RistFlow flow(String name, String spec) {
        try {
            RistFlow flow = SERIALIZATION.unmarshal(YAML.readTree("""
                    apiVersion: ristflow.io/v1alpha1
                    kind: RistFlow
                    metadata: {name: "%s", namespace: tv, uid: uid-of-%s, generation: 3, creationTimestamp: "2026-11-01T00:00:00Z"}
                    spec:
                    """.formatted(name, name).concat(spec.indent(2))).toString(), RistFlow.class);
            return flow;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One listening input of the profile, one UDP output; {@code more} follows in the spec. */
    public static RistFlow listener(String name, String profile, String listen, String more) {
        return flow(name, """
                inputs:
                - {name: main, rist: {profile: %s, paths: [{name: fibre, listen: {%s}}]}}
                outputs:
                - {name: playout, udp: {host: 192.0.2.9, port: 5004}}
                """.formatted(profile, listen) + more);
    }

    /** What an administrator sets where nothing special is asked. */
    public static OperatorSettings.Media media() {
        return media(Optional.empty());
    }

    public static OperatorSettings.Media media(Optional<String> javaOptions) {
        return new OperatorSettings.Media() {
            @Override
            public String image() {
                return "registry.example/ristflow/rist-service:1";
            }

            @Override
            public String imagePullPolicy() {
                return "IfNotPresent";
            }

            @Override
            public Optional<List<String>> imagePullSecrets() {
                return Optional.of(List.of("pull"));
            }

            @Override
            public Optional<String> javaOptions() {
                return javaOptions;
            }
        };
    }
}
