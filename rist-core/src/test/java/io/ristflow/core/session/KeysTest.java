package io.ristflow.core.session;

import static io.ristflow.core.session.Datagrams.feedback;
import static io.ristflow.core.session.Lab.FLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.Parity;
import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.api.RistSession;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.Role;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.crypto.PskKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final String SECRET = "correct horse";
    private static final int RECEIVE_NONCE = 0x0102_0304;

    private final ByteBuffer payload = ByteBuffer.allocate(1_316);

    /** TR-06-2 §7.6. */
    @Test
    void nextNonceIsAnnouncedThreeTimesAndASecondAheadThoughTheRateGrows() {
        Lab lab = Lab.sender(Profile.MAIN, Role.CALLER, new PskConfig(SECRET, 256, 2_000));
        lab.in(0, keyed(FLOW, RECEIVE_NONCE, 256));
        // 500 packets a second, so that the key would change after 4 s; then ten times as many
        List<Long> announcedMs = new ArrayList<>();
        int announced = 0;
        while (announcedMs.size() < 3) {
            push(lab, 1);
            lab.run(2);
            for (Lab.Sent s : lab.sent) {
                int nonce = announcement(s);
                if (nonce == 0) continue;
                announcedMs.add(s.atMs());
                announced = nonce;
            }
            if (announcedMs.size() < 3) lab.sent.clear();
            assertThat(lab.nowMs()).isLessThan(6_000);
        }
        lab.sent.clear();
        while (firstUnder(lab, announced) < 0) {
            push(lab, 10);
            lab.run(2);
            assertThat(lab.nowMs()).isLessThan(8_000);
        }
        assertThat(firstUnder(lab, announced) - announcedMs.getLast()).isBetween(1_000L, 1_200L);
    }

    @Test
    void keysThatChangeEverySecondAreNotAnnouncedAsItWouldBeTooLate() {
        Lab lab = Lab.sender(Profile.MAIN, Role.CALLER, new PskConfig(SECRET, 128, 300));
        lab.in(0, keyed(FLOW));
        for (int i = 0; i < 2_000; i++) {
            push(lab, 1);
            lab.run(2);
            if (i % 400 == 0) lab.in(0, keyed(FLOW));
        }
        assertThat(lab.sent.stream().filter(s -> announcement(s) != 0)).isEmpty();
        assertThat(lab.sent.stream().map(s -> s.bytes().getInt(4)).distinct().count()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void announcedNonceIsDerivedOnceAndBeforeItIsUsed() {
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, new PskConfig(SECRET, 128, 0));
        lab.in(0, keyed(FLOW));
        lab.derives = false;
        for (int i = 0; i < 3; i++) lab.in(0, clearAnnouncement(0x5566)).run(50);
        assertThat(lab.keys).hasSize(1);
        lab.session.onKeyDerived(lab.nowNs(), lab.keys.removeFirst().derive(), lab);
        lab.in(0, clearAnnouncement(0x5566)).run(50);
        assertThat(lab.keys).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {RECEIVE_NONCE, RECEIVE_NONCE | 0x8000_0000})
    void peersUnderEitherValueOfTheOddEvenBitAreUnderstood(int nonce) {
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, new PskConfig(SECRET, 128, 0));
        lab.in(0, keyed(FLOW, nonce));
        assertThat(lab.count(SessionEvent.PeerConnected.class)).isEqualTo(1);
    }

    /** What waits for a key that takes its time is neither lost nor out of order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 5, 20})
    void rotationCostsNothingWhileTheKeyIsDerived(long derivationMs) {
        PskConfig psk = new PskConfig(SECRET, 256, 300);
        Lab sender = Lab.sender(Profile.MAIN, Role.CALLER, psk);
        Lab receiver = Lab.receiver(Profile.MAIN, Role.LISTENER, psk);
        exchange(sender, receiver, 100);
        receiver.derives = false;
        List<Long> dueMs = new ArrayList<>();
        int pushed = 0;
        while (pushed < 1_500) {
            push(sender, 1);
            pushed++;
            exchange(sender, receiver, 2);
            while (dueMs.size() < receiver.keys.size()) dueMs.add(receiver.nowMs() + derivationMs);
            while (!dueMs.isEmpty() && dueMs.getFirst() <= receiver.nowMs()) {
                dueMs.removeFirst();
                receiver.session.onKeyDerived(receiver.nowNs(), receiver.keys.removeFirst().derive(), receiver);
            }
        }
        receiver.run(400);
        assertThat(receiver.delivered).hasSize(1_500);
        assertThat(((RistSender) sender.session).stats(sender.nowNs()).paths().getFirst().retransmitted()).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60})
    void newPeerGetsThroughAFloodOfNonces(int floodPaths) {
        SplittableRandom random = new SplittableRandom(floodPaths);
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, new PskConfig(SECRET, 128, 0));
        lab.derives = false;
        int derived = 0;
        long connectedMs = -1;
        // 50 datagrams of noise every millisecond for two seconds; the peer's RTCP every 100 ms
        for (int ms = 0; ms < 2_000; ms++) {
            for (int i = 0; i < 50; i++) lab.in(1 + random.nextInt(floodPaths), noise(random));
            if (ms % 100 == 50) lab.in(0, keyed(FLOW));
            lab.run(1);
            if (!lab.keys.isEmpty()) {
                derived++;
                lab.session.onKeyDerived(lab.nowNs(), lab.keys.removeFirst().derive(), lab);
            }
            if (connectedMs < 0 && lab.count(SessionEvent.PeerConnected.class) > 0) connectedMs = ms;
        }
        assertThat(connectedMs).isBetween(0L, 1_999L);
        assertThat(derived).as("derivations").isLessThan(250);
    }

    // ---- two passphrases (TR-06-2 §7.4) --------------------------------------------------------------------------------------------------

    private static final String OTHER = "battery staple";

    private static PskConfig two(String even, String odd) {
        return new PskConfig(even, odd, false, 128, 0);
    }

    @Test
    void changeOfPassphraseIsAnnouncedThreeTimesAndASecondAhead() {
        Lab lab = Lab.sender(Profile.MAIN, Role.CALLER, new PskConfig(OTHER, SECRET, true, 256, 0));
        lab.session.usePassphrase(lab.nowNs(), RistSession.EVERY_LEG, Parity.EVEN, lab);
        lab.session.usePassphrase(lab.nowNs(), RistSession.EVERY_LEG, Parity.ODD, lab);
        lab.run(3_000);
        lab.in(0, keyed(FLOW, RECEIVE_NONCE | 0x8000_0000, 256));
        lab.sent.clear();
        lab.session.usePassphrase(lab.nowNs(), RistSession.EVERY_LEG, Parity.EVEN, lab);
        List<Long> announcedMs = new ArrayList<>();
        int announced = 0;
        for (int i = 0; i < 2_000; i++) {
            push(lab, 1);
            lab.run(1);
            if (i % 200 == 0) lab.in(0, keyed(FLOW, RECEIVE_NONCE | 0x8000_0000, 256));
            for (Lab.Sent s : lab.sent) {
                int nonce = s.bytes().getInt(4) < 0 ? announcement(s) : 0;
                if (nonce == 0) continue;
                announcedMs.add(s.atMs());
                announced = nonce;
            }
            if (firstUnder(lab, announced) >= 0) break;
            lab.sent.clear();
        }
        assertThat(announcedMs).hasSize(3);
        assertThat(announced).as("B says even").isPositive();
        assertThat(firstUnder(lab, announced) - announcedMs.getLast()).isBetween(1_000L, 1_100L);
    }

    /** Without a second one there is nothing to change to. */
    @Test
    void passphraseThatIsNotSetCannotBeUsed() {
        Lab one = Lab.sender(Profile.MAIN, Role.CALLER, new PskConfig(SECRET, 128, 0));
        assertThatThrownBy(() -> one.session.usePassphrase(one.nowNs(), RistSession.EVERY_LEG, Parity.ODD, one)).isInstanceOf(IllegalStateException.class).hasMessage("no odd passphrase is set");
        Lab clear = Lab.receiver(Profile.MAIN, Role.LISTENER, null);
        assertThatThrownBy(() -> clear.session.replacePassphrase(clear.nowNs(), RistSession.EVERY_LEG, Parity.EVEN, SECRET, clear)).isInstanceOf(IllegalStateException.class).hasMessageContaining("no secret is set");
        assertThatThrownBy(() -> one.session.replacePassphrase(one.nowNs(), RistSession.EVERY_LEG, Parity.EVEN, "", one)).hasMessage("passphrase: a passphrase of 0 bytes is not in 1..127 bytes");
    }

    /** §5.6.3: bit F. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepAliveTellsWhetherThereAreTwo(boolean two) {
        Lab lab = Lab.sender(Profile.MAIN, Role.CALLER, two ? new PskConfig(SECRET, OTHER, false, 256, 0) : new PskConfig(SECRET, 256, 0));
        ByteBuffer b = lab.sent.stream().filter(s -> s.u16(2) == 0x88B5).findFirst().orElseThrow().bytes();
        key(b.getInt(4)).crypt(b.getInt(8), b, 12, b.limit() - 12);
        assertThat(b.get(19) & 0xFF).isEqualTo(two ? 0x28 : 0x20);
    }

    /** librist's B is random. */
    @ParameterizedTest
    @CsvSource({"1, 1", "-2147483647, 1", "1, 2", "-2147483647, 2"})
    void whatBDoesNotNameIsTriedBeforeThePeerIsCalledWrong(int nonce, int itsPlace) {
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, itsPlace == 1 ? two(SECRET, OTHER) : two(OTHER, SECRET));
        lab.in(0, keyed(FLOW, nonce)).run(20).in(0, keyed(FLOW, nonce)).run(20);
        assertThat(lab.count(SessionEvent.PeerConnected.class)).isEqualTo(1);
        assertThat(lab.raised(Fault.PASSPHRASE_MISMATCH)).isFalse();
    }

    @Test
    void peerUnderNeitherIsCalledWrongWithinThreeSecondsAndAtABoundedCost() {
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, two("one", "two"));
        lab.derives = false;
        int derived = 0;
        long toldMs = -1;
        for (int ms = 0; ms < 3_000; ms++) {
            lab.run(1);
            if (ms % 2 == 0) lab.in(0, keyed(FLOW, 99));
            for (; !lab.keys.isEmpty(); derived++) lab.session.onKeyDerived(lab.nowNs(), lab.keys.removeFirst().derive(), lab);
            if (toldMs < 0 && lab.raised(Fault.PASSPHRASE_MISMATCH)) toldMs = ms;
        }
        assertThat(toldMs).isBetween(0L, 3_000L);
        assertThat(derived).as("two a second, and its own").isLessThanOrEqualTo(10);
    }

    /** A quarter of all garbage looks like RTP, some of it with the right payload type. */
    @Test
    void garbageThatLooksLikeMediaProvesNoKey() {
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, two(SECRET, OTHER));
        SplittableRandom random = new SplittableRandom(5);
        int nonce = 77;
        PskKey wrong = new Passphrase(SECRET).derive(nonce, 128);
        for (int i = 0; i < 20; i++) {
            ByteBuffer b = ByteBuffer.allocate(16 + 188).putInt(0x3008_88B6).putInt(nonce).putInt(i).putInt(0x8000_07B0);
            b.put((byte) 0x80).put((byte) 33).putShort((short) random.nextInt()).putInt(random.nextInt()).putInt(random.nextInt()).clear();
            wrong.crypt(i, b, 12, b.limit() - 12);
            lab.in(0, b).in(0, b.duplicate()).run(1);
        }
        assertThat(lab.count(SessionEvent.PeerConnected.class)).isZero();
        assertThat(((RistReceiver) lab.session).stats(lab.nowNs()).flows()).isEmpty();
        // The peer itself, under the same nonce and the other passphrase, when the nonce is heard again
        lab.run(1_100);
        for (int i = 0; i < 3; i++) lab.in(0, keyed(OTHER, FLOW, nonce, 128)).run(100);
        assertThat(lab.count(SessionEvent.PeerConnected.class)).isEqualTo(1);
    }

    @Test
    void mediaOfAKnownSourceProvesAKeyByItself() {
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, two(OTHER, SECRET));
        lab.in(0, keyed(FLOW, -5)).run(20);
        for (int i = 0; i < 10; i++) lab.in(0, keyedMedia(-5, i)).run(2);
        for (int i = 10; i < 20; i++) lab.in(0, keyedMedia(5, i)).run(2);
        lab.run(400);
        assertThat(lab.delivered).hasSize(20);
    }

    private static ByteBuffer keyedMedia(int nonce, int sequence) {
        ByteBuffer inner = Datagrams.media(FLOW, sequence);
        ByteBuffer b = ByteBuffer.allocate(16 + inner.remaining()).putInt(0x3008_88B6).putInt(nonce).putInt(1_000 + sequence).putInt(0x8000_07B0).put(inner).flip();
        new Passphrase(SECRET).derive(nonce, 128).crypt(1_000 + sequence, b, 12, b.limit() - 12);
        return b;
    }

    /** Twice as many keys may be meant, yet no more are derived. */
    @ParameterizedTest
    @ValueSource(ints = {1, 60})
    void newPeerGetsThroughAFloodOfNoncesWithBothValuesOfB(int floodPaths) {
        SplittableRandom random = new SplittableRandom(floodPaths);
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, two(OTHER, SECRET));
        lab.derives = false;
        int derived = 0;
        long connectedMs = -1;
        for (int ms = 0; ms < 4_000; ms++) {
            for (int i = 0; i < 50; i++) lab.in(1 + random.nextInt(floodPaths), noise(random));
            // What its B names is the other
            if (ms % 100 == 50) lab.in(0, keyed(FLOW));
            lab.run(1);
            if (!lab.keys.isEmpty()) {
                derived++;
                lab.session.onKeyDerived(lab.nowNs(), lab.keys.removeFirst().derive(), lab);
            }
            if (connectedMs < 0 && lab.count(SessionEvent.PeerConnected.class) > 0) connectedMs = ms;
        }
        assertThat(connectedMs).isBetween(0L, 3_999L);
        assertThat(derived).as("derivations").isLessThan(450);
    }

    private static ByteBuffer noise(SplittableRandom random) {
        ByteBuffer b = ByteBuffer.allocate(80);
        b.putInt(0x3008_88B6).putInt(random.nextInt()).putInt(random.nextInt());
        while (b.hasRemaining()) b.put((byte) random.nextInt());
        return b.flip();
    }

    private static ByteBuffer clearAnnouncement(int nonce) {
        return ByteBuffer.allocate(16).putInt(0x1010_CCE0).putInt(9).putInt(0x0000_8001).putInt(nonce).flip();
    }

    private static ByteBuffer keyed(int flow) {
        return keyed(flow, RECEIVE_NONCE);
    }

    private static ByteBuffer keyed(int flow, int nonce) {
        return keyed(flow, nonce, 128);
    }

    private static ByteBuffer keyed(int flow, int nonce, int aesBits) {
        return keyed(SECRET, flow, nonce, aesBits);
    }

    private static ByteBuffer keyed(String secret, int flow, int nonce, int aesBits) {
        ByteBuffer inner = feedback(flow);
        ByteBuffer b = ByteBuffer.allocate(16 + inner.remaining());
        b.putInt(aesBits == 256 ? 0x3048_88B6 : 0x3008_88B6).putInt(nonce).putInt(77).putInt(0x8000_07B0).put(inner).flip();
        PskKey key = new Passphrase(secret).derive(nonce, aesBits);
        key.crypt(77, b, 12, b.limit() - 12);
        return b;
    }

    /** The nonce that a datagram announces, 0 if it is none. */
    private int announcement(Lab.Sent s) {
        if (s.u16(2) != 0xCCE0 || s.bytes().capacity() != 20) return 0;
        ByteBuffer b = ByteBuffer.allocate(20).put(0, s.bytes(), 0, 20);
        key(b.getInt(4)).crypt(b.getInt(8), b, 12, 8);
        return b.getInt(12) == 0x0000_8001 ? b.getInt(16) : 0;
    }

    private PskKey lastKey;

    private PskKey key(int nonce) {
        if (lastKey == null || lastKey.nonce() != nonce) lastKey = new Passphrase(SECRET).derive(nonce, 256);
        return lastKey;
    }

    private static long firstUnder(Lab lab, int nonce) {
        return lab.sent.stream().filter(s -> s.bytes().getInt(4) == nonce).mapToLong(Lab.Sent::atMs).findFirst().orElse(-1);
    }

    private void push(Lab lab, int packets) {
        for (int i = 0; i < packets; i++) ((RistSender) lab.session).push(lab.nowNs(), payload.clear(), lab);
    }

    private static void exchange(Lab a, Lab b, long ms) {
        for (long i = 0; i < ms; i++) {
            for (Lab.Sent s : take(a)) b.in(0, s.bytes());
            for (Lab.Sent s : take(b)) a.in(0, s.bytes());
            a.run(1);
            b.run(1);
        }
    }

    private static List<Lab.Sent> take(Lab lab) {
        List<Lab.Sent> all = List.copyOf(lab.sent);
        lab.sent.clear();
        return all;
    }
}
