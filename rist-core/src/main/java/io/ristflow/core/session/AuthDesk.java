package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Fault;
import io.ristflow.core.api.KeyRequest;
import io.ristflow.core.api.Lane;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.auth.AuthInput;
import io.ristflow.core.auth.AuthMachine;
import io.ristflow.core.auth.AuthOutput;
import io.ristflow.core.auth.Authenticatee;
import io.ristflow.core.auth.Authenticator;
import io.ristflow.core.auth.SrpWork;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.eap.EapMessage;
import io.ristflow.core.codec.eap.EapolFrame;
import io.ristflow.core.config.Role;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.profile.Dialect;
import io.ristflow.core.profile.Inbound;
import io.ristflow.core.profile.Keyring;
import io.ristflow.core.profile.Refusal;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Who may speak on which path (TR-06-2 Annex D): carries the frames of its machines, has their computations done one at a time, and puts into force what comes of them.
 *
 * <p>Without a secret each path has one of its own after a login, made of its session key, in either direction that both ends agreed on (U). What stays in the clear is told.
 */
final class AuthDesk {
    /** As librist: where nothing is configured the session key is one of 256 bits. */
    private static final int SESSION_KEY_BITS = 256;
    /** How long a peer may take to begin. */
    private static final long BEGIN_NS = 1_500 * Ticks.NS_PER_MS;
    /** Both ends change what they encrypt under within so long. */
    private static final long SETTLING_NS = Ticks.NS_PER_SECOND;
    /** A stranger costs no more than his turn: the others wait, and most wait in vain. */
    private static final int MOST_WAITING = 128;
    private static final long RESULT_NS = 5 * Ticks.NS_PER_SECOND;
    private static final String NO_LOGIN_HERE =
            "the peer sends and does not log in (EAP-SRP); set username and password there, or take srp-file, username and password out here";
    private static final String LOGIN_WANTED = "the peer asks for a login and there is none here; set username and password";
    private static final String NO_LOGIN_THERE =
            "the peer answers and asks for no login (EAP-SRP); set srp-file there, or take username and password out here";

    private static final String CLEAR_MEDIA_OUT =
            "the peer logged in but does not understand media under its session key (librist as a listener does not), so nothing is sent; set the same secret on both sides, or srp-clear-media=1 to send in the clear";

    /** One computation on its way. */
    record Computation(Path path, SrpWork work) implements KeyRequest {
        record Done(Path path, SrpWork.Result result) implements DerivedKey {}

        @Override
        public DerivedKey derive() {
            return new Done(path, work.run());
        }

        @Override
        public String toString() {
            return "Computation[hidden]";
        }
    }

    private final Role role;
    private final boolean sends;
    private final Dialect dialect;
    private final Conversation conversation;
    private final KeyDesk keys;
    private final RandomGenerator random;
    /** 64 KiB, made at the first frame: most flows have no login. */
    private ByteBuffer frame;
    private final ArrayDeque<Computation> waiting = new ArrayDeque<>();
    private Computation computing;
    private long computingSinceNs;

    /** @param sends whether this side sends the media */
    AuthDesk(Role role, boolean sends, Dialect dialect, Conversation conversation, KeyDesk keys, RandomGenerator random) {
        this.role = role;
        this.sends = sends;
        this.dialect = dialect;
        this.conversation = conversation;
        this.keys = keys;
        this.random = random;
    }

    // ---- a path's life -------------------------------------------------------------------------------------------------------------

    void opened(Path path) {
        Doorkeeper door = path.leg.door;
        if (door == null) return;
        path.login.admitted = false;
        path.login.machine = role == Role.CALLER ? new Authenticatee(door.caller(), random) : new Authenticator(door.listener(), random);
    }

    /** The peer has been greeted, or was heard. */
    void begin(long nowNs, Path path, EffectSink sink) {
        if (path.login.machine != null) act(nowNs, path, path.login.machine.step(nowNs, new AuthInput.Begin()), sink);
    }

    /** The peer is gone: whoever comes next is a stranger. */
    void lost(long nowNs, Path path, EffectSink sink) {
        if (path.login.machine == null) return;
        act(nowNs, path, path.login.machine.step(nowNs, new AuthInput.Reset()), sink);
        path.login.admitted = false;
        path.login.user = "";
        path.login.problem = null;
        closed(path);
        path.secret = path.leg.secret;
        path.sends = path.leg.secret;
        path.peer.protect(path.leg.secret.keyring(), path.leg.secret.keyring().aesBits());
        keys.opened(path);
    }

    void closed(Path path) {
        if (path.sends != path.leg.secret) keys.remove(path.sends);
        if (path.login.nextSends != null) keys.remove(path.login.nextSends);
        path.login.nextSends = null;
    }

    // ---- what comes in -------------------------------------------------------------------------------------------------------------

    void onFrame(long nowNs, Path path, Inbound in, EffectSink sink) {
        AuthMachine machine = path.login.machine;
        EapolFrame received = EapolFrame.read(in.buffer, in.offset, in.end);
        if (machine == null) {
            boolean asks = received != null && received.message() instanceof EapMessage.IdentityRequest;
            if (asks && role == Role.CALLER) conversation.faults().met(nowNs, path, Fault.AUTH_FAILED, LOGIN_WANTED, sink);
            return;
        }
        if (received != null) act(nowNs, path, machine.step(nowNs, new AuthInput.Received(received)), sink);
    }

    void onComputed(long nowNs, Computation.Done done, EffectSink sink) {
        computing = null;
        next(nowNs, sink);
        if (!done.path().closed) act(nowNs, done.path(), done.path().login.machine.step(nowNs, new AuthInput.Computed(done.result())), sink);
    }

    void onTime(long nowNs, Path path, EffectSink sink) {
        AuthMachine machine = path.login.machine;
        if (machine == null) return;
        if (nowNs >= machine.nextDeadlineNs()) act(nowNs, path, machine.onDeadline(nowNs), sink);
        if (computing != null && nowNs - computingSinceNs > RESULT_NS) {
            computing = null;
            next(nowNs, sink);
        }
    }

    long nextDeadlineNs(Path path) {
        return path.login.machine == null ? Ticks.NEVER : path.login.machine.nextDeadlineNs();
    }

    /** On the path's report cadence. */
    void review(long nowNs, Path path, EffectSink sink) {
        PathLogin login = path.login;
        if (login.machine == null || login.admitted) return;
        if (login.problem != null) conversation.faults().met(nowNs, path, login.problemFault, login.problem, sink);
        else if (path.heard && nowNs - path.firstHeardNs > BEGIN_NS) conversation.faults().met(nowNs, path, Fault.AUTH_FAILED, role == Role.CALLER ? NO_LOGIN_THERE : NO_LOGIN_HERE, sink);
    }

    /** Whether a datagram was refused only because the two ends have not changed keys at the same instant. */
    boolean settling(long nowNs, Path path, Refusal refusal) {
        if (path.login.machine == null || refusal != Refusal.CLEAR_TEXT && refusal != Refusal.KEY_UNEXPECTED) return false;
        return path.login.admitted ? nowNs - path.login.admittedNs < SETTLING_NS : nowNs - Math.max(path.openedNs, path.waitingSinceNs) < BEGIN_NS;
    }

    // ---- what the machines want ----------------------------------------------------------------------------------------------------

    private void act(long nowNs, Path path, List<AuthOutput> outputs, EffectSink sink) {
        for (AuthOutput output : outputs) {
            switch (output) {
                case AuthOutput.Send send -> transmit(path, send.frame(), sink);
                case AuthOutput.Compute compute -> compute(nowNs, new Computation(path, compute.work()), sink);
                case AuthOutput.Authenticated done -> onAuthenticated(nowNs, path, done, sink);
                case AuthOutput.PeerPassphrase p -> readUnder(path, keyed(p.passphrase()));
                case AuthOutput.Refused refused -> onRefused(nowNs, path, refused, sink);
            }
        }
        conversation.wakeAt(nextDeadlineNs(path));
    }

    private void transmit(Path path, EapolFrame message, EffectSink sink) {
        if (frame == null) frame = ByteBuffer.allocate(EapolFrame.MAX_LENGTH);
        frame.clear();
        frame.limit(message.write(frame, 0));
        ByteBuffer datagram = dialect.eapol(path.peer, frame);
        if (datagram != null) sink.transmit(path.number, Lane.CONTROL, datagram);
    }

    private void compute(long nowNs, Computation computation, EffectSink sink) {
        // A new one of the same path: the old one is no longer waited for
        waiting.removeIf(one -> one.path() == computation.path() || one.path().closed);
        if (waiting.size() == MOST_WAITING) return;
        waiting.add(computation);
        if (computing == null) next(nowNs, sink);
    }

    private void next(long nowNs, EffectSink sink) {
        computing = waiting.poll();
        computingSinceNs = nowNs;
        if (computing != null) sink.deriveKey(computing);
    }

    private void onRefused(long nowNs, Path path, AuthOutput.Refused refused, EffectSink sink) {
        PathLogin login = path.login;
        login.problemFault = Fault.AUTH_FAILED;
        login.problem = (refused.user().isEmpty() ? "" : "user " + shown(refused.user()) + ": ") + refused.reason().text();
        if (login.machine.authenticated()) return;
        login.admitted = false;
        login.user = "";
        sink.event(new SessionEvent.PeerRefused(path.number, shown(refused.user()), refused.reason().text()));
        conversation.faults().met(nowNs, path, Fault.AUTH_FAILED, login.problem, sink);
        conversation.shutOut(nowNs, path, login.problem, sink);
    }

    /** A name as the peer wrote it, for people and logs. */
    static String shown(String user) {
        StringBuilder shown = new StringBuilder();
        user.codePoints().limit(64).forEach(c -> shown.appendCodePoint(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c));
        return shown.toString();
    }

    // ---- what comes of it ----------------------------------------------------------------------------------------------------------

    private void onAuthenticated(long nowNs, Path path, AuthOutput.Authenticated done, EffectSink sink) {
        if (!sink.accepts(path.number, done.user()) && path.login.machine instanceof Authenticator authenticator) {
            act(nowNs, path, authenticator.reject(nowNs), sink);
            return;
        }
        path.login.problem = null;
        path.login.user = done.user();
        boolean keyed = !path.leg.secret.clear();
        Secret own = done.sendUnderKey() || done.receiveUnderKey() ? keyed(done.key().asPassphrase()) : null;
        readUnder(path, done.receiveUnderKey() ? own : path.leg.secret);
        path.login.clearInBarred = !keyed && !done.receiveUnderKey() && !path.leg.door.clearMedia();
        if (sends && !keyed && !done.sendUnderKey() && !path.leg.door.clearMedia()) {
            path.login.problem = CLEAR_MEDIA_OUT;
            path.login.problemFault = Fault.CLEAR_TEXT_REFUSED;
        } else if (done.sendUnderKey()) {
            // The old key, or silence, until the new one is derived
            if (path.login.nextSends != null) keys.remove(path.login.nextSends);
            path.login.nextSends = own;
            keys.add(own, sink);
        } else {
            admit(nowNs, path, sink);
        }
    }

    private Secret keyed(Passphrase passphrase) {
        return Secret.ofLogin(Keyring.of(SESSION_KEY_BITS, 0, random), passphrase);
    }

    private void readUnder(Path path, Secret secret) {
        path.secret = secret;
        path.peer.readUnder(secret.keyring().aesBits());
        path.login.clearInBarred &= secret.clear();
        keys.opened(path);
    }

    /** The first key of a secret is there. @return whether a path waited for it */
    boolean onFirstKey(long nowNs, Secret secret, EffectSink sink) {
        PathTable paths = conversation.paths();
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.at(i);
            if (path.login.nextSends != secret) continue;
            if (path.sends != path.leg.secret) keys.remove(path.sends);
            path.sends = secret;
            path.login.nextSends = null;
            path.peer.sendUnder(secret.keyring());
            admit(nowNs, path, sink);
            return true;
        }
        return false;
    }

    private void admit(long nowNs, Path path, EffectSink sink) {
        path.login.admittedNs = nowNs;
        conversation.faults().clear(path, Fault.AUTH_FAILED, sink);
        if (path.login.admitted) return;
        path.login.admitted = true;
        sink.event(new SessionEvent.PeerAuthenticated(path.number, shown(path.login.user)));
    }
}
