package io.ristflow.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyDerivationTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void pbkdf2AgreesWithTheVectorsOfRfc7914() {
        // RFC 7914 §11
        assertThat(HEX.formatHex(Pbkdf2.hmacSha256(ascii("passwd"), ascii("salt"), 1, 64)))
                .isEqualTo("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                        + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783");
        assertThat(HEX.formatHex(Pbkdf2.hmacSha256(ascii("Password"), ascii("NaCl"), 80000, 64)))
                .isEqualTo("4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
                        + "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d");
    }

    @Test
    void pbkdf2AgreesWithTheExampleOfTheMainProfile() {
        // TR-06-2 Annex B
        byte[] password = ascii("Reliable Internet Stream Transport");
        byte[] salt = HEX.parseHex("52495354");
        assertThat(HEX.formatHex(Pbkdf2.hmacSha256(password, salt, 1024, 16))).isEqualTo("1c2b0cfc90ae2638fea78c7fb2977047");
        assertThat(HEX.formatHex(Pbkdf2.hmacSha256(password, salt, 1024, 32)))
                .isEqualTo("1c2b0cfc90ae2638fea78c7fb297704718bff7f4052743001a9b7ebb51cc9f1c");
    }

    @Test
    void keyOfANonceIsTheOneOfTheMainProfilesExample() {
        // TR-06-2 Annex B
        Passphrase passphrase = new Passphrase("Reliable Internet Stream Transport");
        assertSameKey(passphrase.derive(0x52495354, 128), new PskKey(0, HEX.parseHex("1c2b0cfc90ae2638fea78c7fb2977047")));
        assertSameKey(
                passphrase.derive(0x52495354, 256),
                new PskKey(0, HEX.parseHex("1c2b0cfc90ae2638fea78c7fb297704718bff7f4052743001a9b7ebb51cc9f1c")));
        assertThat(passphrase.derive(0x52495354, 256).nonce()).isEqualTo(0x52495354);
        assertThat(passphrase.derive(0x52495354, 256).aesBits()).isEqualTo(256);
    }

    @Test
    void nonceIsTheSaltInNetworkOrderWithItsTopBit() {
        byte[] key = Pbkdf2.hmacSha256(ascii("s3cret"), HEX.parseHex("8001a2ff"), 1024, 16);
        assertSameKey(new Passphrase("s3cret").derive(0x8001a2ff, 128), new PskKey(0, key));
    }

    @Test
    void passphraseEndsAtANulAndAfter127Bytes() {
        assertSameKey(new Passphrase("abc\0def").derive(7, 128), new Passphrase("abc").derive(7, 128));
        assertSameKey(new Passphrase("x".repeat(128)).derive(7, 128), new Passphrase("x".repeat(127)).derive(7, 128));
        // 64 two-byte characters: the cut falls inside the last
        byte[] cut = new byte[127];
        System.arraycopy("é".repeat(64).getBytes(StandardCharsets.UTF_8), 0, cut, 0, 127);
        byte[] key = Pbkdf2.hmacSha256(cut, new byte[] {0, 0, 0, 7}, 1024, 16);
        assertSameKey(new Passphrase("é".repeat(64)).derive(7, 128), new PskKey(0, key));
    }

    @Test
    void oneHundredAndTwentySixBytesAreNotCut() {
        assertThat(stream(new Passphrase("x".repeat(126)).derive(7, 128))).isNotEqualTo(stream(new Passphrase("x".repeat(127)).derive(7, 128)));
    }

    @Test
    void passphraseIsNeverShown() {
        assertThat(new Passphrase("s3cret").toString()).doesNotContain("s3cret");
    }

    @Test
    void keySizesAreThoseOfAes() {
        // TR-06-3 §8: 192 as well; the first 24 bytes of Appendix C's longer key, as PBKDF2 gives them whatever is asked for up to one hash
        assertSameKey(new Passphrase("Reliable Internet Stream Transport").derive(0x52495354, 192), new PskKey(0, HEX.parseHex("1c2b0cfc90ae2638fea78c7fb297704718bff7f405274300")));
        assertThatThrownBy(() -> new PskKey(1, new byte[20])).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("160 bits is not 128, 192 or 256");
        assertThatThrownBy(() -> Pbkdf2.hmacSha256(new byte[1], new byte[4], 0, 16)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertSameKey(PskKey actual, PskKey expected) {
        assertThat(actual.aesBits()).isEqualTo(expected.aesBits());
        assertThat(stream(actual)).isEqualTo(stream(expected));
    }

    private static byte[] stream(PskKey key) {
        ByteBuffer zeros = ByteBuffer.allocate(64);
        key.crypt(0x01020304, zeros, 0, 64);
        return zeros.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
