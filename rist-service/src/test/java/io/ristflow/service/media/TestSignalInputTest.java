package io.ristflow.service.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.Endpoint;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSignalInputTest {
    private static final long MS = 1_000_000;

    private static TestSignalInput input(double mbps, int packetBytes, double nullShare) {
        return new TestSignalInput(new Endpoint.TestSignal("test:?mbps=" + mbps, mbps, packetBytes, nullShare), 5);
    }

    private static Collected run(TestSignalInput input, long ms) {
        var collected = new Collected();
        for (long t = 0; t <= ms; t++) input.poll(t * MS, collected);
        return collected;
    }

    @ParameterizedTest
    @CsvSource({"0.5,188,0", "0.5,1316,0.5", "10,188,0.1", "10,376,0", "10,1316,0.3", "100,1316,0.95"})
    void signalIsFoundCleanByTheChecker(double mbps, int packetBytes, double nullShare) {
        var checker = new StreamChecker("check:");
        run(input(mbps, packetBytes, nullShare), 3_000).payloads.forEach(p -> checker.write(2, 0, 0, ByteBuffer.wrap(p)));
        assertThat(checker.report().clean()).as("%s", checker.report()).isTrue();
        assertThat(checker.report().tsPackets()).isCloseTo((long) (mbps * 3e6 / 8 / 188), within(8L));
    }

    @Test
    void bitRateIsConstantFromMillisecondToMillisecond() {
        var input = input(10, 1316, 0);
        var collected = new Collected();
        for (long t = 0; t <= 2_000; t++) {
            input.poll(t * MS, collected);
            double due = t * 10_000 / 8.0 / 1316;
            assertThat((double) collected.payloads.size()).isBetween(due, due + 1.001);
        }
        assertThat(input.skipped()).isZero();
    }

    @Test
    void stallIsCaughtUpFor20MsAndTheRestIsSkippedButTheSignalGoesOnUnbroken() {
        var input = input(10, 1316, 0);
        var checker = new StreamChecker("check:");
        MediaInput.Consumer toChecker = (_, p) -> checker.write(0, 0, 0, p);
        input.poll(0, toChecker);
        int afterStall = input.poll(500 * MS, toChecker);
        assertThat(afterStall).isBetween(19, 20);
        assertThat(input.skipped()).isBetween(455L, 457L);
        assertThat(input.stats().state()).contains("payloads not made");
        assertThat(checker.report().clean()).isTrue();
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> input(0.1, 1316, 0)).isInstanceOf(ConfigException.class).hasMessage("mbps: 0.1 is not in 0.5..10000.0 Mb/s");
        assertThatThrownBy(() -> input(1, 1000, 0)).isInstanceOf(ConfigException.class).hasMessageContaining("1000 bytes");
        assertThatThrownBy(() -> input(1, 188, 1.5)).isInstanceOf(ConfigException.class).hasMessageContaining("1.5 is not in 0..1");
    }
}
