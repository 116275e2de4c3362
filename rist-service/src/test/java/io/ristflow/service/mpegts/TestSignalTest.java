package io.ristflow.service.mpegts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSignalTest {
    /** So many milliseconds of the signal. */
    private static byte[] signal(double mbps, int packetBytes, double nullShare, long ms) {
        var signal = new TestSignal(Math.round(mbps * 1e6), packetBytes, nullShare, 5);
        var bytes = new ByteArrayOutputStream();
        for (long datagrams = Math.round(mbps * 1e3 * ms / 8 / packetBytes); datagrams > 0; datagrams--) {
            byte[] copy = new byte[packetBytes];
            signal.next(0).get(0, copy);
            bytes.writeBytes(copy);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"0.5,188", "0.5,1316", "20,1316"})
    void clockReferencesAreRightAndAtMost40MsApart(double mbps, int packetBytes) {
        byte[] ts = signal(mbps, packetBytes, 0.2, 3_000);
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
        byte[] ts = signal(10, 1316, 0.4, 2_000);
        long nulls = 0;
        for (int at = 0; at < ts.length; at += 188) if (Ts.pid(ByteBuffer.wrap(ts), at) == Ts.NULL_PID) nulls++;
        assertThat(nulls / (ts.length / 188.0)).isCloseTo(0.4, within(0.002));
    }

    @Test
    void tablesComeTenTimesASecondWithTheirChecksum() {
        byte[] ts = signal(5, 1316, 0, 2_000);
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
    void picturesAreRepeatedByteForByteBetweenTheirHeaders() {
        byte[] ts = signal(10, 1316, 0, 2_100);
        ByteBuffer b = ByteBuffer.wrap(ts);
        var video = new ByteArrayOutputStream();
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(es.length).isGreaterThan(2 * group.length);
        for (int i = 0; i < es.length; i++) {
            if (es[i] != group[i % group.length]) throw new AssertionError("byte " + i + " differs");
        }
    }
}
