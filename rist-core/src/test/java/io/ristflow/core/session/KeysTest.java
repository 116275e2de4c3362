package io.ristflow.core.session;

import static io.ristflow.core.session.Datagrams.feedback;
import static io.ristflow.core.session.Lab.FLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.RistSender;
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
        ByteBuffer inner = feedback(flow);
        ByteBuffer b = ByteBuffer.allocate(16 + inner.remaining());
        b.putInt(aesBits == 256 ? 0x3048_88B6 : 0x3008_88B6).putInt(nonce).putInt(77).putInt(0x8000_07B0).put(inner).flip();
        PskKey key = new Passphrase(SECRET).derive(nonce, aesBits);
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
