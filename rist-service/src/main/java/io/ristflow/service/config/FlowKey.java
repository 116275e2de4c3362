package io.ristflow.service.config;

import io.ristflow.core.api.Parity;
import java.nio.file.Path;

/**
 * A passphrase of one end of a flow, and where it came from.
 *
 * @param file a Secret as a pod has it mounted, to be looked at again while the flow runs; null: the document itself holds it
 * @param passphrase what it was when the flow was read; never shown
 */
public record FlowKey(Id id, Path file, String passphrase) {
    /**
     * @param path the path whose own passphrase it is, by its name; empty: that of all paths that have none of their own
     */
    public record Id(String flow, EndRef end, String path, Parity parity) {
        /** The other passphrase of the same paths. */
        public Id other() {
            return new Id(flow, end, path, parity.other());
        }
    }

    @Override
    public String toString() {
        return "FlowKey[" + id.flow() + "/" + id.end() + (id.path().isEmpty() ? "" : "/" + id.path()) + ", " + id.parity().word() + ", " + file + "]";
    }
}
