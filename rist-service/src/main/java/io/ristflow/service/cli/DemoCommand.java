package io.ristflow.service.cli;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.UrlParts;
import io.ristflow.service.config.Decimals;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rist demo}: a test signal over a bad path inside one process, checked at its end. */
@Command(name = "demo", description = {"Send a test signal over a bad path, inside this process, and check what arrives.", ""}, footer = {"", "Exit status: 0 when everything arrived, 1 when something was lost."})
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--seconds", paramLabel = "N", description = "How long, 1..86400 (default: 20).")
    private String seconds = "20";

    @Option(names = "--loss", paramLabel = "PERCENT", description = "Datagrams lost each way, 0..90 percent (default: 10).")
    private String loss = "10";

    @Option(names = "--delay-ms", paramLabel = "MS", description = "Delay each way, 0..2000 ms (default: 25).")
    private String delayMs = "25";

    @Option(names = "--mbps", paramLabel = "N", description = "Bit rate, 0.05..400 Mb/s (default: 10).")
    private String mbps = "10";

    @Option(names = "--profile", paramLabel = "PROFILE", description = "simple, main or advanced (default: advanced).")
    private String profile = "advanced";

    @Option(names = "--secret", paramLabel = "TEXT", description = "Encrypt (AES-256) with this passphrase.")
    private String secret;

    @Option(names = "--buffer-ms", paramLabel = "MS", description = "Recovery buffer, 1..30000 ms (default: 1000).")
    private String bufferMs = "1000";

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the path's randomness (default: 1).")
    private String seed = "1";

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "off, error, warn, info, debug or trace (default: warn).")
    private String logLevel = "warn";

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    private final Supplier<Launch> launch;

    DemoCommand(Supplier<Launch> launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() {
        // First the user's mistakes: asking for the host may load much.
        DemoOptions options = options();
        return launch.get().demo(options);
    }

    DemoOptions options() {
        Profile chosen = switch (profile) {
            case "simple", "0" -> Profile.SIMPLE;
            case "main", "1" -> Profile.MAIN;
            case "advanced", "2" -> Profile.ADVANCED;
            default -> throw new ConfigException("--profile", UrlParts.shown(profile) + " is not one of simple, main, advanced");
        };
        if (secret != null && chosen == Profile.SIMPLE) {
            throw new ConfigException("--secret", "the Simple profile has no encryption (TR-06-1); take --profile main or leave --secret out");
        }
        return new DemoOptions((int) UrlParts.wholeNumber("--seconds", seconds, 1, 86_400, "seconds"), Decimals.parse("--loss", loss, 0, 90),
                (int) UrlParts.wholeNumber("--delay-ms", delayMs, 0, 2_000, "ms"),
                Decimals.parse("--mbps", mbps, 0.05, 400), chosen, secret == null ? null : new PskConfig(secret, 256, 0),
                        (int) UrlParts.wholeNumber("--buffer-ms", bufferMs, 1, 30_000, "ms"),
                UrlParts.wholeNumber("--seed", seed, 0, Long.MAX_VALUE, ""), RunCommand.logging(logLevel, "text"));
    }
}
