package io.ristflow.core.auth;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.eap.EapMessage;
import io.ristflow.core.codec.eap.EapMessage.Challenge;
import io.ristflow.core.codec.eap.EapMessage.ClientKey;
import io.ristflow.core.codec.eap.EapMessage.ClientValidator;
import io.ristflow.core.codec.eap.EapMessage.Failure;
import io.ristflow.core.codec.eap.EapMessage.IdentityRequest;
import io.ristflow.core.codec.eap.EapMessage.IdentityResponse;
import io.ristflow.core.codec.eap.EapMessage.Nak;
import io.ristflow.core.codec.eap.EapMessage.ServerKey;
import io.ristflow.core.codec.eap.EapMessage.ServerValidator;
import io.ristflow.core.codec.eap.EapMessage.ServerValidatorResponse;
import io.ristflow.core.codec.eap.EapMessage.Success;
import io.ristflow.core.codec.eap.EapMessage.UnknownRequest;
import io.ristflow.core.codec.eap.EapolFrame;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.crypto.SessionKey;
import io.ristflow.core.crypto.Srp;
import io.ristflow.core.crypto.SrpGroup;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Who has a user name and a password and proves it (TR-06-2 §D.2, the client). Driven by the authenticator; its own are the start, the answers, given again
 * when they are asked for again (§D.6), and beginning anew when nothing comes.
 */
public final class Authenticatee implements AuthMachine {
    /**
     * An authenticator asks by itself when it hears of a new peer (§D.1), and librist asks anew, with another identifier, for a start: two questions at once, of which
     * the first answer is wrong. So a start is sent only where nobody asks.
     */
    static final long BEFORE_CALL_NS = 200 * Ticks.NS_PER_MS;
    static final long CALL_NS = 500 * Ticks.NS_PER_MS;
    static final int FAST_CALLS = 6;
    static final long SLOW_CALL_NS = 2 * Ticks.NS_PER_SECOND;
    /** librist repeats a request for 2.5 s. */
    static final long PATIENCE_NS = 3 * Ticks.NS_PER_SECOND;
    static final long IDENTITY_SPACING_NS = 200 * Ticks.NS_PER_MS;
    static final int FAST_FAILURES = 3;
    static final long AFTER_FAILURE_NS = 2 * Ticks.NS_PER_SECOND;
    static final long AFTER_FAILURES_NS = 30 * Ticks.NS_PER_SECOND;
    /** Messages of an exchange, and so identifiers (§D.3.2). */
    private static final int REQUESTS = 4;

    /**
     * @param own what this side encrypts with; null: nothing but, with {@code useKey}, K
     * @param useKey without a passphrase of its own, encrypt under K (§D.3.4.6, U) towards who understands it
     */
    public record Settings(AuthRules rules, String user, String password, Passphrase own, boolean useKey) {
        @Override
        public String toString() {
            return "Settings[" + user + "]";
        }
    }

    private sealed interface State {
        /** Nobody asked for it yet. */
        record Silent() implements State {}

        /** So many starts were sent. */
        record Calling(int calls) implements State {}

        record AwaitsChallenge(Exchange exchange) implements State {}

        record MakesKey(Exchange exchange, Offer offer) implements State {}

        record AwaitsServerKey(Exchange exchange, Offer offer, BigInteger publicA) implements State {}

        record MakesProof(Exchange exchange) implements State {}

        record AwaitsServerProof(Exchange exchange, SrpWork.Proofs proofs) implements State {}

        /** Nothing is under way. */
        record Resting() implements State {}

        /** Refused; to begin anew at the deadline. */
        record Refused() implements State {}
    }

    /** One run of four requests; {@code answers} by how far their identifier is from the first (§D.6). */
    private static final class Exchange {
        final int first;
        final EapolFrame[] answers = new EapolFrame[REQUESTS];
        final int peerVersion;

        Exchange(int first, int peerVersion) {
            this.first = first;
            this.peerVersion = peerVersion;
        }

        int distance(int identifier) {
            return identifier - first & 0xFF;
        }
    }

    /** What the challenge settled. */
    private record Offer(Srp srp, int identifier, byte[] salt, BigInteger secret, int version, boolean takesKey) {}

    private final Settings settings;
    private final AuthRules rules;
    private final byte[] user;
    private final byte[] password;
    private final RandomGenerator random;
    private final PassphraseExchange passphrases;

    private State state = new State.Silent();
    private long deadlineNs = Ticks.NEVER;
    private long lastIdentityNs = Long.MIN_VALUE / 2;
    private boolean authenticated;
    private int provenVersion;
    /** The exchange that led in, whose last answer may have been lost; null: none. */
    private Exchange last;
    private int failures;
    private int version;
    private boolean takesKey;

    public Authenticatee(Settings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        rules = settings.rules();
        user = settings.user().getBytes(StandardCharsets.UTF_8);
        password = settings.password().getBytes(StandardCharsets.UTF_8);
        passphrases = new PassphraseExchange(rules, true, settings.own());
    }

    @Override
    public boolean authenticated() {
        return authenticated;
    }

    @Override
    public long nextDeadlineNs() {
        return Math.min(deadlineNs, passphrases.nextDeadlineNs());
    }

    @Override
    public List<AuthOutput> changePassphrase(long nowNs, Passphrase passphrase) {
        List<AuthOutput> out = new ArrayList<>();
        passphrases.push(nowNs, passphrase, out);
        return out;
    }

    @Override
    public List<AuthOutput> step(long nowNs, AuthInput input) {
        List<AuthOutput> out = new ArrayList<>();
        switch (input) {
            case AuthInput.Begin begin -> {
                if (state instanceof State.Silent) enter(new State.Calling(0), nowNs + BEFORE_CALL_NS);
            }
            case AuthInput.Reset reset -> {
                enter(new State.Silent(), Ticks.NEVER);
                authenticated = false;
                provenVersion = 0;
                passphrases.forget();
            }
            case AuthInput.Received received -> onFrame(nowNs, received.frame(), out);
            case AuthInput.Computed computed -> onComputed(nowNs, computed.result(), out);
        }
        return out;
    }

    @Override
    public List<AuthOutput> onDeadline(long nowNs) {
        List<AuthOutput> out = new ArrayList<>();
        passphrases.onDeadline(nowNs, out);
        if (nowNs < deadlineNs) return out;
        // §D.6: "if a protocol message does not arrive by the timeout, the client shall restart the authentication process"
        int calls = state instanceof State.Calling calling ? calling.calls : 0;
        // Nobody who is in calls for ever: an authenticator need not care to do it again.
        if (authenticated && calls >= FAST_CALLS) enter(new State.Resting(), Ticks.NEVER);
        else call(nowNs, calls, out);
        return out;
    }

    private void call(long nowNs, int calls, List<AuthOutput> out) {
        // §D.3.1. DEVIATION(librist): 3, whatever version is spoken afterwards.
        out.add(new AuthOutput.Send(new EapolFrame(EapolFrame.VERSION_3, new EapMessage.Start())));
        enter(new State.Calling(calls + 1), nowNs + (calls + 1 < FAST_CALLS ? CALL_NS : SLOW_CALL_NS));
    }

    private void onFrame(long nowNs, EapolFrame frame, List<AuthOutput> out) {
        if (passphrases.take(nowNs, frame.message(), out)) return;
        switch (frame.message()) {
            case IdentityRequest m -> onIdentityRequest(nowNs, frame.version(), m, out);
            case Challenge m -> onChallenge(nowNs, frame.version(), m, out);
            case ServerKey m -> onServerKey(nowNs, m, out);
            case ServerValidator m -> onServerValidator(nowNs, m, out);
            case Failure m -> onFailure(nowNs, m, out);
            // §D.3.3.2
            case UnknownRequest m -> out.add(new AuthOutput.Send(new EapolFrame(rules.common(frame.version()), new Nak(m.identifier()))));
            // Anybody can forge a Logoff, and the rest is said to authenticators
            default -> { }
        }
    }

    private void onIdentityRequest(long nowNs, int peerVersion, IdentityRequest m, List<AuthOutput> out) {
        if (state instanceof State.Silent || state instanceof State.Refused) return;
        // Each costs an exchange, and anybody can ask.
        if (nowNs - lastIdentityNs < IDENTITY_SPACING_NS) return;
        if (tooOld(nowNs, peerVersion, out)) return;
        lastIdentityNs = nowNs;
        Exchange exchange = new Exchange(m.identifier(), peerVersion);
        exchange.answers[0] = new EapolFrame(rules.common(peerVersion), new IdentityResponse(m.identifier(), user));
        out.add(new AuthOutput.Send(exchange.answers[0]));
        enter(new State.AwaitsChallenge(exchange), nowNs + PATIENCE_NS);
    }

    private void onChallenge(long nowNs, int peerVersion, Challenge m, List<AuthOutput> out) {
        if (!(state instanceof State.AwaitsChallenge s)) {
            answerAgain(m.identifier(), out);
            return;
        }
        if (s.exchange.distance(m.identifier()) != 1) return;
        // The challenge settles the hashing: an authenticator that has an old verifier only falls back here.
        if (tooOld(nowNs, peerVersion, out)) return;
        // 4 to 3 within an exchange is no peer's way, only a forger's who wants the passphrase without GCM.
        if (peerVersion == EapolFrame.VERSION_3 && rules.common(s.exchange.peerVersion) > EapolFrame.VERSION_3) return;
        if (!defaultGroup(m)) {
            out.add(new AuthOutput.Send(new EapolFrame(rules.common(peerVersion), new Failure(m.identifier()))));
            refused(nowNs, AuthRefusal.UNSUPPORTED_GROUP, out);
            return;
        }
        int common = rules.common(peerVersion);
        Offer offer = new Offer(new Srp(SrpGroup.RFC5054_2048, rules.hashing(common)), m.identifier(), m.salt(), SrpWork.secret(random), common, takesKey(m));
        out.add(new AuthOutput.Compute(new SrpWork.MakeClientKey(s.exchange, offer.srp, offer.secret)));
        enter(new State.MakesKey(s.exchange, offer), nowNs + PATIENCE_NS);
    }

    /** Who is in does not fall back to what is older, and is not thrown out by whoever says so. */
    private boolean tooOld(long nowNs, int peerVersion, List<AuthOutput> out) {
        if (authenticated) return rules.common(peerVersion) < provenVersion;
        if (peerVersion >= rules.lowestVersion()) return false;
        refused(nowNs, AuthRefusal.VERSION_TOO_OLD, out);
        return true;
    }

    /** DEVIATION(librist): §D.3.4.6 lets a caller announce traffic under K to anybody. librist refuses it as a listener, having no secret; its challenges have no name. */
    private static boolean takesKey(Challenge m) {
        return new String(m.name(), StandardCharsets.US_ASCII).equals(Authenticator.NAME);
    }

    /** RFC 5054 §2.5.3: a group is taken from a trusted list only; a peer that is not proven yet could choose one in which the password can be found. */
    private static boolean defaultGroup(Challenge m) {
        if (m.generator().length == 0) return true;
        SrpGroup group = SrpGroup.RFC5054_2048;
        return new BigInteger(1, m.generator()).equals(group.generator()) && new BigInteger(1, m.modulus()).equals(group.modulus());
    }

    private void onServerKey(long nowNs, ServerKey m, List<AuthOutput> out) {
        if (!(state instanceof State.AwaitsServerKey s)) {
            answerAgain(m.identifier(), out);
            return;
        }
        if (s.exchange.distance(m.identifier()) != 2) {
            answerAgain(m.identifier(), out);
            return;
        }
        // §D.3.4.5: "shall not be zero modulo N. If the client receives a bad value … a Failure packet"
        if (!SrpGroup.RFC5054_2048.acceptsPublicKey(m.publicKey())) {
            out.add(new AuthOutput.Send(new EapolFrame(s.offer.version, new Failure(m.identifier()))));
            refused(nowNs, AuthRefusal.INVALID_KEY, out);
            return;
        }
        Offer offer = s.offer;
        version = offer.version;
        takesKey = offer.takesKey;
        BigInteger publicB = new BigInteger(1, m.publicKey());
        out.add(new AuthOutput.Compute(new SrpWork.MakeClientProof(s.exchange, offer.srp, user, password, offer.salt, offer.secret, s.publicA, publicB)));
        enter(new State.MakesProof(s.exchange), nowNs + PATIENCE_NS);
    }

    private void onComputed(long nowNs, SrpWork.Result result, List<AuthOutput> out) {
        if (state instanceof State.MakesKey s && result instanceof SrpWork.PublicKey a && a.exchange() == s.exchange) {
            answer(s.exchange, 1, s.offer.version, new ClientKey(s.offer.identifier, SrpWork.wire(a.number())), out);
            enter(new State.AwaitsServerKey(s.exchange, s.offer, a.number()), nowNs + PATIENCE_NS);
        } else if (state instanceof State.MakesProof s && result instanceof SrpWork.Proofs proofs && proofs.exchange() == s.exchange) {
            int identifier = s.exchange.first + 2 & 0xFF;
            if (proofs.key() == null) {
                out.add(new AuthOutput.Send(new EapolFrame(version, new Failure(identifier))));
                refused(nowNs, AuthRefusal.INVALID_KEY, out);
                return;
            }
            answer(s.exchange, 2, version, new ClientValidator(identifier, sendsUnderKey(), proofs.clientProof()), out);
            enter(new State.AwaitsServerProof(s.exchange, proofs), nowNs + PATIENCE_NS);
        }
    }

    private void onServerValidator(long nowNs, ServerValidator m, List<AuthOutput> out) {
        if (!(state instanceof State.AwaitsServerProof s)) {
            answerAgain(m.identifier(), out);
            return;
        }
        if (s.exchange.distance(m.identifier()) != 3) return;
        if (!MessageDigest.isEqual(m.proof(), s.proofs.serverProof())) {
            // Figure 37
            out.add(new AuthOutput.Send(new EapolFrame(version, new Failure(m.identifier()))));
            refused(nowNs, AuthRefusal.PEER_NOT_TRUSTED, out);
            return;
        }
        boolean old = version == EapolFrame.VERSION_2;
        answer(s.exchange, 3, version, old ? new ServerValidatorResponse(m.identifier()) : new Success(m.identifier()), out);
        proven(nowNs, s.exchange, s.proofs.key(), m.useKey() && !old, out);
    }

    private void proven(long nowNs, Exchange exchange, SessionKey key, boolean receiveUnderKey, List<AuthOutput> out) {
        authenticated = true;
        provenVersion = version;
        failures = 0;
        last = exchange;
        enter(new State.Resting(), Ticks.NEVER);
        passphrases.rekey(key, version, sendsUnderKey());
        out.add(new AuthOutput.Authenticated(settings.user(), version, key, sendsUnderKey(), receiveUnderKey));
        if (settings.own() == null && !receiveUnderKey && version >= EapolFrame.VERSION_3) passphrases.ask(nowNs, out);
    }

    private boolean sendsUnderKey() {
        return settings.own() == null && settings.useKey() && takesKey && version >= EapolFrame.VERSION_3;
    }

    /** Figure 36. One that fits no request of ours is somebody else's (§D.6). */
    private void onFailure(long nowNs, Failure m, List<AuthOutput> out) {
        Exchange exchange = exchange();
        if (exchange == null || exchange.distance(m.identifier()) >= REQUESTS) return;
        refused(nowNs, AuthRefusal.REFUSED_BY_PEER, out);
    }

    private void refused(long nowNs, AuthRefusal reason, List<AuthOutput> out) {
        authenticated = false;
        passphrases.forget();
        enter(new State.Refused(), nowNs + (++failures < FAST_FAILURES ? AFTER_FAILURE_NS : AFTER_FAILURES_NS));
        out.add(new AuthOutput.Refused(settings.user(), reason));
    }

    /** The exchange under way; null if there is none. */
    private Exchange exchange() {
        return switch (state) {
            case State.AwaitsChallenge s -> s.exchange;
            case State.MakesKey s -> s.exchange;
            case State.AwaitsServerKey s -> s.exchange;
            case State.MakesProof s -> s.exchange;
            case State.AwaitsServerProof s -> s.exchange;
            case State.Silent s -> null;
            case State.Calling s -> null;
            case State.Resting s -> null;
            case State.Refused s -> null;
        };
    }

    private static void answer(Exchange exchange, int distance, int version, EapMessage message, List<AuthOutput> out) {
        exchange.answers[distance] = new EapolFrame(version, message);
        out.add(new AuthOutput.Send(exchange.answers[distance]));
    }

    /** §D.6: what was answered before is answered again in the same words. */
    private void answerAgain(int identifier, List<AuthOutput> out) {
        Exchange exchange = exchange() != null ? exchange() : state instanceof State.Resting ? last : null;
        if (exchange == null || exchange.distance(identifier) >= REQUESTS) return;
        EapolFrame answer = exchange.answers[exchange.distance(identifier)];
        if (answer != null) out.add(new AuthOutput.Send(answer));
    }

    private void enter(State next, long untilNs) {
        state = next;
        deadlineNs = untilNs;
    }
}
