package io.ristflow.service.cli;

import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.config.HttpAddress;
import io.ristflow.service.config.ManifestFile;
import io.ristflow.service.config.Manifests;
import java.util.List;

/**
 * {@code rist run}, read and valid.
 *
 * @param manifest what to run
 * @param follow the file that it was read from, to be looked at while the flows run; null: it is not
 * @param http null: no HTTP at all; a default one is to be asked for {@link HttpAddress#available()}
 * @param httpControl HTTP may also change flows
 * @param statsJsonSeconds a line of statistics in librist's schema on standard error every so many seconds; 0: never
 * @param drainSeconds how long an orderly end may take at most; {@link #DRAIN_DEFAULT}: as long as recovery buffers of up to 5 s need
 */
public record RunOptions(Manifests.Manifest manifest, ManifestFile follow, HttpAddress http, boolean httpControl, Logging logging, int statsJsonSeconds, int drainSeconds) {
    public static final int DRAIN_DEFAULT = -1;
    public static final int MAX_DRAIN_SECONDS = 3_600;

    public List<FlowSpec> flows() {
        return manifest.flows();
    }

    /** @param level of java.util.logging and JBoss: ERROR, WARN, INFO, DEBUG, TRACE or OFF */
    public record Logging(String level, boolean json) {}
}
