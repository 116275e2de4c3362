package io.ristflow.service.net;

/** A port could not be opened. The message is one line for people: the field, its value, and what to do. */
public final class PortException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PortException(String message) {
        super(message);
    }

    public PortException(String message, Throwable cause) {
        super(message, cause);
    }
}
