package io.ristflow.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.eap.ChallengeLayout;
import io.ristflow.core.codec.eap.EapMessage;
import io.ristflow.core.codec.eap.EapolFrame;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.crypto.SrpHashing;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One exchange, from the start to the verdict. */
class HandshakeTest {
    private static final AuthRules V3 = new AuthRules(3, 3, SrpHashing.PADDED, ChallengeLayout.LIBRIST, 15);
    private static final AuthRules V2 = new AuthRules(2, 2, SrpHashing.UNPADDED, ChallengeLayout.LIBRIST, 15);

    private static AuthRules rules(String name) {
        return switch (name) {
            case "V2" -> V2;
            case "V3" -> V3;
            case "COMPAT" -> AuthRules.COMPAT;
            case "STRICT" -> AuthRules.STRICT;
            default -> AuthRules.LIBRIST;
        };
    }

    @Test
    void messagesAreThoseOfFigure34() {
        AuthPair pair = pair(AuthRules.LIBRIST, AuthRules.LIBRIST).begin().run(200);
        assertThat(pair.said).containsExactly(
                "c Start", "s IdentityRequest", "c IdentityResponse", "s Challenge", "c ClientKey", "s ServerKey", "c ClientValidator", "s ServerValidator", "c Success");
        assertThat(pair.bothIn()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "LIBRIST, LIBRIST, 4", "V3, LIBRIST, 3", "LIBRIST, V3, 3", "COMPAT, COMPAT, 4", "V2, COMPAT, 2", "COMPAT, V2, 2", "STRICT, STRICT, 3"
    })
    void peersMeetAtTheHighestVersionThatBothSpeak(String client, String server, int version) {
        AuthPair pair = pair(rules(client), rules(server)).begin().run(1_000);
        assertThat(pair.client(AuthOutput.Authenticated.class)).singleElement().satisfies(a -> assertThat(a.version()).isEqualTo(version));
        assertThat(pair.server(AuthOutput.Authenticated.class)).singleElement().satisfies(a -> {
            assertThat(a.version()).isEqualTo(version);
            assertThat(a.user()).isEqualTo("alice");
        });
    }

    @Test
    void bothEndsHaveTheSameKey() {
        AuthPair pair = pair(AuthRules.LIBRIST, AuthRules.LIBRIST).begin().run(200);
        AuthOutput.Authenticated client = pair.client(AuthOutput.Authenticated.class).getFirst();
        AuthOutput.Authenticated server = pair.server(AuthOutput.Authenticated.class).getFirst();
        assertThat(client.key().first(32)).isEqualTo(server.key().first(32));
        assertThat(client.sendUnderKey()).isTrue();
        assertThat(server.receiveUnderKey()).isTrue();
        assertThat(server.sendUnderKey()).isTrue();
        assertThat(client.receiveUnderKey()).isTrue();
    }

    /** librist as a listener: its challenges have no name, and its listener takes nothing under the key. */
    @Test
    void keyIsNotUsedTowardsAListenerWithoutAName() {
        AuthPair pair = pair(AuthRules.LIBRIST, AuthRules.LIBRIST);
        pair.tamper = (fromClient, bytes) -> {
            EapolFrame frame = EapolFrame.read(java.nio.ByteBuffer.wrap(bytes), 0, bytes.length);
            if (!(frame.message() instanceof EapMessage.Challenge c)) return bytes;
            return AuthPair.bytes(new EapolFrame(4, new EapMessage.Challenge(c.identifier(), c.layout(), new byte[0], c.salt(), c.generator(), c.modulus())));
        };
        pair.begin().run(200);
        AuthOutput.Authenticated client = pair.client(AuthOutput.Authenticated.class).getFirst();
        assertThat(client.sendUnderKey()).isFalse();
        assertThat(client.receiveUnderKey()).isTrue();
        assertThat(pair.server(AuthOutput.Authenticated.class).getFirst().receiveUnderKey()).isFalse();
    }

    @Test
    void oldVersionUsesNoKeyAsPassphrase() {
        AuthPair pair = pair(AuthRules.COMPAT, V2).begin().run(1_000);
        assertThat(pair.client(AuthOutput.Authenticated.class)).singleElement().satisfies(a -> {
            assertThat(a.sendUnderKey()).isFalse();
            assertThat(a.receiveUnderKey()).isFalse();
        });
        assertThat(pair.said).contains("c ServerValidatorResponse").endsWith("s Success");
    }

    @ParameterizedTest
    @CsvSource({"LIBRIST, V2", "V2, LIBRIST"})
    void oldVersionIsRefusedUnlessAllowed(String client, String server) {
        AuthPair pair = pair(rules(client), rules(server)).begin().run(3_000);
        assertThat(pair.bothIn()).isFalse();
        boolean clientRefuses = client.equals("LIBRIST");
        List<AuthOutput.Refused> refused = clientRefuses ? pair.client(AuthOutput.Refused.class) : pair.server(AuthOutput.Refused.class);
        assertThat(refused).first().satisfies(r -> assertThat(r.reason()).isEqualTo(AuthRefusal.VERSION_TOO_OLD));
    }

    @ParameterizedTest
    @CsvSource({"COMPAT, LIBRIST", "LIBRIST, COMPAT", "STRICT, LIBRIST"})
    void differentHashesLookLikeAWrongPassword(String client, String server) {
        AuthPair pair = pair(rules(client), rules(server)).begin().run(500);
        assertThat(pair.bothIn()).isFalse();
        assertThat(pair.server(AuthOutput.Refused.class)).first().satisfies(r -> assertThat(r.reason()).isEqualTo(AuthRefusal.WRONG_PASSWORD));
    }

    @Test
    void wrongPasswordIsRefusedOnBothSides() {
        AuthPair pair = new AuthPair(AuthPair.client(AuthRules.LIBRIST, "alice", "wrong"), AuthPair.server(AuthRules.LIBRIST, AuthPair.alice()), 1).begin().run(300);
        assertThat(pair.bothIn()).isFalse();
        assertThat(pair.server(AuthOutput.Refused.class)).containsExactly(new AuthOutput.Refused("alice", AuthRefusal.WRONG_PASSWORD));
        assertThat(pair.client(AuthOutput.Refused.class)).containsExactly(new AuthOutput.Refused("alice", AuthRefusal.REFUSED_BY_PEER));
        assertThat(pair.said).endsWith("s Failure");
    }

    @Test
    void impostorWithoutTheVerifierIsFoundOut() {
        // Its M2 is changed on the way: the same to the client as one that never was right
        AuthPair pair = pair(AuthRules.LIBRIST, AuthRules.LIBRIST);
        pair.tamper = (fromClient, bytes) -> {
            EapolFrame frame = EapolFrame.read(java.nio.ByteBuffer.wrap(bytes), 0, bytes.length);
            if (frame.message() instanceof EapMessage.ServerValidator) bytes[bytes.length - 1] ^= 1;
            return bytes;
        };
        pair.begin().run(300);
        assertThat(pair.client.authenticated()).isFalse();
        assertThat(pair.server.authenticated()).isFalse();
        assertThat(pair.client(AuthOutput.Refused.class)).first().satisfies(r -> assertThat(r.reason()).isEqualTo(AuthRefusal.PEER_NOT_TRUSTED));
        assertThat(pair.server(AuthOutput.Refused.class)).first().satisfies(r -> assertThat(r.reason()).isEqualTo(AuthRefusal.REFUSED_BY_PEER));
    }

    @Test
    void authenticatorIsNotInBeforeTheAuthenticateeHasSaidSuccess() {
        AuthPair pair = pair(AuthRules.LIBRIST, AuthRules.LIBRIST);
        pair.tamper = (fromClient, bytes) -> fromClient && success(bytes) ? null : bytes;
        pair.begin().run(1_000);
        assertThat(pair.client.authenticated()).isTrue();
        assertThat(pair.server.authenticated()).isFalse();
    }

    @Test
    void lostSuccessIsSaidAgainWhenItIsAskedForAgain() {
        AuthPair pair = pair(AuthRules.LIBRIST, AuthRules.LIBRIST);
        int[] lost = {2};
        pair.tamper = (fromClient, bytes) -> fromClient && success(bytes) && lost[0]-- > 0 ? null : bytes;
        pair.begin().run(1_500);
        assertThat(pair.bothIn()).isTrue();
        assertThat(pair.client(AuthOutput.Authenticated.class)).hasSize(1);
    }

    private static boolean success(byte[] frame) {
        return frame.length > 4 && frame[4] == 3;
    }

    @Test
    void repeatedChallengeIsAnsweredWithTheSameKey() {
        AuthPair pair = pair(AuthRules.LIBRIST, AuthRules.LIBRIST);
        byte[][] seen = new byte[2][];
        pair.tamper = (fromClient, bytes) -> {
            if (!fromClient || bytes.length < 200) return bytes;
            seen[seen[0] == null ? 0 : 1] = bytes;
            return seen[1] == null ? null : bytes;
        };
        pair.begin().run(1_500);
        assertThat(pair.bothIn()).isTrue();
        assertThat(seen[1]).isEqualTo(seen[0]);
    }

    @Test
    void requestIsRepeatedHalfASecondLaterFiveTimes() {
        AuthPair pair = pair(AuthRules.LIBRIST, AuthRules.LIBRIST);
        pair.tamper = (fromClient, bytes) -> fromClient ? null : bytes;
        pair.take(pair.server, pair.server.step(pair.nowNs, new AuthInput.Begin()));
        pair.run(6_000);
        assertThat(pair.said).hasSize(6).containsOnly("s IdentityRequest");
        // §D.6: and then waits to be contacted again
        assertThat(pair.server.nextDeadlineNs()).isEqualTo(Ticks.NEVER);
        pair.tamper = null;
        pair.begin().run(300);
        assertThat(pair.bothIn()).isTrue();
    }

    @Test
    void authenticatorThatIsNotThereIsCalledAgain() {
        AuthPair pair = pair(AuthRules.LIBRIST, AuthRules.LIBRIST);
        pair.tamper = (fromClient, bytes) -> null;
        pair.begin().run(10_000);
        // 6 in the first 2.5 s, then every 2 s
        assertThat(pair.said).hasSize(9).containsOnly("c Start");
        pair.tamper = null;
        pair.run(2_500);
        assertThat(pair.bothIn()).isTrue();
    }

    @Test
    void publicKeyOfZeroIsRefused() {
        AuthPair pair = pair(AuthRules.LIBRIST, AuthRules.LIBRIST);
        pair.tamper = (fromClient, bytes) -> fromClient ? zeroed(bytes) : bytes;
        pair.begin().run(300);
        assertThat(pair.server(AuthOutput.Refused.class)).first().satisfies(r -> assertThat(r.reason()).isEqualTo(AuthRefusal.INVALID_KEY));

        AuthPair other = pair(AuthRules.LIBRIST, AuthRules.LIBRIST);
        other.tamper = (fromClient, bytes) -> fromClient ? bytes : zeroed(bytes);
        other.begin().run(300);
        assertThat(other.client(AuthOutput.Refused.class)).first().satisfies(r -> assertThat(r.reason()).isEqualTo(AuthRefusal.INVALID_KEY));
    }

    /** A public key of 256 zero bytes in place of A or B. */
    private static byte[] zeroed(byte[] bytes) {
        if (bytes.length < 200) return bytes;
        for (int i = 10; i < bytes.length; i++) bytes[i] = 0;
        return bytes;
    }

    @Test
    void groupThatIsNotTheDefaultOneIsRefused() {
        Authenticatee client = AuthPair.client(AuthRules.LIBRIST, "alice", "correcthorse");
        client.step(0, new AuthInput.Begin());
        client.step(0, new AuthInput.Received(new EapolFrame(4, new EapMessage.IdentityRequest(7, new byte[0]))));
        byte[] salt = {1, 2, 3, 4};
        BigInteger smooth = BigInteger.valueOf(3).pow(1_000);
        EapMessage challenge = new EapMessage.Challenge(8, ChallengeLayout.LIBRIST, new byte[0], salt, new byte[] {2}, smooth.toByteArray());
        List<AuthOutput> out = client.step(0, new AuthInput.Received(new EapolFrame(4, challenge)));
        assertThat(out).contains(new AuthOutput.Refused("alice", AuthRefusal.UNSUPPORTED_GROUP));
        assertThat(out).doesNotHaveAnyElementsOfTypes(AuthOutput.Compute.class);
    }

    @Test
    void defaultGroupMayBeNamed() {
        Authenticatee client = AuthPair.client(AuthRules.LIBRIST, "alice", "correcthorse");
        client.step(0, new AuthInput.Begin());
        client.step(0, new AuthInput.Received(new EapolFrame(4, new EapMessage.IdentityRequest(7, new byte[0]))));
        byte[] modulus = SrpWork.wire(io.ristflow.core.crypto.SrpGroup.RFC5054_2048.modulus());
        EapMessage challenge = new EapMessage.Challenge(8, ChallengeLayout.LIBRIST, new byte[0], new byte[4], new byte[] {2}, modulus);
        assertThat(client.step(0, new AuthInput.Received(new EapolFrame(4, challenge)))).hasOnlyElementsOfType(AuthOutput.Compute.class);
    }

    @Test
    void unknownRequestIsAnsweredWithNak() {
        Authenticatee client = AuthPair.client(AuthRules.LIBRIST, "alice", "correcthorse");
        List<AuthOutput> out = client.step(0, new AuthInput.Received(new EapolFrame(3, new EapMessage.UnknownRequest(0x21, 0x13, 5))));
        assertThat(out).containsExactly(new AuthOutput.Send(new EapolFrame(3, new EapMessage.Nak(0x21))));
        assertThat(HexFormat.of().formatHex(AuthPair.bytes(((AuthOutput.Send) out.getFirst()).frame()))).isEqualTo("03000006022100060313");
    }

    @Test
    void identityIsToldAtMostFiveTimesASecond() {
        Authenticatee client = AuthPair.client(AuthRules.LIBRIST, "alice", "correcthorse");
        client.step(0, new AuthInput.Begin());
        int told = 0;
        for (int ms = 0; ms < 1_000; ms += 10) {
            told += client.step(Ticks.msToNs(ms), new AuthInput.Received(new EapolFrame(4, new EapMessage.IdentityRequest(ms / 10, new byte[0])))).size();
        }
        assertThat(told).isEqualTo(5);
    }

    @Test
    void ownPassphraseMeansThatTheKeyIsNotUsed() {
        Passphrase own = new Passphrase("s3cr3tpass");
        Authenticatee client = new Authenticatee(new Authenticatee.Settings(AuthRules.LIBRIST, "alice", "correcthorse", own, true), new SplittableRandom(1));
        Authenticator server = new Authenticator(new Authenticator.Settings(AuthRules.LIBRIST, AuthPair.alice(), new Lockout(), own, true, false), new SplittableRandom(2));
        AuthPair pair = new AuthPair(client, server, 1).begin().run(300);
        assertThat(pair.client(AuthOutput.Authenticated.class)).singleElement().satisfies(a -> {
            assertThat(a.sendUnderKey()).isFalse();
            assertThat(a.receiveUnderKey()).isFalse();
        });
        assertThat(pair.said).doesNotContain("c PassphraseRequest");
    }

    private static AuthPair pair(AuthRules client, AuthRules server) {
        return new AuthPair(AuthPair.client(client, "alice", "correcthorse"), AuthPair.server(server, AuthPair.alice()), 1);
    }
}
