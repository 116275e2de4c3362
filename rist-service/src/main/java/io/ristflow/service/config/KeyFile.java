package io.ristflow.service.config;

import io.ristflow.core.api.Parity;
import java.nio.file.Path;

/**
 * A file that holds a passphrase of one end of a flow (a Secret as a pod has it mounted), to be looked at again while the flow runs.
 *
 * @param endpoint the input's or output's name
 * @param leg the path whose own passphrase it is, or {@link io.ristflow.core.api.RistSession#EVERY_LEG}
 * @param passphrase what it held when the flow was read; never shown
 */
public record KeyFile(String flow, String endpoint, int leg, Parity parity, Path file, String passphrase) {
    @Override
    public String toString() {
        return "KeyFile[" + flow + "/" + endpoint + ", " + parity.word() + ", " + file + "]";
    }
}
