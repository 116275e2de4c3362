package io.ristflow.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ristflow.core.base.Ticks;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReceiveKeysTest {
    private static final long MS = Ticks.NS_PER_MS;

    private final ReceiveKeys keys = new ReceiveKeys(128);

    @Test
    void firstNonceIsAskedForAtItsFirstDatagram() {
        assertThat(keys.find(5)).isNull();
        assertThat(keys.wants(0, 5)).isTrue();
        assertThat(keys.wants(1, 5)).as("one derivation is enough").isFalse();
        PskKey key = key(5);
        keys.offer(key);
        assertThat(keys.find(5)).isSameAs(key);
    }

    @Test
    void zeroIsNoNonce() {
        assertThat(keys.wants(0, 0)).isFalse();
        assertThat(keys.suspended(0, 0)).isFalse();
    }

    @Test
    void oneDerivationAtATimeAndTenMillisecondsApart() {
        assertThat(keys.wants(0, 5)).isTrue();
        assertThat(keys.wants(50 * MS, 6)).as("the first is still under way").isFalse();
        keys.offer(key(5));
        assertThat(keys.wants(51 * MS, 6)).isTrue();
        keys.offer(key(6));
        assertThat(keys.wants(60 * MS, 7)).as("9 ms after").isFalse();
        assertThat(keys.wants(61 * MS, 7)).isTrue();
    }

    @Test
    void derivationThatNeverComesIsGivenUpAfterASecond() {
        assertThat(keys.wants(0, 5)).isTrue();
        assertThat(keys.wants(999 * MS, 5)).isFalse();
        assertThat(keys.wants(1_000 * MS, 5)).isTrue();
    }

    @Test
    void resultNobodyWaitsForIsDropped() {
        keys.offer(key(5));
        assertThat(keys.find(5)).isNull();
        assertThat(keys.wants(0, 6)).isTrue();
        keys.offer(key(5));
        keys.offer(new PskKey(6, new byte[32]));
        assertThat(keys.find(5)).isNull();
        assertThat(keys.find(6)).isNull();
    }

    @Test
    void nonceSeenMostOftenGoesFirst() {
        assertThat(keys.wants(0, 1)).isTrue();
        keys.offer(key(1));
        assertThat(keys.wants(1, 6)).isFalse();
        assertThat(keys.wants(2, 7)).isFalse();
        assertThat(keys.wants(3, 7)).isFalse();
        assertThat(keys.wants(10 * MS, 6)).as("equal by now").isTrue();
        keys.offer(key(6));
        for (int i = 0; i < 5; i++) keys.wants(12 * MS, 7);
        assertThat(keys.wants(20 * MS, 8)).isFalse();
        assertThat(keys.wants(20 * MS, 7)).isTrue();
    }

    @Test
    void newNonceDoesNotWaitForOneThatIsSeenNoMore() {
        assertThat(keys.wants(0, 1)).isTrue();
        for (int i = 0; i < 100; i++) keys.wants(1 * MS, 2);
        keys.offer(key(1));
        assertThat(keys.wants(15 * MS, 3)).as("2 is ahead").isFalse();
        assertThat(keys.wants(22 * MS, 3)).as("2 fell silent").isTrue();
    }

    @Test
    void previousAndOlderProvenKeysAreKept() {
        for (int nonce = 1; nonce <= 7; nonce++) prove(nonce * 100 * MS, nonce);
        assertThat(keys.find(1)).as("the longest unused gives way").isNull();
        for (int nonce = 2; nonce <= 7; nonce++) assertThat(keys.find(nonce).nonce()).isEqualTo(nonce);
        keys.confirm(keys.find(2));
        prove(900 * MS, 8);
        assertThat(keys.find(3)).isNull();
        for (int nonce : new int[] {2, 4, 5, 6, 7, 8}) assertThat(keys.find(nonce).nonce()).isEqualTo(nonce);
    }

    @Test
    void moreThanFiveDatagramsOfGarbageSetANonceAsideForASecond() {
        assertThat(keys.wants(0, 5)).isTrue();
        keys.offer(key(5));
        for (int i = 0; i < 5; i++) keys.failed(keys.find(5));
        assertThat(keys.find(5)).isNotNull();
        keys.failed(keys.find(5));
        assertThat(keys.find(5)).isNull();
        assertThat(keys.suspended(100 * MS, 5)).isTrue();
        assertThat(keys.wants(100 * MS, 5)).isFalse();
        assertThat(keys.wants(1_099 * MS, 5)).isFalse();
        assertThat(keys.suspended(1_100 * MS, 5)).isFalse();
        assertThat(keys.wants(1_100 * MS, 5)).isTrue();
    }

    @Test
    void provenKeyBearsGarbage() {
        prove(0, 5);
        PskKey key = keys.find(5);
        for (int i = 0; i < 1_000; i++) keys.failed(key);
        assertThat(keys.find(5)).isSameAs(key);
    }

    @Test
    void keyOnTrialThatWasSeenLeastGivesWay() {
        for (int nonce = 1; nonce <= 4; nonce++) {
            long at = nonce * 100 * MS;
            assertThat(keys.wants(at, nonce)).isTrue();
            if (nonce != 3) keys.wants(at + 1, nonce);
            keys.offer(key(nonce));
        }
        assertThat(keys.wants(500 * MS, 5)).isTrue();
        keys.offer(key(5));
        assertThat(keys.find(3)).isNull();
        for (int nonce : new int[] {1, 2, 4, 5}) assertThat(keys.find(nonce)).isNotNull();
    }

    @Test
    void nonceThatMayMeanSeveralKeysIsAskedForOncePerPassphrase() {
        keys.passphrasesChanged(3);
        for (int choice = 0; choice < 3; choice++) {
            assertThat(keys.open(5)).isTrue();
            assertThat(keys.choice(5)).isEqualTo(choice);
            assertThat(keys.wants(choice * 10 * MS, 5)).isTrue();
            assertThat(keys.wants(choice * 10 * MS + 5 * MS, 5)).as("one at a time").isFalse();
            keys.offer(key(5));
        }
        assertThat(keys.open(5)).isFalse();
        assertThat(keys.wants(50 * MS, 5)).isFalse();
        PskKey first = keys.find(5);
        PskKey second = keys.another(first);
        PskKey third = keys.another(second);
        assertThat(third).isNotNull().isNotSameAs(first);
        assertThat(keys.another(third)).isNull();
        assertThat(keys.confirm(second)).isTrue();
        assertThat(keys.find(5)).as("the one that makes sense stays").isSameAs(second);
        assertThat(keys.another(second)).isNull();
        assertThat(keys.open(5)).isFalse();
        assertThat(keys.confirm(second)).as("proven already").isFalse();
    }

    @Test
    void changedPassphrasesForgetWhatWasTriedInVainAndKeepWhatIsProven() {
        prove(0, 7);
        PskKey proven = keys.find(7);
        assertThat(keys.wants(20 * MS, 5)).isTrue();
        keys.offer(key(5));
        for (int i = 0; i < 6; i++) keys.failed(keys.find(5));
        assertThat(keys.wants(40 * MS, 6)).isTrue();
        keys.passphrasesChanged(2);
        keys.offer(key(6));
        assertThat(keys.find(6)).as("derived from what is no more").isNull();
        assertThat(keys.suspended(50 * MS, 5)).isFalse();
        assertThat(keys.wants(60 * MS, 5)).isTrue();
        assertThat(keys.find(7)).isSameAs(proven);
    }

    @Test
    void keysOfARetiredPassphraseAreForgottenAndNoOthers() {
        Passphrase former = new Passphrase("former");
        Passphrase present = new Passphrase("present");
        for (int nonce = 1; nonce <= 4; nonce++) {
            assertThat(keys.wants(nonce * 100 * MS, nonce)).isTrue();
            PskKey key = (nonce % 2 == 0 ? former : present).derive(nonce, 128);
            keys.offer(key);
            keys.confirm(key);
        }
        keys.retire(former);
        assertThat(keys.find(1)).isNotNull();
        assertThat(keys.find(2)).isNull();
        assertThat(keys.find(3)).isNotNull();
        assertThat(keys.find(4)).isNull();
        prove(900 * MS, 9);
        assertThat(keys.find(1)).isNotNull();
    }

    @Test
    void adoptedKeyIsTheOnlyOneThatItsNonceCanMean() {
        keys.passphrasesChanged(2);
        assertThat(keys.adopt(key(5))).isTrue();
        assertThat(keys.adopt(key(5))).isFalse();
        assertThat(keys.open(5)).isFalse();
    }

    @Test
    void floodOfNoncesNeitherStallsTheFlowNorKeepsItsNextKeyOut() {
        for (long seed = 1; seed <= 5; seed++) flood(seed);
    }

    /** A flow of 1,000 packets a second amid 100,000 strange nonces a second, for ten seconds: a million of them. Its key changes in their midst. */
    private static void flood(long seed) {
        ReceiveKeys keys = new ReceiveKeys(128);
        SplittableRandom random = new SplittableRandom(seed);
        PskKey old = key(77);
        assertThat(keys.wants(0, 77)).isTrue();
        keys.offer(old);
        keys.confirm(old);
        int pending = 0;
        long pendingUntilNs = 0;
        long derivations = 0;
        long foundAtNs = -1;
        long started = System.nanoTime();
        for (int i = 1; i <= 1_000_000; i++) {
            long nowNs = 50 * MS + i * 10_000L;
            if (pending != 0 && nowNs >= pendingUntilNs) {
                keys.offer(key(pending));
                pending = 0;
            }
            int stranger = random.nextInt() | 0x4000_0000;
            if (keys.find(77) != old) throw new AssertionError("seed " + seed + ": the flow lost its key");
            if (keys.find(stranger) == null && keys.wants(nowNs, stranger)) {
                pending = stranger;
                pendingUntilNs = nowNs + MS;
                derivations++;
            }
            if (i % 100 != 0) continue;
            PskKey found = keys.find(88);
            if (found != null && foundAtNs < 0) foundAtNs = nowNs;
            if (found != null) keys.confirm(found);
            if (found == null && keys.wants(nowNs, 88)) {
                pending = 88;
                pendingUntilNs = nowNs + MS;
                derivations++;
            }
        }
        long tookNs = System.nanoTime() - started;
        assertThat(foundAtNs).as("seed %d: when the new key was found", seed).isBetween(0L, 5_000 * MS);
        assertThat(keys.find(88)).as("seed %d: and kept", seed).isNotNull();
        assertThat(derivations).as("seed %d: derivations in ten seconds", seed).isLessThanOrEqualTo(1_001);
        assertThat(tookNs).as("seed %d: ns for a million datagrams", seed).isLessThan(3 * Ticks.NS_PER_SECOND);
    }

    @Test
    void datagramsAllocateNothing() {
        PskKey current = key(9);
        keys.wants(0, 9);
        keys.offer(current);
        keys.confirm(current);
        PskKey strange = key(10);
        datagrams(current, strange, 100_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        datagrams(current, strange, 100_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).as("bytes allocated by 100,000 datagrams").isLessThan(10_000);
    }

    private void datagrams(PskKey current, PskKey strange, int count) {
        for (int i = 1; i <= count; i++) {
            if (keys.find(9) != current) throw new AssertionError("lost the current key");
            keys.confirm(current);
            int nonce = i * 0x9E3779B9;
            if (keys.find(nonce) == null) keys.wants(i * 20_000L, nonce);
            keys.failed(strange);
            keys.offer(strange);
        }
    }

    private void prove(long nowNs, int nonce) {
        assertThat(keys.wants(nowNs, nonce)).isTrue();
        PskKey key = key(nonce);
        keys.offer(key);
        keys.confirm(key);
    }

    private static PskKey key(int nonce) {
        return new PskKey(nonce, new byte[16]);
    }
}
