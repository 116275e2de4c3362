package io.ristflow.service.runtime;

import java.util.List;
import java.util.Optional;

/** What health, metrics and REST may ask. Any thread; answers within milliseconds (snapshots are gathered on the flows' loops and at most 250 ms old). */
public interface Flows {
    List<FlowSnapshot> snapshots();

    Optional<FlowSnapshot> snapshot(String name);

    /** Whether all flows that this process is to run have been started: before that, a list without a word of them says nothing. */
    default boolean complete() {
        return true;
    }

    /** Whether the process is about to end: nobody should be sent to it any more. */
    default boolean ending() {
        return false;
    }

    /** Whether this flow is drained as it is not wanted any more, while the process runs on. */
    default boolean leaving(String flow) {
        return false;
    }

    /** Whether datagrams go through the native, batched transport; {@code reason} says why not. */
    Transport transport();

    record Transport(boolean nativeTransport, String reason) {}
}
