package io.ristflow.operator;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import io.ristflow.operator.config.OperatorSettings;
import io.ristflow.operator.dependent.Child;
import io.ristflow.operator.dependent.ClusterApis;
import io.ristflow.operator.ports.PortLedger;
import io.ristflow.operator.ports.PortPools;
import io.ristflow.operator.reconcile.Office;
import io.ristflow.operator.reconcile.RistFlowReconciler;
import io.ristflow.operator.reconcile.SecretShape;
import io.ristflow.operator.status.EventRecorder;
import io.ristflow.operator.status.FlowMeters;
import io.ristflow.operator.text.Texts;
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

/**
 * A time in which this process looks after flows, or stands by to: client, informers, reconciler and lease, all of it made anew. It ends for one of three reasons: the process stops, the lease is lost,
 * or an informer cannot go on.
 */
final class Term implements AutoCloseable {
    /** What outlives a term. {@code identity}: who takes the lease. */
    record Needs(OperatorSettings settings, PortPools pools, SpecRules rules, FlowMeters flows, MeterRegistry meters, Vertx vertx, String identity) {}

    static final String STARTING = "starting";
    private static final int REQUEST_MS = 8_000;
    private static final int CONNECT_MS = 3_000;
    private static final int REPETITIONS = 1;
    private static final int REPEAT_MS = 200;
    /** First of the pauses in which informers look for an API server that is away; it doubles five times. */
    private static final int RECONNECT_MS = 100;
    private static final Duration SYNC = Duration.ofSeconds(30);
    private static final Duration FINISH = Duration.ofSeconds(3);
    private static final int RECONCILIATIONS = 16;
    private static final int CHILDREN = 24;

    private final Needs needs;
    private final KubernetesClient client;
    private final Lead lead;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private RistFlowReconciler reconciler;
    private Operator operator;
    private volatile boolean working;
    private volatile boolean closing;

    Term(Needs needs) {
        this.needs = needs;
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder().withAutoConfigure(true)
                        .withConnectionTimeout(CONNECT_MS).withRequestTimeout(REQUEST_MS).withRequestRetryBackoffLimit(REPETITIONS).withRequestRetryBackoffInterval(REPEAT_MS).withWatchReconnectInterval(RECONNECT_MS)
                        .build())
                .withKubernetesSerialization(SecretShape.serialization())
                .withHttpClientFactory(new VertxHttpClientFactory(needs.vertx()))
                .build();
        lead = needs.settings().leaderElection().enabled() ? new Lead(client, needs.settings().ownNamespace(), needs.settings().leaderElection().leaseName(), needs.identity()) : null;
    }

    /** Returns when this process is the one that acts, or the term has ended. */
    void awaitLead() throws InterruptedException {
        if (lead == null) return;
        lead.lost().thenRun(() -> end("the lease is lost"));
        lead.seek();
        try {
            CompletableFuture.anyOf(lead.won(), end).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns once every informer has seen the cluster.
     *
     * @throws RuntimeException if the API server does not answer, or the operator may not or cannot read something
     */
    void work() {
        Office office = new Office(
                needs.settings(), client, ClusterApis.ask(client), needs.rules(), new PortLedger(needs.pools()), new EventRecorder(client), needs.flows(), needs.meters(), Clock.systemUTC());
        reconciler = new RistFlowReconciler(office);
        operator = new Operator(this::configure);
        Set<String> namespaces = new HashSet<>(needs.settings().namespaces().orElse(List.of()));
        operator.register(reconciler, controller -> {
            controller.withInformerListLimit(Child.LIST_LIMIT);
            if (namespaces.isEmpty()) controller.watchingAllNamespaces();
            else controller.settingNamespaces(namespaces);
        });
        operator.start();
        working = true;
    }

    private void configure(ConfigurationServiceOverrider configuration) {
        configuration.withKubernetesClient(client).withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(RECONCILIATIONS).withConcurrentWorkflowExecutorThreads(CHILDREN)
                .withCacheSyncTimeout(SYNC).withReconciliationTerminationTimeout(FINISH).withStopOnInformerErrorDuringStartup(true)
                .withDefaultNonSSAResource(Set.of()).withUseSSAToPatchPrimaryResource(true)
                .withMetrics(MicrometerMetricsV2.newBuilder(needs.meters()).withNamespaceAsTag().build())
                .withInformerStoppedHandler((informer, thrown) -> {
                    if (thrown != null && informer.hasSynced()) end("the informer of " + informer.getApiTypeClass().getSimpleName() + " cannot go on: " + why(thrown));
                });
    }

    private void end(String why) {
        if (!closing) end.complete(why);
    }

    boolean leading() {
        return working && (lead == null || lead.held());
    }

    /** Why the cluster is not seen as it is now; empty: it is. */
    Optional<String> trouble() {
        if (!working) return lead == null || lead.held() ? Optional.of(STARTING) : lead.trouble();
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
        working = false;
        if (reconciler != null) reconciler.stopping();
        if (operator != null) operator.stop();
        if (reconciler != null) reconciler.close();
        if (lead != null) lead.close();
        client.close();
        // The next term registers its own.
        needs.meters().getMeters().stream().filter(meter -> "ristflow".equals(meter.getId().getTag("controller.name"))).forEach(needs.meters()::remove);
    }

    /** The innermost reason, in one line. */
    static String why(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) cause = cause.getCause();
        return Texts.oneLine(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }
}
