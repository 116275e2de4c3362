package io.ristflow.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import io.ristflow.operator.config.OperatorSettings;
import io.ristflow.operator.dependent.ClusterApis;
import io.ristflow.operator.ports.PortLedger;
import io.ristflow.operator.ports.PortPools;
import io.ristflow.operator.reconcile.Office;
import io.ristflow.operator.reconcile.RistFlowReconciler;
import io.ristflow.operator.reconcile.SecretShape;
import io.ristflow.operator.status.EventRecorder;
import io.ristflow.operator.status.FlowMeters;
import io.ristflow.operator.validate.SpecRules;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time in which this process looks after flows, or stands by to: client, informers, reconciler and lease, all of it made anew. It ends for one of three reasons: the process stops, the lease is lost,
 * or an informer cannot go on.
 */
final class Term implements AutoCloseable {
    /** What outlives a term. {@code identity}: who takes the lease. */
    record Needs(OperatorSettings settings, PortPools pools, SpecRules rules, FlowMeters flows, MeterRegistry meters, Vertx vertx, String identity) {}

    // One that leads notices that it cannot renew, and stops, before another may begin: RENEW, and one request with its repetition, are less than LEASE.
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration RENEW = Duration.ofSeconds(12);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int REQUEST_MS = 8_000;
    private static final int CONNECT_MS = 3_000;
    private static final int REPETITIONS = 1;
    private static final int REPEAT_MS = 200;
    /** First of the pauses in which informers look for an API server that is away; it doubles five times. */
    private static final int RECONNECT_MS = 250;
    private static final Duration SYNC = Duration.ofSeconds(30);
    private static final Duration FINISH = Duration.ofSeconds(3);
    private static final int RECONCILIATIONS = 8;
    private static final int CHILDREN = 12;
    private static final Logger LOG = LoggerFactory.getLogger(Term.class);

    private final Needs needs;
    private final KubernetesClient client;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private RistFlowReconciler reconciler;
    private Operator operator;
    private volatile boolean leading;
    private volatile boolean closing;

    private Term(Needs needs) {
        this.needs = needs;
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder().withAutoConfigure(true)
                        .withConnectionTimeout(CONNECT_MS).withRequestTimeout(REQUEST_MS).withRequestRetryBackoffLimit(REPETITIONS).withRequestRetryBackoffInterval(REPEAT_MS).withWatchReconnectInterval(RECONNECT_MS)
                        .build())
                .withKubernetesSerialization(SecretShape.serialization())
                .withHttpClientFactory(new VertxHttpClientFactory(needs.vertx()))
                .build();
    }

    /**
     * Returns once every informer has seen the cluster.
     *
     * @throws RuntimeException if the API server does not answer, or the operator may not or cannot read something; nothing is left behind
     */
    static Term begin(Needs needs) {
        Term term = new Term(needs);
        try {
            term.begin();
            return term;
        } catch (RuntimeException e) {
            term.close();
            throw e;
        }
    }

    private void begin() {
        Office office = new Office(
                needs.settings(), client, ClusterApis.ask(client), needs.rules(), new PortLedger(needs.pools()), new EventRecorder(client), needs.flows(), needs.meters(), Clock.systemUTC());
        reconciler = new RistFlowReconciler(office);
        operator = new Operator(this::configure);
        Set<String> namespaces = new HashSet<>(needs.settings().namespaces().orElse(List.of()));
        operator.register(reconciler, controller -> {
            if (namespaces.isEmpty()) controller.watchingAllNamespaces();
            else controller.settingNamespaces(namespaces);
        });
        boolean alone = !needs.settings().leaderElection().enabled();
        operator.start();
        if (alone) leading = true;
    }

    private void configure(ConfigurationServiceOverrider configuration) {
        configuration.withKubernetesClient(client).withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(RECONCILIATIONS).withConcurrentWorkflowExecutorThreads(CHILDREN)
                .withCacheSyncTimeout(SYNC).withReconciliationTerminationTimeout(FINISH).withStopOnInformerErrorDuringStartup(true)
                .withDefaultNonSSAResource(Set.of()).withUseSSAToPatchPrimaryResource(true)
                .withMetrics(MicrometerMetricsV2.newBuilder(needs.meters()).build())
                .withInformerStoppedHandler((informer, thrown) -> {
                    if (thrown != null && informer.hasSynced()) end("the informer of " + informer.getApiTypeClass().getSimpleName() + " cannot go on: " + why(thrown));
                });
        if (needs.settings().leaderElection().enabled()) configuration.withLeaderElectionConfiguration(lease());
    }

    private LeaderElectionConfiguration lease() {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(needs.settings().leaderElection().leaseName())
                .withLeaseNamespace(needs.settings().ownNamespace()).withIdentity(needs.identity())
                .withLeaseDuration(LEASE).withRenewDeadline(RENEW).withRetryPeriod(RETRY).withExitOnStopLeading(false)
                .withLeaderCallbacks(new LeaderCallbacks(() -> {
                    leading = true;
                    LOG.info("leading: {} has the lease", needs.identity());
                }, () -> {
                    leading = false;
                    end("the lease is lost");
                }, holder -> LOG.debug("the lease is {}'s", holder)))
                .build();
    }

    private void end(String why) {
        if (!closing) end.complete(why);
    }

    boolean leading() {
        return leading;
    }

    /** Why the cluster is not seen as it is now; empty: it is. */
    Optional<String> trouble() {
        Set<String> blind = new TreeSet<>();
        for (RegisteredController<?> controller : operator.getRuntimeInfo().getRegisteredControllers()) {
            controller.getControllerHealthInfo().informerEventSourceHealthIndicators().forEach((name, source) -> {
                InformerWrappingEventSourceHealthIndicator<?> informers = source;
                if (!informers.informerHealthIndicators().values().stream().allMatch(InformerHealthIndicator::isWatching)) blind.add(name);
            });
        }
        return blind.isEmpty() ? Optional.empty() : Optional.of("the API server does not answer: " + String.join(", ", blind) + " are not seen");
    }

    /** @return why the term is over */
    String awaitEnd() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closing = true;
        boolean led = leading;
        leading = false;
        if (operator != null) operator.stop();
        if (reconciler != null) reconciler.close();
        if (led && needs.settings().leaderElection().enabled() && !end.isDone()) release();
        client.close();
        // The next term registers its own.
        needs.meters().getMeters().stream().filter(meter -> "ristflow".equals(meter.getId().getTag("controller.name"))).forEach(needs.meters()::remove);
    }

    /** Whoever comes next need not wait for the lease to run out. */
    private void release() {
        try {
            Lease lease = client.leases().inNamespace(needs.settings().ownNamespace()).withName(needs.settings().leaderElection().leaseName()).get();
            if (lease == null || !needs.identity().equals(lease.getSpec().getHolderIdentity())) return;
            client.resource(lease).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"resourceVersion\":\"" + lease.getMetadata().getResourceVersion() + "\"},\"spec\":{\"holderIdentity\":null}}");
        } catch (KubernetesClientException e) {
            LOG.info("the lease runs out by itself: {}", why(e));
        }
    }

    /** The innermost reason, in one line. */
    static String why(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) cause = cause.getCause();
        String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
