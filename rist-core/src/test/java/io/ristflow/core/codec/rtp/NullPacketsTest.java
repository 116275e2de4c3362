package io.ristflow.core.codec.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A payload is sketched as a word: N is a null packet, a letter a packet of that name. */
class NullPacketsTest {
    private static final int SRC = 3;
    private static final int DST = 11;

    /** The examples of TR-06-2 §8.5, and that of §8.1. */
    @ParameterizedTest
    @CsvSource({
        "NNabcdN, 1100001, abcd",
        "NaN,     1010000, a",
        "NNNNN,   1111100, ''",
        "abNN,    0011000, ab",
        "NNabcNd, 1100010, abcd",
    })
    void examplesOfTheSpecificationComeOutAsWritten(String before, String bits, String after) {
        for (int size : new int[] {188, 204}) {
            ByteBuffer src = payload(before, size);
            ByteBuffer sent = ByteBuffer.allocate(2_000);
            int result = NullPackets.delete(src, SRC, before.length() * size, sent, DST);
            assertThat(result >>> 16).isEqualTo(Integer.parseInt(bits, 2));
            int length = result & 0xFFFF;
            assertThat(bytes(sent, DST, length)).isEqualTo(bytes(payload(after, size), SRC, after.length() * size));

            ByteBuffer restored = ByteBuffer.allocate(2_000);
            // The payload's own size wins over T (§8.5): only the packet of nothing but nulls needs the right one.
            boolean size204 = length == 0 ? size == 204 : size == 188;
            assertThat(NullPackets.restore(sent, DST, length, result >>> 16, size204, restored, DST)).isEqualTo(before.length() * size);
            assertThat(bytes(restored, DST, before.length() * size)).isEqualTo(bytes(src, SRC, before.length() * size));
        }
    }

    @Test
    void deletionMayHappenInPlace() {
        ByteBuffer b = payload("aNbNcNd", 188);
        int result = NullPackets.delete(b, SRC, 7 * 188, b, SRC);
        assertThat(result).isEqualTo(0b0101010 << 16 | 4 * 188);
        assertThat(bytes(b, SRC, 4 * 188)).isEqualTo(bytes(payload("abcd", 188), SRC, 4 * 188));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "NNNNNNNN"})
    void payloadsWithoutNullPacketsOrWithMoreThanSevenStay(String payload) {
        assertThat(NullPackets.delete(payload(payload, 188), SRC, payload.length() * 188, ByteBuffer.allocate(2_000), 0)).isEqualTo(-1);
    }

    @Test
    void payloadsThatAreNoTransportStreamStay() {
        ByteBuffer b = payload("NaN", 188);
        assertThat(NullPackets.delete(b, SRC, 3 * 188 - 1, ByteBuffer.allocate(2_000), 0)).as("broken length").isEqualTo(-1);
        b.put(SRC + 188, (byte) 0x48);
        assertThat(NullPackets.delete(b, SRC, 3 * 188, ByteBuffer.allocate(2_000), 0)).as("lost sync").isEqualTo(-1);
    }

    @Test
    void nullPacketsWithFlagsThatWouldBeLostStay() {
        ByteBuffer b = payload("N", 188);
        b.put(SRC + 1, (byte) 0x9F);
        assertThat(NullPackets.delete(b, SRC, 188, ByteBuffer.allocate(2_000), 0)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "abcdefg, 0000001, eight in sum",
        "a,       0000001, five packets are missing before the null packet",
        "'',      0100000, the first packet is missing",
    })
    void bitsThatDoNotFitThePayloadAreRefused(String received, String bits, String why) {
        int npdBits = Integer.parseInt(bits, 2);
        int result = NullPackets.restore(
                payload(received, 188), SRC, received.length() * 188, npdBits, false, ByteBuffer.allocate(2_000), 0);
        assertThat(result).as(why).isEqualTo(-1);
    }

    @Test
    void brokenLengthsAreRefusedOnlyWhereSomethingIsToBePutIn() {
        ByteBuffer src = payload("a", 188);
        ByteBuffer dst = ByteBuffer.allocate(NullPackets.MAX_RESTORED_LENGTH);
        assertThat(NullPackets.restore(src, SRC, 187, 0x40, false, dst, 0)).isEqualTo(-1);
        assertThat(NullPackets.restore(src, SRC, 187, 0, false, dst, 0)).isEqualTo(187);
        assertThat(bytes(dst, 0, 187)).isEqualTo(bytes(src, SRC, 187));
        assertThat(NullPackets.restore(ByteBuffer.allocate(9_000), 0, 9_000, 0, false, dst, 0)).as("longer than any payload").isEqualTo(-1);
    }

    @Test
    void nullPacketsAreRebuiltInLibristsForm() {
        ByteBuffer dst = ByteBuffer.allocate(188);
        assertThat(NullPackets.restore(ByteBuffer.allocate(0), 0, 0, 0x40, false, dst, 0)).isEqualTo(188);
        byte[] expected = new byte[188];
        Arrays.fill(expected, (byte) 0xFF);
        expected[0] = 0x47; // sync byte
        expected[1] = 0x1F; // no error, no start, no priority; PID, upper bits
        expected[2] = (byte) 0xFF; // PID, lower bits
        expected[3] = 0x10; // not scrambled, payload only, continuity counter 0
        assertThat(dst.array()).isEqualTo(expected);
    }

    @Test
    void whatIsDeletedComesBackForEveryMixOfPackets() {
        SplittableRandom random = new SplittableRandom(7);
        ByteBuffer sent = ByteBuffer.allocate(NullPackets.MAX_RESTORED_LENGTH);
        ByteBuffer restored = ByteBuffer.allocate(NullPackets.MAX_RESTORED_LENGTH);
        for (int packets = 1; packets <= 7; packets++) {
            for (int nulls = 1; nulls < 1 << packets; nulls++) {
                StringBuilder word = new StringBuilder();
                for (int i = 0; i < packets; i++) word.append((nulls >> i & 1) != 0 ? 'N' : (char) ('a' + random.nextInt(26)));
                int size = random.nextBoolean() ? 188 : 204;
                ByteBuffer src = payload(word.toString(), size);
                int result = NullPackets.delete(src, SRC, packets * size, sent, 0);
                assertThat(NullPackets.count(result >>> 16)).isEqualTo(Integer.bitCount(nulls));
                int length = NullPackets.restore(sent, 0, result & 0xFFFF, result >>> 16, size == 204, restored, 0);
                assertThat(bytes(restored, 0, length)).as(word.toString()).isEqualTo(bytes(src, SRC, packets * size));
            }
        }
    }

    @Test
    void packetSizeIsToldFromTheLength() {
        assertThat(NullPackets.size204For(7 * 204)).isTrue();
        assertThat(NullPackets.size204For(7 * 188)).isFalse();
        assertThat(NullPackets.size204For(0)).isFalse();
        assertThat(NullPackets.size204For(100)).isFalse();
    }

    private static ByteBuffer payload(String word, int size) {
        ByteBuffer b = ByteBuffer.allocate(SRC + word.length() * size + 5);
        for (int i = 0; i < word.length(); i++) {
            int at = SRC + i * size;
            boolean isNull = word.charAt(i) == 'N';
            for (int k = 0; k < size; k++) b.put(at + k, (byte) (isNull ? 0xFF : word.charAt(i)));
            b.put(at, (byte) 0x47);
            b.putShort(at + 1, (short) (isNull ? 0x1FFF : 0x0100));
            b.put(at + 3, (byte) 0x10);
        }
        return b;
    }

    private static byte[] bytes(ByteBuffer b, int off, int length) {
        return Arrays.copyOfRange(b.array(), off, off + length);
    }
}
