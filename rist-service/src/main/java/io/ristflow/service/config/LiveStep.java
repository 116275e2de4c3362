package io.ristflow.service.config;

import io.ristflow.core.api.Parity;
import io.ristflow.core.config.PathConfig;
import java.util.List;

/** One thing to do to a flow that runs, of those that bring it to its document. */
public sealed interface LiveStep {
    /** What the running flow's fields are like in the document once this is done. */
    Fields fields();

    /** The field that it is about, for people: {@code outputs[2]}. */
    default String field() {
        return fields().places().getFirst().text();
    }

    /** Places in a spec; opaque outside this room. */
    record Fields(List<Place> places) {
        public Fields {
            places = List.copyOf(places);
        }

        static Fields of(Place place) {
            return new Fields(List.of(place));
        }
    }

    record AddOutput(FlowSpec.Named output, Fields fields) implements LiveStep {}

    record RemoveOutput(String output, Fields fields) implements LiveStep {}

    /** Out and in anew: the output of this name differs in more than can be changed while it runs. */
    record ReplaceOutput(FlowSpec.Named output, Fields fields) implements LiveStep {}

    record AddPath(EndRef end, Endpoint.RistPath wiring, PathConfig config, Fields fields) implements LiveStep {}

    /** Out and in anew, while other paths of the same end carry on. */
    record ReplacePath(EndRef end, Endpoint.RistPath wiring, PathConfig config, Fields fields) implements LiveStep {}

    record RemovePath(EndRef end, String path, Fields fields) implements LiveStep {}

    record Weigh(EndRef end, String path, int weight, Fields fields) implements LiveStep {}

    /** The passphrases of an end that runs are these; those that differ from what is in use are taken over. */
    record SetKeys(EndRef end, List<FlowKey> keys, Fields fields) implements LiveStep {}

    /** @param path empty: that of all paths that have none of their own */
    record UsePassphrase(EndRef end, String path, Parity parity, Fields fields) implements LiveStep {}

    /** The document has no such passphrase any more. */
    record RetireKey(FlowKey.Id key, Fields fields) implements LiveStep {}

    /** @param networks empty: everybody */
    record AllowSources(String input, List<String> networks, Fields fields) implements LiveStep {}
}
