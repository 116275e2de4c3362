package io.ristflow.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The schema inside the program is the CRD's. {@code -Dschema.write=true} writes it anew. */
class SchemaFileTest {
    private static final Path FILE = Path.of("src/main/resources/io/ristflow/service/config", ManifestSchema.FILE);
    /** For people, for kubectl, or twins of {@link ManifestRules}. */
    private static final Set<String> LEFT_OUT = Set.of("description", "format", "x-kubernetes-validations");
    /** {@link ManifestSchema} goes by these; an anyOf stands beside each x-kubernetes-int-or-string and says the same. */
    private static final Set<String> ELSEWHERE = Set.of("default", "anyOf", "x-kubernetes-list-type", "x-kubernetes-list-map-keys");

    @BeforeAll
    static void writeIfAsked() throws Exception {
        if (Boolean.getBoolean("schema.write")) Files.writeString(FILE, wanted() + "\n");
    }

    /** The openAPIV3Schema of the one version. */
    static JsonNode crd() {
        try (InputStream in = SchemaFileTest.class.getResourceAsStream("/crds/ristflows.ristflow.io.yaml")) {
            JsonNode versions = YamlDocuments.read("the CRD", in.readAllBytes()).getFirst().at("/spec/versions");
            assertThat(versions).hasSize(1);
            assertThat(Manifests.API_VERSION).endsWith("/" + versions.get(0).get("name").asText());
            return versions.get(0).at("/schema/openAPIV3Schema");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theSchemaInsideTheProgramIsThatOfTheCrd() throws Exception {
        assertThat(new JsonMapper().readTree(FILE.toFile())).as(FILE + "; write it anew: mvn -pl rist-service -am test -Dtest=SchemaFileTest -Dsurefire.failIfNoSpecifiedTests=false -Dschema.write=true")
                .isEqualTo(new JsonMapper().readTree(wanted()));
    }

    @Test
    void everyKeywordOfTheSchemaIsJudged() {
        Set<String> keywords = new TreeSet<>();
        keywords(crd(), keywords);
        keywords.removeAll(SchemaCheck.JUDGED);
        keywords.removeAll(ELSEWHERE);
        assertThat(keywords).isSubsetOf(LEFT_OUT);
    }

    private static String wanted() {
        JsonNode copy = crd().deepCopy();
        lean(copy);
        return copy.toString();
    }

    private static void lean(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) return;
        object.remove(LEFT_OUT);
        object.path("properties").forEach(SchemaFileTest::lean);
        lean(object.path("items"));
        lean(object.path("additionalProperties"));
    }

    private static void keywords(JsonNode schema, Set<String> out) {
        schema.fieldNames().forEachRemaining(out::add);
        schema.path("properties").forEach(property -> keywords(property, out));
        for (String part : List.of("items", "additionalProperties")) if (schema.path(part).isObject()) keywords(schema.path(part), out);
        if (schema.has("anyOf")) assertThat(schema.path("x-kubernetes-int-or-string").asBoolean()).isTrue();
    }
}
