package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Fault;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.SessionConfig;

/** What happens on a path by time alone: reports, keep-alives, and what follows from silence. */
final class Cadence {
    /** TR-06-1 §5.2.1: 100 ms or less; the host's tick may be 5 ms late. */
    private static final long REPORT_INTERVAL_NS = 95 * Ticks.NS_PER_MS;
    /** A stranger that never made sense is watched for so long after its last datagram, so that its fault can be read. */
    private static final long STRANGER_NS = 5 * Ticks.NS_PER_SECOND;
    private static final long NO_ANSWER_NS = 1_500 * Ticks.NS_PER_MS;
    private static final String NO_ANSWER_TEXT =
            "nothing comes back: is the address right, its UDP port open, and a listener running there? A listener with another profile, secret or aes-type may stay silent as well";
    private static final long MAX_REBIND_BACKOFF_NS = 16 * Ticks.NS_PER_SECOND;

    private final SessionConfig config;
    private final Conversation conversation;
    private final Part part;
    private final AuthDesk logins;
    private final FeedbackDesk feedback;
    private final Greeter greeter;
    private final long sessionTimeoutNs;
    private final long keepAliveNs;
    private final String silence;

    Cadence(SessionConfig config, Conversation conversation, Part part, AuthDesk logins, FeedbackDesk feedback, Greeter greeter) {
        this.config = config;
        this.conversation = conversation;
        this.part = part;
        this.logins = logins;
        this.feedback = feedback;
        this.greeter = greeter;
        // librist tears a flow down no earlier than after twice its buffer
        sessionTimeoutNs = Ticks.msToNs(Math.max(config.sessionTimeoutMs(), 2L * config.recovery().bufferMaxMs()));
        keepAliveNs = Ticks.msToNs(config.keepaliveIntervalMs());
        silence = "nothing heard for " + sessionTimeoutNs / Ticks.NS_PER_MS + " ms (session-timeout)";
    }

    long sessionTimeoutNs() {
        return sessionTimeoutNs;
    }

    /** A caller's path begins, or its peer has answered: from now on silence counts. */
    void called(long nowNs, Path path) {
        path.rebindBackoffNs = sessionTimeoutNs;
        // On a one-way link silence says nothing
        path.nextRebindNs = config.oneWay() ? Ticks.NEVER : nowNs + sessionTimeoutNs;
    }

    /** All that is periodic was said just now. */
    void greeted(long nowNs, Path path) {
        path.nextReportNs = nowNs + REPORT_INTERVAL_NS;
        path.nextKeepAliveNs = nowNs + keepAliveNs;
    }

    long nextNs(Path path) {
        return Math.min(Math.min(path.nextReportNs, logins.nextDeadlineNs(path)), Math.min(path.nextKeepAliveNs, path.nextRebindNs));
    }

    void onTime(long nowNs, Path path, EffectSink sink) {
        logins.onTime(nowNs, path, sink);
        if (nowNs >= path.nextReportNs) {
            path.nextReportNs = nowNs + REPORT_INTERVAL_NS;
            conversation.faults().review(nowNs, path, sink);
            part.review(nowNs, path, sink);
            logins.review(nowNs, path, sink);
            speak(nowNs, path, sink);
            if (silent(nowNs, path, sink)) return;
            // What comes and is refused is an answer, and has its own fault
            boolean waits = path.configured && !config.oneWay() && !path.heard && nowNs - Math.max(path.waitingSinceNs, path.lastDatagramNs) > NO_ANSWER_NS;
            if (waits) conversation.faults().met(nowNs, path, Fault.NO_ANSWER, NO_ANSWER_TEXT, sink);
        }
        if (nowNs >= path.nextKeepAliveNs) {
            path.nextKeepAliveNs = nowNs + keepAliveNs;
            if ((path.configured || path.heard) && nowNs >= path.quietUntilNs) greeter.keepAlive(path, sink);
        }
        if (nowNs >= path.nextRebindNs) rebind(nowNs, path, sink);
    }

    private void speak(long nowNs, Path path, EffectSink sink) {
        if (nowNs < path.quietUntilNs || !path.ready()) return;
        if (path.configured && !path.greeted) conversation.greet(nowNs, path, sink);
        else if (path.configured || path.heard && conversation.mayHearRtcp(path)) feedback.report(nowNs, path, sink);
    }

    /** @return whether the path was closed */
    private boolean silent(long nowNs, Path path, EffectSink sink) {
        if (path.heard) {
            if (nowNs - path.lastHeardNs <= sessionTimeoutNs) return false;
            conversation.faults().met(nowNs, path, Fault.SESSION_TIMEOUT, silence, sink);
            conversation.lost(nowNs, path, silence, sink);
            return path.closed;
        }
        if (path.configured || nowNs - path.lastDatagramNs <= STRANGER_NS) return false;
        conversation.close(path, sink);
        return true;
    }

    /** A caller that hears nothing tries another source port: state in a NAT or in conntrack may be what swallows its datagrams. */
    private void rebind(long nowNs, Path path, EffectSink sink) {
        if (nowNs < path.quietUntilNs) {
            path.nextRebindNs = path.quietUntilNs + sessionTimeoutNs;
            return;
        }
        if (path.heard && nowNs - path.lastHeardNs < sessionTimeoutNs) {
            path.nextRebindNs = path.lastHeardNs + sessionTimeoutNs;
            return;
        }
        sink.event(new SessionEvent.RebindWanted(path.number));
        path.rebindBackoffNs = Math.min(path.rebindBackoffNs * 2, MAX_REBIND_BACKOFF_NS);
        path.nextRebindNs = nowNs + path.rebindBackoffNs;
        conversation.greet(nowNs, path, sink);
    }
}
