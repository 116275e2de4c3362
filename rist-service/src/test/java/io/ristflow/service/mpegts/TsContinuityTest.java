package io.ristflow.service.mpegts;

import static io.ristflow.service.mpegts.TsContinuity.Verdict.DUPLICATE;
import static io.ristflow.service.mpegts.TsContinuity.Verdict.ERROR;
import static io.ristflow.service.mpegts.TsContinuity.Verdict.FINE;
import static io.ristflow.service.mpegts.TsContinuity.Verdict.IGNORED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** ISO/IEC 13818-1 §2.4.3.3. */
class TsContinuityTest {
    private final TsContinuity continuity = new TsContinuity();

    private static ByteBuffer packet(int pid, int control, int counter, int adaptationFlags) {
        ByteBuffer b = ByteBuffer.allocate(188);
        b.put(0, (byte) 0x47).putShort(1, (short) pid).put(3, (byte) (control << 4 | counter));
        if ((control & 2) != 0) b.put(4, (byte) 183).put(5, (byte) adaptationFlags);
        return b;
    }

    private TsContinuity.Verdict payload(int counter) {
        return continuity.check(packet(0x100, 1, counter, 0), 0);
    }

    @Test
    void counterRisesAndWrapsAtSixteen() {
        for (int i = 5; i < 60; i++) assertThat(payload(i & 15)).isEqualTo(FINE);
        assertThat(continuity.errors()).isZero();
    }

    @Test
    void gapIsOneErrorAndThenAllIsWellAgain() {
        payload(3);
        assertThat(payload(6)).isEqualTo(ERROR);
        assertThat(payload(7)).isEqualTo(FINE);
        assertThat(continuity.errors(0x100)).isEqualTo(1);
    }

    @Test
    void packetMayComeTwiceButNotThrice() {
        payload(3);
        assertThat(payload(3)).isEqualTo(DUPLICATE);
        assertThat(payload(3)).isEqualTo(ERROR);
        assertThat(payload(4)).isEqualTo(FINE);
        assertThat(payload(4)).isEqualTo(DUPLICATE);
        assertThat(payload(5)).isEqualTo(FINE);
    }

    @Test
    void counterStandsStillOnPacketsWithoutPayload() {
        payload(3);
        assertThat(continuity.check(packet(0x100, 2, 3, 0x10), 0)).isEqualTo(FINE);
        assertThat(continuity.check(packet(0x100, 2, 3, 0x10), 0)).isEqualTo(FINE);
        assertThat(payload(4)).isEqualTo(FINE);
        assertThat(continuity.check(packet(0x100, 2, 5, 0x10), 0)).isEqualTo(ERROR);
    }

    @Test
    void discontinuityIndicatorAllowsAnyValue() {
        payload(3);
        assertThat(continuity.check(packet(0x100, 3, 11, 0x80), 0)).isEqualTo(FINE);
        assertThat(payload(12)).isEqualTo(FINE);
    }

    @Test
    void eachPidCountsForItself() {
        payload(3);
        assertThat(continuity.check(packet(0x101, 1, 9, 0), 0)).isEqualTo(FINE);
        assertThat(payload(4)).isEqualTo(FINE);
    }

    @Test
    void nullPacketsAndDamagedAndReservedOnesSayNothing() {
        payload(3);
        assertThat(continuity.check(packet(0x1FFF, 1, 7, 0), 0)).isEqualTo(IGNORED);
        assertThat(continuity.check(packet(0x8100, 1, 9, 0), 0)).isEqualTo(IGNORED);
        assertThat(continuity.check(packet(0x100, 0, 9, 0), 0)).isEqualTo(IGNORED);
        assertThat(payload(4)).isEqualTo(FINE);
        assertThat(continuity.transportErrors()).isEqualTo(1);
    }
}
