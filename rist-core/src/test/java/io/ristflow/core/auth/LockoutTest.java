package io.ristflow.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.eap.EapMessage;
import io.ristflow.core.codec.eap.EapolFrame;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LockoutTest {
    private final Lockout lockout = new Lockout();

    @Test
    void nameIsLockedForHalfAMinuteAfterFiveFailuresInARow() {
        for (int i = 0; i < 4; i++) lockout.failed(i, "alice");
        assertThat(lockout.locked(4, "alice")).isFalse();
        lockout.failed(4, "alice");
        assertThat(lockout.locked(5, "alice")).isTrue();
        assertThat(lockout.locked(5, "bob")).isFalse();
        assertThat(lockout.locked(4 + Lockout.LOCKED_NS, "alice")).isFalse();
    }

    @Test
    void successWipesTheSlateClean() {
        for (int i = 0; i < 4; i++) lockout.failed(i, "alice");
        lockout.succeeded("alice");
        lockout.failed(5, "alice");
        assertThat(lockout.locked(6, "alice")).isFalse();
    }

    @Test
    void failuresThatAreLongAgoDoNotAddUp() {
        for (int i = 0; i < 4; i++) lockout.failed(0, "alice");
        lockout.failed(Lockout.FORGOTTEN_NS + 1, "alice");
        assertThat(lockout.locked(Lockout.FORGOTTEN_NS + 2, "alice")).isFalse();
    }

    @Test
    void inventedNamesDoNotFillTheMemory() {
        for (int i = 0; i < 5; i++) lockout.failed(0, "alice");
        for (int i = 0; i < 1_000; i++) lockout.failed(0, "invented " + i);
        assertThat(lockout.locked(1, "alice")).isTrue();
        for (int i = 0; i < 1_000; i++) lockout.failed(0, "another " + i);
        assertThat(lockout.locked(1, "invented 0")).isFalse();
    }

    @Test
    void guessesFromManyAddressesAddUp() {
        UserDirectory directory = AuthPair.alice();
        Lockout shared = new Lockout();
        for (int path = 0; path < 5; path++) {
            assertThat(reasons(directory, shared, "wrong", path)).containsExactly(AuthRefusal.WRONG_PASSWORD);
        }
        assertThat(reasons(directory, shared, "correcthorse", 6)).containsExactly(AuthRefusal.LOCKED_OUT);
    }

    @Test
    void unknownNameIsLockedLikeAKnownOne() {
        UserDirectory directory = UserDirectory.of("somebody", "else", new SplittableRandom(1));
        Lockout shared = new Lockout();
        for (int path = 0; path < 5; path++) assertThat(reasons(directory, shared, "wrong", path)).containsExactly(AuthRefusal.UNKNOWN_USER);
        assertThat(reasons(directory, shared, "wrong", 6)).containsExactly(AuthRefusal.LOCKED_OUT);
    }

    /** What a new path's authenticator says to alice with this password, in the first half second. */
    private static List<AuthRefusal> reasons(UserDirectory directory, Lockout lockout, String password, long seed) {
        Authenticator server = new Authenticator(new Authenticator.Settings(AuthRules.LIBRIST, directory, lockout, null, true, false), new SplittableRandom(seed));
        AuthPair pair = new AuthPair(AuthPair.client(AuthRules.LIBRIST, "alice", password), server, seed).begin().run(500);
        assertThat(pair.bothIn()).isFalse();
        return pair.server(AuthOutput.Refused.class).stream().map(AuthOutput.Refused::reason).toList();
    }

    @Test
    void authenticateeTriesLessAndLessOftenAndGetsInWhenThePasswordIsMended() {
        boolean[] mended = {false};
        UserDirectory right = AuthPair.alice();
        UserDirectory directory = new UserDirectory() {
            @Override
            public Enrolment find(String user, boolean legacy) {
                return mended[0] ? right.find(user, legacy) : null;
            }

            @Override
            public Enrolment decoy(String user) {
                return right.decoy(user);
            }
        };
        AuthPair pair = new AuthPair(AuthPair.client(AuthRules.LIBRIST, "alice", "correcthorse"), AuthPair.server(AuthRules.LIBRIST, directory), 1).begin().run(30_000);
        // At once, after 2 s, after 4 s; then half a minute passes
        assertThat(pair.client(AuthOutput.Refused.class)).hasSize(3);
        mended[0] = true;
        pair.run(6_000);
        assertThat(pair.bothIn()).isTrue();
    }

    @Test
    void pathThatFailsOverAndOverIsNotListenedToForHalfAMinute() {
        AuthPair pair = new AuthPair(AuthPair.client(AuthRules.LIBRIST, "alice", "wrong"), AuthPair.server(AuthRules.LIBRIST, AuthPair.alice()), 1);
        // A peer that does not wait: its machine is made anew each time
        int failures = 0;
        for (int i = 0; i < 6; i++) {
            AuthPair attempt = new AuthPair(AuthPair.client(AuthRules.LIBRIST, "user " + i, "wrong"), pair.server, i);
            attempt.nowNs = pair.nowNs + i * Ticks.NS_PER_SECOND;
            attempt.begin().run(900);
            failures += attempt.server(AuthOutput.Refused.class).size();
        }
        assertThat(failures).isEqualTo(4);
        long laterNs = pair.nowNs + 60 * Ticks.NS_PER_SECOND;
        pair.server.onDeadline(laterNs);
        assertThat(pair.server.step(laterNs, new AuthInput.Received(new EapolFrame(3, new EapMessage.Start())))).hasSize(1);
    }
}
