package io.ristflow.core.profile;

import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.crypto.PskKey;
import io.ristflow.core.crypto.SendKeys;
import java.util.random.RandomGenerator;

/**
 * What one secret encrypts under: the key in force, the one prepared to follow, and the GRE sequence, which is the initialisation vector. All paths that have the same secret
 * share one keyring, so that no pair of key and initialisation vector is ever used twice (TR-06-2 §7.2), however many paths a packet goes out on. Paths in the clear share one as well, for
 * its sequence alone.
 */
public final class Keyring {
    private final int aesBits;
    private final SendKeys sendKeys;
    private int greSequence;
    private boolean twoPassphrases;

    private Keyring(int aesBits, SendKeys sendKeys) {
        this.aesBits = aesBits;
        this.sendKeys = sendKeys;
    }

    /** No key at all. */
    public static Keyring clear() {
        return new Keyring(0, null);
    }

    /**
     * @param aesBits as {@link PskKey} takes them
     * @param rotationPackets see {@link SendKeys}
     */
    public static Keyring of(int aesBits, long rotationPackets, RandomGenerator random) {
        return new Keyring(aesBits, new SendKeys(aesBits, rotationPackets, random));
    }

    /** 0: in the clear. */
    public int aesBits() {
        return aesBits;
    }

    /** Whether anything can be sent: with a secret, once the first key is derived. */
    public boolean readyToSend() {
        return sendKeys == null || sendKeys.ready();
    }

    /** The nonce of a key that should be derived now for sending, told once, or 0. */
    public int sendKeyWanted() {
        return sendKeys == null ? 0 : sendKeys.nextNonceWanted();
    }

    public void offerSendKey(PskKey key) {
        sendKeys.offer(key);
    }

    /** The nonce of the key that will be sent under next; 0 as long as it is not ready, or in the clear. */
    public int nextNonce() {
        return sendKeys == null ? 0 : sendKeys.nextNonce();
    }

    /** The nonce in force; 0 without a key. */
    public int currentNonce() {
        return sendKeys == null ? 0 : sendKeys.currentNonce();
    }

    /** What the key in force was derived from; null without a key. */
    public Passphrase currentPassphrase() {
        return sendKeys == null ? null : sendKeys.currentPassphrase();
    }

    /** Goes over to keys of another passphrase, see {@link SendKeys#change}. */
    public void change(boolean toOdd, boolean announce) {
        sendKeys.change(toOdd, announce);
    }

    /** Whether such a change is under way. */
    public boolean changing() {
        return sendKeys != null && sendKeys.changing();
    }

    /** Whether the next nonce should be announced at once, as its key is to take over as soon as it may. */
    public boolean changeToAnnounce() {
        return sendKeys != null && sendKeys.changeToAnnounce();
    }

    /** The next nonce was announced. */
    public void announced() {
        sendKeys.announced();
    }

    /** Whether there are two passphrases to change between, which keep-alives tell (TR-06-2 §5.6.3, F). */
    public boolean twoPassphrases() {
        return twoPassphrases;
    }

    public void twoPassphrases(boolean are) {
        twoPassphrases = are;
    }

    /** How many more datagrams the current key is meant for. */
    public long packetsToRotation() {
        return sendKeys == null ? Long.MAX_VALUE : sendKeys.packetsToRotation();
    }

    /** Puts the change of keys off (TR-06-2 §7.6), until called with false. */
    public void holdRotation(boolean hold) {
        if (sendKeys != null) sendKeys.hold(hold);
    }

    int nextGreSequence() {
        return greSequence++;
    }

    /** The key of the next datagram, which it counts; null in the clear. */
    PskKey forNextPacket() {
        return sendKeys == null ? null : sendKeys.forNextPacket();
    }
}
