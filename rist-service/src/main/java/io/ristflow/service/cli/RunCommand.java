package io.ristflow.service.cli;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.UrlParts;
import io.ristflow.service.config.FlowSpecs;
import io.ristflow.service.config.HttpAddress;
import io.ristflow.service.config.InputPolicy;
import io.ristflow.service.config.ManifestFile;
import io.ristflow.service.config.Manifests;
import io.ristflow.service.config.Resolver;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code rist run}: flows from URLs or from a manifest. Everything is read and resolved before the host boots. Values are texts here, so that
 * our own messages name what is wrong with them.
 */
@Command(name = "run", description = {"Run flows: one from URLs, or one and more from a RistFlow manifest.", ""},
        footer = {"", "URLs: rist://[@]host:port  udp://[@]host:port  rtp://[@]host:port  file:PATH  -  test:  null:   (an @ listens; parameters: docs/urls.md)"})
final class RunCommand implements Callable<Integer> {
    static final List<String> LEVELS = List.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");

    @Option(names = {"-i", "--input"}, paramLabel = "URL", description = "Where the media comes from; two: -i URL -i URL, and --input-policy.")
    private List<String> inputs = List.of();

    @Option(names = "--input-policy", paramLabel = "POLICY",
            description = {"What two inputs are to each other: failover (one at a time) or merge (the same packets on both, SMPTE 2022-7); then settings:",
                "failover,silence-ms=500,preferred=input-1,return-after-ms=5000", "merge,skew-ms=1000"})
    private String inputPolicy;

    @Option(names = {"-o", "--output"}, paramLabel = "URL", description = "Where it goes to; several: -o URL -o URL.")
    private List<String> outputs = List.of();

    @Option(names = {"-f", "--file"}, paramLabel = "FILE", description = "A RistFlow manifest (YAML); - reads standard input.")
    private String file;

    @Option(names = "--secrets", paramLabel = "DIR", description = "Secrets of the manifest, as files DIR/NAME/KEY; a passphrase that changes there is taken over while the flow runs.")
    private String secrets;

    @Option(names = "--follow", description = "Look at FILE each second and bring the flows to what it says then; what is the same goes on untouched. What needs a restart is told at /api/v1/document.")
    private boolean follow;

    @Option(names = "--drain-seconds", paramLabel = "N",
            description = "How long an orderly end may take at most, 0..3600: what buffers hold is played out, what peers ask for is repeated (default: 5 s for the one, 2 s for the other). It ends sooner when nothing is left to do.")
    private String drainSeconds;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the flow that -i and -o describe (default: flow).")
    private String name;

    @Option(names = "--http", paramLabel = "[HOST:]PORT",
            description = "Where health, metrics and REST answer (default: 127.0.0.1:8968, or a free port if that is taken).")
    private String http;

    @Option(names = "--no-http", description = "No health, metrics and REST.")
    private boolean noHttp;

    @Option(names = "--http-control", description = "REST may also add and remove outputs and change passphrases; without it HTTP is read-only. There is no password: keep it off networks.")
    private boolean httpControl;

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "off, error, warn, info, debug or trace (default: info).")
    private String logLevel = "info";

    @Option(names = "--log-format", paramLabel = "FORMAT", description = "text or json (default: text).")
    private String logFormat = "text";

    @Option(names = "--stats-json", paramLabel = "SECONDS", description = "Statistics in librist's JSON every so many seconds, 1..3600.")
    private String statsJson;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    private final Supplier<Launch> launch;

    RunCommand(Supplier<Launch> launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() {
        // First the user's mistakes: asking for the host may load much.
        RunOptions options = options(Resolver.SYSTEM);
        return launch.get().run(options);
    }

    RunOptions options(Resolver resolver) {
        HttpAddress address = http();
        if (address != null && address.explicit()) resolver.resolve("--http", address.host());
        RunOptions.Logging logging = logging(logLevel, logFormat);
        int seconds = statsJson == null ? 0 : (int) UrlParts.wholeNumber("--stats-json", statsJson, 1, 3_600, "seconds");
        int drain = drainSeconds == null ? RunOptions.DRAIN_DEFAULT : (int) UrlParts.wholeNumber("--drain-seconds", drainSeconds, 0, RunOptions.MAX_DRAIN_SECONDS, "seconds");
        ManifestFile manifest = manifestFile(resolver);
        Manifests.Manifest flows = manifest == null ? flows(resolver) : manifest.read();
        return new RunOptions(flows, follow ? manifest : null, address, httpControl, logging, seconds, drain);
    }

    /** Null where the flow is described by URLs. */
    private ManifestFile manifestFile(Resolver resolver) {
        if (file == null) return null;
        if (!inputs.isEmpty() || !outputs.isEmpty()) throw new ConfigException("-f", "excludes -i and -o; put the URLs' settings into the manifest, or leave -f out");
        if (inputPolicy != null) throw new ConfigException("--input-policy", "belongs to -i; a manifest has spec.inputPolicy");
        if (name != null) throw new ConfigException("--name", "belongs to -i and -o; a manifest has metadata.name");
        if (follow && file.equals("-")) throw new ConfigException("--follow", "needs a file, as standard input is read once; name one with -f FILE");
        return new ManifestFile(Path.of(file), secrets == null ? null : Path.of(secrets), resolver);
    }

    private Manifests.Manifest flows(Resolver resolver) {
        if (inputs.isEmpty() && outputs.isEmpty()) throw new ConfigException("run", "nothing to run; give -i URL and -o URL, or -f FILE");
        if (inputs.isEmpty()) throw new ConfigException("-i", "missing; an input is needed, such as -i rist://@:5000");
        if (outputs.isEmpty()) throw new ConfigException("-o", "missing; at least one output is needed, such as -o udp://127.0.0.1:6000");
        if (secrets != null) throw new ConfigException("--secrets", "belongs to -f FILE; a URL carries its secret itself");
        if (follow) throw new ConfigException("--follow", "belongs to -f FILE; a URL does not change");
        InputPolicy policy = inputPolicy == null ? null : InputPolicy.parse(inputPolicy);
        return Manifests.Manifest.of(FlowSpecs.fromUrls(name == null ? FlowSpecs.DEFAULT_NAME : name, inputs, outputs, policy, resolver));
    }

    private HttpAddress http() {
        if (noHttp && http != null) throw new ConfigException("--no-http", "excludes --http; give one of them");
        if (noHttp && httpControl) throw new ConfigException("--http-control", "needs HTTP; leave --no-http out");
        return noHttp ? null : http == null ? HttpAddress.DEFAULT : HttpAddress.parse(http);
    }

    static RunOptions.Logging logging(String level, String format) {
        String upper = level.toUpperCase(Locale.ROOT);
        if (!LEVELS.contains(upper)) {
            throw new ConfigException("--log-level", UrlParts.shown(level) + " is not one of off, error, warn, info, debug, trace");
        }
        if (!format.equals("text") && !format.equals("json")) {
            throw new ConfigException("--log-format", UrlParts.shown(format) + " is not one of text, json");
        }
        return new RunOptions.Logging(upper, format.equals("json"));
    }
}
