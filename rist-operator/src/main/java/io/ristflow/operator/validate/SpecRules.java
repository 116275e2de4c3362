package io.ristflow.operator.validate;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a spec may be. The schema and the CEL rules are those of the CRD on the class path, one text for the cluster and for here; an API server before 1.25 lets whatever breaks a rule through. {@link FlowChecks} adds what no schema
 * can say. Immutable, to be made once and shared by all threads.
 */
public final class SpecRules {
    /** Where the CRD lies on the class path. */
    public static final String CRD = "/crds/ristflows.ristflow.io.yaml";

    private final ObjectMapper mapper = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final SchemaNode root;

    private SpecRules(SchemaNode root) {
        this.root = root;
    }

    /** Reads the CRD and compiles its rules, which takes some tenths of a second. */
    public static SpecRules load() {
        try (InputStream in = SpecRules.class.getResourceAsStream(CRD)) {
            if (in == null) throw new IllegalStateException("the build left " + CRD + " out");
            CustomResourceDefinition crd = new KubernetesSerialization(new ObjectMapper(), false).unmarshal(in, CustomResourceDefinition.class);
            for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
                if (version.getName().equals(RistFlow.VERSION)) return new SpecRules(SchemaNode.of(version.getSchema().getOpenAPIV3Schema(), new CelRules()));
            }
            throw new IllegalStateException(CRD + " has no version " + RistFlow.VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Judges a spec, with or without its defaults.
     *
     * @param flowName {@code metadata.name}, which a rule speaks of
     * @return what is wrong, in the order of the document; empty for a spec that a pod can run. What the schema refuses is told alone, as rules and checks take a sound document for granted.
     */
    public List<Violation> check(RistFlowSpec spec, String flowName) {
        List<Violation> found = new ArrayList<>();
        Map<String, Object> whole = filled(spec);
        whole.put("metadata", Map.of("name", flowName));
        root.shape(whole, "", found);
        if (!found.isEmpty()) return List.copyOf(found);
        root.rules(whole, "", found);
        new FlowChecks(mapper.convertValue(whole.get("spec"), RistFlowSpec.class), found).check();
        return List.copyOf(found);
    }

    /** A copy with the schema's defaults in the objects that are there, as an API server fills them in. */
    public RistFlowSpec withDefaults(RistFlowSpec spec) {
        return mapper.convertValue(filled(spec).get("spec"), RistFlowSpec.class);
    }

    private Map<String, Object> filled(RistFlowSpec spec) {
        Map<String, Object> whole = new LinkedHashMap<>();
        if (spec != null) whole.put("spec", mapper.convertValue(spec, new TypeReference<Map<String, Object>>() {}));
        return SchemaNode.object(root.filled(whole));
    }
}
