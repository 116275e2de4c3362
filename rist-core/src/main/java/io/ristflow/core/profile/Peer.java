package io.ristflow.core.profile;

import io.ristflow.core.crypto.PskKey;
import io.ristflow.core.crypto.ReceiveKeys;

/** What a dialect remembers of one peer. Made by {@link Dialect#newPeer}, kept by the session beside the path. */
public class Peer {
    /** GRE version to send: raised by what the peer sends, never lowered (librist does the same). */
    int greVersion = 1;
    /** What is sent to this peer goes under this. */
    Keyring keyring;
    /** Keys by which this peer's datagrams are read; null: they must come in the clear. */
    ReceiveKeys receiveKeys;
    /** 0: in the clear. */
    int receiveBits;
    /** Datagrams in a row that decrypted to garbage under a key that was never confirmed. */
    int garbage;

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

    public final void offerKey(PskKey key) {
        if (receiveKeys != null) receiveKeys.offer(key);
    }

    /** Puts on trial a key that the same passphrase has proven on another path. @return false if its nonce has been set aside for its garbage here */
    public final boolean adoptKey(long nowNs, PskKey key) {
        if (receiveKeys == null || receiveKeys.suspended(nowNs, key.nonce())) return false;
        receiveKeys.adopt(key);
        return true;
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
