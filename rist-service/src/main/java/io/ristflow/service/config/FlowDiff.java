package io.ristflow.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.ristflow.core.api.Parity;
import io.ristflow.service.config.LiveFields.Effect;
import io.ristflow.service.config.LiveStep.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What brings a flow that runs to its document: steps that need no restart, and the fields that do. Pure. */
public final class FlowDiff {
    /** Lists whose items are known by their names. */
    private static final Set<String> NAMED = Set.of("inputs", "outputs", "paths");

    /**
     * @param steps in the order in which they are to be done
     * @param restartNeeded fields whose change needs one, by their paths: {@code inputs[0].rist.profile}
     */
    public record Plan(List<LiveStep> steps, List<String> restartNeeded) {
        public Plan {
            steps = List.copyOf(steps);
            restartNeeded = List.copyOf(restartNeeded);
        }
    }

    private final FlowDocument running;
    private final FlowDocument wanted;
    private final List<Place> differences = new ArrayList<>();
    private final List<LiveStep> first = new ArrayList<>();
    private final List<LiveStep> then = new ArrayList<>();
    private final List<LiveStep> last = new ArrayList<>();
    private final Set<String> restartNeeded = new LinkedHashSet<>();

    private FlowDiff(FlowDocument running, FlowDocument wanted) {
        this.running = running;
        this.wanted = wanted;
    }

    /** @param running what the flow of this name was last brought to */
    public static Plan between(FlowDocument running, FlowDocument wanted) {
        return new FlowDiff(running, wanted).plan();
    }

    private Plan plan() {
        compare(Place.SPEC, running.fields(), wanted.fields());
        Map<Place, List<Place>> byEnd = new LinkedHashMap<>();
        for (Place place : differences) {
            if (place.steps().size() > 1 && place.steps().get(1) instanceof Place.Step.Item) byEnd.computeIfAbsent(place.upTo(2), _ -> new ArrayList<>()).add(place);
            else if (LiveFields.of(place) != Effect.NOTHING) restartNeeded.add(place.text());
        }
        byEnd.forEach((end, places) -> {
            if (end.pattern().equals("outputs[]")) output(end, places);
            else end(end, places, restart -> restart.forEach(place -> restartNeeded.add(place.text())));
        });
        List<LiveStep> steps = new ArrayList<>(first);
        steps.addAll(then);
        steps.addAll(last);
        return new Plan(steps, List.copyOf(restartNeeded));
    }

    // ---- where the two differ ----------------------------------------------------------------------------------------------------------

    private void compare(Place place, JsonNode before, JsonNode after) {
        if (before == null || after == null) {
            if (before != after) differences.add(place);
        } else if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) compare(place.field(name), before.get(name), after.get(name));
        } else if (before.isArray() && after.isArray() && place.steps().getLast() instanceof Place.Step.Field list && NAMED.contains(list.name())) {
            compareItems(place, before, after);
        } else if (!before.equals(after)) {
            differences.add(place);
        }
    }

    private void compareItems(Place place, JsonNode before, JsonNode after) {
        Map<String, Place> items = new LinkedHashMap<>();
        // What is gone keeps the index that it had
        for (JsonNode list : List.of(after, before)) {
            for (int i = 0; i < list.size(); i++) items.putIfAbsent(list.get(i).get("name").asText(), place.item(list.get(i).get("name").asText(), i));
        }
        for (Place item : items.values()) compare(item, item.in(running.fields()), item.in(wanted.fields()));
    }

    // ---- what that takes ---------------------------------------------------------------------------------------------------------------

    private void output(Place output, List<Place> places) {
        String name = output.item(1);
        if (output.in(wanted.fields()) == null) {
            last.add(new LiveStep.RemoveOutput(name, Fields.of(output)));
        } else if (output.in(running.fields()) == null) {
            first.add(new LiveStep.AddOutput(named(wanted.flow().outputs(), name), Fields.of(output)));
        } else if (places.stream().anyMatch(place -> LiveFields.of(place) == Effect.OUTPUT)) {
            replace(output, name);
        } else {
            end(output, places, _ -> replace(output, name));
        }
    }

    private void replace(Place output, String name) {
        then.removeIf(step -> step.fields().places().getFirst().steps().subList(0, 2).equals(output.steps()));
        then.add(new LiveStep.ReplaceOutput(named(wanted.flow().outputs(), name), Fields.of(output)));
    }

    /** Takes the places for which there is no way to change them while the end runs. */
    private interface Otherwise {
        void need(List<Place> restart);
    }

    /** Of an input, or of an output whose paths and keys alone differ. */
    private void end(Place end, List<Place> places, Otherwise otherwise) {
        EndRef ref = ref(end);
        List<Place> restart = new ArrayList<>();
        List<Place> keys = new ArrayList<>();
        Map<Place, List<Place>> paths = new LinkedHashMap<>();
        for (Place place : places) {
            switch (LiveFields.of(place)) {
                case PATH -> paths.computeIfAbsent(place.upTo(5), _ -> new ArrayList<>()).add(place);
                case WEIGHT -> then.add(new LiveStep.Weigh(ref, place.item(2), place.in(wanted.fields()).asInt(), Fields.of(place)));
                case KEYS, IN_FORCE -> keys.add(place);
                case SOURCES -> then.add(new LiveStep.AllowSources(ref.name(), networks(place), Fields.of(place)));
                case NOTHING -> {}
                case OUTPUT, RESTART -> restart.add(place);
            }
        }
        paths.keySet().removeIf(path -> meansNothing(end, path, paths.get(path)));
        Set<String> changed = new LinkedHashSet<>();
        for (Place path : paths.keySet()) changed.add(path.item(2));
        boolean bond = staysBonded(end, changed);
        if (!bond) paths.values().forEach(restart::addAll);
        else paths.keySet().forEach(path -> path(end, path));
        // A path that is put in anew brings its own keys
        Set<String> fresh = bond ? changed : Set.of();
        keys.removeIf(place -> fresh.contains(place.item(2)));
        if (!keys.isEmpty()) keys(end, keys, fresh);
        if (!restart.isEmpty()) otherwise.need(restart);
    }

    private List<String> networks(Place place) {
        List<String> networks = new ArrayList<>();
        JsonNode list = place.in(wanted.fields());
        if (list != null) list.forEach(network -> networks.add(network.asText()));
        return List.copyOf(networks);
    }

    /** Which of its paths a receiver asks on is no question where there is one. */
    private boolean meansNothing(Place end, Place path, List<Place> places) {
        boolean only = end.field("rist").field("paths").in(wanted.fields()).size() == 1 && path.in(wanted.fields()) != null;
        return only && places.stream().allMatch(place -> place.pattern().equals("inputs[].rist.paths[].priority"));
    }

    /** Whether a path is left that carries on. */
    private boolean staysBonded(Place end, Set<String> changed) {
        JsonNode before = end.field("rist").field("paths").in(running.fields());
        if (before == null) return false;
        for (JsonNode path : before) if (!changed.contains(path.get("name").asText())) return true;
        return false;
    }

    private void path(Place end, Place path) {
        EndRef ref = ref(end);
        String name = path.item(2);
        if (path.in(wanted.fields()) == null) {
            last.add(new LiveStep.RemovePath(ref, name, Fields.of(path)));
            return;
        }
        Endpoint to = named(ref.side() == EndRef.Side.INPUT ? wanted.flow().inputs() : wanted.flow().outputs(), ref.name()).endpoint();
        List<Endpoint.RistPath> wirings = to instanceof Endpoint.RistInput in ? in.paths() : ((Endpoint.RistOutput) to).paths();
        var configs = to instanceof Endpoint.RistInput in ? in.session().paths() : ((Endpoint.RistOutput) to).session().paths();
        for (int i = 0; i < wirings.size(); i++) {
            if (!wirings.get(i).name().equals(name)) continue;
            boolean there = path.in(running.fields()) != null;
            then.add(there ? new LiveStep.ReplacePath(ref, wirings.get(i), configs.get(i), Fields.of(path)) : new LiveStep.AddPath(ref, wirings.get(i), configs.get(i), Fields.of(path)));
        }
    }

    /** First the passphrases, then which is in force, and last what is not wanted any more: so there is always one that the peers hold. */
    private void keys(Place end, List<Place> places, Set<String> freshPaths) {
        EndRef ref = ref(end);
        List<Place> set = places.stream().filter(place -> LiveFields.of(place) == Effect.KEYS && !retired(place)).toList();
        if (!set.isEmpty()) {
            List<FlowKey> keys = wanted.keys(ref).stream().filter(key -> !freshPaths.contains(key.id().path())).toList();
            then.add(new LiveStep.SetKeys(ref, keys, new Fields(set)));
        }
        for (Place place : places) {
            if (LiveFields.of(place) != Effect.IN_FORCE) continue;
            boolean next = place.in(wanted.fields()).asText().equals("NextSecret");
            then.add(new LiveStep.UsePassphrase(ref, place.item(2), next ? Parity.ODD : Parity.EVEN, Fields.of(place)));
        }
        for (Place place : places) {
            if (retired(place)) then.add(new LiveStep.RetireKey(new FlowKey.Id(wanted.name(), ref, place.item(2), Parity.ODD), Fields.of(place)));
        }
    }

    private boolean retired(Place place) {
        return place.pattern().endsWith(".nextSecretRef") && place.in(wanted.fields()) == null;
    }

    private static EndRef ref(Place end) {
        return end.pattern().equals("inputs[]") ? EndRef.input(end.item(1)) : EndRef.output(end.item(1));
    }

    private static FlowSpec.Named named(List<FlowSpec.Named> among, String name) {
        return among.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }
}
