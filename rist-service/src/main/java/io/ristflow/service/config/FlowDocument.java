package io.ristflow.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;

/** One RistFlow as it was read: the flow that it describes, and its fields, by which two of them are compared ({@link FlowDiff}). Immutable. */
public final class FlowDocument {
    /** Which generation of the resource the document was made from, as the operator notes it. */
    public static final String GENERATION = "ristflow.io/generation";

    private final FlowSpec flow;
    private final JsonNode fields;
    private final Long generation;
    private final List<FlowKey> keys;

    /** @param fields its spec with defaults, which nobody changes any more; {@code generation} null: not told */
    FlowDocument(FlowSpec flow, JsonNode fields, Long generation, List<FlowKey> keys) {
        this.flow = flow;
        this.fields = fields;
        this.generation = generation;
        this.keys = List.copyOf(keys);
    }

    /** A flow that no document describes; it cannot be compared. */
    public static FlowDocument undocumented(FlowSpec flow) {
        return new FlowDocument(flow, null, null, List.of());
    }

    public String name() {
        return flow.name();
    }

    public FlowSpec flow() {
        return flow;
    }

    /** Null: not told. */
    public Long generation() {
        return generation;
    }

    /** Its passphrases. */
    public List<FlowKey> keys() {
        return keys;
    }

    /** Those of one input or output. */
    public List<FlowKey> keys(EndRef end) {
        return keys.stream().filter(key -> key.id().end().equals(end)).toList();
    }

    JsonNode fields() {
        return Objects.requireNonNull(fields, "no document");
    }

    /** This document as the running flow's, when a step towards the wanted one has been done. */
    public FlowDocument after(LiveStep step, FlowDocument wanted) {
        JsonNode copy = fields().deepCopy();
        for (Place place : step.fields().places()) place.bring(copy, wanted.fields());
        return new FlowDocument(wanted.flow, copy, wanted.generation, wanted.keys);
    }

    /** Without fields: a Secret's value leaves a mark in them. */
    @Override
    public String toString() {
        return "FlowDocument[" + name() + ", generation " + generation + "]";
    }
}
