package io.ristflow.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class LoopsAnswerTest {
    @Test
    void aliveWhileEveryLoopAnswersAndNotOnceOneHangs() {
        var loops = new DefaultEventExecutorGroup(2);
        CountDownLatch hanging = new CountDownLatch(1);
        try {
            assertThat(new LoopsAnswer(loops).call().getStatus()).isEqualTo(Status.UP);
            loops.next().execute(() -> {
                try {
                    hanging.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            HealthCheckResponse dead = new LoopsAnswer(loops).call();
            assertThat(dead.getStatus()).isEqualTo(Status.DOWN);
            assertThat(dead.getData().orElseThrow()).containsEntry("reason", "1 of 2 event loops did not answer within 800 ms");
        } finally {
            hanging.countDown();
            loops.shutdownGracefully();
        }
    }
}
