package io.ristflow.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SessionKeyTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void expansionAgreesWithTheVectorOfRfc5869() {
        // RFC 5869 Appendix A.1: PRK, info and OKM
        SessionKey prk = new SessionKey(HEX.parseHex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
        assertThat(HEX.formatHex(prk.expand(HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"), 42)))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    @Test
    void gcmAgreesWithItsSpecificationsTestCase16() {
        // McGrew and Viega, The Galois/Counter Mode of Operation, Appendix B
        byte[] key = HEX.parseHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
        byte[] nonce = HEX.parseHex("cafebabefacedbaddecaf888");
        byte[] associated = HEX.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        byte[] plain = HEX.parseHex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        byte[] sealed = SealedBox.gcmSeal(key, nonce, associated, plain);
        assertThat(HEX.formatHex(sealed)).isEqualTo("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                + "76fc6ece0f4e1768cddf8853bb2d551b");
        assertThat(SealedBox.gcmOpen(key, nonce, associated, sealed)).isEqualTo(plain);
    }

    @Test
    void whatWasChangedDoesNotOpen() {
        byte[] key = new byte[32];
        byte[] nonce = new byte[12];
        byte[] sealed = SealedBox.gcmSeal(key, nonce, new byte[] {1}, new byte[] {5, 6, 7});
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(SealedBox.gcmOpen(key, nonce, new byte[] {1}, changed)).isNull();
        }
        assertThat(SealedBox.gcmOpen(key, nonce, new byte[] {2}, sealed)).isNull();
        assertThat(SealedBox.gcmOpen(key, nonce, new byte[] {1}, Arrays.copyOf(sealed, 15))).isNull();
    }

    @Test
    void ctrAgreesWithTheVectorOfNist() {
        // NIST SP 800-38A F.5.5, first block
        byte[] key = HEX.parseHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
        byte[] counter = HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
        assertThat(HEX.formatHex(SealedBox.ctr(key, counter, HEX.parseHex("6bc1bee22e409f96e93d7e117393172a")))).isEqualTo("601ec313775789a5b7a7f504bbf3d228");
    }

    @Test
    void sessionKeyIsAPassphraseOfAllItsBytes() {
        byte[] key = new byte[32];
        key[0] = 7;
        key[31] = 9;
        PskKey derived = new SessionKey(key).asPassphrase().derive(0x01020304, 256);
        ByteBuffer stream = ByteBuffer.allocate(16);
        derived.crypt(5, stream, 0, 16);
        ByteBuffer expected = ByteBuffer.allocate(16);
        new PskKey(0, Pbkdf2.hmacSha256(key, new byte[] {1, 2, 3, 4}, 1024, 32)).crypt(5, expected, 0, 16);
        assertThat(stream.array()).isEqualTo(expected.array());
    }

    @Test
    void keyIsNeverShown() {
        assertThat(new SessionKey(new byte[32])).hasToString("SessionKey[hidden]");
    }
}
