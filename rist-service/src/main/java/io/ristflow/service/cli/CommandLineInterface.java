package io.ristflow.service.cli;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.Nearest;
import io.ristflow.core.config.UrlParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code rist VERB …}. A mistake is one line on standard error that begins with {@code rist: }, and exit status 2; a failure while running is
 * one line and exit status 1. Never a
 * stack trace, and never a passphrase.
 */
public final class CommandLineInterface {
    private static final List<String> VERBS = List.of("run", "demo", "bench", "version", "help");

    private final PrintStream out;
    private final PrintStream err;
    private final Supplier<Launch> launch;

    public CommandLineInterface(PrintStream out, PrintStream err, Supplier<Launch> launch) {
        this.out = out;
        this.err = err;
        this.launch = launch;
    }

    public int execute(String... args) {
        CommandLine line = new CommandLine(new Root());
        line.addSubcommand(new RunCommand(launch)).addSubcommand(new DemoCommand(launch)).addSubcommand(new BenchCommand(launch)).addSubcommand(new VersionCommand());
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8)).setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((mistake, _) -> refuse(mistake(mistake)));
        line.setExecutionExceptionHandler((failure, _, _) -> failure instanceof ConfigException mistake ? refuse(mistake.getMessage())
                : fail(failure));
        line.setUsageHelpWidth(120).setUsageHelpAutoWidth(false).setExpandAtFiles(false).setInterpolateVariables(false);
        return line.execute(args);
    }

    private int refuse(String message) {
        LastWords.say(err, message);
        return Launch.USAGE;
    }

    private int fail(Exception failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage().lines().findFirst().orElse("");
        LastWords.say(err, message);
        return Launch.FAILED;
    }

    /**
     * picocli's own words repeat what stood on the line, and that may hold a passphrase: an unknown option or verb is named up to its value,
     * never more.
     */
    private static String mistake(ParameterException mistake) {
        String verb = mistake.getCommandLine().getCommandName();
        String help = "; see rist " + (verb.equals("rist") ? "" : verb + " ") + "--help";
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            if (word.startsWith("-")) {
                String option = word.indexOf('=') < 0 ? word : word.substring(0, word.indexOf('='));
                return UrlParts.shown(option) + ": not an option of rist " + verb
                        + Nearest.hint(option, mistake.getCommandLine().getCommandSpec().optionsMap().keySet());
            }
            if (verb.equals("rist")) {
                return UrlParts.shown(word.length() > 20 || word.indexOf(':') >= 0 ? "that" : word) + ": not a verb" + Nearest.hint(word, VERBS);
            }
            return "an argument that belongs to no option; inputs are given by -i URL, outputs by -o URL" + help;
        }
        if (mistake instanceof CommandLine.MissingParameterException missing && !missing.getMissing().isEmpty()) {
            return missing.getMissing().getFirst() instanceof CommandLine.Model.OptionSpec option ? option.longestName()
                    + ": missing its value " + option.paramLabel() + help : "a verb is missing; known: " + String.join(", ", VERBS);
        }
        if (mistake instanceof CommandLine.OverwrittenOptionException overwritten) {
            return overwritten.getOverwritten() instanceof CommandLine.Model.OptionSpec option ? option.longestName()
                    + ": given twice; give it once" : "an option is given twice";
        }
        return mistake.getArgSpec() instanceof CommandLine.Model.OptionSpec option ? option.longestName() + ": its value is not as wanted; "
                + option.description()[0] : "the command line is not understood" + help;
    }

    @Command(name = "rist", description = {"Live media over RIST (VSF TR-06-1, TR-06-2).", ""}, synopsisSubcommandLabel = "VERB",
            footer = {"", "Examples:", "  rist demo --seconds 20 --loss 10 --delay-ms 25",
                    "  rist run -i rist://@:5000 -o udp://127.0.0.1:6000", "  rist run -f flow.yaml --secrets /run/secrets",
                "", "Exit status: 0 done, 1 failed while running, 2 a mistake on the command line, in a URL or in a manifest."})
    static final class Root implements Callable<Integer> {
        @CommandLine.Spec
        private CommandSpec spec;

        @CommandLine.Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
        private boolean help;

        @Override
        public Integer call() {
            throw new ConfigException("verb", "missing; known: " + String.join(", ", VERBS) + "; see rist --help");
        }

        @Command(name = "help", description = "Print this help.")
        int help() {
            spec.commandLine().usage(spec.commandLine().getOut());
            return Launch.OK;
        }
    }

    @Command(name = "version", description = "Print the version.")
    static final class VersionCommand implements Callable<Integer> {
        @CommandLine.Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            Properties properties = new Properties();
            try (InputStream in = CommandLineInterface.class.getResourceAsStream("/ristflow-version.properties")) {
                properties.load(in);
            }
            spec.commandLine().getOut().println("rist " + properties.getProperty("version"));
            return Launch.OK;
        }
    }
}
