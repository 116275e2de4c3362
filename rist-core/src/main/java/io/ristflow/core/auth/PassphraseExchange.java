package io.ristflow.core.auth;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.eap.EapMessage;
import io.ristflow.core.codec.eap.EapMessage.PassphraseRequest;
import io.ristflow.core.codec.eap.EapMessage.PassphraseResponse;
import io.ristflow.core.codec.eap.EapolFrame;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.crypto.SessionKey;
import java.util.List;

/** What two authenticated ends tell each other of their passphrases (TR-06-2 §D.3.4.8, §D.3.4.9); the same for both roles. Everything is repeated until it is answered. */
final class PassphraseExchange {
    private static final long RETRY_NS = 500 * Ticks.NS_PER_MS;
    private static final int MOST_TRIES = 6;
    /** librist marks an authenticatee's request by bits 7 and 6, and what an authenticator sends unasked by bit 7. */
    private static final int REQUEST_MARK = 0x40;
    private static final int CLIENT_REQUEST_MARK = 0xC0;
    private static final int SERVER_PUSH_MARK = 0x80;
    private static final int COUNT = 0x3F;

    /** Something that waits for its answer. */
    private record Waiting(EapMessage.Eap message, int tries, long nextNs) {}

    private final AuthRules rules;
    private final boolean client;
    /** Null: none, this side encrypts under K or not at all. */
    private Passphrase own;

    private SessionKey key;
    private int version;
    private boolean sendUnderKey;
    private long sendCounter;
    private long lastReceived = -1;
    private int requests;
    private int pushes;
    private Waiting request;
    private Waiting push;

    PassphraseExchange(AuthRules rules, boolean client, Passphrase own) {
        this.rules = rules;
        this.client = client;
        this.own = own;
    }

    /** After an authentication: everything begins anew under its key. */
    void rekey(SessionKey newKey, int newVersion, boolean underKey) {
        key = newKey;
        version = newVersion;
        sendUnderKey = underKey;
        sendCounter = 0;
        lastReceived = -1;
        request = null;
        push = null;
    }

    void forget() {
        rekey(null, 0, false);
    }

    /** Asks what the peer encrypts with. */
    void ask(long nowNs, List<AuthOutput> out) {
        int identifier = (client ? CLIENT_REQUEST_MARK : REQUEST_MARK) | ++requests & COUNT;
        request = send(nowNs, new PassphraseRequest(identifier), 1, out);
    }

    /** Tells the peer, unasked, what this side will encrypt with (§D.3.4.9). */
    void push(long nowNs, Passphrase passphrase, List<AuthOutput> out) {
        own = passphrase;
        if (key == null || version < EapolFrame.VERSION_3) return;
        int identifier = (client ? 0 : SERVER_PUSH_MARK) | ++pushes & COUNT;
        push = send(nowNs, PassphraseSeal.seal(rules, version, key, client, identifier, sendCounter++, passphrase.bytes()), 1, out);
    }

    /** @return whether the message was about passphrases */
    boolean take(long nowNs, EapMessage message, List<AuthOutput> out) {
        switch (message) {
            case PassphraseRequest m -> answer(m, out);
            case PassphraseResponse m -> install(m, out);
            case EapMessage.Success m when push != null && push.message.identifier() == m.identifier() -> push = null;
            // It cannot or will not tell.
            case EapMessage.Nak m when request != null && request.message.identifier() == m.identifier() -> request = null;
            case EapMessage.Failure m when request != null && request.message.identifier() == m.identifier() -> request = null;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void answer(PassphraseRequest m, List<AuthOutput> out) {
        // §D.3.4.8: "if authentication is not complete, … the Failure packet"
        if (key == null || own == null && !sendUnderKey) {
            out.add(frame(new EapMessage.Failure(m.identifier())));
        } else if (own == null && version < EapolFrame.VERSION_4) {
            out.add(frame(new PassphraseResponse(m.identifier(), PassphraseResponse.USE_KEY, new byte[0])));
        } else {
            // DEVIATION(librist): at version 4 it takes no "use K"; so K is told like any other passphrase
            byte[] passphrase = (own != null ? own : key.asPassphrase()).bytes();
            out.add(frame(PassphraseSeal.seal(rules, version, key, client, m.identifier(), sendCounter++, passphrase)));
        }
    }

    private void install(PassphraseResponse m, List<AuthOutput> out) {
        if (key == null || request != null && request.message.identifier() != m.identifier()) return;
        if (m.useKey()) {
            // At version 4 nothing vouches for this bit.
            if (version >= EapolFrame.VERSION_4) return;
            out.add(new AuthOutput.PeerPassphrase(key.asPassphrase()));
        } else {
            byte[] passphrase = PassphraseSeal.open(rules, version, key, !client, m);
            if (passphrase == null) return;
            boolean repeated = version >= EapolFrame.VERSION_4 && PassphraseSeal.counter(m) <= lastReceived;
            if (version >= EapolFrame.VERSION_4 && !repeated) lastReceived = PassphraseSeal.counter(m);
            if (!repeated) out.add(new AuthOutput.PeerPassphrase(Passphrase.ofBytes(passphrase)));
        }
        request = null;
        // §D.3.4.9: acknowledged by a Success of the same identifier
        out.add(frame(new EapMessage.Success(m.identifier())));
    }

    void onDeadline(long nowNs, List<AuthOutput> out) {
        request = again(nowNs, request, out);
        push = again(nowNs, push, out);
    }

    private Waiting again(long nowNs, Waiting waiting, List<AuthOutput> out) {
        if (waiting == null || nowNs < waiting.nextNs) return waiting;
        return waiting.tries >= MOST_TRIES ? null : send(nowNs, waiting.message, waiting.tries + 1, out);
    }

    private Waiting send(long nowNs, EapMessage.Eap message, int tries, List<AuthOutput> out) {
        out.add(frame(message));
        return new Waiting(message, tries, nowNs + RETRY_NS);
    }

    private AuthOutput frame(EapMessage message) {
        return new AuthOutput.Send(new EapolFrame(key == null ? rules.lowestVersion() : version, message));
    }

    long nextDeadlineNs() {
        return Math.min(request == null ? Ticks.NEVER : request.nextNs, push == null ? Ticks.NEVER : push.nextNs);
    }
}
