package io.ristflow.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowMemoryTest {
    private static final String SELF = "ristflow/ristflow-operator";
    private static final String OTHER = "live/ristflow-operator";

    @Test
    void anOperatorThatBeginsTakesOverFromWhoeverWasThere() {
        FlowMemory memory = new FlowMemory();
        assertThat(memory.rival(OTHER, SELF)).isNull();
        assertThat(memory.rival(SELF, SELF)).as("applied").isNull();
    }

    @Test
    void oneWhoseFlowIsTakenOverLeavesItAlone() {
        FlowMemory memory = new FlowMemory();
        assertThat(memory.rival(null, SELF)).as("nothing is made yet").isNull();
        assertThat(memory.rival(SELF, SELF)).isNull();
        assertThat(memory.rival(OTHER, SELF)).isEqualTo(OTHER);
        assertThat(memory.rival(OTHER, SELF)).isEqualTo(OTHER);
        assertThat(memory.rival()).isEqualTo(OTHER);
    }

    @Test
    void whatIsOursAgainOrGoneIsLookedAfter() {
        FlowMemory memory = new FlowMemory();
        memory.rival(SELF, SELF);
        memory.rival(OTHER, SELF);
        assertThat(memory.rival(null, SELF)).as("somebody deleted it").isNull();
        assertThat(memory.rival(SELF, SELF)).isNull();
        assertThat(memory.rival()).isNull();
    }
}
