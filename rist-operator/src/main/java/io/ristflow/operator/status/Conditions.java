package io.ristflow.operator.status;

import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.FlowCondition;
import io.ristflow.operator.text.Texts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A flow's conditions in the making: each is set once, in the order of {@link #ORDER}; the time of its last change is the earlier one's unless its status
 * changed.
 */
public final class Conditions {
    public static final String ACCEPTED = "Accepted";
    public static final String PORTS_ALLOCATED = "PortsAllocated";
    public static final String PROGRAMMED = "Programmed";
    public static final String READY = "Ready";
    public static final String PEER_CONNECTED = "PeerConnected";
    public static final String AUTHENTICATED = "Authenticated";
    public static final String RECEIVING = "Receiving";
    public static final String DEGRADED = "Degraded";
    public static final List<String> ORDER = List.of(ACCEPTED, PORTS_ALLOCATED, PROGRAMMED, READY, PEER_CONNECTED, AUTHENTICATED, RECEIVING, DEGRADED);

    /** As the schema has it (maxLength of message is far above; kubectl shows one line). */
    static final int MAX_MESSAGE = 2000;

    /** What is to be said of one type. */
    record Verdict(ConditionStatus status, String reason, String message) {
        static Verdict yes(String reason, String message) {
            return new Verdict(ConditionStatus.True, reason, message);
        }

        static Verdict no(String reason, String message) {
            return new Verdict(ConditionStatus.False, reason, message);
        }

        static Verdict unknown(String reason, String message) {
            return new Verdict(ConditionStatus.Unknown, reason, message);
        }

        boolean isTrue() {
            return status == ConditionStatus.True;
        }
    }

    private final List<FlowCondition> earlier;
    private final Long generation;
    private final Instant now;
    private final List<FlowCondition> list = new ArrayList<>();

    /** @param earlier the conditions so far; null: none */
    Conditions(List<FlowCondition> earlier, Long generation, Instant now) {
        this.earlier = earlier == null ? List.of() : earlier;
        this.generation = generation;
        this.now = now;
    }

    Conditions set(String type, Verdict verdict) {
        FlowCondition was = find(earlier, type).orElse(null);
        String since = was != null && was.status() == verdict.status() && was.lastTransitionTime() != null ? was.lastTransitionTime()
                : now.truncatedTo(ChronoUnit.SECONDS).toString();
        list.add(new FlowCondition(type, verdict.status(), generation, since, verdict.reason(), fitted(verdict.message())));
        return this;
    }

    List<FlowCondition> list() {
        return List.copyOf(list);
    }

    public static Optional<FlowCondition> find(List<FlowCondition> conditions, String type) {
        return conditions == null ? Optional.empty() : conditions.stream().filter(c -> type.equals(c.type())).findFirst();
    }

    private static String fitted(String message) {
        String line = Texts.oneLine(message);
        return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE - 1) + "…";
    }
}
