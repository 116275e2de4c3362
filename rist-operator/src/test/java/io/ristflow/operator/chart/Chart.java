package io.ristflow.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The chart under helm/, rendered by real Helm as release {@link #RELEASE} in {@link #NAMESPACE}. */
final class Chart {
    static final Path ROOT = root();
    static final Path FOLDER = ROOT.resolve("helm/ristflow");
    static final String RELEASE = "ristflow";
    static final String NAMESPACE = "media";
    /** The oldest API server that is promised, the first with CEL switched on, and one of today. */
    static final List<String> KUBE_VERSIONS = List.of("1.20.2", "1.25.0", "1.31.0");
    static final String NEWEST = KUBE_VERSIONS.getLast();

    private static final ObjectMapper JSON = new ObjectMapper();

    private Chart() {}

    /** Documents in the order that Helm gives them. */
    record Rendered(List<JsonNode> documents) {
        List<JsonNode> all(String kind) {
            return documents.stream().filter(document -> document.path("kind").asText().equals(kind)).toList();
        }

        /** @throws AssertionError if there is none or more than one */
        JsonNode one(String kind) {
            List<JsonNode> found = all(kind);
            if (found.size() != 1) throw new AssertionError(found.size() + " documents of kind " + kind + ": " + names());
            return found.getFirst();
        }

        /** Such as {@code Deployment/ristflow-operator}. */
        List<String> names() {
            return documents.stream().map(document -> document.path("kind").asText() + "/" + document.at("/metadata/name").asText()).toList();
        }
    }

    /**
     * @param values YAML that counts more than values.yaml; may be empty
     * @throws IllegalStateException with Helm's message if the values are refused
     */
    static Rendered render(String kubeVersion, String values) {
        Path file = null;
        try {
            file = Files.createTempFile("values", ".yaml");
            Files.writeString(file, values);
            String output = new Helm(FOLDER).template().withName(RELEASE).withNamespace(NAMESPACE).withKubeVersion(kubeVersion).withValuesFile(file).call();
            return new Rendered(documents(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (file != null) delete(file);
        }
    }

    static Rendered render(String values) {
        return render(NEWEST, values);
    }

    static List<JsonNode> documents(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().setCodePointLimit(8_000_000).build()).loadAllFromString(yaml)) {
            if (document != null) documents.add(JSON.valueToTree(document));
        }
        return documents;
    }

    static JsonNode yaml(Path file) {
        return documents(read(file)).getFirst();
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is no JSON", e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tests run in their module's folder, the chart lies beside it. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("helm"))) {
            folder = folder.getParent();
            if (folder == null) throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " holds helm");
        }
        return folder;
    }
}
