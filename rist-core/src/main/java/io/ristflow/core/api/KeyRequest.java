package io.ristflow.core.api;

/**
 * One key derivation (TR-06-2 §7.3), immutable, to be run off the flow's event loop: it costs about a millisecond.
 *
 * <p>The host calls {@link #derive()} on any thread and passes the result to the session's {@code onKeyDerived}.
 */
public interface KeyRequest {
    /** Blocks for the whole derivation. Never throws for what a peer sent. */
    DerivedKey derive();

    /** A finished derivation, opaque to the host. */
    interface DerivedKey {}
}
