package io.ristflow.core.auth;

import io.ristflow.core.codec.eap.EapolFrame;

/** What a machine is told. */
public sealed interface AuthInput {
    /**
     * An authenticatee: call now, and from now on until it has worked. An authenticator: somebody is there (any datagram of the peer tells, TR-06-2 §D.1).
     * Harmless while an exchange is under way or authenticated.
     */
    record Begin() implements AuthInput {}

    /** A frame came from the peer. */
    record Received(EapolFrame frame) implements AuthInput {}

    /** A {@link AuthOutput.Compute} is done. One that is no longer waited for is dropped. */
    record Computed(SrpWork.Result result) implements AuthInput {}

    /** The peer went away: everything is forgotten but what failed. */
    record Reset() implements AuthInput {}
}
