package io.ristflow.core.profile;

import io.ristflow.core.crypto.PskKey;
import io.ristflow.core.crypto.ReceiveKeys;

/** What a dialect remembers of one peer. Made by {@link Dialect#newPeer}, kept by the session beside the path. */
public final class Peer {
    /** GRE version to send: raised by what the peer sends, never lowered (librist does the same). */
    int greVersion = 1;
    /** Keys by which this peer's datagrams are read; null without a pre-shared key. */
    final ReceiveKeys receiveKeys;
    /** Datagrams in a row that decrypted to garbage under a key that was never confirmed. */
    int garbage;

    Peer(ReceiveKeys keys) {
        receiveKeys = keys;
    }

    /** Whether a key for this nonce should be derived now; see {@link ReceiveKeys#wants}. */
    public boolean wantsKey(long nowNs, int nonce) {
        return receiveKeys != null && receiveKeys.wants(nowNs, nonce);
    }

    public void offerKey(PskKey key) {
        if (receiveKeys != null) receiveKeys.offer(key);
    }

    /** Puts on trial a key that the same passphrase has proven on another path. @return false if its nonce has been set aside for its garbage here */
    public boolean adoptKey(long nowNs, PskKey key) {
        if (receiveKeys.suspended(nowNs, key.nonce())) return false;
        receiveKeys.adopt(key);
        return true;
    }

    /** Whether anything from this peer was ever decrypted to sense. */
    public boolean hasProvenKey() {
        return receiveKeys != null && receiveKeys.proven();
    }

    /** The key of this nonce if this peer has proven to hold it, or null: a peer that moved to another address goes on without a new derivation. */
    public PskKey provenKey(int nonce) {
        PskKey key = receiveKeys == null ? null : receiveKeys.find(nonce);
        return key != null && receiveKeys.proven(key) ? key : null;
    }
}
