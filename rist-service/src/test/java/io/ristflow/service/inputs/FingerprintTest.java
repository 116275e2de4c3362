package io.ristflow.service.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private final Random random = new Random(7);

    private byte[] transportStream(boolean... nulls) {
        byte[] ts = new byte[188 * nulls.length];
        random.nextBytes(ts);
        for (int i = 0; i < nulls.length; i++) {
            ts[188 * i] = 0x47;
            ts[188 * i + 1] = (byte) (nulls[i] ? 0x1F : 0x01);
            ts[188 * i + 2] = (byte) 0xFF;
        }
        return ts;
    }

    private static long of(byte[] payload) {
        return Fingerprint.of(ByteBuffer.wrap(payload));
    }

    @Test
    void equalPayloadsAreEqualWhereverTheyLie() {
        byte[] payload = transportStream(false, false, true);
        ByteBuffer elsewhere = ByteBuffer.allocateDirect(1_000).position(17).put(payload).flip().position(17);
        assertThat(Fingerprint.of(elsewhere)).isEqualTo(of(payload));
        assertThat(elsewhere.remaining()).isEqualTo(payload.length);
    }

    @Test
    void everyBitOfAPayloadCounts() {
        for (byte[] payload : new byte[][] {transportStream(false, false), "no transport stream".getBytes()}) {
            Set<Long> prints = new HashSet<>();
            prints.add(of(payload));
            int bits = 0;
            for (int i = 0; i < payload.length * 8; i++) {
                byte[] other = payload.clone();
                other[i / 8] ^= (byte) (1 << i % 8);
                prints.add(of(other));
                bits++;
            }
            assertThat(prints).hasSize(bits + 1);
        }
    }

    @Test
    void nullPacketsCountByTheirPlaceAndNotByWhatTheyHold() {
        byte[] payload = transportStream(false, true, false);
        byte[] stuffedOtherwise = payload.clone();
        for (int i = 188 + 3; i < 376; i++) stuffedOtherwise[i] = (byte) 0xFF;
        assertThat(of(stuffedOtherwise)).isEqualTo(of(payload));
        byte[] moved = payload.clone();
        System.arraycopy(payload, 376, moved, 188, 188);
        System.arraycopy(payload, 188, moved, 376, 188);
        assertThat(of(moved)).isNotEqualTo(of(payload));
    }

    @Test
    void payloadOfNullPacketsAloneTellsNothing() {
        assertThat(of(transportStream(true, true))).isEqualTo(Fingerprint.PLAIN);
        assertThat(of(new byte[376])).isNotEqualTo(Fingerprint.PLAIN);
    }
}
