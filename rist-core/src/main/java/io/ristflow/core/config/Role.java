package io.ristflow.core.config;

/** Who opens the session; independent of who sends media (TR-06-2 §5.1). */
public enum Role {
    /** Sends first, to a configured address. */
    CALLER,
    /** Waits on a port for whoever calls. */
    LISTENER
}
