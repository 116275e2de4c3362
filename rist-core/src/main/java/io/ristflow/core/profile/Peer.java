package io.ristflow.core.profile;

import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.crypto.PskKey;
import io.ristflow.core.crypto.ReceiveKeys;

/** What a dialect remembers of one peer. Made by {@link Dialect#newPeer}, kept by the session beside the path. */
public class Peer {
    private static final int KNOWN_SSRCS = 4;
    private static final int DOUBTFUL_SSRCS = 8;

    /** GRE version to send: raised by what the peer sends, never lowered (librist does the same). */
    int greVersion = 1;
    /** What is sent to this peer goes under this. */
    Keyring keyring;
    /** Keys by which this peer's datagrams are read; null: they must come in the clear. */
    ReceiveKeys receiveKeys;
    /** 0: in the clear. */
    int receiveBits;
    /** What the key that was proven last was derived from. */
    private Passphrase provenPassphrase;
    private boolean passphraseNews;
    /** SSRCs without their low bit of media under proven keys: none of them comes out of a wrong key by chance. */
    private final int[] knownSsrc = new int[KNOWN_SSRCS];
    private int knownSsrcs;
    /** SSRCs and sequence numbers of what may be media under keys on trial, the latest of them. */
    private final int[] doubtfulSsrc = new int[DOUBTFUL_SSRCS];
    private final int[] doubtfulSequence = new int[DOUBTFUL_SSRCS];
    private int doubtful;
    /** Datagrams in a row that decrypted to garbage under a key that was never confirmed. */
    int garbage;

    /** Its keep-alives say F (TR-06-2 §7.4): what B of its nonces says is meant. librist's do not. */
    boolean meansB;

    /** What keep-alives to this peer say of the sender: it cuts payloads in two. */
    boolean announceSplit;
    /** Of {@link AutoDialect}: what it speaks is known, and whether it is Simple. */
    boolean chosen;
    boolean speaksSimple;

    Peer(Keyring keyring) {
        protect(keyring, keyring.aesBits());
    }

    /**
     * Changes what protects this peer's datagrams, after an authentication.
     *
     * @param sending for what goes out
     * @param newReceiveBits key size of what comes in, 0: in the clear
     */
    public final void protect(Keyring sending, int newReceiveBits) {
        keyring = sending;
        receiveBits = newReceiveBits;
        receiveKeys = newReceiveBits == 0 ? null : new ReceiveKeys(newReceiveBits);
        garbage = 0;
        provenPassphrase = null;
        passphraseNews = false;
    }

    /** Changes what goes out alone. */
    public final void sendUnder(Keyring sending) {
        keyring = sending;
    }

    /** Changes what comes in alone. Keys of the same size that are known stay, for what is under way. */
    public final void readUnder(int newReceiveBits) {
        if (newReceiveBits != receiveBits) protect(keyring, newReceiveBits);
    }

    /** From now on keep-alives to this peer say that payloads are cut in two (librist's split), if its profile has any. */
    public final void announceSplit() {
        announceSplit = true;
    }

    public final Keyring keyring() {
        return keyring;
    }

    /** The key size of what this peer must send, 0: in the clear. */
    public final int receiveBits() {
        return receiveBits;
    }

    /** Whether anything can be sent to this peer: with a secret, once its first key is derived. */
    public final boolean readyToSend() {
        return keyring.readyToSend();
    }

    /** Whether a key for this nonce should be derived now; see {@link ReceiveKeys#wants}. */
    public final boolean wantsKey(long nowNs, int nonce) {
        return receiveKeys != null && receiveKeys.wants(nowNs, nonce);
    }

    /** Which of the passphrases that may be meant the key is to be derived from, after {@link #wantsKey}; see {@link ReceiveKeys#choice}. */
    public final int choice(int nonce) {
        return receiveKeys.choice(nonce);
    }

    /** A nonce may now mean so many keys; see {@link ReceiveKeys#passphrasesChanged}. */
    public final void passphrasesChanged(int choices) {
        if (receiveKeys != null) receiveKeys.passphrasesChanged(choices);
    }

    /** Keys of this passphrase are no longer taken. */
    public final void retire(Passphrase passphrase) {
        if (receiveKeys != null) receiveKeys.retire(passphrase);
    }

    /** What this peer has encrypted under last; null as long as nothing was proven. */
    public final Passphrase provenPassphrase() {
        return provenPassphrase;
    }

    /** Whether {@link #provenPassphrase} has become another one; told once. */
    public final boolean passphraseNews() {
        boolean news = passphraseNews;
        passphraseNews = false;
        return news;
    }

    /** A datagram made sense under this key. */
    final void confirm(PskKey key) {
        garbage = 0;
        if (!receiveKeys.confirm(key) || key.passphrase() == provenPassphrase) return;
        provenPassphrase = key.passphrase();
        passphraseNews = true;
    }

    /** Media of this SSRC came under a proven key. */
    final void knowSsrc(int ssrc) {
        int flow = ssrc & ~1;
        for (int i = 0; i < Math.min(knownSsrcs, KNOWN_SSRCS); i++) if (knownSsrc[i] == flow) return;
        knownSsrc[knownSsrcs % KNOWN_SSRCS] = flow;
        knownSsrcs = knownSsrcs == 2 * KNOWN_SSRCS - 1 ? KNOWN_SSRCS : knownSsrcs + 1;
    }

    /**
     * Whether media under a key on trial proves it: its SSRC is a known one, or another packet with it came under a key on trial lately. One alone may be chance, as a quarter of all garbage has
     * RTP's version.
     */
    final boolean trusts(int ssrc, int sequence16) {
        int flow = ssrc & ~1;
        for (int i = 0; i < Math.min(knownSsrcs, KNOWN_SSRCS); i++) if (knownSsrc[i] == flow) return true;
        for (int i = 0; i < Math.min(doubtful, DOUBTFUL_SSRCS); i++) {
            // The same packet may be tried several times
            if (doubtfulSsrc[i] == flow) return doubtfulSequence[i] != sequence16;
        }
        int place = doubtful % DOUBTFUL_SSRCS;
        doubtful = doubtful == 2 * DOUBTFUL_SSRCS - 1 ? DOUBTFUL_SSRCS : doubtful + 1;
        doubtfulSsrc[place] = flow;
        doubtfulSequence[place] = sequence16;
        return false;
    }

    public final void offerKey(PskKey key) {
        if (receiveKeys != null) receiveKeys.offer(key);
    }

    /** Puts on trial a key that the same passphrase has proven on another path. @return false if it is there already, or its nonce has been set aside for its garbage here */
    public final boolean adoptKey(long nowNs, PskKey key) {
        if (receiveKeys == null || receiveKeys.suspended(nowNs, key.nonce())) return false;
        return receiveKeys.adopt(key);
    }

    /** Whether anything from this peer was ever decrypted to sense. */
    public final boolean hasProvenKey() {
        return receiveKeys != null && receiveKeys.proven();
    }

    /** The key of this nonce if this peer has proven to hold it, or null: a peer that moved to another address goes on without a new derivation. */
    public final PskKey provenKey(int nonce) {
        PskKey key = receiveKeys == null ? null : receiveKeys.find(nonce);
        return key != null && receiveKeys.proven(key) ? key : null;
    }
}
