package io.ristflow.service.cli;

import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.config.HttpAddress;
import io.ristflow.service.config.KeyFile;
import java.util.List;

/**
 * {@code rist run}, read and valid.
 *
 * @param http null: no HTTP at all; a default one is to be asked for {@link HttpAddress#available()}
 * @param httpControl HTTP may also change flows
 * @param statsJsonSeconds a line of statistics in librist's schema on standard error every so many seconds; 0: never
 * @param notices sentences to log at the start
 * @param keyFiles whose changes are passphrases to take over while the flows run
 */
public record RunOptions(
        List<FlowSpec> flows, HttpAddress http, boolean httpControl, Logging logging, int statsJsonSeconds, List<String> notices, List<KeyFile> keyFiles) {
    public RunOptions {
        flows = List.copyOf(flows);
        notices = List.copyOf(notices);
        keyFiles = List.copyOf(keyFiles);
    }

    /** @param level of java.util.logging and JBoss: ERROR, WARN, INFO, DEBUG, TRACE or OFF */
    public record Logging(String level, boolean json) {}
}
