package io.ristflow.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.config.HttpAddress;
import io.ristflow.service.config.InputPolicy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineInterfaceTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private RunOptions run;
    private DemoOptions demo;
    private BenchOptions bench;
    private RuntimeException failure;
    private int status;
    private boolean asked;

    private String execute(String... args) {
        Launch launch = new Launch() {
            @Override
            public int run(RunOptions options) {
                if (failure != null) throw failure;
                run = options;
                return Launch.OK;
            }

            @Override
            public int demo(DemoOptions options) {
                demo = options;
                return Launch.FAILED;
            }

            @Override
            public int bench(BenchOptions options) {
                bench = options;
                return Launch.OK;
            }
        };
        status = new CommandLineInterface(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), () -> {
            asked = true;
            return launch;
        }).execute(args);
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void runHandsOverAFlowFromUrls() {
        execute("run", "-i", "rist://@:5000?secret=hunter2", "-o", "udp://127.0.0.1:6000", "-o", "null:", "--http", "0.0.0.0:9000", "--http-control", "--log-level", "debug", "--log-format", "json", "--stats-json", "5", "--name", "studio");
        assertThat(status).isZero();
        assertThat(run.flows()).hasSize(1);
        assertThat(run.flows().getFirst().name()).isEqualTo("studio");
        assertThat(run.flows().getFirst().outputs()).extracting(FlowSpec.Named::name).containsExactly("output-1", "output-2");
        assertThat(run.http()).isEqualTo(new HttpAddress("0.0.0.0", 9000, true));
        assertThat(run.httpControl()).isTrue();
        assertThat(run.logging()).isEqualTo(new RunOptions.Logging("DEBUG", true));
        assertThat(run.statsJsonSeconds()).isEqualTo(5);
        assertThat(run.toString()).doesNotContain("hunter2");
    }

    @Test
    void runHandsOverTwoInputsAndTheirPolicy() {
        execute("run", "-i", "rist://@:5000", "-i", "rist://@:5002", "--input-policy", "failover,preferred=input-1", "-o", "null:");
        assertThat(status).isZero();
        assertThat(run.flows().getFirst().inputs()).extracting(FlowSpec.Named::name).containsExactly("input-1", "input-2");
        assertThat(run.flows().getFirst().inputPolicy()).isEqualTo(InputPolicy.parse("failover,preferred=input-1"));
    }

    @Test
    void runHandsOverTheFlowsOfAManifestAndItsNotices() {
        execute("run", "-f", "../docs/examples/two-flows.yaml", "--no-http");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(run.flows()).extracting(FlowSpec::name).containsExactly("north", "south");
        assertThat(run.manifest().notices()).hasSize(4);
        assertThat(run.http()).isNull();
    }

    @Test
    void manifestIsFollowedAndTheDrainBoundedWhereThatIsAskedFor() {
        execute("run", "-f", "../docs/examples/two-flows.yaml", "--no-http");
        assertThat(run.follow()).isNull();
        assertThat(run.drainSeconds()).isEqualTo(RunOptions.DRAIN_DEFAULT);
        execute("run", "-f", "../docs/examples/two-flows.yaml", "--no-http", "--follow", "--drain-seconds", "30");
        assertThat(status).isZero();
        assertThat(run.follow().lastRead()).isNotEmpty();
        assertThat(run.drainSeconds()).isEqualTo(30);
    }

    @Test
    void demoHandsOverItsSettingsAndTheStatusComesBack() {
        execute("demo", "--seconds", "5", "--loss", "12.5", "--delay-ms", "40", "--mbps", "2", "--secret", "hunter2", "--buffer-ms", "300", "--seed", "7");
        assertThat(status).isEqualTo(Launch.FAILED);
        assertThat(demo).isEqualTo(new DemoOptions(5, 12.5, 40, 2, Profile.ADVANCED, new PskConfig("hunter2", 256, 0), 300, 7, new RunOptions.Logging("WARN", false)));
        assertThat(demo.toString()).doesNotContain("hunter2");
        execute("demo");
        assertThat(demo).isEqualTo(new DemoOptions(20, 10, 25, 10, Profile.ADVANCED, null, 1000, 1, new RunOptions.Logging("WARN", false)));
    }

    @Test
    void benchHandsOverItsRowsAndSimpleIsNeverEncrypted() {
        execute("bench", "--mbps", "2,50", "--aes", "0,128", "--seconds", "3", "--warmup", "1", "--loss", "5", "--delay-ms", "20", "--buffer-ms", "200", "--json", "target/result.json");
        assertThat(status).isZero();
        assertThat(bench).isEqualTo(new BenchOptions(List.of(new BenchOptions.Row(Profile.SIMPLE, 0, 2), new BenchOptions.Row(Profile.SIMPLE, 0, 50), new BenchOptions.Row(Profile.MAIN, 0, 2),
                new BenchOptions.Row(Profile.MAIN, 0, 50), new BenchOptions.Row(Profile.MAIN, 128, 2), new BenchOptions.Row(Profile.MAIN, 128, 50)), 1, 1, 3, 5, 20, 200, null, null, 0, Path.of("target/result.json"), null));
        execute("bench", "--profile", "main", "--mbps", "10");
        assertThat(bench).isEqualTo(new BenchOptions(List.of(new BenchOptions.Row(Profile.MAIN, 0, 10), new BenchOptions.Row(Profile.MAIN, 256, 10)), 1, 8, 8, 0, 0, 1_000, null, null, 0, null, null));
    }

    @Test
    void benchOfManyFlowsHighestRateAndStartLeavesSingleFlowsOutUnlessTheirRatesAreGiven() {
        execute("bench", "--flows", "1,20", "--max-rate", "--start", "--runs", "3");
        BenchOptions.Row two = new BenchOptions.Row(Profile.MAIN, 0, 2), fifty = new BenchOptions.Row(Profile.MAIN, 0, 50);
        assertThat(bench).isEqualTo(new BenchOptions(List.of(), 3, 8, 8, 0, 0, 1_000, new BenchOptions.Flows(List.of(1, 20), two, 20, false), new BenchOptions.Search(fifty, 1_500), 3, null, null));
        execute("bench", "--flows", "5", "--mbps", "10", "--profile", "advanced", "--aes", "256", "--flow-mbps", "4", "--pairs", "0", "--together", "--svg", "target/result.svg");
        assertThat(bench.rows()).containsExactly(new BenchOptions.Row(Profile.ADVANCED, 256, 10));
        assertThat(bench.flows()).isEqualTo(new BenchOptions.Flows(List.of(5), new BenchOptions.Row(Profile.ADVANCED, 256, 4), 0, true));
        assertThat(bench.search()).isNull();
        assertThat(bench.starts()).isZero();
        assertThat(bench.svgFile()).isEqualTo(Path.of("target/result.svg"));
    }

    @Test
    void fullBenchIsEverythingFiveTimes() {
        execute("bench", "--full");
        assertThat(bench.rows()).hasSize(5 * 7).contains(new BenchOptions.Row(Profile.SIMPLE, 0, 2), new BenchOptions.Row(Profile.ADVANCED, 256, 600));
        assertThat(bench.runs()).isEqualTo(5);
        assertThat(bench.flows().counts()).containsExactly(1, 10, 20, 50, 100, 200);
        assertThat(bench.search().row()).isEqualTo(new BenchOptions.Row(Profile.MAIN, 0, 50));
        assertThat(bench.starts()).isEqualTo(5);
        execute("bench", "--full", "--mbps", "10", "--profile", "main", "--runs", "2", "--flows", "10");
        assertThat(bench.rows()).hasSize(2);
        assertThat(bench.runs()).isEqualTo(2);
        assertThat(bench.flows().counts()).containsExactly(10);
        assertThat(bench.starts()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | verb: missing; known: run, demo, bench, version, help; see rist --help
            rnu | rnu: not a verb; did you mean run?
            rist://@:5000?secret=hunter2 | that: not a verb; known: run, demo, bench, version, help
            run | run: nothing to run; give -i URL and -o URL, or -f FILE
            run -i test: | -o: missing; at least one output is needed, such as -o udp://127.0.0.1:6000
            run -o null: | -i: missing; an input is needed, such as -i rist://@:5000
            run -i | --input: missing its value URL; see rist run --help
            run --inptu test: | --inptu: not an option of rist run; did you mean --input?
            run --inptu=rist://a:1?secret=hunter2 | --inptu: not an option of rist run; did you mean --input?
            run rist://@:5000?secret=hunter2 | an argument that belongs to no option; inputs are given by -i URL, outputs by -o URL; see rist run --help
            run -i test: -o null: -f x | -f: excludes -i and -o; put the URLs' settings into the manifest, or leave -f out
            run -f x --name y | --name: belongs to -i and -o; a manifest has metadata.name
            run -i test: -o null: --follow | --follow: belongs to -f FILE; a URL does not change
            run -f - --follow | --follow: needs a file, as standard input is read once; name one with -f FILE
            run -i test: -o null: --drain-seconds 3601 | --drain-seconds: 3601 seconds is not in 0..3600 seconds
            run -f nowhere.yaml | nowhere.yaml: not there
            run -f ../docs/examples/two-flows.yaml --secrets nowhere | --secrets: nowhere is not a directory; it holds a file NAME/KEY for each key of each Secret
            run -i test: -o null: --secrets src | --secrets: belongs to -f FILE; a URL carries its secret itself
            run -i test: -o null: --http 70000 | --http: 70000 is not in 0..65535
            run -i test: -o null: --http ::1:80 | --http: an IPv6 address stands in brackets: [::1]:8968
            run -i test: -o null: --http :80 | --http: a host is missing before the colon; write PORT, 127.0.0.1:PORT, or 0.0.0.0:PORT for every address
            run -i test: -o null: --http a:b | --http: b is not a whole number; 0..65535 are allowed
            run -i test: -o null: --http 80 --no-http | --no-http: excludes --http; give one of them
            run -i test: -o null: --http-control --no-http | --http-control: needs HTTP; leave --no-http out
            run -i test: -o null: --http 80 --http 81 | --http: given twice; give it once
            run -i test: -o null: --log-level loud | --log-level: loud is not one of off, error, warn, info, debug, trace
            run -i test: -o null: --log-format xml | --log-format: xml is not one of text, json
            run -i test: -o null: --stats-json 0 | --stats-json: 0 seconds is not in 1..3600 seconds
            run -i test: -o null: --name Studio | --name: Studio is not a name: 1..63 lower-case letters, digits and hyphens, the first and the last not a hyphen
            run -i rist://@:5000?buffer=0&secret=hunter2 -o null: | input rist://@:5000: buffer: 0 ms is not in 1..30000 ms
            run -i test: -i test: -o null: | --input-policy: missing; two inputs need --input-policy failover or --input-policy merge
            run -i test: -i test: -o null: --input-policy both | --input-policy: both is not one of failover, merge
            run -i test: -o null: --input-policy failover | --input-policy: needs two inputs; give -i twice, or leave it out
            run -f x --input-policy failover | --input-policy: belongs to -i; a manifest has spec.inputPolicy
            demo --loss 91 | --loss: 91 is not in 0..90
            demo --loss ten | --loss: ten is not a number; 0..90 are allowed
            demo --seconds 0 | --seconds: 0 seconds is not in 1..86400 seconds
            demo --delay-ms 2001 | --delay-ms: 2001 ms is not in 0..2000 ms
            demo --profile auto | --profile: auto is not one of simple, main, advanced
            demo --profile simple --secret hunter2 | --secret: the Simple profile has no encryption (TR-06-1); take --profile main or leave --secret out
            demo --no-http=hunter2 | --no-http: not an option of rist demo; known: --seconds, --loss, --delay-ms, --mbps, --profile, --secret, --buffer-ms, --seed, --log-level, -h, --help
            bench --mbps 10,0.1 | --mbps: 0.1 is not in 0.5..2000
            bench --mbps 10, | --mbps: "" is not a number; 0.5..2000 are allowed
            bench --aes 0,192 | --aes: 192 is not one of 0, 128, 256
            bench --profile simple --aes 256 | --aes: the Simple profile has no encryption (TR-06-1); take --profile main or leave --aes out
            bench --profile auto | --profile: auto is not one of simple, main, advanced, both, all
            bench --warmup 601 | --warmup: 601 seconds is not in 0..600 seconds
            bench --json nowhere/result.json | --json: nowhere/result.json is not a file in a directory that is there
            bench --svg nowhere/result.svg | --svg: nowhere/result.svg is not a file in a directory that is there
            bench --flows 10,501 | --flows: 501 flows is not in 1..500 flows
            bench --runs 0 | --runs: 0 times is not in 1..99 times
            bench --max-rate --max-mbps 49 | --max-mbps: 49 is not in 50..2000
            run --no-http=hunter2 | --no-http: its value is not as wanted; No health, metrics and REST.
            """)
    void mistakeIsOneLineAndStatusTwoAndTheHostIsNotBooted(String line, String message) {
        assertThat(execute(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo("rist: " + message + System.lineSeparator());
        assertThat(status).isEqualTo(Launch.USAGE);
        assertThat(asked).isFalse();
        assertThat(run).isNull();
        assertThat(demo).isNull();
        assertThat(bench).isNull();
        assertThat(out.size()).isZero();
        assertThat(message).doesNotContain("hunter2");
    }

    @Test
    void failureWhileRunningIsOneLineAndStatusOne() {
        failure = new IllegalStateException("flow studio: UDP port 5000 is in use; take another one\nand more");
        assertThat(execute("run", "-i", "test:", "-o", "null:")).isEqualTo("rist: flow studio: UDP port 5000 is in use; take another one" + System.lineSeparator());
        assertThat(status).isEqualTo(Launch.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help", "run --help", "demo -h", "bench --help", "version"})
    void helpAndVersionGoToStandardOutput(String line) {
        assertThat(execute(line.split(" "))).isEmpty();
        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("rist").doesNotContain("${").doesNotContain("@|");
    }

    @Test
    void helpNamesEveryVerbAndOption() {
        execute("--help");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(List.of("run", "demo", "bench", "version", "help", "rist run -i rist://@:5000 -o udp://127.0.0.1:6000"));
    }
}
