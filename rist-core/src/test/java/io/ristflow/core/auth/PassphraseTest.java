package io.ristflow.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.eap.ChallengeLayout;
import io.ristflow.core.codec.eap.EapMessage;
import io.ristflow.core.codec.eap.EapMessage.PassphraseResponse;
import io.ristflow.core.codec.eap.EapolFrame;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.crypto.SessionKey;
import io.ristflow.core.crypto.SrpHashing;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What authenticated ends tell each other of their passphrases. */
class PassphraseTest {
    private static final Passphrase SECRET = new Passphrase("s3cr3tpass");
    private static final byte[] KEY = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private static AuthRules upTo(int version) {
        return new AuthRules(3, version, SrpHashing.PADDED, ChallengeLayout.LIBRIST, 15);
    }

    private static AuthPair pair(int version, Passphrase ofServer, boolean serverUsesKey) {
        Authenticator server = new Authenticator(new Authenticator.Settings(upTo(version), AuthPair.alice(), new Lockout(), ofServer, serverUsesKey, false), new SplittableRandom(2));
        return new AuthPair(AuthPair.client(upTo(version), "alice", "correcthorse"), server, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void authenticateeWithoutASecretLearnsTheAuthenticators(int version) {
        AuthPair pair = pair(version, SECRET, true).begin().run(300);
        assertThat(pair.client(AuthOutput.PeerPassphrase.class)).singleElement().satisfies(p -> assertThat(p.passphrase().bytes()).isEqualTo(SECRET.bytes()));
        assertThat(pair.said).endsWith("c PassphraseRequest", "s PassphraseResponse", "c Success");
        assertThat(pair.client.nextDeadlineNs()).isEqualTo(Ticks.NEVER);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void requestIsRepeatedUntilItIsAnswered(int version) {
        AuthPair pair = pair(version, SECRET, true);
        int[] lost = {3};
        pair.tamper = (fromClient, bytes) -> !fromClient && bytes.length > 9 && bytes[9] == 0x10 && lost[0]-- > 0 ? null : bytes;
        pair.begin().run(2_500);
        assertThat(pair.client(AuthOutput.PeerPassphrase.class)).singleElement().satisfies(p -> assertThat(p.passphrase().bytes()).isEqualTo(SECRET.bytes()));
    }

    @Test
    void requestIsGivenUpAfterSixTries() {
        AuthPair pair = pair(4, SECRET, true);
        pair.tamper = (fromClient, bytes) -> !fromClient && bytes.length > 9 && bytes[9] == 0x10 ? null : bytes;
        pair.begin().run(6_000);
        assertThat(pair.said.stream().filter("c PassphraseRequest"::equals)).hasSize(6);
        assertThat(pair.client.authenticated()).isTrue();
    }

    @Test
    void nothingIsAskedWhereTheKeyIsUsed() {
        assertThat(pair(4, null, true).begin().run(300).said).doesNotContain("c PassphraseRequest");
    }

    @Test
    void whoSendsInTheClearHasNoneToTell() {
        AuthPair pair = pair(4, null, false).begin().run(300);
        assertThat(pair.said).endsWith("c PassphraseRequest", "s Failure");
        assertThat(pair.bothIn()).isTrue();
        assertThat(pair.client(AuthOutput.PeerPassphrase.class)).isEmpty();
    }

    /** librist asks even where U told it. At version 4 it takes nothing but the sealed form. */
    @Test
    void keyInUseIsToldAsEachVersionUnderstandsIt() {
        for (int version : new int[] {3, 4}) {
            AuthPair pair = pair(version, null, true).begin().run(300);
            EapolFrame request = new EapolFrame(version, new EapMessage.PassphraseRequest(0xC1));
            EapolFrame answer = ((AuthOutput.Send) pair.server.step(pair.nowNs, new AuthInput.Received(request)).getFirst()).frame();
            assertThat(answer.version()).isEqualTo(version);
            assertThat(((PassphraseResponse) answer.message()).useKey()).isEqualTo(version == 3);
            SessionKey key = pair.server(AuthOutput.Authenticated.class).getFirst().key();
            if (version == 4) assertThat(PassphraseSeal.open(upTo(4), 4, key, false, (PassphraseResponse) answer.message())).isEqualTo(key.first(32));
        }
    }

    @Test
    void changedPassphraseIsToldUnaskedUntilItIsAcknowledged() {
        AuthPair pair = pair(4, SECRET, true).begin().run(300);
        int[] lost = {2};
        pair.tamper = (fromClient, bytes) -> fromClient && bytes[4] == 3 && lost[0]-- > 0 ? null : bytes;
        pair.take(pair.server, pair.server.changePassphrase(pair.nowNs, new Passphrase("another")));
        pair.run(3_000);
        assertThat(pair.client(AuthOutput.PeerPassphrase.class)).hasSize(2).last().satisfies(p -> assertThat(p.passphrase().bytes()).asString().isEqualTo("another"));
        assertThat(pair.server.nextDeadlineNs()).isGreaterThan(pair.nowNs + 50 * Ticks.NS_PER_SECOND);
    }

    @Test
    void repeatedOldPassphraseIsNotTakenAgain() {
        AuthPair pair = pair(4, SECRET, true);
        byte[][] first = new byte[1][];
        pair.tamper = (fromClient, bytes) -> {
            if (!fromClient && bytes.length > 9 && bytes[9] == 0x10 && first[0] == null) first[0] = bytes.clone();
            return bytes;
        };
        pair.begin().run(300);
        pair.take(pair.server, pair.server.changePassphrase(pair.nowNs, new Passphrase("another")));
        pair.run(300);
        pair.inject(pair.client, first[0]);
        pair.run(100);
        assertThat(pair.client(AuthOutput.PeerPassphrase.class)).hasSize(2).last().satisfies(p -> assertThat(p.passphrase().bytes()).asString().isEqualTo("another"));
    }

    @Test
    void sealedPassphraseOfTheOtherDirectionDoesNotOpen() {
        SessionKey key = new SessionKey(KEY);
        PassphraseResponse fromServer = PassphraseSeal.seal(upTo(4), 4, key, false, 0xC1, 0, SECRET.bytes());
        assertThat(PassphraseSeal.open(upTo(4), 4, key, false, fromServer)).isEqualTo(SECRET.bytes());
        assertThat(PassphraseSeal.open(upTo(4), 4, key, true, fromServer)).isNull();
        assertThat(PassphraseSeal.open(upTo(4), 4, key, false, new PassphraseResponse(0xC2, fromServer.flags(), fromServer.sealed()))).isNull();
    }

    /** Version 3 by hand: AES-256 of the counter block that ends with the identifier, XOR the text. */
    @Test
    void versionThreeHasTheIdentifierInTheLastByteOfItsVector() throws Exception {
        javax.crypto.Cipher block = javax.crypto.Cipher.getInstance("AES/ECB/NoPadding");
        block.init(javax.crypto.Cipher.ENCRYPT_MODE, new javax.crypto.spec.SecretKeySpec(KEY, "AES"));
        byte[] stream = block.doFinal(HexFormat.of().parseHex("000000000000000000000000000000c1"));
        byte[] expected = SECRET.bytes();
        for (int i = 0; i < expected.length; i++) expected[i] ^= stream[i];
        assertThat(PassphraseSeal.seal(AuthRules.LIBRIST, 3, new SessionKey(KEY), false, 0xC1, 0, SECRET.bytes()).sealed()).isEqualTo(expected);
        byte[] strict = PassphraseSeal.seal(AuthRules.STRICT, 3, new SessionKey(KEY), false, 0xC1, 0, SECRET.bytes()).sealed();
        byte[] first = block.doFinal(HexFormat.of().parseHex("c1000000000000000000000000000000"));
        assertThat((byte) (strict[0] ^ first[0])).isEqualTo(SECRET.bytes()[0]);
        assertThat(ByteBuffer.wrap(strict).getInt()).isNotEqualTo(ByteBuffer.wrap(expected).getInt());
    }
}
