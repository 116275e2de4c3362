package io.ristflow.operator.dependent;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.ristflow.operator.naming.Names;
import java.util.Map;

/** What the pod reads. */
public final class DocumentConfigMap extends Child<ConfigMap> {
    public DocumentConfigMap() {
        super(ConfigMap.class);
    }

    @Override
    protected ConfigMap wanted(FlowPlan plan) {
        return new ConfigMapBuilder().withNewMetadata().endMetadata().withData(Map.of(Names.DOCUMENT_KEY, plan.document())).build();
    }

    @Override
    protected boolean waitsForSecrets() {
        return true;
    }
}
