package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.crypto.PskKey;
import io.ristflow.core.profile.Dialect;
import io.ristflow.core.profile.Inbound;
import java.util.ArrayList;
import java.util.List;

/**
 * Which keys are derived when, and what waits for them (TR-06-2 §7).
 *
 * <p>A path that has proven a key limits its derivations itself. Strangers, whose nonces may be anybody's noise, share one derivation at a time, 10 ms apart, and each of them gets one a
 * second: so noise, from however many addresses, costs little, and from 64 of them (more are no paths) leaves room for a new peer's first try.
 */
final class KeyDesk {
    private static final long STRANGERS_SPACING_NS = 10 * Ticks.NS_PER_MS;
    private static final long STRANGER_SPACING_NS = Ticks.NS_PER_SECOND;
    /** A derivation whose result never comes blocks the next for so long. */
    private static final long RESULT_NS = Ticks.NS_PER_SECOND;

    private final List<Secret> secrets = new ArrayList<>();
    private final Dialect dialect;
    private final PathTable paths;
    private final KeyPen pen = new KeyPen();
    private long strangersNextNs = Long.MIN_VALUE;
    private long strangersAskedNs;

    KeyDesk(Dialect dialect, PathTable paths) {
        this.dialect = dialect;
        this.paths = paths;
    }

    /** From now on keys are made of this one as well. */
    void add(Secret secret, EffectSink sink) {
        if (secret.passphrase() == null || secrets.contains(secret)) return;
        secrets.add(secret);
        wantSendKey(secret, sink);
    }

    /** A peer that moved to another address goes on under its nonce. @return whether such a key was found; it is on trial here until it proves itself */
    boolean takeOver(long nowNs, Path path, int nonce) {
        for (int i = 0; i < paths.size(); i++) {
            if (paths.at(i) == path || paths.at(i).secret != path.secret) continue;
            PskKey key = paths.at(i).peer.provenKey(nonce);
            if (key != null) return path.peer.adoptKey(nowNs, key);
        }
        return false;
    }

    void hold(long nowNs, Path path, Inbound in) {
        pen.hold(nowNs, path, in.nonce, in.buffer, in.offset, in.end);
    }

    void wantReceiveKey(long nowNs, Path path, int nonce, EffectSink sink) {
        if (path.secret.passphrase() == null) return;
        boolean stranger = !path.peer.hasProvenKey();
        if (stranger && (nowNs < strangersNextNs || nowNs < path.nextDerivationNs)) return;
        if (!path.peer.wantsKey(nowNs, nonce)) return;
        if (stranger) {
            strangersAskedNs = nowNs;
            strangersNextNs = nowNs + RESULT_NS;
            path.nextDerivationNs = nowNs + STRANGER_SPACING_NS;
        }
        sink.deriveKey(new Derivation(path.secret, nonce, path.peer.receiveBits(), path));
    }

    private static void wantSendKey(Secret secret, EffectSink sink) {
        int nonce = secret.keyring().sendKeyWanted();
        if (nonce != 0) sink.deriveKey(new Derivation(secret, nonce, secret.keyring().aesBits(), null));
    }

    /** A key to send under is ready. @return whether it is its secret's first */
    boolean onSendKey(Derivation.Derived derived, EffectSink sink) {
        Secret secret = derived.request().secret();
        boolean first = !secret.keyring().readyToSend();
        secret.keyring().offerSendKey(derived.key());
        wantSendKey(secret, sink);
        return first;
    }

    /** A key for a path's datagrams is ready: it is put on trial, and what waited for it is handed back. */
    void onReceiveKey(long nowNs, Derivation.Derived derived, KeyPen.Released released) {
        Path path = derived.request().path();
        if (!path.peer.hasProvenKey()) strangersNextNs = Math.max(nowNs, strangersAskedNs + STRANGERS_SPACING_NS);
        if (path.closed || path.secret != derived.request().secret()) return;
        path.peer.offerKey(derived.key());
        pen.release(path, derived.key().nonce(), released);
    }

    /** On the conversation's cadence. */
    void onTime(long nowNs, EffectSink sink) {
        for (int i = 0; i < secrets.size(); i++) {
            Secret secret = secrets.get(i);
            wantSendKey(secret, sink);
            secret.herald().onTime(nowNs, secret.keyring(), dialect, paths, sink);
        }
    }
}
