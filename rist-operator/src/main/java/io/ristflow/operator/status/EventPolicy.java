package io.ristflow.operator.status;

import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.Endpoint;
import io.ristflow.operator.crd.v1alpha1.FlowCondition;
import io.ristflow.operator.crd.v1alpha1.InputStatus;
import io.ristflow.operator.crd.v1alpha1.OutputStatus;
import io.ristflow.operator.crd.v1alpha1.PathStatus;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Which steps from one status to the next are worth an event. Pure: equal statuses give none. */
public final class EventPolicy {
    /** Reasons of a Ready that is not True which belong to the way things go: no news. */
    private static final Set<String> ON_THE_WAY = Set.of(
            Reasons.PENDING, Reasons.POD_PENDING, Reasons.STARTING, Reasons.DRAINING, Reasons.UPDATING, Reasons.RESTART_NEEDED);

    private final RistFlowStatus before;
    private final RistFlowStatus now;
    private final List<FlowEvent> events = new ArrayList<>();

    private EventPolicy(RistFlowStatus before, RistFlowStatus now) {
        this.before = before;
        this.now = now;
    }

    /** @param before null: the flow had no status */
    public static List<FlowEvent> events(RistFlowStatus before, RistFlowStatus now) {
        if (now.equals(before)) return List.of();
        EventPolicy policy = new EventPolicy(before, now);
        policy.wanted();
        policy.ready();
        policy.peers();
        policy.switched();
        policy.faults();
        return List.copyOf(policy.events);
    }

    // ---- what was wanted ------------------------------------------------------------------------------------------------------------------

    /** A refusal is told where it began: conditions after it only repeat its reason. */
    private void wanted() {
        List<String> told = new ArrayList<>();
        for (String type : List.of(Conditions.ACCEPTED, Conditions.PORTS_ALLOCATED, Conditions.PROGRAMMED)) {
            FlowCondition is = condition(now, type);
            if (is == null || is.status() != ConditionStatus.False) continue;
            boolean news = isNews(is) && !told.contains(is.reason()) && !is.reason().equals(Reasons.PENDING);
            if (news) events.add(new FlowEvent(!is.reason().equals(Reasons.RESTART_NEEDED), is.reason(), is.message()));
            told.add(is.reason());
        }
    }

    private void ready() {
        FlowCondition is = condition(now, Conditions.READY);
        FlowCondition was = condition(before, Conditions.READY);
        if (is == null) return;
        if (is.status() == ConditionStatus.True) {
            // A change that was taken on by the running pod is no new beginning
            boolean stayed = was != null && (was.status() == ConditionStatus.True || was.reason().equals(Reasons.UPDATING));
            if (!stayed) events.add(FlowEvent.normal(Reasons.READY, endpoints()));
            return;
        }
        boolean told = List.of(Conditions.ACCEPTED, Conditions.PORTS_ALLOCATED, Conditions.PROGRAMMED).stream()
                .map(type -> condition(now, type)).anyMatch(c -> c != null && c.status() == ConditionStatus.False && c.reason().equals(is.reason()));
        if (!told && isNews(is) && !ON_THE_WAY.contains(is.reason())) events.add(FlowEvent.warning(is.reason(), is.message()));
    }

    private String endpoints() {
        if (now.endpoints() == null || now.endpoints().isEmpty()) return "every socket is bound";
        return "every socket is bound; peers call " + String.join(", ", now.endpoints().stream().map(EventPolicy::called).distinct().toList());
    }

    private static String called(Endpoint e) {
        return e.address() != null && e.address().indexOf(':') >= 0 ? "[" + e.address() + "]:" + e.port() : e.address() + ":" + e.port();
    }

    // ---- what flows -----------------------------------------------------------------------------------------------------------------------

    private void peers() {
        Map<String, PathStatus> had = peers(before);
        Map<String, PathStatus> has = peers(now);
        has.forEach((where, path) -> {
            String user = path.user() == null ? "" : ", user " + path.user();
            if (!had.containsKey(where) && "Connected".equals(path.state())) events.add(FlowEvent.normal(Reasons.CONNECTED, where + user));
        });
        // What is not known is not gone
        if (now.peers() == null) return;
        had.forEach((where, path) -> {
            if (!has.containsKey(where)) events.add(FlowEvent.warning(Reasons.DISCONNECTED, where));
        });
    }

    /** By "input main, path fibre: 198.51.100.9:41210": peers that are connected, those that are silent for the moment among them. */
    private static Map<String, PathStatus> peers(RistFlowStatus status) {
        Map<String, PathStatus> peers = new LinkedHashMap<>();
        if (status == null) return peers;
        if (status.inputs() != null) for (InputStatus input : status.inputs()) peers(peers, "input " + input.name(), input.paths());
        if (status.outputs() != null) for (OutputStatus output : status.outputs()) peers(peers, "output " + output.name(), output.paths());
        return peers;
    }

    private static void peers(Map<String, PathStatus> peers, String end, List<PathStatus> paths) {
        if (paths == null) return;
        for (PathStatus path : paths) {
            boolean there = path.peer() != null && ("Connected".equals(path.state()) || "Silent".equals(path.state()));
            if (there) peers.put(end + ", path " + path.name() + ": " + path.peer(), path);
        }
    }

    private void switched() {
        List<String> had = active(before);
        List<String> has = active(now);
        if (had.size() != 1 || has.size() != 1 || had.equals(has)) return;
        boolean there = now.inputs().stream().anyMatch(i -> i.name().equals(had.getFirst()));
        if (there) events.add(FlowEvent.warning(Reasons.INPUT_SWITCHED, "input " + has.getFirst() + " took over from input " + had.getFirst()));
    }

    private static List<String> active(RistFlowStatus status) {
        if (status == null || status.inputs() == null) return List.of();
        return status.inputs().stream().filter(i -> Boolean.TRUE.equals(i.active())).map(InputStatus::name).toList();
    }

    private void faults() {
        FlowCondition is = condition(now, Conditions.DEGRADED);
        FlowCondition was = condition(before, Conditions.DEGRADED);
        if (is == null) return;
        boolean degraded = was != null && was.status() == ConditionStatus.True;
        if (is.status() == ConditionStatus.True) {
            List<String> told = degraded ? sentences(was) : List.of();
            List<String> sentences = sentences(is);
            for (String each : sentences) {
                // The reason is that of the first
                if (!told.contains(each)) events.add(FlowEvent.warning(Reasons.FAULT, each.equals(sentences.getFirst()) ? is.reason() + ": " + each : each));
            }
        } else if (degraded && is.status() == ConditionStatus.False) {
            events.add(FlowEvent.normal(Reasons.FAULT_CLEARED, was.reason() + " is over"));
        }
    }

    private static List<String> sentences(FlowCondition degraded) {
        return List.of(degraded.message().split(Pattern.quote(LinkVerdicts.SEPARATOR)));
    }

    /** Another status, reason or message than before. */
    private boolean isNews(FlowCondition is) {
        FlowCondition was = condition(before, is.type());
        return was == null || was.status() != is.status() || !Objects.equals(was.reason(), is.reason()) || !Objects.equals(was.message(), is.message());
    }

    private static FlowCondition condition(RistFlowStatus status, String type) {
        return status == null ? null : Conditions.find(status.conditions(), type).orElse(null);
    }
}
