package io.ristflow.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.service.observe.Sampler.Interval;
import io.ristflow.service.runtime.FlowSnapshot;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final long SECOND = 1_000_000_000L;
    /** What the studio's input has counted at first. */
    private static final Loss.Count ALL = new Loss.Count(1_000, 106, 105);

    private final FakeFlows flows = new FakeFlows();
    private final Sampler sampler = new Sampler(flows, new SessionLog());

    @Test
    void anIntervalIsBetweenTheLastTwoLooks() {
        FlowSnapshot first = Snapshots.studio(0);
        FlowSnapshot second = Snapshots.studio(10);
        flows.are(first);
        sampler.sample(5 * SECOND);
        assertThat(sampler.interval("studio-a")).contains(new Interval(null, first, 0, Map.of("main", new Loss(0, ALL, ALL))));
        flows.are(second);
        sampler.sample(6 * SECOND);
        assertThat(sampler.interval("studio-a")).contains(new Interval(first, second, SECOND, Map.of("main", new Loss(SECOND, new Loss.Count(10, 10, 10), new Loss.Count(1_010, 116, 115)))));
    }

    @Test
    void aFlowThatIsGoneIsForgotten() {
        flows.are(Snapshots.studio(0));
        sampler.sample(SECOND);
        flows.are();
        sampler.sample(2 * SECOND);
        assertThat(sampler.interval("studio-a")).isEmpty();
    }

    @Test
    void aNewFlowOfTheSameNameBeginsAnew() {
        FlowSnapshot old = Snapshots.studio(0);
        flows.are(old);
        sampler.sample(SECOND);
        FlowSnapshot another = new FlowSnapshot(old.id() + 1, old.name(), old.state(), old.startedAt(), null, old.degraded(), old.inputs(), old.outputs());
        flows.are(another);
        sampler.sample(2 * SECOND);
        assertThat(sampler.interval("studio-a")).contains(new Interval(null, another, 0, Map.of("main", new Loss(0, ALL, ALL))));
    }

    @Test
    void thePayloadBitRateOfAPlainInputIsThatOfTheLastInterval() {
        flows.are(Snapshots.contribution(1_000));
        sampler.sample(SECOND);
        FlowSnapshot now = Snapshots.contribution(251_000);
        assertThat(Aggregates.payloadBitrateBps(now, sampler.interval("contribution").orElse(null))).as("one look only").isZero();
        flows.are(now);
        sampler.sample(3 * SECOND);
        assertThat(Aggregates.payloadBitrateBps(now, sampler.interval("contribution").orElse(null))).as("250,000 bytes in 2 s").isEqualTo(1_000_000);
    }
}
