package io.ristflow.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PodReportsTest {
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration STATISTICS = Duration.ofSeconds(10);
    private final AtomicLong nowMs = new AtomicLong(1_000_000);
    private final List<Pod> pods = new CopyOnWriteArrayList<>();
    private final List<ResourceID> woken = new CopyOnWriteArrayList<>();
    private final List<MediaPod> asked = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Optional<PodReport> answer = Optional.of(Told.waiting());
    private PodReports reports;

    private static final RistFlow FLOW = flow();

    private static RistFlow flow() {
        RistFlow flow = new RistFlow();
        flow.setMetadata(new ObjectMetaBuilder().withNamespace("live").withName("studio-a").build());
        return flow;
    }

    @BeforeEach
    void sources() {
        reports = new PodReports(pod -> {
            asked.add(pod);
            return answer.map(report -> new Sample(report, Map.of()));
        }, pods::stream, POLL, STATISTICS, meters, nowMs::get, Runnable::run);
        reports.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID()));
    }

    @AfterEach
    void end() {
        reports.close();
    }

    /** The source's own clock is stopped: the test is its only tick. */
    private void begin() {
        reports.start();
        reports.stopTicking();
        woken.clear();
        asked.clear();
    }

    private void tick(long afterMs) {
        nowMs.addAndGet(afterMs);
        reports.tick();
    }

    private void running(int restarts, boolean ready) {
        pods.clear();
        pods.add(Pods.running(Told.POD, Told.UID, "10.0.0.7", 8080, restarts, ready));
    }

    @Test
    void aPodThatAppearsIsAskedAtOnceAndItsFlowWoken() {
        begin();
        running(0, true);
        tick(0);
        assertThat(woken).containsExactly(new ResourceID("studio-a", "live"));
        assertThat(reports.reports(FLOW)).containsExactly(Told.waiting());
        assertThat(reports.getSecondaryResources(FLOW)).containsExactly(Told.waiting());
    }

    @Test
    void aPodIsAskedOncePerIntervalAndWakesNobodyWhileNothingChanges() {
        begin();
        running(0, true);
        for (int i = 0; i < 81; i++) tick(250);
        assertThat(asked).hasSize(11);
        assertThat(woken).hasSize(1);
        assertThat(meters.counter("ristflow.operator.pod.polls").count()).isEqualTo(11);
        assertThat(meters.counter("ristflow.operator.pod.poll.failures").count()).isZero();
    }

    @Test
    void aPeerThatComesWakesTheFlowAtTheNextPoll() {
        begin();
        running(0, true);
        tick(0);
        answer = Optional.of(Told.streaming(5_000_000));
        tick(2000);
        assertThat(woken).hasSize(2);
        assertThat(reports.reports(FLOW)).containsExactly(Told.streaming(5_000_000));
    }

    @Test
    void aContainerStartedAnewMakesTheOldReportVoidThoughTheAddressStays() {
        begin();
        running(0, true);
        answer = Optional.of(Told.streaming(5_000_000));
        tick(0);
        running(1, false);
        answer = Optional.empty();
        tick(250);
        assertThat(reports.reports(FLOW)).isEmpty();
        assertThat(woken).hasSize(2);
        running(1, true);
        answer = Optional.of(Told.waiting());
        tick(250);
        assertThat(reports.reports(FLOW)).containsExactly(Told.waiting());
        assertThat(woken).hasSize(3);
    }

    @Test
    void aPodThatIsGoneTakesItsReportAlongAndWakesTheFlow() {
        begin();
        running(0, true);
        tick(0);
        pods.clear();
        tick(250);
        assertThat(reports.reports(FLOW)).isEmpty();
        assertThat(woken).hasSize(2);
    }

    @Test
    void aPodThatStartsIsAskedMoreOftenAndMayBeSilentForAsLongAsItLikes() {
        begin();
        running(0, false);
        answer = Optional.empty();
        for (int i = 0; i < 40; i++) tick(250);
        assertThat(asked).hasSize(20);
        assertThat(reports.reports(FLOW)).isEmpty();
        assertThat(woken).isEmpty();
        running(0, true);
        answer = Optional.of(Told.waiting());
        tick(250);
        assertThat(reports.reports(FLOW)).as("ready: asked at once").containsExactly(Told.waiting());
    }

    @Test
    void aReadyPodThatDoesNotAnswerIsUnreachableAfterThreePolls() {
        begin();
        running(0, true);
        answer = Optional.of(Told.streaming(5_000_000));
        tick(0);
        answer = Optional.empty();
        tick(2000);
        tick(2000);
        assertThat(reports.reports(FLOW)).containsExactly(Told.streaming(5_000_000));
        tick(2000);
        assertThat(reports.reports(FLOW)).containsExactly(Told.unreachable());
        assertThat(woken).hasSize(2);
        assertThat(meters.counter("ristflow.operator.pod.poll.failures").count()).isEqualTo(3);
    }

    @Test
    void aPodThatHasAnsweredAndHangsIsUnreachableThoughItIsNotReadyAnyMore() {
        begin();
        running(0, true);
        tick(0);
        running(0, false);
        answer = Optional.empty();
        for (int i = 0; i < 3; i++) tick(2000);
        assertThat(reports.reports(FLOW)).containsExactly(Told.unreachable());
    }

    @Test
    void anotherFlowsPodIsNotThisFlows() {
        begin();
        running(0, true);
        tick(0);
        RistFlow other = new RistFlow();
        other.setMetadata(new ObjectMetaBuilder().withNamespace("other").withName("studio-a").build());
        assertThat(reports.reports(other)).isEmpty();
    }

    @Test
    void oneHundredPodsThatHangHoldUpNobody() {
        CountDownLatch over = new CountDownLatch(1);
        for (int i = 0; i < 100; i++) pods.add(Pods.running("hung-" + i, "hung-" + i, "10.0.1." + i, 8080, 0, true));
        running(pods, 0);
        try (PodReports real = new PodReports(pod -> {
            if (pod.name().startsWith("hung")) hang(over);
            return Optional.of(new Sample(Told.waiting(), Map.of()));
        }, pods::stream, Duration.ofMillis(100), STATISTICS, meters, () -> System.nanoTime() / 1_000_000, null)) {
            real.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID()));
            real.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> real.reports(FLOW).equals(List.of(Told.waiting())));
            assertThat(woken).containsExactly(new ResourceID("studio-a", "live"));
        } finally {
            over.countDown();
        }
    }

    private static void running(List<Pod> pods, int restarts) {
        pods.add(Pods.running(Told.POD, Told.UID, "10.0.0.7", 8080, restarts, true));
    }

    private static void hang(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
