package io.ristflow.operator.status;

/** Something that happened to a flow, for people: what `kubectl describe` shows. Never holds a secret. {@code warning}: somebody may want to act. */
public record FlowEvent(boolean warning, String reason, String message) {
    public static FlowEvent normal(String reason, String message) {
        return new FlowEvent(false, reason, message);
    }

    public static FlowEvent warning(String reason, String message) {
        return new FlowEvent(true, reason, message);
    }
}
