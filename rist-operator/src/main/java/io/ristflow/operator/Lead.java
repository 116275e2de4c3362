package io.ristflow.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectorBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease that one of several operators has. The framework's own election ends the process when the lease is lost, and so whenever the API server is away for long; here a {@link Term} ends.
 */
final class Lead implements AutoCloseable {
    // One that leads notices that it cannot renew, and stops, before another may begin: RENEW, and one request with its repetition, are less than LEASE.
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration RENEW = Duration.ofSeconds(12);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Lead.class);

    private final KubernetesClient client;
    private final Seen lock;
    private final ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("lease-", 0).factory());
    private final CompletableFuture<Void> won = new CompletableFuture<>();
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private CompletableFuture<?> election;

    /** A lock that remembers what the API server last said of it. */
    private static final class Seen extends LeaseLock {
        private final String namespace;
        private final String name;
        private volatile String failure = "";

        Seen(String namespace, String name, String identity) {
            super(namespace, name, identity);
            this.namespace = namespace;
            this.name = name;
        }

        @Override
        public synchronized LeaderElectionRecord get(KubernetesClient client) {
            return noting(() -> super.get(client));
        }

        @Override
        public synchronized void create(KubernetesClient client, LeaderElectionRecord record) {
            noting(() -> {
                super.create(client, record);
                return record;
            });
        }

        @Override
        public synchronized void update(KubernetesClient client, LeaderElectionRecord record) {
            noting(() -> {
                super.update(client, record);
                return record;
            });
        }

        private LeaderElectionRecord noting(Supplier<LeaderElectionRecord> call) {
            try {
                LeaderElectionRecord answer = call.get();
                failure = "";
                return answer;
            } catch (KubernetesClientException e) {
                // Somebody was quicker: that is what a lock is for.
                failure = e.getCode() == HttpURLConnection.HTTP_CONFLICT ? "" : Term.why(e);
                throw e;
            }
        }
    }

    /** @param identity who takes the lease; the same one takes it again without waiting */
    Lead(KubernetesClient client, String namespace, String lease, String identity) {
        this.client = client;
        lock = new Seen(namespace, lease, identity);
    }

    void seek() {
        LeaderCallbacks callbacks = new LeaderCallbacks(() -> won.complete(null), () -> lost.complete(null), holder -> LOG.debug("the lease is {}'s", holder));
        election = new LeaderElectorBuilder(client, threads).withConfig(new LeaderElectionConfig(lock, LEASE, RENEW, RETRY, callbacks, false, lock.name)).build().start();
    }

    /** Done when this process has the lease. */
    CompletableFuture<Void> won() {
        return won;
    }

    /** Done when it has had it and has it no more. */
    CompletableFuture<Void> lost() {
        return lost;
    }

    boolean held() {
        return won.isDone() && !lost.isDone();
    }

    /** Why it is not known who has the lease; empty: it is known. */
    Optional<String> trouble() {
        return lock.failure.isEmpty() ? Optional.empty() : Optional.of("the lease " + lock.namespace + "/" + lock.name + " cannot be had: " + lock.failure);
    }

    /** Gives the lease back, so that whoever comes next need not wait for it to run out. */
    @Override
    public void close() {
        boolean had = held();
        if (election != null) election.cancel(false);
        threads.shutdown();
        if (!had) return;
        try {
            Lease lease = client.leases().inNamespace(lock.namespace).withName(lock.name).get();
            if (lease == null || !lock.identity().equals(lease.getSpec().getHolderIdentity())) return;
            client.resource(lease).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"resourceVersion\":\"" + lease.getMetadata().getResourceVersion() + "\"},\"spec\":{\"holderIdentity\":null}}");
        } catch (KubernetesClientException e) {
            LOG.info("the lease runs out by itself: {}", Term.why(e));
        }
    }
}
