package io.ristflow.operator.ports;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Which flow; {@code namespace/name} in messages. */
public record FlowRef(String namespace, String name) implements Comparable<FlowRef> {
    public static FlowRef of(HasMetadata flow) {
        return new FlowRef(flow.getMetadata().getNamespace(), flow.getMetadata().getName());
    }

    @Override
    public int compareTo(FlowRef other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
