package io.ristflow.service.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ristflow.service.mpegts.Stamp;
import io.ristflow.service.mpegts.TestSignal;
import io.ristflow.service.mpegts.Ts;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamCheckerTest {
    private final StreamChecker checker = new StreamChecker("check:");
    private final List<byte[]> signal = Collected.signal(1_000, 1316, 0.2).payloads;

    private void write(byte[] payload) {
        checker.write(0, 0, 0, ByteBuffer.wrap(payload));
    }

    @Test
    void wholeSignalIsClean() {
        signal.forEach(this::write);
        assertThat(checker.report().clean()).isTrue();
        assertThat(checker.report().stamps()).isEqualTo(1_000);
    }

    @Test
    void nothingAtAllIsNotClean() {
        assertThat(checker.report().clean()).isFalse();
    }

    @Test
    void lostPayloadsAreCountedAndBreakContinuity() {
        for (int i = 0; i < 1_000; i++) if (i != 100 && i != 500 && i != 501) write(signal.get(i));
        assertThat(checker.report().lost()).isEqualTo(3);
        assertThat(checker.report().continuityErrors()).isGreaterThanOrEqualTo(2);
        assertThat(checker.continuityErrors(Stamp.PID)).isEqualTo(2);
        assertThat(checker.report().corrupted()).as("what is lost is not called damaged").isZero();
    }

    @Test
    void repeatedPayloadIsCountedOnceAsDuplicate() {
        for (int i = 0; i < 1_000; i++) {
            write(signal.get(i));
            if (i == 400) write(signal.get(i));
        }
        assertThat(checker.report().duplicated()).isEqualTo(1);
        assertThat(checker.report().lost()).isZero();
        assertThat(checker.report().corrupted()).isZero();
    }

    @Test
    void swappedPayloadsAreOutOfOrderAndNotLost() {
        for (int i = 0; i < 1_000; i++) write(signal.get(i == 300 ? 301 : i == 301 ? 300 : i));
        assertThat(checker.report().outOfOrder()).isEqualTo(1);
        assertThat(checker.report().lost()).isZero();
        assertThat(checker.report().duplicated()).isZero();
    }

    @Test
    void oneFlippedBitAnywhereButInANullPacketIsFound() {
        for (int packet = 0; packet < 7; packet++) {
            var fresh = new StreamChecker("check:");
            for (int i = 0; i < 3; i++) {
                byte[] copy = signal.get(i).clone();
                if (i == 1) copy[packet * 188 + 100] ^= 1;
                fresh.write(0, 0, 0, ByteBuffer.wrap(copy));
            }
            boolean isNull = Ts.pid(ByteBuffer.wrap(signal.get(1)), packet * 188) == Ts.NULL_PID;
            // Byte 100 of a stamp is filling: nothing is lost with it.
            assertThat(fresh.report().corrupted()).as("packet %d", packet).isEqualTo(isNull || packet == 0 ? 0 : 1);
        }
    }

    @Test
    void damagedStampIsCorruptedAndNeverBelieved() {
        byte[] copy = signal.get(10).clone();
        copy[24] ^= 0x40; // the running number's highest byte
        for (int i = 0; i < 20; i++) write(i == 10 ? copy : signal.get(i));
        assertThat(checker.report().corrupted()).isEqualTo(1);
        assertThat(checker.report().lost()).isEqualTo(1);
    }

    @Test
    void contentsOfNullPacketsDoNotMatter() {
        for (byte[] payload : signal) {
            byte[] copy = payload.clone();
            for (int at = 0; at < copy.length; at += 188) {
                if (Ts.pid(ByteBuffer.wrap(copy), at) == Ts.NULL_PID) Arrays.fill(copy, at + 3, at + 188, (byte) 0);
            }
            write(copy);
        }
        assertThat(checker.report().clean()).isTrue();
    }

    @Test
    void signalCutOtherwiseIsJudgedTheSame() {
        byte[] all = Collected.signal(300, 1316, 0.2).joined();
        for (int at = 0; at < all.length; at += 3 * 188) checker.write(0, 0, 0, ByteBuffer.wrap(all, at, Math.min(3 * 188, all.length - at)));
        assertThat(checker.report().clean()).isTrue();
        assertThat(checker.report().stamps()).isEqualTo(300);
    }

    @Test
    void anotherSendersSignalIsARestartAndNoLoss() {
        signal.subList(0, 500).forEach(this::write);
        var other = new TestSignal(10_000_000, 1316, 0, 2);
        for (int i = 0; i < 100; i++) checker.write(0, 0, 0, other.next(0));
        assertThat(checker.report().restarts()).isEqualTo(1);
        assertThat(checker.report().lost() + checker.report().continuityErrors() + checker.report().outOfOrder() + checker.report().corrupted()).isZero();
    }

    @Test
    void bytesWithoutSyncAndHalfPacketsAreSyncErrors() {
        checker.write(0, 0, 0, ByteBuffer.allocate(376));
        checker.write(0, 0, 0, ByteBuffer.wrap(signal.getFirst(), 0, 200));
        assertThat(checker.report().syncErrors()).isEqualTo(3);
    }

    @Test
    void latencyRunsFromTheStampToTheEndOfTheTick() {
        var one = new TestSignal(10_000_000, 1316, 0, 3);
        for (int i = 1; i <= 1_000; i++) {
            checker.write(0, 0, 0, one.next(i * 10_000_000L));
            checker.flush(i * 10_000_000L + i * 1_000L);
        }
        CheckerReport r = checker.report();
        assertThat(r.latencySamples()).isEqualTo(1_000);
        assertThat(r.latencyMinNs()).isEqualTo(1_000);
        assertThat(r.latencyMaxNs()).isEqualTo(1_000_000);
        assertThat((double) r.latencyP50Ns()).isCloseTo(500_000, within(5_000.0));
        assertThat((double) r.latencyP99Ns()).isCloseTo(990_000, within(9_000.0));
        assertThat(r.latencyP999Ns()).isBetween(990_000L, 1_000_000L);
    }

    @Test
    void payloadIsLeftAsItWasForTheNextOutput() {
        ByteBuffer payload = ByteBuffer.wrap(signal.getFirst());
        checker.write(0, 0, 0, payload);
        assertThat(payload.position()).isZero();
        assertThat(payload.limit()).isEqualTo(1316);
    }
}
