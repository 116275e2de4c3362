package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Lane;
import io.ristflow.core.bond.SenderBond;
import io.ristflow.core.config.SenderConfig;
import io.ristflow.core.flow.SenderCounters;
import io.ristflow.core.flow.SenderFlow;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import io.ristflow.core.profile.Dialect;
import java.nio.ByteBuffer;

/** A sender's packets on their way out: which paths each takes, first time and repeated, and framed for whom. */
final class MediaOut implements SenderFlow.RetransmitSink {
    private final SenderConfig config;
    private final Dialect dialect;
    private final Conversation conversation;
    private final SenderFlow flow;
    private final int flowId;
    private final SenderBond bond;
    /** Whether requests may be left unanswered for a round trip; not where congestion control is off. */
    private final boolean suppresses;

    private long openLegs;

    // While a request is served
    private long nowNs;
    private Path to;
    private EffectSink sink;

    MediaOut(SenderConfig config, Dialect dialect, Conversation conversation, SenderFlow flow, int flowId, SenderBond bond, boolean suppresses) {
        this.config = config;
        this.dialect = dialect;
        this.conversation = conversation;
        this.flow = flow;
        this.flowId = flowId;
        this.bond = bond;
        this.suppresses = suppresses;
    }

    /** Whether there is anybody to send to, or soon will be. */
    boolean anyReady() {
        PathTable paths = conversation.paths();
        for (int i = 0; i < paths.size(); i++) if (paths.at(i).ready() && paths.at(i).login.admitted) return true;
        return false;
    }

    /** Whether everybody who is sent to joins fragments; not if that is nobody, for who comes next may know no Advanced profile. */
    boolean allTakeFragments() {
        PathTable paths = conversation.paths();
        boolean any = false;
        for (int i = 0; i < paths.size(); i++) {
            if (!sendable(paths.at(i))) continue;
            if (!dialect.takesFragments(paths.at(i).peer)) return false;
            any = true;
        }
        return any;
    }

    private boolean sendable(Path path) {
        return path.ready() && path.login.admitted && (path.connected || path.configured && !config.holdUntilPeer());
    }

    // ---- first transmissions -----------------------------------------------------------------------------------------------------

    /** TR-06-1 §5.4: all copies of a packet have the same number and timestamp. */
    void first(long now, MediaPacket packet, EffectSink effects) {
        packet.retransmission = false;
        long legs = bond.bonded() ? pick(now, packet.sequence) : -1L;
        PathTable paths = conversation.paths();
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.at(i);
            if ((legs >>> path.leg.number & 1) == 0 || !sendable(path)) continue;
            ByteBuffer datagram = dialect.media(path.peer, flowId, packet, config.nullPacketDeletion());
            int bytes = datagram.remaining();
            path.sentPackets++;
            path.sentBytes += bytes;
            path.nullPackets += packet.nullPackets;
            path.dataRate.add(now, bytes);
            effects.transmit(path.number, Lane.MEDIA, datagram);
        }
    }

    private long pick(long now, long sequence) {
        long open = 0;
        PathTable paths = conversation.paths();
        for (int i = 0; i < paths.size(); i++) if (sendable(paths.at(i))) open |= 1L << paths.at(i).leg.number;
        for (long changed = open ^ openLegs; changed != 0; changed &= changed - 1) {
            int leg = Long.numberOfTrailingZeros(changed);
            if (bond.has(leg)) bond.open(leg, (open & 1L << leg) != 0);
        }
        openLegs = open;
        return bond.pick(now, sequence);
    }

    /** The leg is gone; one that takes its number begins afresh. */
    void forget(int leg) {
        openLegs &= ~(1L << leg);
    }

    // ---- repetitions -------------------------------------------------------------------------------------------------------------

    /** Adds what a request asks for, but for packets that may still be on their way to the asker by another leg. */
    void addRequested(long now, Path asker, long first, int count, MissingRanges asked) {
        if (!bond.bonded()) {
            asked.addRange(first, count);
            return;
        }
        for (int i = 0; i < Math.min(count, SenderFlow.MAX_REQUESTED_PER_CALL); i++) {
            if (bond.early(now, first + i, asker.leg.number) && suppresses) asker.skippedSuppressed++;
            else asked.add(first + i);
        }
    }

    /** Serves a request as far as the gates let it. */
    void serve(long now, Path asker, MissingRanges asked, EffectSink effects) {
        begin(now, answerPath(asker), effects);
        SenderCounters c = flow.counters();
        long aged = c.skippedAged;
        long suppressed = c.skippedSuppressed;
        long bandwidth = c.skippedBandwidth;
        long exhausted = c.skippedExhausted;
        flow.onRequested(now, asked, asker.number, asker.rtt.lastNs(), this);
        asker.skippedAged += c.skippedAged - aged;
        asker.skippedSuppressed += c.skippedSuppressed - suppressed;
        asker.skippedBandwidth += c.skippedBandwidth - bandwidth;
        asker.skippedExhausted += c.skippedExhausted - exhausted;
        end();
    }

    /** TR-06-1 §5.4: a sender may choose any of the connections; of a listener's callers one that calls itself as the asker does. */
    private Path answerPath(Path asker) {
        int leg = bond.answerLeg(asker.leg.number);
        if (leg == asker.leg.number) return asker;
        PathTable paths = conversation.paths();
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.at(i);
            if (path.leg.number == leg && sendable(path) && (path.configured || path.cname.equals(asker.cname))) return path;
        }
        return asker;
    }

    /** Repeats some of what a leg carried that has fallen silent. @return whether more is to come */
    boolean rescue(long now, int packets, MediaPacket packet, EffectSink effects) {
        int leg = bond.rescueLeg();
        for (int left = packets; left > 0; left--) {
            long sequence = bond.nextRescue();
            if (sequence < 0) return false;
            if (leg >= 0 && flow.load(sequence, packet)) repeatOnLeg(now, leg, packet, effects);
        }
        return true;
    }

    private void repeatOnLeg(long now, int leg, MediaPacket packet, EffectSink effects) {
        PathTable paths = conversation.paths();
        for (int i = 0; i < paths.size(); i++) if (paths.at(i).leg.number == leg && sendable(paths.at(i))) repeat(now, paths.at(i), packet, effects);
    }

    /** Repeats one packet that nobody asked for. */
    void repeat(long now, Path path, MediaPacket packet, EffectSink effects) {
        begin(now, path, effects);
        retransmit(packet);
        end();
    }

    private void begin(long now, Path path, EffectSink effects) {
        nowNs = now;
        to = path;
        sink = effects;
    }

    private void end() {
        to = null;
        sink = null;
    }

    @Override
    public void retransmit(MediaPacket p) {
        p.retransmission = true;
        to.tailSequence = p.sequence;
        to.tailRepeatedNs = nowNs;
        ByteBuffer datagram = dialect.media(to.peer, flowId, p, config.nullPacketDeletion());
        int bytes = datagram.remaining();
        to.retransmitted++;
        to.retransmittedBytes += bytes;
        to.retryRate.add(nowNs, bytes);
        sink.transmit(to.number, Lane.MEDIA, datagram);
    }
}
