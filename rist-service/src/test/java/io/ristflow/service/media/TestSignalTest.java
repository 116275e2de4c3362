package io.ristflow.service.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.Endpoint;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSignalTest {
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

    @ParameterizedTest
    @CsvSource({"0.5,188", "0.5,1316", "20,1316"})
    void clockReferencesAreRightAndAtMost40MsApart(double mbps, int packetBytes) {
        byte[] ts = run(input(mbps, packetBytes, 0.2), 3_000).joined();
        ByteBuffer b = ByteBuffer.wrap(ts);
        long last = -1;
        for (int at = 0; at < ts.length; at += 188) {
            if (!Ts.hasPcr(b, at)) continue;
            long pcr = Ts.pcr(b, at);
            assertThat(Ts.pid(b, at)).isEqualTo(TestSignal.VIDEO_PID);
            assertThat((double) pcr).isCloseTo(at * 8 * 27.0 / mbps, within(2.0));
            if (last >= 0) assertThat(pcr - last).isLessThanOrEqualTo(27_000 * 40);
            last = pcr;
        }
        assertThat(last).isGreaterThan(27_000 * 2_900);
    }

    @Test
    void nullPacketsMakeUpTheShareThatWasAskedFor() {
        byte[] ts = run(input(10, 1316, 0.4), 2_000).joined();
        long nulls = 0;
        for (int at = 0; at < ts.length; at += 188) if (Ts.pid(ByteBuffer.wrap(ts), at) == Ts.NULL_PID) nulls++;
        assertThat(nulls / (ts.length / 188.0)).isCloseTo(0.4, within(0.002));
    }

    @Test
    void tablesComeTenTimesASecondWithTheirChecksum() {
        byte[] ts = run(input(5, 1316, 0), 2_000).joined();
        ByteBuffer b = ByteBuffer.wrap(ts);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int at = 0; at < ts.length; at += 188) {
            int pid = Ts.pid(b, at);
            if (pid != TsTables.PAT_PID && pid != TsTables.PMT_PID && pid != TsTables.SDT_PID) continue;
            counts.merge(pid, 1, Integer::sum);
            int sectionBytes = 3 + (b.getShort(at + 6) & 0xFFF);
            byte[] section = new byte[sectionBytes];
            b.get(at + 5, section);
            // A section with its checksum behind it has the checksum 0.
            assertThat(TsTables.crc32(section, sectionBytes)).isZero();
        }
        assertThat(counts).hasSize(3).allSatisfy((pid, count) -> assertThat(count).isBetween(19, 21));
    }

    @Test
    void knownTableGivesTheKnownBytes() {
        // ISO/IEC 13818-1 table 2-30 by hand: stream 1, program 1 at PID 0x1000; the checksum is that which other multiplexers write for the same section.
        byte[] expected = {0x00, (byte) 0xB0, 0x0D, 0x00, 0x01, (byte) 0xC1, 0x00, 0x00, 0x00, 0x01, (byte) 0xF0, 0x00, 0x2A, (byte) 0xB1, 0x04, (byte) 0xB2};
        byte[] section = new byte[expected.length];
        ByteBuffer.wrap(TsTables.pat()).get(5, section);
        assertThat(section).isEqualTo(expected);
    }

    @Test
    void stallIsCaughtUpFor20MsAndTheRestIsSkippedButTheSignalGoesOnUnbroken() {
        var input = input(10, 1316, 0);
        var checker = new StreamChecker("check:");
        MediaInput.Consumer toChecker = p -> checker.write(0, 0, 0, p);
        input.poll(0, toChecker);
        int afterStall = input.poll(500 * MS, toChecker);
        assertThat(afterStall).isBetween(19, 20);
        assertThat(input.skipped()).isBetween(455L, 457L);
        assertThat(input.stats().state()).contains("payloads not made");
        assertThat(checker.report().clean()).isTrue();
    }

    @Test
    void picturesAreRepeatedByteForByteBetweenTheirHeaders() {
        byte[] ts = run(input(10, 1316, 0), 2_100).joined();
        ByteBuffer b = ByteBuffer.wrap(ts);
        var video = new java.io.ByteArrayOutputStream();
        for (int at = 0; at < ts.length; at += 188) {
            if (Ts.pid(b, at) != TestSignal.VIDEO_PID || !Ts.hasPayload(b, at)) continue;
            int body = at + 4 + (Ts.hasAdaptation(b, at) ? 1 + (ts[at + 4] & 0xFF) : 0);
            if ((ts[at + 1] & 0x40) != 0) body += 14;
            video.write(ts, body, at + 188 - body);
        }
        byte[] es = video.toByteArray();
        byte[] group;
        try (var in = TestPicture.class.getResourceAsStream("test-picture.m2v")) {
            group = in.readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(es.length).isGreaterThan(2 * group.length);
        for (int i = 0; i < es.length; i++) {
            if (es[i] != group[i % group.length]) throw new AssertionError("byte " + i + " differs");
        }
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> input(0.1, 1316, 0)).isInstanceOf(ConfigException.class).hasMessage("mbps: 0.1 is not in 0.5..10000.0 Mb/s");
        assertThatThrownBy(() -> input(1, 1000, 0)).isInstanceOf(ConfigException.class).hasMessageContaining("1000 bytes");
        assertThatThrownBy(() -> input(1, 188, 1.5)).isInstanceOf(ConfigException.class).hasMessageContaining("1.5 is not in 0..1");
    }
}
