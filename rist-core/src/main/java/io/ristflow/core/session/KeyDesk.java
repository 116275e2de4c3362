package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.KeyStats;
import io.ristflow.core.api.Parity;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.crypto.PskKey;
import io.ristflow.core.profile.Dialect;
import io.ristflow.core.profile.Inbound;
import io.ristflow.core.profile.Keyring;
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

    private static final Parity[] PARITIES = Parity.values();

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
        if (secret.clear() || secrets.contains(secret)) return;
        secrets.add(secret);
        wantSendKey(secret, sink);
    }

    /** The path whose own it was is no more. */
    void remove(Secret secret) {
        secrets.remove(secret);
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
        Secret secret = path.secret;
        if (secret.clear()) return;
        review(nowNs, secret, sink);
        boolean stranger = !path.peer.hasProvenKey();
        // One try at a peer is one nonce, whatever passphrases it may mean
        int choice = path.peer.choice(nonce);
        if (stranger && (nowNs < strangersNextNs || choice == 0 && nowNs < path.nextDerivationNs)) return;
        if (!path.peer.wantsKey(nowNs, nonce)) return;
        if (stranger) {
            strangersAskedNs = nowNs;
            strangersNextNs = nowNs + RESULT_NS;
            path.nextDerivationNs = nowNs + STRANGER_SPACING_NS;
        }
        sink.deriveKey(new Derivation(secret, secret.choice(nonce, choice), nonce, path.peer.receiveBits(), path));
    }

    private static void wantSendKey(Secret secret, EffectSink sink) {
        int nonce = secret.keyring().sendKeyWanted();
        if (nonce != 0) sink.deriveKey(new Derivation(secret, secret.sending(), nonce, secret.keyring().aesBits(), null));
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

    // ---- passphrases -----------------------------------------------------------------------------------------------------------------

    /** A path that was opened reads by all passphrases that are valid. */
    void opened(Path path) {
        if (!path.secret.clear()) path.peer.passphrasesChanged(path.secret.choices());
    }

    void use(Secret secret, Parity which, EffectSink sink) {
        Passphrase wanted = secret.get(which);
        if (wanted == null) throw new IllegalStateException("no " + which.word() + " passphrase is set");
        if (secret.sending() == wanted) return;
        secret.sendUnder(which, true);
        wantSendKey(secret, sink);
    }

    /** @param choosing whether this side goes over to it at once if it takes the place of the one in force */
    void replace(long nowNs, Secret secret, Parity which, Passphrase fresh, boolean choosing, EffectSink sink) {
        if (secret.clear()) throw new IllegalStateException("no secret is set, so none can be replaced");
        if (fresh.sameAs(secret.get(which))) return;
        if (secret.replaced(which)) retire(secret, which, sink);
        Passphrase old = secret.replace(nowNs, which, fresh);
        tellPeers(secret);
        if (choosing && old != null && old == secret.sending()) {
            secret.sendUnder(which, true);
            wantSendKey(secret, sink);
        }
    }

    /** A peer has proven a key of a passphrase that it did not use before. */
    void onPeerPassphrase(Path path, boolean choosing, EffectSink sink) {
        Passphrase before = path.passphrase;
        Passphrase its = path.passphrase = path.peer.provenPassphrase();
        Parity which = path.secret.parityOf(its);
        if (which == null) return;
        if (path.secret.parityOf(before) != null) sink.event(new SessionEvent.PeerPassphraseChanged(path.number, which));
        if (choosing || !path.secret.holds(its) || path.secret.sending() == its) return;
        // It holds it, so nothing needs to be announced
        path.secret.sendUnder(which, false);
        wantSendKey(path.secret, sink);
    }

    private void tellPeers(Secret secret) {
        for (int i = 0; i < paths.size(); i++) if (paths.at(i).secret == secret) opened(paths.at(i));
    }

    /** Ends what was replaced, when its time is over. */
    private void review(long nowNs, Secret secret, EffectSink sink) {
        for (Parity which : PARITIES) {
            if (!secret.replaced(which)) continue;
            if (everyPeerHasLeft(secret, secret.former(which))) secret.shorten(nowNs, which);
            if (secret.expired(nowNs, which)) retire(secret, which, sink);
        }
    }

    private boolean everyPeerHasLeft(Secret secret, Passphrase former) {
        boolean any = false;
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.at(i);
            if (path.secret != secret || !path.connected) continue;
            if (path.peer.provenPassphrase() == former) return false;
            any = true;
        }
        return any && secret.keyring().currentPassphrase() != former;
    }

    private void retire(Secret secret, Parity which, EffectSink sink) {
        Passphrase old = secret.retire(which);
        for (int i = 0; i < paths.size(); i++) if (paths.at(i).secret == secret) paths.at(i).peer.retire(old);
        tellPeers(secret);
        if (secret.sending() != old) return;
        secret.sendUnder(which, false);
        wantSendKey(secret, sink);
    }

    List<KeyStats> stats(long nowNs) {
        List<KeyStats> stats = new ArrayList<>(secrets.size());
        for (Secret secret : secrets) {
            if (secret.ofLogin()) continue;
            Keyring keyring = secret.keyring();
            long ageNs = secret.seenNonce == 0 ? 0 : nowNs - secret.seenNonceNs;
            stats.add(new KeyStats(secret.leg(), keyring.aesBits(), secret.two(), secret.inForce(), keyring.changing(), secret.nonces, ageNs));
        }
        return stats;
    }

    /** On the conversation's cadence. */
    void onTime(long nowNs, EffectSink sink) {
        for (int i = 0; i < secrets.size(); i++) {
            Secret secret = secrets.get(i);
            review(nowNs, secret, sink);
            wantSendKey(secret, sink);
            secret.herald().onTime(nowNs, secret.keyring(), dialect, paths, sink);
            look(nowNs, secret, sink);
        }
    }

    private static void look(long nowNs, Secret secret, EffectSink sink) {
        int nonce = secret.keyring().currentNonce();
        if (nonce == secret.seenNonce) return;
        secret.seenNonce = nonce;
        secret.seenNonceNs = nowNs;
        secret.nonces++;
        Passphrase passphrase = secret.keyring().currentPassphrase();
        boolean changed = !secret.ofLogin() && secret.seenPassphrase != null && passphrase != secret.seenPassphrase;
        secret.seenPassphrase = passphrase;
        if (changed) sink.event(new SessionEvent.PassphraseInForce(secret.leg(), secret.inForce()));
    }
}
