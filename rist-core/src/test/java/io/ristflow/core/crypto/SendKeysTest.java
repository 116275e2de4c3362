package io.ristflow.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SendKeysTest {
    @Test
    void nonceIsAskedForOnce() {
        SendKeys keys = new SendKeys(128, 300, new SplittableRandom(1));
        assertThat(keys.ready()).isFalse();
        assertThat(keys.nextNonceWanted()).isNotZero();
        assertThat(keys.nextNonceWanted()).isZero();
    }

    @Test
    void nextKeyIsAskedForAsSoonAsTheFirstIsThere() {
        SendKeys keys = new SendKeys(128, 300, new SplittableRandom(1));
        int first = keys.nextNonceWanted();
        keys.offer(key(first));
        assertThat(keys.ready()).isTrue();
        int second = keys.nextNonceWanted();
        assertThat(second).isNotZero().isNotEqualTo(first);
        keys.offer(key(second));
        assertThat(keys.nextNonceWanted()).isZero();
        assertThat(keys.forNextPacket().nonce()).isEqualTo(first);
    }

    @Test
    void keyServesExactlyItsRotation() {
        SendKeys keys = prepared(300);
        int first = keys.forNextPacket().nonce();
        for (int packet = 2; packet <= 300; packet++) assertThat(keys.forNextPacket().nonce()).isEqualTo(first);
        int second = keys.forNextPacket().nonce();
        assertThat(second).isNotEqualTo(first);
        keys.offer(key(keys.nextNonceWanted()));
        for (int packet = 2; packet <= 300; packet++) assertThat(keys.forNextPacket().nonce()).isEqualTo(second);
        assertThat(keys.forNextPacket().nonce()).isNotEqualTo(second);
    }

    @Test
    void currentKeyStaysWhileTheNextIsNotReady() {
        SendKeys keys = new SendKeys(128, 10, new SplittableRandom(1));
        int first = keys.nextNonceWanted();
        keys.offer(key(first));
        int second = keys.nextNonceWanted();
        for (int packet = 0; packet < 50; packet++) assertThat(keys.forNextPacket().nonce()).isEqualTo(first);
        keys.offer(key(second));
        assertThat(keys.forNextPacket().nonce()).isEqualTo(second);
    }

    @Test
    void withoutRotationTheKeyChangesBeforeTheSequenceWraps() {
        SendKeys keys = new SendKeys(128, 0, new SplittableRandom(42), 8_192);
        int first = keys.nextNonceWanted();
        keys.offer(key(first));
        keys.offer(key(keys.nextNonceWanted()));
        for (int packet = 0; packet < 8_190; packet++) assertThat(keys.forNextPacket().nonce()).isEqualTo(first);
        assertThat(keys.forNextPacket().nonce()).isNotEqualTo(first);
    }

    @Test
    void noKeyServesTwiceTheSameSequenceEvenIfTheNextNeverComes() {
        SendKeys keys = new SendKeys(128, 0, new SplittableRandom(42), 8_192);
        keys.offer(key(keys.nextNonceWanted()));
        int second = keys.nextNonceWanted();
        for (int packet = 0; packet < 8_192; packet++) keys.forNextPacket();
        assertThat(keys.ready()).isFalse();
        assertThatThrownBy(keys::forNextPacket).isInstanceOf(IllegalStateException.class);
        keys.offer(key(second));
        assertThat(keys.ready()).isTrue();
        assertThat(keys.forNextPacket().nonce()).isEqualTo(second);
    }

    @Test
    void keyThatWasNotAskedForIsIgnored() {
        SendKeys keys = new SendKeys(128, 300, new SplittableRandom(1));
        int nonce = keys.nextNonceWanted();
        keys.offer(key(nonce ^ 1));
        assertThat(keys.ready()).isFalse();
        keys.offer(new PskKey(nonce, new byte[32]));
        assertThat(keys.ready()).isFalse();
        keys.offer(key(nonce));
        assertThat(keys.ready()).isTrue();
        assertThatThrownBy(() -> new SendKeys(128, 300, new SplittableRandom(1)).forNextPacket()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noncesAreNeverZeroNeverTheCurrentOneAndHaveNoTopBit() {
        // Zero, zero behind the top bit, then the same value again and again before another one
        int[] script = {0, 0x8000_0000, 0x9234_5678, 0x1234_5678, 0x9234_5678, 5};
        RandomGenerator scripted = new RandomGenerator() {
            private int at;

            @Override
            public int nextInt() {
                return script[at++];
            }

            @Override
            public long nextLong() {
                throw new AssertionError("not asked for");
            }
        };
        SendKeys keys = new SendKeys(128, 1, scripted);
        int first = keys.nextNonceWanted();
        assertThat(first).isEqualTo(0x1234_5678);
        keys.offer(key(first));
        assertThat(keys.nextNonceWanted()).isEqualTo(5);
    }

    @Test
    void noncesDiffer() {
        Set<Integer> seen = new HashSet<>();
        SendKeys keys = prepared(1);
        for (int packet = 0; packet < 1_000; packet++) {
            int nonce = keys.forNextPacket().nonce();
            assertThat(nonce).isPositive();
            assertThat(seen.add(nonce)).isTrue();
            int wanted = keys.nextNonceWanted();
            if (wanted != 0) keys.offer(key(wanted));
        }
    }

    @Test
    void topBitOfTheNonceNamesThePassphrase() {
        SendKeys keys = new SendKeys(128, 1, new SplittableRandom(1));
        keys.change(true, false);
        for (int packet = 0; packet < 50; packet++) {
            int wanted = keys.nextNonceWanted();
            assertThat(wanted).isNegative();
            keys.offer(key(wanted));
            assertThat(keys.forNextPacket().nonce()).isEqualTo(wanted);
        }
        keys.change(false, false);
        assertThat(keys.nextNonceWanted()).isPositive();
    }

    @Test
    void changeGivesUpWhatIsPreparedAndHappensAtOnceIfItIsNotToBeAnnounced() {
        SendKeys keys = prepared(0);
        int first = keys.forNextPacket().nonce();
        keys.change(true, false);
        assertThat(keys.nextNonce()).isZero();
        assertThat(keys.changing()).isTrue();
        assertThat(keys.forNextPacket().nonce()).as("its key is not there yet").isEqualTo(first);
        int wanted = keys.nextNonceWanted();
        keys.offer(key(wanted));
        assertThat(keys.changeToAnnounce()).isFalse();
        assertThat(keys.forNextPacket().nonce()).isEqualTo(wanted);
        assertThat(keys.changing()).isFalse();
    }

    @Test
    void announcedChangeWaitsUntilItIsHeldNoMore() {
        SendKeys keys = prepared(0);
        int first = keys.forNextPacket().nonce();
        keys.change(true, true);
        assertThat(keys.changeToAnnounce()).isFalse();
        int wanted = keys.nextNonceWanted();
        keys.offer(key(wanted));
        assertThat(keys.changeToAnnounce()).isTrue();
        assertThat(keys.forNextPacket().nonce()).isEqualTo(first);
        keys.announced();
        keys.hold(true);
        assertThat(keys.forNextPacket().nonce()).isEqualTo(first);
        keys.hold(false);
        assertThat(keys.forNextPacket().nonce()).isEqualTo(wanted);
    }

    /** TR-06-2 §7.6: no other is announced before it is in use. */
    @Test
    void announcedNonceComesIntoUseThoughItIsUnderTheFormerPassphrase() {
        SendKeys keys = prepared(1_000);
        int announced = keys.nextNonce();
        keys.forNextPacket();
        keys.announced();
        keys.hold(true);
        keys.change(true, true);
        assertThat(keys.nextNonce()).isEqualTo(announced);
        assertThat(keys.changeToAnnounce()).isFalse();
        assertThat(keys.nextNonceWanted()).isZero();
        keys.hold(false);
        assertThat(keys.forNextPacket().nonce()).as("at once, not after a thousand packets").isEqualTo(announced);
        int odd = keys.nextNonceWanted();
        assertThat(odd).isNegative();
        keys.offer(key(odd));
        assertThat(keys.changeToAnnounce()).isTrue();
        assertThat(keys.forNextPacket().nonce()).as("held until it is announced").isEqualTo(announced);
        keys.announced();
        keys.hold(false);
        assertThat(keys.forNextPacket().nonce()).isEqualTo(odd);
    }

    @Test
    void keyOfTheFormerPassphraseThatComesLateIsIgnored() {
        SendKeys keys = new SendKeys(128, 0, new SplittableRandom(1));
        keys.offer(key(keys.nextNonceWanted()));
        int late = keys.nextNonceWanted();
        keys.change(true, false);
        keys.offer(key(late));
        assertThat(keys.nextNonce()).isZero();
        assertThat(keys.nextNonceWanted()).isNegative();
    }

    private static SendKeys prepared(long rotationPackets) {
        SendKeys keys = new SendKeys(128, rotationPackets, new SplittableRandom(42));
        keys.offer(key(keys.nextNonceWanted()));
        keys.offer(key(keys.nextNonceWanted()));
        return keys;
    }

    private static PskKey key(int nonce) {
        return new PskKey(nonce, new byte[16]);
    }
}
