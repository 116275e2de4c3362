package io.ristflow.service.runtime;

import io.ristflow.service.config.FlowDocument;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What has become of the documents that this process was given; asked by REST. Any thread. */
@ApplicationScoped
public class DocumentBoard {
    public enum State {
        /** The flow is as its document says. */
        IN_FORCE("InForce"),
        /** What could be changed while the flow runs is; the rest is named. */
        RESTART_NEEDED("RestartNeeded"),
        /** The document, or a part of it, could not be taken; what was in force before still is. */
        REFUSED("Refused");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * One flow's document.
     *
     * @param generation of the resource that it was made from, null: it does not tell
     * @param restartNeeded fields that will be in force after a restart, by their paths; empty unless the state says so
     * @param message one line, empty unless it was refused
     */
    public record Entry(String flow, Long generation, State state, List<String> restartNeeded, String message) {
        public Entry {
            restartNeeded = List.copyOf(restartNeeded);
        }

        static Entry inForce(FlowDocument document) {
            return new Entry(document.name(), document.generation(), State.IN_FORCE, List.of(), "");
        }
    }

    private volatile List<Entry> entries = List.of();

    /** The flows that were started run as their documents say. */
    public void started(List<FlowDocument> documents) {
        entries = documents.stream().map(Entry::inForce).toList();
    }

    void set(List<Entry> now) {
        entries = List.copyOf(now);
    }

    public List<Entry> entries() {
        return entries;
    }
}
