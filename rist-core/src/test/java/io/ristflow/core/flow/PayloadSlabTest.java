package io.ristflow.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PayloadSlabTest {
    private final PayloadSlab slab = new PayloadSlab(1 << 20);

    @Test
    void anUnusedSlabHoldsNoMemory() {
        assertThat(slab.bytes()).isZero();
    }

    @Test
    void payloadsOfEverySizeComeBackUnchanged() {
        Random random = new Random(7);
        for (int length : new int[] {0, 1, 188, 1316, 1536, 1537, 9972, 9984}) {
            byte[] bytes = new byte[length + 5];
            random.nextBytes(bytes);
            int cell = slab.store(ByteBuffer.wrap(bytes), 3, length);
            byte[] back = new byte[slab.view(cell).remaining()];
            slab.view(cell).get(back);
            assertThat(back).isEqualTo(Arrays.copyOfRange(bytes, 3, 3 + length));
            assertThat(slab.length(cell)).isEqualTo(length);
            slab.free(cell);
        }
        assertThat(slab.used()).isZero();
    }

    @Test
    void cellsDoNotOverlapAndAreReused() {
        int[] cells = new int[300];
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < cells.length; i++) {
                int length = i % 50 == 0 ? 5000 : 1316;
                cells[i] = slab.store(filled(i + round, length), 0, length);
            }
            for (int i = 0; i < cells.length; i++) {
                ByteBuffer view = slab.view(cells[i]);
                while (view.hasRemaining()) assertThat(view.get()).isEqualTo((byte) (i + round));
                slab.free(cells[i]);
            }
        }
        assertThat(slab.bytes()).isLessThanOrEqualTo(320L * 1536 + 8 * 9984);
    }

    @Test
    void theSourceBufferIsLeftAsItIs() {
        ByteBuffer source = filled(1, 100).position(7).limit(50);
        slab.store(source, 0, 40);
        assertThat(source.position()).isEqualTo(7);
        assertThat(source.limit()).isEqualTo(50);
    }

    @Test
    void tooLongOrTooManyIsRefused() {
        assertThat(slab.store(ByteBuffer.allocate(9985), 0, 9985)).isEqualTo(PayloadSlab.NONE);
        PayloadSlab tiny = new PayloadSlab(50_000);
        ByteBuffer payload = ByteBuffer.allocate(1316);
        int stored = 0;
        while (tiny.store(payload, 0, 1316) != PayloadSlab.NONE) stored++;
        assertThat(stored).isEqualTo(32);
        assertThat(tiny.bytes()).isLessThanOrEqualTo(50_000);
    }

    private static ByteBuffer filled(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }
}
