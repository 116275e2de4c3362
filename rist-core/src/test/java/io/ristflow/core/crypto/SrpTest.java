package io.ristflow.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SrpTest {
    /** RFC 5054 Appendix B: the group of 1,024 bits, SHA-1. */
    private static final SrpGroup GROUP_1024 = new SrpGroup(
            number("""
                    EEAF0AB9 ADB38DD6 9C33F80A FA8FC5E8 60726187 75FF3C0B 9EA2314C 9C256576 D674DF74 96EA81D3 383B4813 D692C6E0 E0D5D8E2 50B98BE4
                    8E495C1D 6089DAD1 5DC7D7B4 6154D6B6 CE8EF4AD 69B15D49 82559B29 7BCF1885 C529F566 660E57EC 68EDBC3C 05726CC0 2FD4CBF4 976EAA9A
                    FD5138FE 8376435B 9FC61D2F C0EB06E3"""),
            BigInteger.TWO);

    private static final Srp RFC = new Srp(GROUP_1024, new SrpHashing(SHA1Digest::new, SHA1Digest::new, true, false));
    private static final byte[] SALT = HexFormat.of().parseHex("beb25379d1a8581eb5a727673a2441ee");
    private static final BigInteger A_SECRET = number("60975527 035CF2AD 1989806F 0407210B C81EDC04 E2762A56 AFD529DD DA2D4393");
    private static final BigInteger B_SECRET = number("E487CB59 D31AC550 471E81F0 0F6928E0 1DDA08E9 74A004F4 9E61F5D1 05284D20");
    private static final BigInteger A = number("""
            61D5E490 F6F1B795 47B0704C 436F523D D0E560F0 C64115BB 72557EC4 4352E890 3211C046 92272D8B 2D1A5358 A2CF1B6E 0BFCF99F 921530EC
            8E393561 79EAE45E 42BA92AE ACED8251 71E1E8B9 AF6D9C03 E1327F44 BE087EF0 6530E69F 66615261 EEF54073 CA11CF58 58F0EDFD FE15EFEA
            B349EF5D 76988A36 72FAC47B 0769447B""");
    private static final BigInteger B = number("""
            BD0C6151 2C692C0C B6D041FA 01BB152D 4916A1E7 7AF46AE1 05393011 BAF38964 DC46A067 0DD125B9 5A981652 236F99D9 B681CBF8 7837EC99
            6C6DA044 53728610 D0C6DDB5 8B318885 D7D82C7F 8DEB75CE 7BD4FBAA 37089E6F 9C6059F3 88838E7A 00030B33 1EB76840 910440B1 B27AAEAE
            EB4012B7 D7665238 A8E3FB00 4B117B58""");
    private static final BigInteger X = number("94B7555A ABE9127C C58CCF49 93DB6CF8 4D16C124");
    private static final BigInteger V = number("""
            7E273DE8 696FFC4F 4E337D05 B4B375BE B0DDE156 9E8FA00A 9886D812 9BADA1F1 822223CA 1A605B53 0E379BA4 729FDC59 F105B478 7E5186F5
            C671085A 1447B52A 48CF1970 B4FB6F84 00BBF4CE BFBB1681 52E08AB5 EA53D15C 1AFF87B2 B9DA6E04 E058AD51 CC72BFC9 033B564E 26480D78
            E955A5E2 9E7AB245 DB2BE315 E2099AFB""");
    private static final BigInteger U = number("CE38B959 3487DA98 554ED47D 70A7AE5F 462EF019");
    private static final BigInteger S = number("""
            B0DC82BA BCF30674 AE450C02 87745E79 90A3381F 63B387AA F271A10D 233861E3 59B48220 F7C4693C 9AE12B0A 6F67809F 0876E2D0 13800D6C
            41BB59B6 D5979B5C 00A172B4 A2A5903A 0BDCAF8A 709585EB 2AFAFA8F 3499B200 210DCC1F 10EB3394 3CD67FC8 8A2F39A4 BE5BEC4E C0A3212D
            C346D7E4 74B29EDE 8A469FFE CA686E5A""");

    @Test
    void everyNumberIsTheOneOfRfc5054AppendixB() {
        assertThat(RFC.k()).isEqualTo(number("7556AA04 5AEF2CDD 07ABAF0F 665C3E81 8913186F"));
        assertThat(RFC.x(SALT, ascii("alice"), ascii("password123"))).isEqualTo(X);
        assertThat(RFC.verifier(X)).isEqualTo(V);
        assertThat(RFC.publicA(A_SECRET)).isEqualTo(A);
        assertThat(RFC.publicB(B_SECRET, V)).isEqualTo(B);
        assertThat(RFC.u(A, B)).isEqualTo(U);
        assertThat(RFC.clientSecret(A_SECRET, X, U, B)).isEqualTo(S);
        assertThat(RFC.serverSecret(B_SECRET, V, U, A)).isEqualTo(S);
    }

    /** Lines that ristsrppasswd of librist 0.2.20, 0.2.11 (two) and 0.2.7 wrote for alice and "correcthorse". */
    @Test
    void verifiersAreTheOnesThatEachLibristWrites() {
        assertVerifier(
                SrpHashing.PADDED,
                "NlV0/vWPfc5+QcNTka8g3QRioej/2aocBqhGxD6MBKv3rMcNOzkgDJvOKwpO15EJiIXQLE8NJAWRu9kBoYe/IUKAhDsy1IR1YqPfacU1THWlg5QK0S1CEUhdn2B48p/FHoOMlCc6iaJF5D0r0H7u3fYv"
                        + "eL9f4KjmEIf02V6mHNQNW3UaqnVTLmyLNsD0f71cpp1Uqi+8N4X97r03oIJn8Lck2wbSJyiZqNRrXdlRWrFcE34g76ZZ9ON2P9TUiAmUVwQfa7Q67rpLByTDk25mFdI7XyuI9Ba4MebpGqD3KZzi"
                        + "lwB8zosx8fpOgt0vKKvr661VRfPoFRTwBvea5HD5Aw==",
                "F+F0lbaJ7O8oSL0GEOxIM+eicRYhrbu0ajYr2TXn+Ls=");
        assertVerifier(
                SrpHashing.UNPADDED,
                "ksRWojXmr8gKMNFDao5AQgW1IABWU1WBBlD8wCUaknutWH17ihFvqzZnCY3m5LlUcxzgl05OhaCRG4p56b5DaSx7k7Cv8DJP0kSYyDesyqizUzkcHSpCaFkeRCM9CcsTxZzPPXq8XN6/qq3cx93RdBDQ"
                        + "bs2l4WaVtHeBmjBtQcAluO+OKpvBUVFiVhI8iwv2yGaHJYOjiyu4W6d8DWLBBmKH2X/SzJmo9oClr6t55ovlKwmSfl/a2Jjj++SmEx8nPZKgsnBXvXC+POy/JW+45xnyfzpwg7VGQWwg8KhpvI56"
                        + "1MHYHWBvX/YhPu5IhPFSz3/WFiytgDjCQdVCW/8wZQ==",
                "O4Y12D83LVWWKhvhWlfHfy4GK33DdaxyTcvHS1zh78Q=");
        assertVerifier(
                SrpHashing.ZERO_STATE,
                "BnHfc0NYymL5/Eg7GGGH4TplgCO9Nypfgfb557cvRlGi2pyxDng9T32beLfAU/cjUMzWv5Je6lk9l8iPWRhDVERt1E/RUVtpzwT+KvrgSxhDblByiYzeh742ko5FgOQxBxKC7H572y4uhdtN9ehkmO2O"
                        + "gtcKagOgDx+s5IHNyXKkHaihVgLX0x4rSH8b2xVswmENMLDYst5p8Cgj430CubihyfkPvTPU9hoca89TxZFNky+KDBWXI4zl/FJCaFYdKKgZUQtQ6VgOmdd3w75z+4jOCnAIcLtj6gFkrekSDk8e"
                        + "sry9tWHsKfUgAJNNFD9yyItRqhrTM+jUuaXPVJlLJg==",
                "8/lMxyY2j1CeHNwy4PY3mNJ8G7MQeS5rb8HbZBNb63A=");
        assertVerifier(
                SrpHashing.ZERO_STATE,
                "R+4qDTXSip12XzgW0QaoTsulBAbHuUz6iW0BK1EekJDEFWB1r1F+8QLRQdSOWUqtNjHeoBUyhbFisl6aCySnFFPyfrJh5VRy79/+TNrThWnQ8dWfIv5wLYwfw8g4i1YJwohozO/SV+RIoQuYz8eUnLHU"
                        + "lVPOb+2uBnGFBUc2p6C2EAxoxiYs1EJNDJ8QRzGF3ohtak5QtGn+yVbYgew0b1nE/d6664+CtNcVxPSjpf5FrZ6BkzeSTxY4Bl8MjQRQRnMMldieoTXJ+YNYyz0fT4b01W8oNWftKN8kNtLV79z4"
                        + "KkC+jR13cNNSjsWa79+v6SOBVPw8XRfpvvG45iZbCQ",
                "gnxCpkXjmbGyBomnVZev7uHxNilfUmYSWH3MpsGFa0k");
    }

    private static void assertVerifier(SrpHashing hashing, String verifier, String salt) {
        Srp srp = new Srp(SrpGroup.RFC5054_2048, hashing);
        BigInteger x = srp.x(Base64.getDecoder().decode(salt), ascii("alice"), ascii("correcthorse"));
        assertThat(srp.verifier(x)).isEqualTo(new BigInteger(1, Base64.getDecoder().decode(verifier)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PADDED", "UNPADDED", "ZERO_STATE", "STRICT"})
    void bothEndsComeToTheSameKeyAndProofs(String name) throws ReflectiveOperationException {
        Srp srp = new Srp(SrpGroup.RFC5054_2048, (SrpHashing) SrpHashing.class.getField(name).get(null));
        BigInteger x = srp.x(SALT, ascii("alice"), ascii("password123"));
        BigInteger a = srp.publicA(A_SECRET);
        BigInteger b = srp.publicB(B_SECRET, srp.verifier(x));
        BigInteger u = srp.u(a, b);
        BigInteger secret = srp.clientSecret(A_SECRET, x, u, b);
        assertThat(srp.serverSecret(B_SECRET, srp.verifier(x), u, a)).isEqualTo(secret);
        assertThat(srp.sessionKey(secret).bytes()).hasSize(32);
    }

    @Test
    void generationsOfHashesDiffer() {
        SessionKey key = new SessionKey(new byte[32]);
        byte[] padded = new Srp(SrpGroup.RFC5054_2048, SrpHashing.PADDED).clientProof(ascii("alice"), SALT, A, B, key);
        byte[] strict = new Srp(SrpGroup.RFC5054_2048, SrpHashing.STRICT).clientProof(ascii("alice"), SALT, A, B, key);
        byte[] zero = new Srp(SrpGroup.RFC5054_2048, SrpHashing.ZERO_STATE).clientProof(ascii("alice"), SALT, A, B, key);
        assertThat(padded).isNotEqualTo(strict).isNotEqualTo(zero);
        assertThat(new Srp(SrpGroup.RFC5054_2048, SrpHashing.PADDED).k()).isNotEqualTo(new Srp(SrpGroup.RFC5054_2048, SrpHashing.UNPADDED).k());
    }

    @Test
    void saltsLeadingZerosAreNotHashed() {
        Srp srp = new Srp(SrpGroup.RFC5054_2048, SrpHashing.PADDED);
        byte[] longer = HexFormat.of().parseHex("0000beb25379d1a8581eb5a727673a2441ee");
        assertThat(srp.x(longer, ascii("alice"), ascii("password123"))).isEqualTo(srp.x(SALT, ascii("alice"), ascii("password123")));
        SessionKey key = new SessionKey(new byte[32]);
        assertThat(srp.clientProof(ascii("alice"), longer, A, B, key)).isEqualTo(srp.clientProof(ascii("alice"), SALT, A, B, key));
    }

    @Test
    void publicKeyOfZeroModuloNIsRefused() {
        SrpGroup group = SrpGroup.RFC5054_2048;
        assertThat(group.acceptsPublicKey(new byte[0])).isFalse();
        assertThat(group.acceptsPublicKey(new byte[256])).isFalse();
        assertThat(group.acceptsPublicKey(group.padded(group.modulus()))).isFalse();
        assertThat(group.acceptsPublicKey(group.padded(group.modulus().subtract(BigInteger.ONE)))).isTrue();
        assertThat(group.acceptsPublicKey(new byte[] {1})).isTrue();
        // Longer than N, 2N for one
        assertThat(group.acceptsPublicKey(new byte[257])).isFalse();
    }

    @Test
    void numbersAreAsShortOrAsLongAsTheyShouldBe() {
        assertThat(SrpGroup.minimal(BigInteger.valueOf(0x80FF))).isEqualTo(new byte[] {(byte) 0x80, (byte) 0xFF});
        assertThat(SrpGroup.minimal(BigInteger.ZERO)).isEmpty();
        assertThat(SrpGroup.RFC5054_2048.padded(BigInteger.TWO)).hasSize(256).endsWith(0, 2);
    }

    private static BigInteger number(String hex) {
        return new BigInteger(hex.replaceAll("\\s", ""), 16);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
