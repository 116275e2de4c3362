package io.ristflow.core.auth;

import io.ristflow.core.crypto.Passphrase;
import java.util.List;

/** What both roles have in common. */
public sealed interface AuthMachine permits Authenticatee, Authenticator {
    /** Takes an input and says what to do. */
    List<AuthOutput> step(long nowNs, AuthInput input);

    /** Time passed; a call too early is harmless. */
    List<AuthOutput> onDeadline(long nowNs);

    /** When {@link #onDeadline} has work next; {@link io.ristflow.core.base.Ticks#NEVER} if not at all. */
    long nextDeadlineNs();

    /** Whether data may flow. A re-authentication under way does not change it (TR-06-2 §D.5). */
    boolean authenticated();

    /** This side encrypts with another passphrase from now on: the peer is told (TR-06-2 §D.3.4.9). */
    List<AuthOutput> changePassphrase(long nowNs, Passphrase passphrase);
}
