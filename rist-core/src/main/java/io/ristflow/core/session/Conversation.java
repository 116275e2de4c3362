package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Fault;
import io.ristflow.core.api.KeyRequest;
import io.ristflow.core.api.KeyStats;
import io.ristflow.core.api.Parity;
import io.ristflow.core.api.RistSession;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.gre.BufferNegotiation;
import io.ristflow.core.codec.gre.KeepAlive;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.PathConfig;
import io.ristflow.core.config.Role;
import io.ristflow.core.config.SessionConfig;
import io.ristflow.core.config.SrpConfig;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.profile.Dialect;
import io.ristflow.core.profile.Inbound;
import io.ristflow.core.profile.Refusal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Talking with peers, whoever sends the media: greeting, SDES as the gate, reports, echoes, keep-alives, keys, silence and farewell. What differs between sender and receiver
 * is its {@link Part}.
 */
final class Conversation {
    /** What a stranger has to make sense in, before another may take its place. */
    private static final long STRANGER_TRIAL_NS = Ticks.NS_PER_SECOND;
    /** TR-06-2 §5.6.5: up to three acknowledgements of a disconnect. */
    private static final int MAX_DISCONNECT_ANSWERS = 3;
    /**
     * DEVIATION(robustness): TR-06-2 §5.6.5 has 5 seconds waited before a client connects again. One forged or broken bit of a keep-alive, which AES-CTR does not guard either, would silence a
     * live feed for so long; and a listener that is started anew is ready sooner.
     */
    private static final long DISCONNECTED_NS = Ticks.NS_PER_SECOND;
    private static final String CLEAR_MEDIA_IN =
            "the peer logged in but sends its media in the clear (librist as a caller without a secret does); set the same secret on both sides, or srp-clear-media=1 to take it";
    private static final long UNDER_WAY_NS = 200 * Ticks.NS_PER_MS;

    private final SessionConfig config;
    private final Dialect dialect;
    private final Part part;
    private final PathTable paths;
    private final FaultBook faults = new FaultBook();
    private final LegTable legs = new LegTable();
    private final Secret secret;
    private final RandomGenerator random;
    private final KeyDesk keys;
    private final Doorkeeper door;
    private final AuthDesk logins;
    private final FeedbackDesk feedback;
    private final Greeter greeter;
    private final OutOfBandDesk outOfBand;
    private final Inbound in = new Inbound();
    private final Refusals refusals;
    private final Cadence cadence;

    private long wallOffsetNs;
    private boolean closed;
    private long nextNs = Ticks.NEVER;

    /** @param random for the secrets of paths that have their own */
    Conversation(SessionConfig config, Dialect dialect, RandomGenerator random, Part part) {
        this.config = config;
        this.dialect = dialect;
        this.part = part;
        this.random = random;
        secret = Settings.secret(config.psk(), random);
        door = config.srp() == null ? null : door(config.srp(), secret);
        for (int i = 0; i < config.paths().size(); i++) legs.add(leg(i, config.paths().get(i)));
        paths = new PathTable(dialect);
        keys = new KeyDesk(dialect, paths);
        logins = new AuthDesk(config.role(), part.sendsMedia(), dialect, this, keys, random);
        feedback = new FeedbackDesk(dialect, config.cname(), part, this);
        greeter = new Greeter(dialect, config.role() == Role.CALLER, part, feedback);
        outOfBand = new OutOfBandDesk(dialect, paths);
        refusals = new Refusals(config.role() == Role.LISTENER, dialect, feedback);
        cadence = new Cadence(config, this, part, logins, feedback, greeter);
    }

    private Leg leg(int number, PathConfig path) {
        boolean own = path.psk() != null;
        Secret its = own ? Settings.secret(number, path.psk(), random) : secret;
        SrpConfig login = path.srp() == null ? config.srp() : path.srp();
        boolean shared = login == config.srp() && !own;
        return new Leg(number, path, its, shared ? door : login == null ? null : door(login, its), new FaultDetails(config.profile(), own ? path.psk() : config.psk()));
    }

    private Doorkeeper door(SrpConfig login, Secret its) {
        return Doorkeeper.of(login, config.role() == Role.CALLER, its.sending(), random);
    }

    PathTable paths() {
        return paths;
    }

    LegTable legs() {
        return legs;
    }

    FaultBook faults() {
        return faults;
    }

    FeedbackDesk feedback() {
        return feedback;
    }

    OutOfBandDesk outOfBand() {
        return outOfBand;
    }

    Greeter greeter() {
        return greeter;
    }

    long sessionTimeoutNs() {
        return cadence.sessionTimeoutNs();
    }

    /** Wall-clock nanoseconds at a monotonic instant. */
    long unixNs(long nowNs) {
        return nowNs + wallOffsetNs;
    }

    boolean closed() {
        return closed;
    }

    void onWallClock(long nowNs, long unixNs) {
        wallOffsetNs = unixNs - nowNs;
    }

    void start(long nowNs, EffectSink sink) {
        for (int i = 0; i < config.paths().size(); i++) begin(nowNs, legs.get(i), sink);
        nextNs = nowNs;
    }

    private void begin(long nowNs, Leg leg, EffectSink sink) {
        keys.add(leg.secret, sink);
        if (config.role() == Role.LISTENER) return;
        Path path = open(nowNs, leg.number, leg, true);
        path.control = true;
        cadence.called(nowNs, path);
        greet(nowNs, path, sink);
    }

    // ---- the bond ----------------------------------------------------------------------------------------------------------------

    /** @return the new leg */
    Leg addPath(long nowNs, int number, PathConfig path, EffectSink sink) {
        Leg leg = leg(number, path);
        legs.add(leg);
        begin(nowNs, leg, sink);
        nextNs = nowNs;
        return leg;
    }

    /** Everybody on it is bidden farewell. @return whether there was such a leg */
    boolean removePath(long nowNs, int number, EffectSink sink) {
        Leg leg = legs.remove(number);
        if (leg == null) return false;
        for (int i = paths.size() - 1; i >= 0; i--) {
            Path path = paths.at(i);
            if (path.leg != leg) continue;
            farewell(path, sink);
            if (path.connected) sink.event(new SessionEvent.PeerLost(path.number, "the path was removed"));
            path.connected = false;
            path.heard = false;
            part.onLost(nowNs, path, "the path was removed", sink);
            close(path, sink);
        }
        if (leg.secret != secret) keys.remove(leg.secret);
        return true;
    }

    long nextDeadlineNs() {
        return closed ? Ticks.NEVER : nextNs;
    }

    // ---- what comes in ---------------------------------------------------------------------------------------------------------

    void onDatagram(long nowNs, int number, ByteBuffer datagram, EffectSink sink) {
        if (closed) return;
        Path path = paths.get(number);
        if (path == null) {
            // On a path that was removed
            if (config.role() == Role.CALLER) return;
            path = admit(nowNs, number, sink);
            if (path == null) {
                faults.count(Fault.FLOW_LIMIT);
                sink.closePath(number);
                return;
            }
            nextNs = nowNs;
        }
        path.lastDatagramNs = nowNs;
        path.receivedBytes += datagram.remaining();
        receive(nowNs, path, datagram, sink);
    }

    private Path open(long nowNs, int number, Leg leg, boolean configured) {
        Path path = paths.open(number, leg, configured, nowNs);
        if (path == null) return null;
        keys.opened(path);
        logins.opened(path);
        if (part.splits()) path.peer.announceSplit();
        path.mute = config.oneWay() && config.role() == Role.LISTENER;
        return path;
    }

    /** A new source. Where strangers take up all the room, the one that has made no sense for longest gives way. */
    private Path admit(long nowNs, int number, EffectSink sink) {
        Leg leg = legs.of(number);
        if (leg == null) return null;
        if (paths.strangers() == PathTable.MAX_STRANGERS) {
            Path oldest = paths.oldestStranger();
            if (nowNs - oldest.openedNs < STRANGER_TRIAL_NS) return null;
            close(oldest, sink);
        }
        return open(nowNs, number, leg, false);
    }

    private void receive(long nowNs, Path path, ByteBuffer datagram, EffectSink sink) {
        dialect.decode(nowNs, path.peer, datagram, in);
        if (path.peer.passphraseNews()) keys.onPeerPassphrase(path, part.choosesPassphrase(), sink);
        switch (in.kind) {
            case MEDIA -> {
                heard(nowNs, path, sink);
                if (path.login.clearInBarred) faults.met(nowNs, path, Fault.CLEAR_TEXT_REFUSED, CLEAR_MEDIA_IN, sink);
                else if (path.login.admitted) part.onMedia(nowNs, path, in, sink);
            }
            case FEEDBACK -> {
                if (!path.login.admitted) onStrangersFeedback(nowNs, path, sink);
                else if (!quiet(nowNs, path)) feedback.onFeedback(nowNs, path, in, sink);
            }
            case KEEP_ALIVE -> onKeepAlive(nowNs, path, sink);
            case BUFFER_NEGOTIATION -> {
                heard(nowNs, path, sink);
                if (BufferNegotiation.protocol(in.buffer, in.offset) == 0) {
                    int senderMaxMs = BufferNegotiation.senderMaxMs(in.buffer, in.offset);
                    int receiverMs = BufferNegotiation.receiverCurrentMs(in.buffer, in.offset);
                    part.onBufferNegotiation(nowNs, path, senderMaxMs, receiverMs, sink);
                }
            }
            case FUTURE_NONCE -> keys.wantReceiveKey(nowNs, path, in.nonce, sink);
            case AWAITING_KEY -> onUnknownNonce(nowNs, path, datagram, sink);
            case UNKNOWN_CONTROL -> refusals.answerUnknown(nowNs, path, in, sink);
            case EAPOL -> logins.onFrame(nowNs, path, in, sink);
            case OUT_OF_BAND -> {
                if (!quiet(nowNs, path)) outOfBand.onDatagram(nowNs, path, in, sink);
            }
            case UNSUPPORTED -> part.onUnsupported(path, in.control);
            case IGNORED -> {}
            case REFUSED -> {
                // A peer that moved goes on under the key of its login, which this path does not know
                if (!path.login.admitted && in.refusal == Refusal.KEY_UNEXPECTED) logins.begin(nowNs, path, sink);
                if (logins.settling(nowNs, path, in.refusal)) return;
                faults.met(nowNs, path, FaultDetails.fault(in.refusal), path.leg.details.text(in.refusal, path.peer.hasProvenKey()), sink);
                refusals.answerRefused(nowNs, path, in, sink);
            }
        }
    }

    void heard(long nowNs, Path path, EffectSink sink) {
        if (quiet(nowNs, path)) return;
        path.lastHeardNs = nowNs;
        part.onHeard(nowNs, path);
        if (path.heard) return;
        path.heard = true;
        path.firstHeardNs = nowNs;
        faults.clear(path, Fault.NO_ANSWER, sink);
        // TR-06-2 §5.6.2: the server starts sending as soon as it receives the first message
        if (!path.greeted) greet(nowNs, path, sink);
    }

    /** TR-06-2 §D.1: nothing counts before the login, but that somebody is there, and where. */
    private void onStrangersFeedback(long nowNs, Path path, EffectSink sink) {
        path.control = true;
        heard(nowNs, path, sink);
    }

    /** A login failed, or has come to an end: no data in either direction; the path stays for another try. */
    void shutOut(long nowNs, Path path, String why, EffectSink sink) {
        if (!path.connected) return;
        sink.event(new SessionEvent.PeerLost(path.number, why));
        path.connected = false;
        part.onLost(nowNs, path, why, sink);
    }

    /** Something is to be done then at the latest. */
    void wakeAt(long ns) {
        nextNs = Math.min(nextNs, ns);
    }

    /** After a disconnect. A peer that goes on speaking when all that was under way has come did not mean it: a forged or broken datagram must not silence anybody. */
    private static boolean quiet(long nowNs, Path path) {
        if (nowNs >= path.quietUntilNs) return false;
        if (nowNs < path.quietUntilNs - DISCONNECTED_NS + UNDER_WAY_NS) return true;
        path.quietUntilNs = nowNs;
        return false;
    }

    /** The peer's first SDES came. */
    void connected(long nowNs, Path path, EffectSink sink) {
        path.connected = true;
        if (path.configured) cadence.called(nowNs, path);
        faults.clear(path, Fault.NO_SDES, sink);
        faults.clear(path, Fault.SESSION_TIMEOUT, sink);
        sink.event(new SessionEvent.PeerConnected(path.number, path.flowId, path.cname));
        part.onConnected(nowNs, path, sink);
    }

    private void onKeepAlive(long nowNs, Path path, EffectSink sink) {
        part.onControl(path);
        path.splits = KeepAlive.splits(in.buffer, in.offset);
        if (!KeepAlive.disconnect(in.buffer, in.offset)) {
            heard(nowNs, path, sink);
            if (!path.login.admitted) logins.begin(nowNs, path, sink);
            return;
        }
        // TR-06-2 §5.6.5: a disconnect is acknowledged with the same and ends the tunnel. Only a running one: else two ends would answer each other for ever.
        if (!path.heard && path.disconnectAnswers == 0) return;
        if (path.heard) path.disconnectAnswers = 0;
        if (path.disconnectAnswers++ < MAX_DISCONNECT_ANSWERS) greeter.disconnect(path, sink);
        if (path.heard) lost(nowNs, path, "the peer disconnected", sink);
        path.quietUntilNs = nowNs + DISCONNECTED_NS;
    }

    // ---- keys ------------------------------------------------------------------------------------------------------------------

    private void onUnknownNonce(long nowNs, Path path, ByteBuffer datagram, EffectSink sink) {
        if (keys.takeOver(nowNs, path, in.nonce)) {
            receive(nowNs, path, datagram, sink);
            return;
        }
        keys.hold(nowNs, path, in);
        keys.wantReceiveKey(nowNs, path, in.nonce, sink);
    }

    void onKeyDerived(long nowNs, KeyRequest.DerivedKey result, EffectSink sink) {
        if (closed) return;
        if (result instanceof AuthDesk.Computation.Done done) {
            logins.onComputed(nowNs, done, sink);
            return;
        }
        Derivation.Derived derived = (Derivation.Derived) result;
        if (derived.request().path() == null) {
            Secret ready = derived.request().secret();
            if (keys.onSendKey(derived, sink) && !logins.onFirstKey(nowNs, ready, sink)) greetAll(nowNs, ready, sink);
            nextNs = nowNs;
        } else {
            keys.onReceiveKey(nowNs, derived, (from, datagram) -> {
                if (from.closed) return false;
                receive(nowNs, from, datagram, sink);
                return in.kind == Inbound.Kind.AWAITING_KEY;
            });
        }
    }

    void usePassphrase(long nowNs, int leg, Parity which, EffectSink sink) {
        if (closed) return;
        keys.use(secretOf(leg), which, sink);
        nextNs = nowNs;
    }

    void replacePassphrase(long nowNs, int leg, Parity which, String passphrase, EffectSink sink) {
        if (closed) return;
        PskConfig.checkPassphrase("passphrase", passphrase);
        keys.replace(nowNs, secretOf(leg), which, new Passphrase(passphrase), part.choosesPassphrase(), sink);
        nextNs = nowNs;
    }

    private Secret secretOf(int number) {
        if (number == RistSession.EVERY_LEG) return secret;
        Leg leg = legs.get(number);
        if (leg == null || leg.secret == secret) throw new IllegalStateException("path " + number + " has no secret of its own");
        return leg.secret;
    }

    List<KeyStats> keyStats(long nowNs) {
        return keys.stats(nowNs);
    }

    private void greetAll(long nowNs, Secret ready, EffectSink sink) {
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.at(i);
            if (path.sends == ready && (path.configured || path.heard)) greet(nowNs, path, sink);
        }
    }

    void greet(long nowNs, Path path, EffectSink sink) {
        if (!path.ready()) return;
        greeter.greet(nowNs, path, mayHearRtcp(path), sink);
        cadence.greeted(nowNs, path);
        // DEVIATION(librist): it knows nobody who has sent nothing but EAPOL
        logins.begin(nowNs, path, sink);
    }

    // ---- time ------------------------------------------------------------------------------------------------------------------

    void onDeadline(long nowNs, EffectSink sink) {
        if (closed || nowNs < nextNs) return;
        keys.onTime(nowNs, sink);
        long next = Ticks.NEVER;
        for (int i = paths.size() - 1; i >= 0; i--) {
            Path path = paths.at(i);
            cadence.onTime(nowNs, path, sink);
            if (!path.closed) next = Math.min(next, cadence.nextNs(path));
        }
        nextNs = next;
    }

    /** TR-06-1 §5.1.1: Simple's RTCP goes where RTCP came from; Main has one port for all. */
    boolean mayHearRtcp(Path path) {
        return path.control || !dialect.separateControl(path.peer);
    }

    void lost(long nowNs, Path path, String why, EffectSink sink) {
        if (path.connected) sink.event(new SessionEvent.PeerLost(path.number, why));
        path.connected = false;
        path.heard = false;
        path.greeted = false;
        path.waitingSinceNs = nowNs;
        part.onLost(nowNs, path, why, sink);
        logins.lost(nowNs, path, sink);
        if (!path.configured) close(path, sink);
    }

    void close(Path path, EffectSink sink) {
        // A fault is a path's and goes with it
        faults.clearAll(path, sink);
        logins.closed(path);
        paths.close(path);
        part.onClosed(path);
        sink.closePath(path.number);
    }

    /** RTCP BYE (RFC 3550 §6.6), and on Main a disconnect (TR-06-2 §5.6.5), to every peer. */
    void farewell(EffectSink sink) {
        for (int i = 0; i < paths.size(); i++) farewell(paths.at(i), sink);
        closed = true;
    }

    private void farewell(Path path, EffectSink sink) {
        boolean there = path.heard || path.configured && config.oneWay();
        if (!there || !path.ready()) return;
        if (mayHearRtcp(path)) feedback.bye(path, sink);
        greeter.disconnect(path, sink);
    }
}
