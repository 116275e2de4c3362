package io.ristflow.service;

import io.quarkus.runtime.Quarkus;
import io.ristflow.service.bench.Bench;
import io.ristflow.service.cli.BenchOptions;
import io.ristflow.service.cli.DemoOptions;
import io.ristflow.service.cli.LastWords;
import io.ristflow.service.cli.Launch;
import io.ristflow.service.cli.RunOptions;
import io.ristflow.service.config.HttpAddress;

/** Boots Quarkus with the settings of the command line and lets {@link App} do the work. */
final class QuarkusLaunch implements Launch {
    @Override
    public int run(RunOptions options) {
        logging(options.logging());
        if (options.http() == null) {
            noHttp();
        } else {
            String obstacle = options.http().explicit() ? options.http().obstacle() : null;
            if (obstacle != null) {
                LastWords.say(System.err, obstacle);
                return FAILED;
            }
            System.setProperty("quarkus.http.host", options.http().host());
            System.setProperty("quarkus.http.port", Integer.toString(port(options.http())));
            System.setProperty("ristflow.http.control", Boolean.toString(options.httpControl()));
        }
        return boot(new App.Job.Run(options), options.http());
    }

    @Override
    public int demo(DemoOptions options) {
        logging(options.logging());
        noHttp();
        return boot(new App.Job.Show(options), null);
    }

    /** Without Quarkus: the flows under test run in other processes, and this one should weigh as little as it can. */
    @Override
    public int bench(BenchOptions options) {
        try {
            return Bench.ofThisMachine(System.out, System.err).run(options);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    /** The port asked for; of the default one the first process of this machine is the owner, while it lives, and all others take what the system gives (0). */
    private static int port(HttpAddress http) {
        if (http.explicit()) return http.port();
        return DefaultPortLock.acquire(http.port()) && http.available().port() == http.port() ? http.port() : 0;
    }

    private static void noHttp() {
        System.setProperty("quarkus.http.host-enabled", "false");
    }

    private static void logging(RunOptions.Logging logging) {
        System.setProperty("quarkus.log.level", logging.level());
        if (logging.json()) System.setProperty("quarkus.log.console.json.enabled", "true");
    }

    private static int boot(App.Job job, HttpAddress http) {
        App.job = job;
        int[] status = {OK};
        Quarkus.run(App.class, (code, failure) -> {
            if (failure != null) {
                String message = rootMessage(failure);
                // Taken by another program between our look and Quarkus' bind.
                LastWords.say(System.err, http != null && message.startsWith("bind(") ? http.refusal(message) : message);
                status[0] = FAILED;
            } else {
                status[0] = code;
            }
        });
        return status[0];
    }

    /** The innermost cause says what really hindered ("port 8968 is in use"); the rest is the way through the framework. */
    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) root = root.getCause();
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message.lines().findFirst().orElse("");
    }
}
