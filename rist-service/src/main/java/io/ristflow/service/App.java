package io.ristflow.service;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.ristflow.core.config.ConfigException;
import io.ristflow.service.cli.DemoOptions;
import io.ristflow.service.cli.LastWords;
import io.ristflow.service.cli.Launch;
import io.ristflow.service.cli.RunOptions;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.demo.Demo;
import io.ristflow.service.net.PortException;
import io.ristflow.service.net.PortStats;
import io.ristflow.service.observe.StatsPrinter;
import io.ristflow.service.runtime.DocumentBoard;
import io.ristflow.service.runtime.DocumentWatch;
import io.ristflow.service.runtime.DrainLimit;
import io.ristflow.service.runtime.FlowRegistry;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.Flows;
import io.ristflow.service.runtime.KeyWatch;
import io.ristflow.service.runtime.LiveFlows;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import sun.misc.Signal;

/** What runs inside Quarkus once everything that a user wrote has been understood: the flows of {@code run}, or the demo. */
public final class App implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger("ristflow.app");
    /** Between two looks whether all is over: where an input may end by itself, and where only a flow may fail. */
    private static final long END_CHECK_MS = 200;
    private static final long FAILURE_CHECK_MS = 1_000;

    /** What to do; set by the door before Quarkus starts, which makes this object by itself. */
    sealed interface Job {
        record Run(RunOptions options) implements Job {}

        record Show(DemoOptions demo) implements Job {}
    }

    static volatile Job job;
    private static final AtomicBoolean ENDING = new AtomicBoolean();

    @Inject
    FlowRegistry flows;

    @Inject
    DocumentBoard documents;

    @Inject
    StatsPrinter statsPrinter;

    @Override
    public int run(String... args) throws InterruptedException {
        try {
            return switch (job) {
                case Job.Run run -> run(run);
                case Job.Show show -> new Demo(flows, System.out).run(show.demo());
            };
        } catch (ConfigException | PortException e) {
            LastWords.say(System.err, e.getMessage());
            return Launch.FAILED;
        }
    }

    private static boolean mayEnd(List<FlowSpec> flows) {
        for (FlowSpec flow : flows) for (FlowSpec.Named input : flow.inputs()) if (input.endpoint() instanceof Endpoint.File || input.endpoint() instanceof Endpoint.Pipe) return true;
        return false;
    }

    /** Null if the document is not followed. */
    private DocumentWatch follow(RunOptions options, KeyWatch keys) {
        if (options.follow() == null) return null;
        DocumentWatch watch = new DocumentWatch(options.follow(), options.manifest(), new LiveFlows(flows, keys), documents);
        watch.start();
        return watch;
    }

    private int run(Job.Run run) {
        endOnSignals();
        if (run.options().drainSeconds() != RunOptions.DRAIN_DEFAULT) flows.drainLimit(DrainLimit.ofSeconds(run.options().drainSeconds()));
        try {
            flows.startAll(run.options().flows());
            documents.started(run.options().manifest().documents());
        } catch (RuntimeException e) {
            flows.drainAll();
            throw e;
        }
        // Told after the start, so that a start that failed leaves one line, which says why.
        reportTransport();
        if (run.options().http() != null) LOG.infof("health, metrics and REST: http://%s:%d", run.options().http().host(), httpPort());
        for (String notice : run.options().manifest().notices()) LOG.info(notice);
        for (FlowSpec spec : run.options().flows()) report(spec);
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ristflow-watch").factory());
        watch.scheduleWithFixedDelay(() -> {
            try {
                if (flows.allEnded() && !(run.options().follow() != null && flows.snapshots().isEmpty())) Quarkus.asyncExit();
            } catch (RuntimeException e) {
                // A loop that did not answer in time: the next look tells more, and thrown from here there would be none.
                LOG.warn(e.getMessage());
            }
        }, END_CHECK_MS, mayEnd(run.options().flows()) ? END_CHECK_MS : FAILURE_CHECK_MS, TimeUnit.MILLISECONDS);
        if (run.options().statsJsonSeconds() > 0) statsPrinter.start(run.options().statsJsonSeconds());
        KeyWatch keys = new KeyWatch(run.options().manifest().keys(), flows::replacePassphrase);
        keys.start();
        if (Training.wanted() && run.options().http() != null) Training.start(httpPort());
        DocumentWatch document = follow(run.options(), keys);
        Quarkus.waitForExit();
        if (document != null) document.close();
        keys.close();
        watch.shutdownNow();
        List<String> failures = flows.snapshots().stream().flatMap(flow -> failures(flow).stream()).toList();
        flows.drainAll();
        for (String failure : failures) LastWords.say(System.err, failure);
        return failures.isEmpty() ? Launch.OK : Launch.FAILED;
    }

    /**
     * SIGTERM and Ctrl-C end a run in good order, with its own exit status: left to the JVM the drain would run beside the shutdown hooks of everything that it needs, and end in status 143. A second
     * one ends at once. A signal that the parent had ignored (nohup) stays ignored.
     */
    private void endOnSignals() {
        for (String name : List.of("TERM", "INT")) {
            Signal.handle(new Signal(name), signal -> {
                if (ENDING.getAndSet(true)) Runtime.getRuntime().halt(128 + signal.getNumber());
                // Readiness is DOWN from here on, before anything else comes to know of the end
                flows.announceEnd();
                Quarkus.asyncExit();
            });
        }
    }

    /** A defect of ours, or an input that broke off: what was asked for did not get done. */
    private static List<String> failures(FlowSnapshot flow) {
        List<String> failures = new ArrayList<>();
        if (flow.state() == FlowSnapshot.State.FAILED) failures.add("flow " + flow.name() + ": " + flow.failure());
        for (FlowSnapshot.InputView input : flow.inputs()) {
            if (input.media() != null && input.media().state().startsWith("failed")) failures.add("flow " + flow.name() + ": input " + input.name() + " " + input.media().state());
        }
        return failures;
    }

    private void report(FlowSpec spec) {
        FlowSnapshot snapshot = flows.snapshot(spec.name()).orElseThrow();
        LOG.infof("flow %s: %s -> %s", spec.name(), urls(spec.inputs()), urls(spec.outputs()));
        for (FlowSnapshot.InputView input : snapshot.inputs()) if (input.rist() != null) reportBuffers("input " + input.name(), input.rist().ports());
        for (FlowSnapshot.OutputView output : snapshot.outputs()) if (output.rist() != null) reportBuffers("output " + output.name(), output.rist().ports());
    }

    private static String urls(List<FlowSpec.Named> ends) {
        return String.join(", ", ends.stream().map(FlowSpec.Named::endpoint).map(Endpoint::url).toList());
    }

    /** Quarkus writes the port that it was given by the system back into the configuration. */
    private static int httpPort() {
        return ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    }

    private void reportTransport() {
        Flows.Transport transport = flows.transport();
        if (transport.nativeTransport()) LOG.infof("datagrams: native transport (%s)", transport.reason());
        else LOG.warnf("datagrams: portable transport, at most some 20 Mb/s: %s", transport.reason());
    }

    /** Once a flow: a receive buffer that the kernel cut short loses packets before anybody can count them. */
    private static void reportBuffers(String where, List<PortStats> ports) {
        for (PortStats port : ports) {
            if (port.receiveBufferBytes() == 0 || port.receiveBufferBytes() >= port.receiveBufferWantedBytes()) continue;
            LOG.warnf("%s: the kernel gave a receive buffer of %d bytes where %d were asked for; raise it with: sysctl -w net.core.rmem_max=%d",
                    where, port.receiveBufferBytes(), port.receiveBufferWantedBytes(), port.receiveBufferWantedBytes());
            return;
        }
    }
}
