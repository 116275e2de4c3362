package io.ristflow.core.session;

import static io.ristflow.core.session.Datagrams.feedback;
import static io.ristflow.core.session.Datagrams.keepAlive;
import static io.ristflow.core.session.Datagrams.media;
import static io.ristflow.core.session.Datagrams.tunnelled;
import static io.ristflow.core.session.Lab.FLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.Role;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    private static final PskConfig GOOD = new PskConfig("good", 256, 0);
    private static final PskConfig OTHER_PASSPHRASE = new PskConfig("other", 256, 0);
    private static final PskConfig OTHER_SIZE = new PskConfig("good", 128, 0);

    /** The caller is sender or receiver; the listener hears it and says what is wrong, and says when it is mended. */
    @ParameterizedTest
    @CsvSource({
        "PASSPHRASE_MISMATCH, good, other, true", "PASSPHRASE_MISMATCH, good, other, false",
        "AES_SIZE_MISMATCH, good, size, true", "AES_SIZE_MISMATCH, good, size, false",
        "CLEAR_TEXT_REFUSED, good, none, true", "CLEAR_TEXT_REFUSED, good, none, false",
        "KEY_UNEXPECTED, none, good, true", "KEY_UNEXPECTED, none, good, false"})
    void keyMismatchIsToldWithinThreeSecondsAndOverAFewSecondsAfterItsMend(Fault fault, String atListener, String atCaller, boolean senderCalls) {
        Lab listener = senderCalls ? Lab.receiver(Profile.MAIN, Role.LISTENER, psk(atListener)) : Lab.sender(Profile.MAIN, Role.LISTENER, psk(atListener));
        Lab caller = caller(senderCalls, psk(atCaller));
        listen(listener, caller, 3_000);
        assertThat(listener.raised(fault)).isTrue();
        assertThat(listener.count(SessionEvent.PeerConnected.class)).isZero();
        listen(listener, caller, 9_000);
        assertThat(listener.events.stream().filter(SessionEvent.FaultRaised.class::isInstance).count()).as("told once, not once per path life").isEqualTo(1);
        listen(listener, caller(senderCalls, psk(atListener)), 4_000);
        assertThat(listener.count(SessionEvent.PeerConnected.class)).isEqualTo(1);
        assertThat(listener.cleared(fault)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void insecureVersionZeroIsRefusedWhereItIsKeyedAndTakenInTheClear(boolean keyed) {
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, keyed ? GOOD : null);
        ByteBuffer inner = feedback(FLOW);
        ByteBuffer b = keyed
                ? ByteBuffer.allocate(100).putInt(0x3000_88B6).putInt(0x0102_0304).putInt(1).putInt(0).put(inner).flip()
                : ByteBuffer.allocate(100).putInt(0x1000_88B6).putInt(1).putInt(0).put(inner).flip();
        lab.in(0, b);
        assertThat(lab.raised(Fault.INSECURE_IV_REFUSED)).isEqualTo(keyed);
        assertThat(lab.count(SessionEvent.PeerConnected.class)).isEqualTo(keyed ? 0 : 1);
    }

    /** The listener answers in its own way, and the caller learns what does not fit instead of that nobody is there. */
    @ParameterizedTest
    @CsvSource({"CLEAR_TEXT_REFUSED, good, none", "KEY_UNEXPECTED, none, good", "AES_SIZE_MISMATCH, good, size", "PASSPHRASE_MISMATCH, good, other"})
    void refusedCallerLearnsWhy(Fault fault, String atCaller, String atListener) {
        Lab listener = Lab.receiver(Profile.MAIN, Role.LISTENER, psk(atListener));
        Lab caller = caller(true, psk(atCaller));
        for (int i = 0; i < 3_000; i++) {
            for (Lab.Sent s : List.copyOf(listener.sent)) caller.in(0, s.bytes());
            listener.sent.clear();
            listen(listener, caller, 1);
        }
        assertThat(caller.raised(fault)).isTrue();
        assertThat(listener.count(SessionEvent.PeerConnected.class)).isZero();
    }

    @Test
    void faultOfAStrangerGoesWithItsPath() {
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, null);
        lab.in(3, media(FLOW, 1));
        assertThat(lab.raised(Fault.PROFILE_MISMATCH)).isTrue();
        lab.run(5_200);
        assertThat(lab.cleared(Fault.PROFILE_MISMATCH)).isTrue();
        assertThat(lab.closedPaths).containsExactly(3);
    }

    @Test
    void peersAreTwoHundredAndFiftySixAndStrangersSixtyFourAtMost() {
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, null);
        for (int i = 0; i < 300; i++) lab.in(i, tunnelled(feedback(FLOW + 2 * i)));
        assertThat(lab.count(SessionEvent.PeerConnected.class)).isEqualTo(256);
        assertThat(paths(lab)).isEqualTo(256);
        assertThat(lab.closedPaths).hasSize(44);

        Lab other = Lab.receiver(Profile.MAIN, Role.LISTENER, null);
        for (int i = 0; i < 100; i++) other.in(i, ByteBuffer.allocate(20));
        assertThat(paths(other)).isEqualTo(64);
        // Noise that goes on does not keep a peer out for longer than a second
        for (int ms = 0; ms < 1_100; ms++) other.in(ms % 64, ByteBuffer.allocate(20)).run(1);
        other.in(200, keepAlive(false));
        assertThat(other.sent).isNotEmpty();
    }

    @Test
    void twoSendersPointedAtEachOtherAreTold() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.LISTENER, null);
        lab.in(0, media(FLOW, 1));
        assertThat(lab.raised(Fault.PROFILE_MISMATCH)).isTrue();
    }

    private static int paths(Lab lab) {
        return ((RistReceiver) lab.session).stats(lab.nowNs()).paths().size();
    }

    private static Lab caller(boolean sender, PskConfig psk) {
        Lab lab = sender ? Lab.sender(Profile.MAIN, Role.CALLER, psk) : Lab.receiver(Profile.MAIN, Role.CALLER, psk);
        if (lab.session instanceof RistSender s) s.push(lab.nowNs(), ByteBuffer.allocate(188), lab);
        return lab;
    }

    private static PskConfig psk(String name) {
        return switch (name) {
            case "good" -> GOOD;
            case "other" -> OTHER_PASSPHRASE;
            case "size" -> OTHER_SIZE;
            default -> null;
        };
    }

    /** The caller's datagrams come to the listener on path 0 for so long; it hears nothing itself. */
    private static void listen(Lab listener, Lab caller, long ms) {
        for (long i = 0; i < ms; i++) {
            for (Lab.Sent s : List.copyOf(caller.sent)) listener.in(0, s.bytes());
            caller.sent.clear();
            caller.run(1);
            listener.run(1);
        }
    }
}
