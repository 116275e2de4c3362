package io.ristflow.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.codec.eap.ChallengeLayout;
import io.ristflow.core.codec.eap.EapMessage;
import io.ristflow.core.codec.eap.EapolFrame;
import io.ristflow.core.crypto.SrpHashing;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** TR-06-2 §D.5. */
class ReauthenticationTest {
    /** A directory that can be changed while users are in. */
    private static final class Changing implements UserDirectory {
        UserDirectory now = AuthPair.alice();

        @Override
        public Enrolment find(String user, boolean legacy) {
            return now.find(user, legacy);
        }

        @Override
        public Enrolment decoy(String user) {
            return now.decoy(user);
        }
    }

    private final Changing directory = new Changing();

    private AuthPair pair(boolean reauthenticate) {
        Authenticator server = new Authenticator(new Authenticator.Settings(AuthRules.LIBRIST, directory, new Lockout(), null, true, reauthenticate), new SplittableRandom(2));
        return new AuthPair(AuthPair.client(AuthRules.LIBRIST, "alice", "correcthorse"), server, 1).begin().run(300);
    }

    @Test
    void everyMinuteANewKeyIsAgreedOnWhereThatIsWanted() {
        AuthPair pair = pair(true);
        pair.run(61_000);
        assertThat(pair.server(AuthOutput.Authenticated.class)).hasSize(2);
        assertThat(pair.client(AuthOutput.Authenticated.class)).hasSize(2);
        assertThat(pair.client(AuthOutput.Authenticated.class).getLast().key().first(32)).isEqualTo(pair.server(AuthOutput.Authenticated.class).getLast().key().first(32));
        assertThat(pair.client(AuthOutput.Authenticated.class).getLast().key().first(32)).isNotEqualTo(pair.client(AuthOutput.Authenticated.class).getFirst().key().first(32));
    }

    /** librist 0.2.7, which otherwise asks every three seconds. */
    @Test
    void callerOfTheOldVersionIsAskedBeforeItAsks() {
        AuthRules old = new AuthRules(EapolFrame.VERSION_2, EapolFrame.VERSION_2, SrpHashing.UNPADDED, ChallengeLayout.LIBRIST, 15);
        Authenticator server = new Authenticator(new Authenticator.Settings(AuthRules.COMPAT, directory, new Lockout(), null, true, false), new SplittableRandom(2));
        AuthPair pair = new AuthPair(AuthPair.client(old, "alice", "correcthorse"), server, 1).begin().run(300);
        assertThat(pair.server(AuthOutput.Authenticated.class)).hasSize(1);
        pair.run(12_000);
        assertThat(pair.server(AuthOutput.Authenticated.class)).hasSize(5);
        assertThat(pair.bothIn()).isTrue();
    }

    @Test
    void nothingIsSaidAsLongAsTheDirectoryIsTheSame() {
        AuthPair pair = pair(false);
        int said = pair.said.size();
        pair.run(200_000);
        assertThat(pair.said).hasSize(said);
    }

    @Test
    void dataFlowsWhileItGoesOn() {
        AuthPair pair = pair(true);
        boolean[] always = {true};
        for (int ms = 0; ms < 61_000; ms += 5) {
            pair.run(5);
            always[0] &= pair.bothIn();
        }
        assertThat(always[0]).isTrue();
    }

    @Test
    void userWhoWasRemovedIsOutWithinAMinute() {
        AuthPair pair = pair(false);
        directory.now = UserDirectory.of("bob", "x", new SplittableRandom(3));
        pair.run(61_000);
        assertThat(pair.server.authenticated()).isFalse();
        assertThat(pair.server(AuthOutput.Refused.class)).containsExactly(new AuthOutput.Refused("alice", AuthRefusal.USER_REMOVED));
    }

    @Test
    void userWhosePasswordWasChangedIsOutWithinAMinute() {
        AuthPair pair = pair(false);
        directory.now = UserDirectory.of("alice", "changed", new SplittableRandom(3));
        pair.run(61_000);
        assertThat(pair.server.authenticated()).isFalse();
        assertThat(pair.server(AuthOutput.Refused.class)).first().isEqualTo(new AuthOutput.Refused("alice", AuthRefusal.WRONG_PASSWORD));
        assertThat(pair.client(AuthOutput.Refused.class)).isNotEmpty();
    }

    @Test
    void userWhoDoesNotAnswerStaysIn() {
        AuthPair pair = pair(true);
        pair.tamper = (fromClient, bytes) -> fromClient ? null : bytes;
        pair.run(70_000);
        assertThat(pair.server.authenticated()).isTrue();
    }

    /** librist 0.2.7 starts anew every three seconds. */
    @Test
    void startOfWhoIsInBeginsAnewWithoutThrowingOut() {
        AuthPair pair = pair(false);
        for (int i = 0; i < 5; i++) {
            pair.inject(pair.server, AuthPair.bytes(new EapolFrame(3, new EapMessage.Start())));
            pair.run(3_000);
            assertThat(pair.bothIn()).isTrue();
        }
        assertThat(pair.server(AuthOutput.Authenticated.class)).hasSize(6);
    }

    @Test
    void restartedAuthenticatorIsAuthenticatedWithAgain() {
        AuthPair pair = pair(false);
        Authenticator restarted = AuthPair.server(AuthRules.LIBRIST, directory);
        AuthPair again = new AuthPair(pair.client, restarted, 2);
        again.nowNs = pair.nowNs;
        // A keep-alive came: the new authenticator asks who is there
        again.take(restarted, restarted.step(again.nowNs, new AuthInput.Begin()));
        again.run(300);
        assertThat(again.bothIn()).isTrue();
    }

    @Test
    void hostMayRejectWhoIsIn() {
        AuthPair pair = pair(false);
        List<AuthOutput> out = ((Authenticator) pair.server).reject(pair.nowNs);
        assertThat(out).contains(new AuthOutput.Refused("alice", AuthRefusal.REJECTED));
        assertThat(pair.server.authenticated()).isFalse();
    }

    @Test
    void whoIsInStaysInThoughStrangersLockHisName() {
        Lockout lockout = new Lockout();
        Authenticator server = new Authenticator(new Authenticator.Settings(AuthRules.LIBRIST, directory, lockout, null, true, true), new SplittableRandom(2));
        AuthPair pair = new AuthPair(AuthPair.client(AuthRules.LIBRIST, "alice", "correcthorse"), server, 1).begin().run(59_000);
        for (int i = 0; i < 5; i++) lockout.failed(pair.nowNs, "alice");
        pair.run(3_000);
        assertThat(pair.bothIn()).isTrue();
        assertThat(pair.server(AuthOutput.Authenticated.class)).hasSize(2);
    }
}
