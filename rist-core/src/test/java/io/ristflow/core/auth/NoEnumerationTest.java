package io.ristflow.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.codec.eap.EapMessage;
import io.ristflow.core.codec.eap.EapolFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** TR-06-2 §D.4: nobody finds out which users exist. */
class NoEnumerationTest {
    private static final String FILE =
            "alice:NlV0/vWPfc5+QcNTka8g3QRioej/2aocBqhGxD6MBKv3rMcNOzkgDJvOKwpO15EJiIXQLE8NJAWRu9kBoYe/IUKAhDsy1IR1YqPfacU1THWlg5QK0S1CEUhdn2B48p/FHoOMlCc6iaJF5D0r0H7u3fYveL9f4KjmEIf02V6mHNQN"
                    + "W3UaqnVTLmyLNsD0f71cpp1Uqi+8N4X97r03oIJn8Lck2wbSJyiZqNRrXdlRWrFcE34g76ZZ9ON2P9TUiAmUVwQfa7Q67rpLByTDk25mFdI7XyuI9Ba4MebpGqD3KZzilwB8zosx8fpOgt0vKKvr661VRfPoFRTwBvea5HD5Aw==:"
                    + "F+F0lbaJ7O8oSL0GEOxIM+eicRYhrbu0ajYr2TXn+Ls=:3:1\n";

    @Test
    void unknownUserSeesTheSameMessagesOfTheSameLengthsAsAWrongPassword() {
        for (UserDirectory directory : List.of(VerifierFile.parse(FILE).file(), AuthPair.alice())) {
            assertThat(shapes(directory, "alice", 1)).isEqualTo(shapes(directory, "mallory", 1)).hasSize(4);
        }
    }

    @Test
    void unknownUserCausesTheSameComputations() {
        for (UserDirectory directory : List.of(VerifierFile.parse(FILE).file(), AuthPair.alice())) {
            assertThat(directory.decoy("mallory")).hasSameClassAs(directory.find("alice", false));
            assertThat(work(directory, "alice")).isEqualTo(work(directory, "mallory")).hasSize(2);
        }
    }

    @Test
    void unknownUsersSaltIsAlwaysTheSameAndOnlyHis() {
        UserDirectory first = VerifierFile.parse(FILE).file();
        UserDirectory second = VerifierFile.parse(FILE).file();
        assertThat(first.decoy("mallory").salt()).isEqualTo(second.decoy("mallory").salt()).hasSize(32);
        assertThat(first.decoy("mallory").salt()).isNotEqualTo(first.decoy("trudy").salt());
    }

    @Test
    void operatorIsToldWhatThePeerIsNot() {
        AuthPair pair = new AuthPair(AuthPair.client(AuthRules.LIBRIST, "mallory", "x"), AuthPair.server(AuthRules.LIBRIST, AuthPair.alice()), 1).begin().run(300);
        assertThat(pair.server(AuthOutput.Refused.class)).containsExactly(new AuthOutput.Refused("mallory", AuthRefusal.UNKNOWN_USER));
    }

    /** Class and length of all that the authenticator says until it fails; keys may be a byte shorter by chance, so they count as long ones. */
    private static List<String> shapes(UserDirectory directory, String user, long seed) {
        AuthPair pair = new AuthPair(AuthPair.client(AuthRules.LIBRIST, user, "wrong"), AuthPair.server(AuthRules.LIBRIST, directory), seed);
        List<String> shapes = new ArrayList<>();
        pair.tamper = (fromClient, bytes) -> {
            EapMessage message = EapolFrame.read(ByteBuffer.wrap(bytes), 0, bytes.length).message();
            if (!fromClient) shapes.add(message.getClass().getSimpleName() + " " + (message instanceof EapMessage.ServerKey ? "long" : bytes.length));
            return bytes;
        };
        pair.begin().run(400);
        return shapes;
    }

    private static List<String> work(UserDirectory directory, String user) {
        AuthPair pair = new AuthPair(AuthPair.client(AuthRules.LIBRIST, user, "wrong"), AuthPair.server(AuthRules.LIBRIST, directory), 1).begin().run(400);
        return pair.server(AuthOutput.Compute.class).stream().map(c -> c.work().getClass().getSimpleName()).toList();
    }

    @Test
    void secretsAreNeverShown() {
        AuthPair pair = new AuthPair(
                new Authenticatee(new Authenticatee.Settings(AuthRules.LIBRIST, "alice", "correcthorse", null, true), new SplittableRandom(1)),
                AuthPair.server(AuthRules.LIBRIST, AuthPair.alice()), 1).begin().run(300);
        assertThat(pair.bothIn()).isTrue();
        assertThat(pair.ofClient.toString() + pair.ofServer).doesNotContain("correcthorse");
        assertThat(pair.client(AuthOutput.Compute.class).toString() + pair.server(AuthOutput.Compute.class)).contains("[hidden]").doesNotContain("secret=");
        assertThat(new Authenticatee.Settings(AuthRules.LIBRIST, "alice", "correcthorse", null, true).toString()).doesNotContain("correcthorse");
    }
}
