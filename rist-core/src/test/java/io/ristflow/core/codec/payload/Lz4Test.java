package io.ristflow.core.codec.payload;

import static io.ristflow.core.codec.Wire.OFF;
import static io.ristflow.core.codec.Wire.at;
import static io.ristflow.core.codec.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ristflow.core.codec.Golden;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Lz4Test {
    private final ByteBuffer out = ByteBuffer.allocateDirect(20_000);

    @Test
    void rawBlockIsExpanded() {
        assertThat(expanded(Golden.LZ4_RUN.bytes())).isEqualTo("A".repeat(20).getBytes(StandardCharsets.US_ASCII));
        assertThat(expanded(Golden.LZ4_LITERALS.bytes())).isEqualTo(hex("47 01 00 10"));
    }

    @Test
    void whatWasCompressedExpandsToTheSame() {
        byte[] payload = transportPackets();
        int length = Lz4.compress(ByteBuffer.wrap(payload), 0, payload.length, out, OFF);
        assertThat(length).isBetween(1, payload.length - 1);
        byte[] compressed = new byte[length];
        out.get(OFF, compressed);
        assertThat(expanded(compressed)).isEqualTo(payload);
    }

    @Test
    void whatWouldNotBecomeSmallerIsSentAsItIs() {
        byte[] noise = new byte[1_316];
        new SplittableRandom(1).nextBytes(noise);
        assertThat(Lz4.compress(ByteBuffer.wrap(noise), 0, noise.length, out, 0)).isZero();
        assertThat(Lz4.compress(ByteBuffer.wrap(noise), 0, 0, out, 0)).isZero();
        assertThat(Lz4.compress(ByteBuffer.wrap(new byte[10_001]), 0, 10_001, out, 0)).as("no receiver would take so much").isZero();
    }

    @Test
    void bombIsGarbage() {
        // Matches of 255 and 255 and ... at distance 1: 10,200 bytes and more
        byte[] bomb = new byte[52];
        Arrays.fill(bomb, (byte) 0xFF);
        System.arraycopy(hex("1F 41 01 00"), 0, bomb, 0, 4);
        System.arraycopy(hex("00 50 41 41 41 41 41"), 0, bomb, 45, 7);
        assertThat(Lz4.expand(at(bomb), OFF, bomb.length, out, 0)).isEqualTo(Lz4.GARBAGE);
        assertThat(expanded(smallerBomb())).hasSize(1 + 19 + 255 * 30 + 5);
    }

    private static byte[] smallerBomb() {
        byte[] bomb = new byte[41];
        Arrays.fill(bomb, (byte) 0xFF);
        System.arraycopy(hex("1F 41 01 00"), 0, bomb, 0, 4);
        System.arraycopy(hex("00 50 41 41 41 41 41"), 0, bomb, 34, 7);
        return bomb;
    }

    @Test
    void garbageIsTold() {
        assertThat(Lz4.expand(at(hex("F0 01 02")), OFF, 3, out, 0)).as("literals that are not there").isEqualTo(Lz4.GARBAGE);
        assertThat(Lz4.expand(at(hex("10 41 09 00")), OFF, 4, out, 0)).as("a match before the beginning").isEqualTo(Lz4.GARBAGE);
        assertThat(Lz4.expand(at(new byte[0]), OFF, 0, out, 0)).isEqualTo(Lz4.GARBAGE);
    }

    @Test
    void nothingIsAllocatedPerPacket() {
        ByteBuffer payload = ByteBuffer.allocateDirect(1_316).put(0, transportPackets());
        ByteBuffer expanded = ByteBuffer.allocateDirect(Lz4.MAX_EXPANDED_BYTES);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 2_000;
        long sum = roundTrips(payload, expanded, rounds);
        long before = threads.getCurrentThreadAllocatedBytes();
        sum += roundTrips(payload, expanded, rounds);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).as("bytes in %d round trips", rounds).isLessThan(rounds);
        assertThat(sum).isEqualTo(2L * rounds * 1_316);
    }

    private long roundTrips(ByteBuffer payload, ByteBuffer expanded, int rounds) {
        long sum = 0;
        for (int i = 0; i < rounds; i++) {
            int length = Lz4.compress(payload, 0, 1_316, out, 0);
            sum += Lz4.expand(out, 0, length, expanded, 0);
        }
        return sum;
    }

    private byte[] expanded(byte[] compressed) {
        ByteBuffer from = at(compressed);
        int length = Lz4.expand(from, OFF, compressed.length, out, OFF);
        assertThat(from.position()).isZero();
        assertThat(out.position()).isZero();
        byte[] bytes = new byte[Math.max(0, length)];
        out.get(OFF, bytes);
        return bytes;
    }

    /** Seven transport packets with stuffing. */
    private static byte[] transportPackets() {
        byte[] packets = new byte[7 * 188];
        Arrays.fill(packets, (byte) 0xFF);
        for (int i = 0; i < 7; i++) System.arraycopy(new byte[] {0x47, 0x1F, (byte) i, 0x10}, 0, packets, i * 188, 4);
        return packets;
    }
}
