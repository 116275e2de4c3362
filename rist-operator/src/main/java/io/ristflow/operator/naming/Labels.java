package io.ristflow.operator.naming;

import java.util.Map;

/** Labels of all that a flow is made of. */
public final class Labels {
    public static final String NAME = "app.kubernetes.io/name";
    public static final String INSTANCE = "app.kubernetes.io/instance";
    public static final String COMPONENT = "app.kubernetes.io/component";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    /** The flow; its whole name stands in the annotation {@link Annotations#FLOW}, as a label holds 63 characters and a name may have 253. */
    public static final String FLOW = "ristflow.io/flow";

    public static final String NAME_VALUE = "ristflow";
    public static final String COMPONENT_VALUE = "media";
    public static final String MANAGED_BY_VALUE = "ristflow-operator";

    /** Selects children and media pods of every flow, and nothing else; informers are limited to it. */
    public static final String SELECTOR = MANAGED_BY + "=" + MANAGED_BY_VALUE + "," + COMPONENT + "=" + COMPONENT_VALUE;

    private Labels() {}

    /** Of everything that belongs to the flow. */
    public static Map<String, String> of(String flow) {
        String child = Names.child(flow);
        return Map.of(NAME, NAME_VALUE, INSTANCE, child, COMPONENT, COMPONENT_VALUE, MANAGED_BY, MANAGED_BY_VALUE, FLOW, child);
    }

    /** What the flow's pods are found by; neither a Deployment nor a StatefulSet can change it later, so it never grows. */
    public static Map<String, String> podSelector(String flow) {
        return Map.of(NAME, NAME_VALUE, INSTANCE, Names.child(flow), COMPONENT, COMPONENT_VALUE);
    }
}
