package io.ristflow.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class EventRecorderTest {
    private static final FlowEvent CONNECTED = FlowEvent.normal("Connected", "input main, path fibre: 198.51.100.9:41210");
    private final List<Event> created = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T16:00:00.500Z");
    private boolean there = true;
    private RuntimeException broken;

    private final EventRecorder.Sink sink = new EventRecorder.Sink() {
        @Override
        public void create(Event event) {
            if (broken != null) throw broken;
            created.add(event);
        }

        @Override
        public boolean count(String namespace, String name, int count, String lastTimestamp) {
            counted.add(namespace + '/' + name + ' ' + count + ' ' + lastTimestamp);
            return there;
        }
    };

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final EventRecorder recorder = new EventRecorder(sink, clock, Runnable::run);

    private static RistFlow flow(String name) {
        RistFlow flow = new RistFlow();
        flow.setMetadata(new ObjectMetaBuilder().withNamespace("live").withName(name).withUid("uid-" + name).withResourceVersion("77").build());
        return flow;
    }

    private void later(Duration by) {
        now = now.plus(by);
    }

    @Test
    void anEventIsOneThatKubectlDescribeFinds() {
        recorder.record(flow("studio-a"), FlowEvent.warning("SecretMissing", "Secret studio-a-key does not exist"));
        Event event = created.getFirst();
        assertThat(event.getInvolvedObject().getKind()).isEqualTo("RistFlow");
        assertThat(event.getInvolvedObject().getApiVersion()).isEqualTo("ristflow.io/v1alpha1");
        assertThat(event.getInvolvedObject().getName()).isEqualTo("studio-a");
        assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid-studio-a");
        assertThat(event.getMetadata().getNamespace()).isEqualTo("live");
        assertThat(event.getMetadata().getName()).startsWith("studio-a.");
        assertThat(event.getType()).isEqualTo("Warning");
        assertThat(event.getReason()).isEqualTo("SecretMissing");
        assertThat(event.getCount()).isEqualTo(1);
        assertThat(event.getFirstTimestamp()).isEqualTo("2026-11-23T16:00:00Z").isEqualTo(event.getLastTimestamp());
        assertThat(event.getSource().getComponent()).isEqualTo("ristflow-operator");
    }

    @Test
    void whatHappensAgainCountsUp() {
        recorder.record(flow("studio-a"), CONNECTED);
        later(Duration.ofMinutes(1));
        recorder.record(flow("studio-a"), CONNECTED);
        later(Duration.ofMinutes(1));
        recorder.record(flow("studio-a"), CONNECTED);
        String name = "live/" + created.getFirst().getMetadata().getName();
        assertThat(created).hasSize(1);
        assertThat(counted).containsExactly(name + " 2 2026-11-23T16:01:00Z", name + " 3 2026-11-23T16:02:00Z");
    }

    @Test
    void whatHappensAgainMuchLaterOrAfterItWasForgottenIsANewEvent() {
        recorder.record(flow("studio-a"), CONNECTED);
        later(Duration.ofHours(1));
        recorder.record(flow("studio-a"), CONNECTED);
        assertThat(created).hasSize(2);
        assertThat(counted).isEmpty();
        there = false;
        recorder.record(flow("studio-a"), CONNECTED);
        assertThat(created).hasSize(3);
        assertThat(created).extracting(e -> e.getMetadata().getName()).doesNotHaveDuplicates();
    }

    @Test
    void otherFlowsReasonsAndMessagesAreOtherEvents() {
        recorder.record(flow("studio-a"), CONNECTED);
        recorder.record(flow("studio-b"), CONNECTED);
        recorder.record(flow("studio-a"), FlowEvent.normal("Connected", "another peer"));
        recorder.record(flow("studio-a"), FlowEvent.warning("Disconnected", CONNECTED.message()));
        assertThat(created).hasSize(4);
    }

    @Test
    void aFlowThatHasTooManyEventsIsHeldBackAndOthersAreNot() {
        for (int i = 0; i < 100; i++) recorder.record(flow("studio-a"), FlowEvent.normal("Connected", "peer " + i));
        assertThat(created).hasSize(EventRecorder.BURST);
        recorder.record(flow("studio-b"), CONNECTED);
        assertThat(created).hasSize(EventRecorder.BURST + 1);
        later(EventRecorder.REFILL.multipliedBy(2));
        for (int i = 0; i < 100; i++) recorder.record(flow("studio-a"), FlowEvent.normal("Connected", "later " + i));
        assertThat(created).hasSize(EventRecorder.BURST + 3);
    }

    @Test
    void anApiServerThatRefusesIsNoFailureAndTheNextEventIsTriedAgain() {
        broken = new IllegalStateException("forbidden");
        recorder.record(flow("studio-a"), CONNECTED);
        broken = null;
        recorder.record(flow("studio-a"), CONNECTED);
        assertThat(created).hasSize(1);
    }

    @Test
    void anEventThatFindsNoRoomIsDropped() {
        EventRecorder full = new EventRecorder(sink, clock, task -> {
            throw new RejectedExecutionException();
        });
        full.record(flow("studio-a"), CONNECTED);
        assertThat(created).isEmpty();
    }

    @Test
    void longNamesAndMessagesAreCutToWhatAnEventMayHold() {
        recorder.record(flow("x".repeat(253)), FlowEvent.normal("Fault", "y".repeat(3000)));
        assertThat(created.getFirst().getMetadata().getName().length()).isLessThanOrEqualTo(253);
        assertThat(created.getFirst().getMessage()).hasSize(1024);
        assertThat(created.getFirst().getInvolvedObject().getName()).hasSize(253);
    }
}
