package io.ristflow.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class PskKeyTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String CLEAR = "47011f10000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122";
    private static final byte[] KEY_128 = HEX.parseHex("1c2b0cfc90ae2638fea78c7fb2977047");
    private static final byte[] KEY_192 = HEX.parseHex("1c2b0cfc90ae2638fea78c7fb297704718bff7f405274300");
    private static final byte[] KEY_256 = HEX.parseHex("1c2b0cfc90ae2638fea78c7fb297704718bff7f4052743001a9b7ebb51cc9f1c");

    @Test
    void sequenceIsTheUpperWordOfTheInitialisationVector() {
        // made with: openssl enc -aes-128-ctr -K … -iv 0a0b0c0d000000000000000000000000
        assertThat(crypt(KEY_128, 0x0a0b0c0d, CLEAR)).isEqualTo("300411a6086ea3ec6edc8f2bfd10ac4f89a4a3a1162782275bd16fa9ab2e13396562a86d985b75");
        // made with: openssl enc -aes-192-ctr -K … -iv 0a0b0c0d000000000000000000000000
        assertThat(crypt(KEY_192, 0x0a0b0c0d, CLEAR)).isEqualTo("f557e57bd3a45a5bd8d8d7d36a2612bab94a10b64662aa80eafb4ff9f287b7e37653ea5cba8bd3");
        // made with: openssl enc -aes-256-ctr -K … -iv ffffffff000000000000000000000000
        assertThat(crypt(KEY_256, 0xffffffff, CLEAR)).isEqualTo("64171c3bbf222bb0b557faa3501f82689f26a307e366d56dc67c93a7008f6097aeba4d3d37db76");
    }

    @Test
    void everyLengthAndOffsetAgreesWithTheCounterModeOfTheRuntime() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        PskKey key = new PskKey(1, KEY_256);
        for (int length : new int[] {0, 1, 7, 8, 15, 16, 17, 31, 32, 100, 1315, 1316, 1328, 1408, 1409, 1500, 4096, 4097, 9_999, 10_000, 100}) {
            for (ByteBuffer data : new ByteBuffer[] {ByteBuffer.allocate(10_100), ByteBuffer.allocateDirect(10_100), ByteBuffer.allocate(10_200).slice(50, 10_100)}) {
                byte[] clear = new byte[10_100];
                random.nextBytes(clear);
                data.put(0, clear).position(3).limit(10_100).order(ByteOrder.LITTLE_ENDIAN);
                int sequence = random.nextInt();
                int offset = random.nextInt(90);
                key.crypt(sequence, data, offset, length);
                byte[] expected = clear.clone();
                System.arraycopy(reference(KEY_256, sequence, clear, offset, length), 0, expected, offset, length);
                byte[] actual = new byte[10_100];
                data.get(0, actual);
                assertThat(actual).as("length %d offset %d sequence %d", length, offset, sequence).isEqualTo(expected);
                assertThat(data.position()).isEqualTo(3);
                assertThat(data.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            }
        }
    }

    @Test
    void decryptingIsEncryptingAgain() {
        assertThat(crypt(KEY_128, 99, crypt(KEY_128, 99, CLEAR))).isEqualTo(CLEAR);
    }

    @Test
    void packetsAllocateNothing() {
        PskKey key = new PskKey(1, KEY_256);
        ByteBuffer heap = ByteBuffer.allocate(1_500);
        ByteBuffer direct = ByteBuffer.allocateDirect(1_500);
        cryptMany(key, heap, direct, 50_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        cryptMany(key, heap, direct, 50_000);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes).as("bytes allocated by 100,000 packets").isLessThan(10_000);
    }

    @Test
    void keyMaterialIsNeverShown() {
        assertThat(new PskKey(0xab, KEY_128).toString()).isEqualTo("PskKey[nonce ab, AES-128]");
    }

    private static void cryptMany(PskKey key, ByteBuffer heap, ByteBuffer direct, int packets) {
        for (int sequence = 0; sequence < packets; sequence++) {
            key.crypt(sequence, heap, 12, 1_328);
            key.crypt(sequence, direct, 12, 1_328);
        }
    }

    private static String crypt(byte[] key, int sequence, String hex) {
        ByteBuffer data = ByteBuffer.wrap(HEX.parseHex(hex));
        new PskKey(1, key).crypt(sequence, data, 0, data.capacity());
        return HEX.formatHex(data.array());
    }

    private static byte[] reference(byte[] key, int sequence, byte[] clear, int offset, int length) throws Exception {
        byte[] iv = ByteBuffer.allocate(16).putInt(sequence).array();
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        return cipher.doFinal(clear, offset, length);
    }
}
