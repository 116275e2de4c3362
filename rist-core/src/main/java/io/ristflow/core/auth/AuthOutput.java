package io.ristflow.core.auth;

import io.ristflow.core.codec.eap.EapolFrame;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.crypto.SessionKey;

/** What a machine wants done, in this order. */
public sealed interface AuthOutput {
    /** To the peer; never encrypted (TR-06-2 §7.5). */
    record Send(EapolFrame frame) implements AuthOutput {}

    /** To be run on another thread, and its result to be handed back as {@link AuthInput.Computed}. */
    record Compute(SrpWork work) implements AuthOutput {}

    /**
     * Both ends have proven themselves, for the first time or again.
     *
     * @param user who the authenticatee is
     * @param version EAPOL version 2 to 4
     * @param key K, new with each authentication
     * @param sendUnderKey this side told the peer that it will encrypt under K from now on
     * @param receiveUnderKey the peer told so
     */
    record Authenticated(String user, int version, SessionKey key, boolean sendUnderKey, boolean receiveUnderKey) implements AuthOutput {}

    /** What the peer sends is encrypted under this from now on. */
    record PeerPassphrase(Passphrase passphrase) implements AuthOutput {}

    /** The peer is not, or no longer, authenticated. The machine tries again by itself where that may help. {@code user} may be empty, and is as the peer wrote it. */
    record Refused(String user, AuthRefusal reason) implements AuthOutput {}
}
