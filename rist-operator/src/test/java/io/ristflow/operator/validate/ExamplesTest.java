package io.ristflow.operator.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.ristflow.operator.crd.v1alpha1.ExposureType;
import io.ristflow.operator.crd.v1alpha1.Input;
import io.ristflow.operator.crd.v1alpha1.Output;
import io.ristflow.operator.crd.v1alpha1.Profile;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/examples shows is taken by a cluster; rist-service's own test runs the same files. */
class ExamplesTest {
    private static final ObjectMapper STRICT = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final KubernetesSerialization YAML = new KubernetesSerialization(new ObjectMapper(), false);
    private static final SpecRules RULES = SpecRules.load();

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../docs/examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleHasNothingThatTheOperatorRefusesAndNoFieldThatIsNotThere(Path example) throws Exception {
        List<RistFlow> flows = flows(example);
        assertThat(flows).isNotEmpty();
        for (RistFlow flow : flows) assertThat(RULES.check(flow.getSpec(), flow.getMetadata().getName())).isEmpty();
    }

    @Test
    void everyExposureAndEveryProfileHasAnExample() throws Exception {
        Set<ExposureType> exposures = EnumSet.noneOf(ExposureType.class);
        Set<Profile> profiles = EnumSet.noneOf(Profile.class);
        boolean multus = false;
        for (Path example : examples()) {
            for (RistFlow flow : flows(example)) {
                if (flow.getSpec().exposure() != null) exposures.add(RULES.withDefaults(flow.getSpec()).exposure().type());
                for (Input input : RULES.withDefaults(flow.getSpec()).inputs()) {
                    if (input.rist() == null) continue;
                    profiles.add(input.rist().profile());
                    multus |= input.rist().paths().stream().anyMatch(path -> path.network() != null);
                }
                for (Output output : RULES.withDefaults(flow.getSpec()).outputs()) if (output.rist() != null) profiles.add(output.rist().profile());
            }
        }
        assertThat(exposures).containsExactlyInAnyOrder(ExposureType.values());
        assertThat(profiles).containsExactlyInAnyOrder(Profile.values());
        assertThat(multus).isTrue();
    }

    /** All of them can be applied to one namespace. */
    @Test
    void noTwoExamplesShareAName() throws Exception {
        List<String> names = new ArrayList<>();
        for (Path example : examples()) for (JsonNode document : documents(example)) names.add(document.get("kind").asText() + " " + document.at("/metadata/name").asText());
        assertThat(names).doesNotHaveDuplicates();
    }

    /** A Secret that a flow names stands in the same file, so that {@code ./rist run -f} takes it as it is. */
    @ParameterizedTest
    @MethodSource("examples")
    void everySecretThatIsNamedIsThere(Path example) throws Exception {
        Set<String> there = new TreeSet<>();
        Set<String> wanted = new TreeSet<>();
        for (JsonNode document : documents(example)) {
            if (document.get("kind").asText().equals("Secret")) there.add(document.at("/metadata/name").asText());
            for (String reference : List.of("secretRef", "nextSecretRef", "usersSecretRef", "credentialsSecretRef", "urlSecretRef")) document.findValues(reference).forEach(ref -> wanted.add(ref.get("name").asText()));
        }
        assertThat(there).isEqualTo(wanted);
    }

    private static List<RistFlow> flows(Path example) throws IOException {
        List<RistFlow> flows = new ArrayList<>();
        for (JsonNode document : documents(example)) if (document.get("kind").asText().equals(RistFlow.KIND)) flows.add(STRICT.treeToValue(document, RistFlow.class));
        return flows;
    }

    private static List<JsonNode> documents(Path example) {
        try {
            List<JsonNode> documents = new ArrayList<>();
            for (String text : Files.readString(example).split("(?m)^---\\s*$")) {
                JsonNode document = YAML.unmarshal(text, JsonNode.class);
                if (document != null && document.isObject()) documents.add(document);
            }
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
