package io.ristflow.operator.status;

/**
 * Something that stands in the way of a flow, or is worth saying.
 *
 * @param reason CamelCase constant, of {@link Reasons} or Kubernetes' own
 * @param message one line: field, value, what is allowed, what to do; never a secret
 * @param blocking whether its condition is False; otherwise the condition stays True and tells it as its reason
 */
public record Trouble(String reason, String message, boolean blocking) {
    public Trouble(String reason, String message) {
        this(reason, message, true);
    }

    /** Worth saying, stands in nobody's way. */
    public static Trouble note(String reason, String message) {
        return new Trouble(reason, message, false);
    }
}
