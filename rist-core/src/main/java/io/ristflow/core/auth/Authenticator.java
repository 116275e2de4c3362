package io.ristflow.core.auth;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.eap.EapMessage;
import io.ristflow.core.codec.eap.EapMessage.Challenge;
import io.ristflow.core.codec.eap.EapMessage.ClientKey;
import io.ristflow.core.codec.eap.EapMessage.ClientValidator;
import io.ristflow.core.codec.eap.EapMessage.Failure;
import io.ristflow.core.codec.eap.EapMessage.IdentityRequest;
import io.ristflow.core.codec.eap.EapMessage.IdentityResponse;
import io.ristflow.core.codec.eap.EapMessage.Logoff;
import io.ristflow.core.codec.eap.EapMessage.Nak;
import io.ristflow.core.codec.eap.EapMessage.ServerKey;
import io.ristflow.core.codec.eap.EapMessage.ServerValidator;
import io.ristflow.core.codec.eap.EapMessage.ServerValidatorResponse;
import io.ristflow.core.codec.eap.EapMessage.Start;
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
 * Who lets users in (TR-06-2 §D.2, the server), for one path. It drives the exchange and repeats its requests (§D.6); what comes out of turn is dropped. An
 * unknown user sees the exchange of a wrong password.
 */
public final class Authenticator implements AuthMachine {
    static final long RETRY_NS = 500 * Ticks.NS_PER_MS;
    static final int MOST_TRIES = 6;
    /** After an exchange that nobody finished, {@link AuthInput.Begin} alone does not start another one at once. */
    static final long UNANSWERED_NS = Ticks.NS_PER_SECOND;
    static final int MOST_FAILURES = 3;
    static final long AFTER_FAILURES_NS = 30 * Ticks.NS_PER_SECOND;
    /** Each exchange costs two computations, and anybody can ask for one. */
    static final long EXCHANGE_SPACING_NS = 200 * Ticks.NS_PER_MS;
    /** §D.5: "no less than 60 seconds". */
    static final long REVIEW_NS = 60 * Ticks.NS_PER_SECOND;
    /** librist 0.2.7's caller asks for a new exchange every three seconds, once, and falls silent for good if that is lost; unless it was asked before, as its own listener does. */
    static final long LEGACY_REVIEW_NS = 2_500 * Ticks.NS_PER_MS;
    private static final int LONGEST_NAME_BYTES = 255;
    /**
     * What this side calls itself in challenges (§D.3.4.3: "may be used by the client in an implementation-dependent manner"): it takes media under K. librist as a listener does not, whatever the
     * caller's U says, and has no name.
     */
    static final String NAME = "ristflow";

    /**
     * @param lockout shared by all authenticators of a session
     * @param own what this side encrypts with; null: nothing but, with {@code useKey}, K
     * @param useKey without a passphrase of its own, encrypt under K (§D.3.4.7, U), as librist does
     * @param reauthenticate hold a whole exchange every minute, and not only where the directory changed. librist 0.2.16 to 0.2.19 do not answer it, others drop out for
     *     half a second
     */
    public record Settings(AuthRules rules, UserDirectory directory, Lockout lockout, Passphrase own, boolean useKey, boolean reauthenticate) {}

    private sealed interface State {
        /** Waiting to be contacted. */
        record Idle() implements State {}

        record AwaitsIdentity() implements State {}

        record AwaitsClientKey(Login login) implements State {}

        record MakesKey(Login login, BigInteger publicA) implements State {}

        record AwaitsProof(Login login, BigInteger publicA, BigInteger publicB) implements State {}

        record ChecksProof(Login login, ClientValidator claim) implements State {}

        record AwaitsSuccess(Login login, SessionKey key, boolean receiveUnderKey) implements State {}

        /** Authenticated, and nothing is under way. */
        record Resting() implements State {}

        /** Refused too often: deaf until the deadline. */
        record Locked() implements State {}
    }

    /** One user's try. Compared by identity, so that a late result finds no other. */
    private static final class Login {
        final String user;
        final byte[] userBytes;
        final int version;
        final Enrolment enrolment;
        final boolean known;
        final Srp srp;
        final BigInteger secret;

        Login(String user, byte[] userBytes, int version, Enrolment enrolment, boolean known, Srp srp, BigInteger secret) {
            this.user = user;
            this.userBytes = userBytes;
            this.version = version;
            this.enrolment = enrolment;
            this.known = known;
            this.srp = srp;
            this.secret = secret;
        }
    }

    private final Settings settings;
    private final AuthRules rules;
    private final RandomGenerator random;
    private final PassphraseExchange passphrases;

    private State state = new State.Idle();
    private long deadlineNs = Ticks.NEVER;
    private EapolFrame request;
    private int tries;
    private int identifier;
    /** The highest version that the peer has shown; what to offer until it has shown one. */
    private int peerVersion;
    private long nextExchangeNs = Long.MIN_VALUE;
    private int failures;
    /** Who is in; null: nobody. */
    private Login in;
    private long reviewNs = Ticks.NEVER;

    public Authenticator(Settings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        rules = settings.rules();
        passphrases = new PassphraseExchange(rules, false, settings.own());
        identifier = random.nextInt() & 0xFF;
        peerVersion = rules.highestVersion();
    }

    @Override
    public boolean authenticated() {
        return in != null;
    }

    /** Who is in; empty: nobody. */
    public String user() {
        return in == null ? "" : in.user;
    }

    @Override
    public long nextDeadlineNs() {
        return Math.min(Math.min(deadlineNs, reviewNs), passphrases.nextDeadlineNs());
    }

    @Override
    public List<AuthOutput> changePassphrase(long nowNs, Passphrase passphrase) {
        List<AuthOutput> out = new ArrayList<>();
        passphrases.push(nowNs, passphrase, out);
        return out;
    }

    /** The host does not want the user who is in: out. */
    public List<AuthOutput> reject(long nowNs) {
        List<AuthOutput> out = new ArrayList<>();
        if (in == null) return out;
        Login rejected = in;
        refuse(nowNs, rejected, AuthRefusal.REJECTED, out);
        enter(new State.Locked(), nowNs + AFTER_FAILURES_NS);
        return out;
    }

    @Override
    public List<AuthOutput> step(long nowNs, AuthInput input) {
        List<AuthOutput> out = new ArrayList<>();
        switch (input) {
            case AuthInput.Begin begin -> {
                if (state instanceof State.Idle && in == null && nowNs >= nextExchangeNs) askIdentity(nowNs, out);
            }
            case AuthInput.Reset reset -> {
                if (!(state instanceof State.Locked)) enter(new State.Idle(), Ticks.NEVER);
                leave();
                peerVersion = rules.highestVersion();
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
        if (nowNs >= deadlineNs) onRequestDeadline(nowNs, out);
        if (nowNs >= reviewNs) review(nowNs, out);
        return out;
    }

    private void onRequestDeadline(long nowNs, List<AuthOutput> out) {
        boolean computing = state instanceof State.MakesKey || state instanceof State.ChecksProof;
        if (state instanceof State.Locked) {
            failures = 0;
            enter(new State.Idle(), Ticks.NEVER);
        } else if (!computing && tries < MOST_TRIES) {
            tries++;
            out.add(new AuthOutput.Send(request));
            deadlineNs = nowNs + RETRY_NS;
        } else {
            // §D.6: "shall discard all the information received and shall wait to be contacted again". Who is in already stays in: silence proves nothing.
            nextExchangeNs = nowNs + UNANSWERED_NS;
            enter(in == null ? new State.Idle() : new State.Resting(), Ticks.NEVER);
        }
    }

    /** §D.5, as seldom as it allows: is the user still the one who was let in? */
    private void review(long nowNs, List<AuthOutput> out) {
        reviewNs = nowNs + reviewSpacingNs();
        // DEVIATION(librist): version 2 is authenticated anew before its caller asks for it, far oftener than once a minute.
        boolean legacy = in.version == EapolFrame.VERSION_2;
        Enrolment now = settings.directory().find(in.user, legacy);
        if (now == null) refuse(nowNs, in, AuthRefusal.USER_REMOVED, out);
        else if ((legacy || settings.reauthenticate() || !now.same(in.enrolment)) && state instanceof State.Resting) askIdentity(nowNs, out);
    }

    private long reviewSpacingNs() {
        return in.version == EapolFrame.VERSION_2 ? LEGACY_REVIEW_NS : REVIEW_NS;
    }

    // ---- the exchange ------------------------------------------------------------------------------------------------------------

    private void onFrame(long nowNs, EapolFrame frame, List<AuthOutput> out) {
        if (state instanceof State.Locked) return;
        if (passphrases.take(nowNs, frame.message(), out)) return;
        switch (frame.message()) {
            case Start m -> onStart(nowNs, frame.version(), out);
            case IdentityResponse m -> onIdentity(nowNs, frame.version(), m, out);
            case ClientKey m -> onClientKey(nowNs, m, out);
            case ClientValidator m -> onClientValidator(nowNs, m, out);
            case Success m -> onSuccess(nowNs, m.identifier(), out);
            case ServerValidatorResponse m -> onSuccess(nowNs, m.identifier(), out);
            case Failure m -> onFailure(nowNs, m, out);
            // Anybody can forge one: who is in stays in, and dies of silence where it was true.
            case Logoff m -> {
                if (in == null && !computing()) enter(new State.Idle(), Ticks.NEVER);
            }
            case UnknownRequest m -> out.add(new AuthOutput.Send(new EapolFrame(rules.common(peerVersion), new Nak(m.identifier()))));
            default -> { }
        }
    }

    private boolean computing() {
        return state instanceof State.MakesKey || state instanceof State.ChecksProof;
    }

    /** In the middle of an exchange the request is repeated; so a peer that lost everything gets through, when it has run out. */
    private void onStart(long nowNs, int version, List<AuthOutput> out) {
        // Only librist's old version says so in its start; all others say 3, whatever they speak.
        if (in == null && version == EapolFrame.VERSION_2 && rules.lowestVersion() == EapolFrame.VERSION_2) peerVersion = version;
        if (state instanceof State.AwaitsIdentity) {
            out.add(new AuthOutput.Send(request));
        } else if (!computing() && nowNs >= nextExchangeNs) {
            askIdentity(nowNs, out);
        }
    }

    private void askIdentity(long nowNs, List<AuthOutput> out) {
        nextExchangeNs = nowNs + EXCHANGE_SPACING_NS;
        ask(nowNs, new State.AwaitsIdentity(), rules.common(peerVersion), new IdentityRequest(nextIdentifier(), new byte[0]), out);
    }

    /** Any identifier will do: a peer that answered an earlier request means the same. */
    private void onIdentity(long nowNs, int version, IdentityResponse m, List<AuthOutput> out) {
        if (!(state instanceof State.AwaitsIdentity) || m.user().length == 0 || m.user().length > LONGEST_NAME_BYTES) return;
        String user = new String(m.user(), StandardCharsets.UTF_8);
        int common = rules.common(version);
        // Nobody is thrown out because a stranger says so in his name.
        if (in != null && common < in.version) return;
        if (version < rules.lowestVersion()) {
            fail(nowNs, user, common, AuthRefusal.VERSION_TOO_OLD, out);
            return;
        }
        boolean alreadyIn = in != null && in.user.equals(user);
        if (!alreadyIn && settings.lockout().locked(nowNs, user)) {
            fail(nowNs, user, common, AuthRefusal.LOCKED_OUT, out);
            return;
        }
        peerVersion = common;
        Login login = login(user, m.user(), common);
        ask(nowNs, new State.AwaitsClientKey(login), login.version, new Challenge(nextIdentifier(), rules.layout(), name(login.version), login.enrolment.salt(), new byte[0], new byte[0]), out);
    }

    private static byte[] name(int version) {
        return version == EapolFrame.VERSION_2 ? new byte[0] : NAME.getBytes(StandardCharsets.US_ASCII);
    }

    /** A user whose verifier is of the old hash only is met in version 2, where that is allowed: the challenge's version tells the peer. */
    private Login login(String user, byte[] userBytes, int version) {
        Enrolment enrolment = settings.directory().find(user, version == EapolFrame.VERSION_2);
        int spoken = version;
        if (enrolment == null && version > EapolFrame.VERSION_2 && rules.lowestVersion() == EapolFrame.VERSION_2 && in == null) {
            enrolment = settings.directory().find(user, true);
            if (enrolment != null) spoken = EapolFrame.VERSION_2;
        }
        boolean known = enrolment != null;
        // §D.4: "fake values", so that nobody can find out who exists
        if (!known) enrolment = settings.directory().decoy(user);
        return new Login(user, userBytes, spoken, enrolment, known, new Srp(SrpGroup.RFC5054_2048, rules.hashing(spoken)), SrpWork.secret(random));
    }

    private void onClientKey(long nowNs, ClientKey m, List<AuthOutput> out) {
        if (!(state instanceof State.AwaitsClientKey s) || m.identifier() != identifier) return;
        // §D.3.4.4: "if the server receives a bad value for this field, it shall send a Failure packet"
        if (!SrpGroup.RFC5054_2048.acceptsPublicKey(m.publicKey())) {
            fail(nowNs, s.login.user, s.login.version, AuthRefusal.INVALID_KEY, out);
            return;
        }
        out.add(new AuthOutput.Compute(new SrpWork.MakeServerKey(s.login, s.login.srp, s.login.secret, s.login.enrolment)));
        enter(new State.MakesKey(s.login, new BigInteger(1, m.publicKey())), nowNs + RETRY_NS * MOST_TRIES);
    }

    private void onClientValidator(long nowNs, ClientValidator m, List<AuthOutput> out) {
        if (!(state instanceof State.AwaitsProof s) || m.identifier() != identifier) return;
        Login login = s.login;
        out.add(new AuthOutput.Compute(new SrpWork.MakeServerProof(login, login.srp, login.userBytes, login.enrolment, login.secret, s.publicA, s.publicB)));
        enter(new State.ChecksProof(login, m), nowNs + RETRY_NS * MOST_TRIES);
    }

    private void onComputed(long nowNs, SrpWork.Result result, List<AuthOutput> out) {
        if (state instanceof State.MakesKey s && result instanceof SrpWork.PublicKey b && b.exchange() == s.login) {
            ask(nowNs, new State.AwaitsProof(s.login, s.publicA, b.number()), s.login.version, new ServerKey(nextIdentifier(), SrpWork.wire(b.number())), out);
        } else if (state instanceof State.ChecksProof s && result instanceof SrpWork.Proofs proofs && proofs.exchange() == s.login) {
            judge(nowNs, s, proofs, out);
        }
    }

    private void judge(long nowNs, State.ChecksProof s, SrpWork.Proofs proofs, List<AuthOutput> out) {
        Login login = s.login;
        boolean right = proofs.key() != null && MessageDigest.isEqual(proofs.clientProof(), s.claim.proof());
        if (!right || !login.known) {
            settings.lockout().failed(nowNs, login.user);
            fail(nowNs, login.user, login.version, login.known ? AuthRefusal.WRONG_PASSWORD : AuthRefusal.UNKNOWN_USER, out);
            return;
        }
        settings.lockout().succeeded(login.user);
        State next = new State.AwaitsSuccess(login, proofs.key(), s.claim.useKey() && login.version >= EapolFrame.VERSION_3);
        ask(nowNs, next, login.version, new ServerValidator(nextIdentifier(), sendsUnderKey(login), proofs.serverProof()), out);
    }

    /** §D.4: the peer has found our proof right, so both are in. */
    private void onSuccess(long nowNs, int answered, List<AuthOutput> out) {
        if (!(state instanceof State.AwaitsSuccess s) || answered != identifier) return;
        in = s.login;
        failures = 0;
        reviewNs = nowNs + reviewSpacingNs();
        enter(new State.Resting(), Ticks.NEVER);
        // DEVIATION(librist): version 2 answers its own word for success by a Success.
        if (in.version == EapolFrame.VERSION_2) out.add(new AuthOutput.Send(new EapolFrame(in.version, new Success(nextIdentifier()))));
        passphrases.rekey(s.key, in.version, sendsUnderKey(in));
        out.add(new AuthOutput.Authenticated(in.user, in.version, s.key, sendsUnderKey(in), s.receiveUnderKey));
    }

    private boolean sendsUnderKey(Login login) {
        return settings.own() == null && settings.useKey() && login.version >= EapolFrame.VERSION_3;
    }

    // ---- refusals ----------------------------------------------------------------------------------------------------------------

    /** The peer does not trust us (Figure 37). Who is in stays in: this word anybody can forge. */
    private void onFailure(long nowNs, Failure m, List<AuthOutput> out) {
        if (computing() || state instanceof State.Idle || state instanceof State.Resting || m.identifier() != identifier) return;
        nextExchangeNs = nowNs + UNANSWERED_NS;
        enter(in == null ? new State.Idle() : new State.Resting(), Ticks.NEVER);
        out.add(new AuthOutput.Refused("", AuthRefusal.REFUSED_BY_PEER));
    }

    /** Says failure to the request that was answered last (Figure 36). */
    private void fail(long nowNs, String user, int version, AuthRefusal reason, List<AuthOutput> out) {
        out.add(new AuthOutput.Send(new EapolFrame(version, new Failure(identifier))));
        boolean locked = ++failures > MOST_FAILURES;
        enter(locked ? new State.Locked() : new State.Idle(), locked ? nowNs + AFTER_FAILURES_NS : Ticks.NEVER);
        // §D.5: "if re-authentication fails, all communication … shall stop"
        leave();
        out.add(new AuthOutput.Refused(user, reason));
    }

    private void refuse(long nowNs, Login login, AuthRefusal reason, List<AuthOutput> out) {
        fail(nowNs, login.user, login.version, reason, out);
    }

    private void leave() {
        in = null;
        reviewNs = Ticks.NEVER;
        passphrases.forget();
    }

    // ---- requests ----------------------------------------------------------------------------------------------------------------

    private void ask(long nowNs, State next, int version, EapMessage message, List<AuthOutput> out) {
        request = new EapolFrame(version, message);
        tries = 1;
        out.add(new AuthOutput.Send(request));
        enter(next, nowNs + RETRY_NS);
    }

    /** §D.3.2: one more with each request, through all exchanges. */
    private int nextIdentifier() {
        identifier = identifier + 1 & 0xFF;
        return identifier;
    }

    private void enter(State next, long untilNs) {
        state = next;
        deadlineNs = untilNs;
    }
}
