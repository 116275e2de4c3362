package io.ristflow.service.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.mpegts.Ts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time is the test's own: 1 ms passes per poll, and waits for the reading thread while it has nothing ready. */
class FileInputTest {
    private static final long MS = 1_000_000;

    @TempDir
    Path folder;

    private FileInput open(byte[] bytes, boolean loop) {
        try {
            Path path = Files.write(folder.resolve("in.ts"), bytes);
            return FileInput.open(new Endpoint.File("file:in.ts", path, loop, 0), Thread.ofPlatform().daemon().factory());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A PCR every {@code every} packets of a stream that has {@code packets}; the packets' number is in their bytes 20 to 23. */
    private static byte[] stream(int packets, int every, long firstPcr, long ticksPerPacket) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < packets; i++) {
            byte[] packet = new byte[188];
            boolean pcr = i % every == 0;
            Ts.putHeader(packet, 0, 0x200, false, pcr, true);
            if (pcr) {
                packet[4] = 7;
                packet[5] = 0x10;
                Ts.putPcr(packet, 6, firstPcr + i * ticksPerPacket);
            }
            packet[20] = (byte) (i >> 24);
            packet[21] = (byte) (i >> 16);
            packet[22] = (byte) (i >> 8);
            packet[23] = (byte) i;
            out.writeBytes(packet);
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] joined = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    /** When each payload came, in ms of the test's time since the first. */
    private static List<Long> arrivals(FileInput input, Collected into, int payloads) throws InterruptedException {
        List<Long> times = new ArrayList<>();
        long nowMs = 1_000, idle = 0;
        while (times.size() < payloads && !input.ended()) {
            // The reading thread has as long as it needs: the test's clock stands still meanwhile.
            for (int i = 0; i < 20 && input.poll(nowMs * MS, (cameNs, p) -> {
                into.onPayload(cameNs, p);
                times.add(0L);
            }) == 0 && nowMs == 1_000; i++) Thread.sleep(10);
            for (int i = times.size() - 1; i >= 0 && times.get(i) == 0L; i--) times.set(i, nowMs);
            nowMs++;
            if (++idle % 8 == 0) Thread.sleep(1);
        }
        return times.stream().map(t -> t - times.getFirst()).toList();
    }

    /** 1 packet of 188 bytes per ms is 27,000 ticks a packet: a payload every 7 ms. */
    private void assertEvery7Ms(List<Long> times, int from, int to) {
        for (int i = from; i < to; i++) assertThat((double) times.get(i)).as("payload %d", i).isCloseTo(times.get(from) + (i - from) * 7.0, within(1.01));
    }

    @Test
    void payloadsComeWhenTheClockReferencesSay() throws Exception {
        try (var input = open(stream(1_400, 40, 123_456, 27_000), false)) {
            var collected = new Collected();
            List<Long> times = arrivals(input, collected, 200);
            assertEvery7Ms(times, 0, 200);
            assertThat(collected.joined()).isEqualTo(stream(1_400, 40, 123_456, 27_000));
            assertThat(input.ended()).isTrue();
            assertThat(input.stats().state()).isEqualTo("ended");
        }
    }

    @Test
    void packetsBetweenReferencesLieEvenlyThoughTheBitRateChanges() throws Exception {
        byte[] slow = stream(400, 40, 0, 54_000);
        byte[] fast = stream(420, 20, 400L * 54_000, 27_000);
        try (var input = open(join(slow, fast), false)) {
            List<Long> times = arrivals(input, new Collected(), 110);
            for (int i = 0; i < 57; i++) assertThat((double) times.get(i)).isCloseTo(i * 14.0, within(1.01));
            assertEvery7Ms(times, 58, 110);
        }
    }

    /** The bit rate halves in the very interval that wraps: passed at the rate there was before, it would be 40 ms too short. */
    @Test
    void wrapOfTheClockIsNoGap() throws Exception {
        long wrapping = Ts.PCR_MODULUS - 54_000 * 20;
        byte[] before = stream(400, 40, wrapping - 400 * 27_000, 27_000);
        byte[] after = stream(400, 40, wrapping, 54_000);
        try (var input = open(join(before, after), false)) {
            List<Long> times = arrivals(input, new Collected(), 110);
            for (int i = 58; i < 110; i++) assertThat((double) times.get(i)).as("payload %d", i).isCloseTo(400 + (i * 7 - 400) * 2.0, within(1.01));
        }
    }

    @Test
    void jumpOfTheClockForwardOrBackIsPassedAtTheBitRateThereWas() throws Exception {
        byte[] a = stream(420, 40, 500_000_000, 27_000);
        byte[] forward = stream(420, 40, 900_000_000_000L, 27_000);
        byte[] back = stream(420, 40, 1_000, 27_000);
        try (var input = open(join(join(a, forward), back), false)) {
            assertEvery7Ms(arrivals(input, new Collected(), 180), 0, 180);
        }
    }

    @Test
    void announcedDiscontinuityIsNotTakenForTime() throws Exception {
        byte[] a = stream(420, 40, 0, 27_000);
        // 900 ms later by its clock, which alone would be believed.
        byte[] b = stream(420, 40, 420 * 27_000 + 24_300_000, 27_000);
        b[5] |= (byte) 0x80;
        try (var input = open(join(a, b), false)) {
            assertEvery7Ms(arrivals(input, new Collected(), 120), 0, 120);
        }
    }

    @Test
    void loopStartsOverWithoutAPause() throws Exception {
        byte[] file = stream(700, 40, 0, 27_000);
        try (var input = open(file, true)) {
            var collected = new Collected();
            List<Long> times = arrivals(input, collected, 350);
            assertEvery7Ms(times, 0, 350);
            assertThat(collected.payloads.get(100)).isEqualTo(collected.payloads.getFirst());
            assertThat(input.ended()).isFalse();
        }
    }

    @Test
    void garbageBetweenPacketsIsSteppedOverAndCounted() throws Exception {
        byte[] whole = stream(1_400, 40, 0, 27_000);
        byte[] first = java.util.Arrays.copyOf(whole, 700 * 188 + 77);
        byte[] second = java.util.Arrays.copyOfRange(whole, 700 * 188, whole.length);
        // 77 bytes that begin like a packet and are none.
        try (var input = open(join(new byte[] {1, 2, 3}, join(first, second)), false)) {
            var collected = new Collected();
            arrivals(input, collected, 201);
            byte[] ts = collected.joined();
            for (int at = 0; at < ts.length; at += 188) assertThat(ts[at]).isEqualTo((byte) 0x47);
            assertThat(ts.length / 188).isBetween(1_399, 1_401);
            assertThat(input.stats().invalid()).isEqualTo(1);
        }
    }

    @Test
    void lateLoopDoesNotMakeTheFileBurst() throws Exception {
        try (var input = open(stream(4_200, 40, 0, 27_000), false)) {
            var collected = new Collected();
            new Collected().pollUntil(input, 0, () -> input.stats().packets() > 0);
            Thread.sleep(50);
            assertThat(input.poll(5_000 * MS, collected)).as("after a stall of five seconds").isEqualTo(1);
            assertThat(input.poll(5_070 * MS, collected)).isEqualTo(10);
        }
    }

    @Test
    void fileWithoutClockReferenceIsRefused() {
        byte[] file = stream(1_000, 10_000, 0, 0);
        file[5] = 0;
        assertThatThrownBy(() -> open(file, false)).isInstanceOf(ConfigException.class).hasMessageStartingWith("file: no PCR in the first 10 MB of ").hasMessageEndingWith("cannot pace it");
    }

    @Test
    void fileWithOneClockReferenceIsRefused() {
        assertThatThrownBy(() -> open(stream(1_000, 10_000, 0, 0), false)).isInstanceOf(ConfigException.class).hasMessageContaining("no two PCRs");
    }

    @Test
    void whatIsNoTransportStreamIsRefused() {
        assertThatThrownBy(() -> open("Good morning. ".repeat(10_000).getBytes(), false)).isInstanceOf(ConfigException.class).hasMessageContaining("is no MPEG-TS");
        assertThatThrownBy(() -> open(new byte[0], false)).isInstanceOf(ConfigException.class).hasMessageContaining("is no MPEG-TS");
    }

    @Test
    void missingFileAndFolderAreNamed() {
        var factory = new MediaFactory(new FakePorts());
        assertThatThrownBy(() -> factory.openInput(new Endpoint.File("file:x", folder.resolve("none.ts"), false, 0)))
                .isInstanceOf(ConfigException.class).hasMessageContaining("none.ts cannot be read: no such file");
        assertThatThrownBy(() -> factory.openInput(new Endpoint.File("file:x", folder, false, 0))).isInstanceOf(ConfigException.class).hasMessageContaining("is no regular file");
    }
}
