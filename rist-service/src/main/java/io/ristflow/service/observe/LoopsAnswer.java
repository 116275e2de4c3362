package io.ristflow.service.observe;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive: every event loop answers, so every flow's tick runs. What a peer does or does not do never makes a pod dead. */
@Liveness
@ApplicationScoped
public class LoopsAnswer implements HealthCheck {
    static final String NAME = "event-loops";

    /** Below the kubelet's default timeout of a probe, one second. */
    private static final long PATIENCE_MS = 800;

    private final EventExecutorGroup loops;

    @Inject
    public LoopsAnswer(Vertx vertx) {
        this(vertx.nettyEventLoopGroup());
    }

    LoopsAnswer(EventExecutorGroup loops) {
        this.loops = loops;
    }

    @Override
    public HealthCheckResponse call() {
        int count = 0;
        for (EventExecutor ignored : loops) count++;
        CountDownLatch answers = new CountDownLatch(count);
        boolean all;
        try {
            for (EventExecutor loop : loops) loop.execute(answers::countDown);
            all = answers.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            all = false;
        } catch (java.util.concurrent.RejectedExecutionException e) {
            all = false;
        }
        var response = HealthCheckResponse.named(NAME).status(all).withData("loops", count);
        if (!all) response.withData("reason", answers.getCount() + " of " + count + " event loops did not answer within " + PATIENCE_MS + " ms");
        return response.build();
    }
}
