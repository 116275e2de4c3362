package io.ristflow.operator;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.ristflow.operator.config.OperatorSettings;
import io.ristflow.operator.ports.PortPools;
import io.ristflow.operator.status.FlowMeters;
import io.ristflow.operator.validate.SpecRules;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the operator at work: one {@link Term} after another. A term ends when its lease is lost or an informer cannot go on, and the next begins with nothing of the last in memory. While the API
 * server is away none begins; the process stays, says so in its readiness, and tries again.
 */
@ApplicationScoped
public class Keeper {
    private static final long PAUSE_MS = 2_000;
    private static final long STOP_MS = 15_000;
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final OperatorSettings settings;
    private final MeterRegistry meters;
    private final Vertx vertx;
    /** The pod's name, so that a container that is started again need not wait for the lease of its own earlier life. */
    private final String identity = Optional.ofNullable(System.getenv("HOSTNAME")).filter(name -> !name.isBlank()).orElseGet(() -> "ristflow-operator-" + UUID.randomUUID());
    private volatile Term term;
    private volatile String trouble = Term.STARTING;
    private volatile boolean stopping;
    private Thread thread;

    @Inject
    public Keeper(OperatorSettings settings, MeterRegistry meters, Vertx vertx) {
        this.settings = settings;
        this.meters = meters;
        this.vertx = vertx;
    }

    /** @throws IllegalArgumentException for a setting that cannot be, naming setting, value and form */
    void start() {
        PortPools pools = PortPools.of(settings);
        SpecRules rules = SpecRules.load();
        FlowMeters flows = new FlowMeters(meters);
        Gauge.builder("ristflow.operator.leading", this, keeper -> keeper.leading() ? 1 : 0).description("Whether this process is the one that acts.").register(meters);
        thread = Thread.ofPlatform().name("keeper").start(() -> keep(new Term.Needs(settings, pools, rules, flows, meters, vertx, identity)));
    }

    /** Told while the connection to the API server still stands. */
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        if (thread == null) return;
        thread.interrupt();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean alive() {
        return thread != null && thread.isAlive();
    }

    boolean leading() {
        Term now = term;
        return now != null && now.leading();
    }

    /** Why the cluster is not seen as it is now; empty: it is. */
    Optional<String> trouble() {
        Term now = term;
        if (now == null) return Optional.of(trouble);
        // A beginning that failed before is told until one succeeds.
        return now.trouble().map(why -> why.equals(Term.STARTING) ? trouble : why);
    }

    private void keep(Term.Needs needs) {
        String told = "";
        while (!stopping) {
            try (Term begun = new Term(needs)) {
                term = begun;
                begun.awaitLead();
                begun.work();
                told = "";
                trouble = Term.STARTING;
                LOG.info("at work as {}", identity);
                String end = begun.awaitEnd();
                if (!stopping) LOG.warn("{}; beginning anew", end);
                trouble = end;
            } catch (InterruptedException e) {
                stopping = true;
            } catch (RuntimeException e) {
                trouble = Term.why(e);
                // Once for each reason, not for each attempt.
                if (!trouble.equals(told)) LOG.warn("cannot begin: {}; trying every {} s", trouble, PAUSE_MS / 1_000);
                LOG.debug("cannot begin", e);
                told = trouble;
            } finally {
                term = null;
            }
            pause();
        }
    }

    private void pause() {
        if (stopping) return;
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            stopping = true;
        }
    }
}
