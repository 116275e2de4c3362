package io.ristflow.service.runtime;

import io.ristflow.core.api.SessionEvent;

/** Hears what sessions tell, on the flow's loop: it must not block. {@code remote} is host:port, or empty if the event belongs to no address. */
public interface FlowEventListener {
    void onEvent(String flow, String endpoint, String remote, SessionEvent event);

    /** Of flows with two inputs. */
    default void onInput(String flow, String input, InputEvent event) {}
}
