package io.ristflow.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where something stands in the spec of a RistFlow. Inputs, outputs and paths are known by their names, so that one that is added or removed moves no other.
 *
 * @param steps from the spec downwards
 */
record Place(List<Step> steps) {
    static final Place SPEC = new Place(List.of());

    /** A mark beside a reference to a Secret: it changes with the Secret's value. No part of any field's path. */
    static final String CONTENTS = "(contents)";

    sealed interface Step {
        record Field(String name) implements Step {}

        /** @param index where it stands in the list, for people */
        record Item(String name, int index) implements Step {}
    }

    Place field(String name) {
        return then(new Step.Field(name));
    }

    Place item(String name, int index) {
        return then(new Step.Item(name, index));
    }

    private Place then(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Place(List.copyOf(longer));
    }

    /** The first so many steps. */
    Place upTo(int count) {
        return new Place(steps.subList(0, count));
    }

    /** {@code inputs[0].rist.profile}. */
    String text() {
        StringBuilder out = new StringBuilder();
        for (Step step : steps) {
            switch (step) {
                case Step.Field field when field.name().equals(CONTENTS) -> {}
                case Step.Field field -> out.append(out.isEmpty() ? "" : ".").append(field.name());
                case Step.Item item -> out.append('[').append(item.index()).append(']');
            }
        }
        return out.toString();
    }

    /** {@code inputs[].rist.profile}: the same for each item of a list. */
    String pattern() {
        StringBuilder out = new StringBuilder();
        for (Step step : steps) {
            switch (step) {
                case Step.Field field -> out.append(out.isEmpty() ? "" : ".").append(field.name());
                case Step.Item _ -> out.append("[]");
            }
        }
        return out.toString();
    }

    /** The name of the item at this depth: 1 is an input or output, 2 one of its paths; empty if this place lies above it. */
    String item(int depth) {
        int seen = 0;
        for (Step step : steps) if (step instanceof Step.Item item && ++seen == depth) return item.name();
        return "";
    }

    /** Null if there is nothing. */
    JsonNode in(JsonNode spec) {
        JsonNode at = spec;
        for (Step step : steps) {
            at = child(at, step);
            if (at == null) return null;
        }
        return at;
    }

    private static JsonNode child(JsonNode parent, Step step) {
        if (step instanceof Step.Field field) return parent.get(field.name());
        for (JsonNode item : parent) if (item.path("name").asText("").equals(((Step.Item) step).name())) return item;
        return null;
    }

    /** Makes {@code spec} at this place what {@code wanted} is there: set, replaced or taken out. */
    void bring(JsonNode spec, JsonNode wanted) {
        JsonNode parent = upTo(steps.size() - 1).in(spec);
        if (parent == null) return;
        JsonNode value = in(wanted);
        Step last = steps.getLast();
        if (last instanceof Step.Field field) {
            if (value == null) ((ObjectNode) parent).remove(field.name());
            else ((ObjectNode) parent).set(field.name(), value.deepCopy());
            return;
        }
        ArrayNode list = (ArrayNode) parent;
        JsonNode old = child(list, last);
        int at = -1;
        for (int i = 0; i < list.size(); i++) if (list.get(i) == old) at = i;
        if (at >= 0) list.remove(at);
        if (value != null) list.insert(at < 0 ? list.size() : at, value.deepCopy());
    }
}
