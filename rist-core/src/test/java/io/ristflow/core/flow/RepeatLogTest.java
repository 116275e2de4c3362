package io.ristflow.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepeatLogTest {
    private final RepeatLog log = new RepeatLog();

    @Test
    void recordRemembersTimeAndCountOfItsPacketAndRequester() {
        note(10, 100, 1);
        note(20, 100, 1);
        int record = log.find(100, 1);
        assertThat(log.lastNs(record)).isEqualTo(20);
        assertThat(log.repeats(record)).isEqualTo(2);
        assertThat(log.find(100, 2)).isNegative();
        assertThat(log.find(101, 1)).isNegative();
    }

    @Test
    void recordsOfForgottenPacketsMakeRoomWithoutGrowth() {
        for (int i = 0; i < 100_000; i++) log.note(log.find(i, 0), i, i, 0, i - 300, 0);
        assertThat(log.capacity()).isEqualTo(512);
        for (int i = 100_000 - 300; i < 100_000; i++) assertThat(log.find(i, 0)).isNotNegative();
    }

    @Test
    void idleRecordsMakeRoomThoughTheirPacketsAreStillHeld() {
        for (int i = 0; i < 100_000; i++) log.note(log.find(i, 0), i, i, 0, 0, i - 300);
        assertThat(log.capacity()).isEqualTo(512);
        for (int i = 100_000 - 300; i < 100_000; i++) assertThat(log.find(i, 0)).isNotNegative();
    }

    @Test
    void tableGrowsForLivePacketsAndLosesNone() {
        for (int i = 0; i < 30_000; i++) note(i, i, i % 3);
        for (int i = 0; i < 30_000; i++) assertThat(log.lastNs(log.find(i, i % 3))).isEqualTo(i);
    }

    @Test
    void tableIsBoundedAndForgetsWhatWasUntouchedForLongest() {
        for (int i = 0; i < 3 * RepeatLog.MAX_RECORDS; i++) note(i, i, 0);
        assertThat(log.capacity()).isEqualTo(RepeatLog.MAX_RECORDS);
        assertThat(log.find(0, 0)).isNegative();
        assertThat(log.find(3 * RepeatLog.MAX_RECORDS - 1, 0)).isNotNegative();
    }

    private void note(long nowNs, long sequence, int requester) {
        log.note(log.find(sequence, requester), nowNs, sequence, requester, 0, 0);
    }
}
