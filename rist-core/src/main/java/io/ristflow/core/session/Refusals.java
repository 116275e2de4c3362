package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Lane;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.profile.Dialect;
import io.ristflow.core.profile.Inbound;
import io.ristflow.core.profile.Refusal;
import java.nio.ByteBuffer;

/** What those are answered whose datagrams were not taken. */
final class Refusals {
    private static final int MAX_REFUSAL_ANSWERS = 6;
    private static final long REFUSAL_ANSWER_SPACING_NS = 150 * Ticks.NS_PER_MS;
    private static final long UNSUPPORTED_SPACING_NS = Ticks.NS_PER_SECOND;

    private final boolean listening;
    private final Dialect dialect;
    private final FeedbackDesk feedback;

    Refusals(boolean listening, Dialect dialect, FeedbackDesk feedback) {
        this.listening = listening;
        this.dialect = dialect;
        this.feedback = feedback;
    }

    /**
     * A caller that is refused is answered a few times in this side's own way, so that it finds out by itself what does not fit (key, size, profile) instead of meeting silence. No more than it sent
     * goes back, and two that refuse each other soon fall silent.
     */
    void answerRefused(long nowNs, Path path, Inbound in, EffectSink sink) {
        if (!listening || path.heard || in.refusal == Refusal.MALFORMED || !path.ready()) return;
        if (path.refusalAnswers == MAX_REFUSAL_ANSWERS || nowNs - path.lastRefusalAnswerNs < REFUSAL_ANSWER_SPACING_NS) return;
        path.refusalAnswers++;
        path.lastRefusalAnswerNs = nowNs;
        // On Simple the refused one (GRE or Advanced) knows this side's media port alone
        sink.transmit(path.number, dialect.separateControl(path.peer) ? Lane.MEDIA : Lane.CONTROL, feedback.bare(path));
    }

    /** TR-06-3 §5.3.10: a peer that sends what is not known here is told so, no more often than once a second. */
    void answerUnknown(long nowNs, Path path, Inbound in, EffectSink sink) {
        if (!path.ready() || nowNs - path.lastUnsupportedNs < UNSUPPORTED_SPACING_NS) return;
        ByteBuffer answer = dialect.unsupported(path.peer, in);
        if (answer == null) return;
        path.lastUnsupportedNs = nowNs;
        sink.transmit(path.number, Lane.CONTROL, answer);
    }
}
