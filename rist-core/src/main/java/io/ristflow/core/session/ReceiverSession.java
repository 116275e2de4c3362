package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Fault;
import io.ristflow.core.api.KeyRequest;
import io.ristflow.core.api.KeyStats;
import io.ristflow.core.api.Parity;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.base.NtpTime;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.bond.FeedbackRouter;
import io.ristflow.core.codec.advanced.ControlMessage;
import io.ristflow.core.config.MergeMode;
import io.ristflow.core.config.PathConfig;
import io.ristflow.core.config.ReceiverConfig;
import io.ristflow.core.flow.FlowSettings;
import io.ristflow.core.flow.ReceptionStats;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.profile.Dialect;
import io.ristflow.core.profile.Inbound;
import io.ristflow.core.profile.RtcpWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A receiver: sorts packets into flows, asks for what is missing on the path that answers best, merges what several carry, delivers in time. */
public final class ReceiverSession implements RistReceiver, Part {
    private static final long NO_SDES_NS = 1_500 * Ticks.NS_PER_MS;
    /** A flow whose place another took is waited for so long before it is called over: two may share a source address. */
    private static final long REPLACED_NS = 200 * Ticks.NS_PER_MS;
    private static final long CARRYING_NS = 500 * Ticks.NS_PER_MS;
    /** A path with a smaller part of a flow's packets, a trickle, is not waited for. */
    private static final int LEAST_PART = 10;

    private final ReceiverConfig config;
    private final FlowSettings settings;
    private final Dialect dialect;
    private final Conversation conversation;
    private final List<ReceivedFlow> flows = new ArrayList<>();
    private final int ownSsrc;
    private final MediaPacket packet = new MediaPacket();
    private final FeedbackRouter router = new FeedbackRouter();
    private final ReceiverStatsBook book;

    public ReceiverSession(ReceiverConfig config, RandomGenerator random) {
        this.config = config;
        settings = Settings.flow(config.session());
        dialect = Settings.dialect(config.session(), random);
        conversation = new Conversation(config.session(), dialect, random, this);
        ownSsrc = random.nextInt() & ~1;
        book = new ReceiverStatsBook(config.session().profile().name());
    }

    // ---- the verbs -------------------------------------------------------------------------------------------------------------

    @Override
    public void start(long nowNs, long unixNs, EffectSink sink) {
        conversation.onWallClock(nowNs, unixNs);
        conversation.start(nowNs, sink);
    }

    @Override
    public void onWallClock(long nowNs, long unixNs) {
        conversation.onWallClock(nowNs, unixNs);
    }

    @Override
    public int pushOutOfBand(long nowNs, int etherType, ByteBuffer payload, EffectSink sink) {
        return conversation.closed() ? 0 : conversation.outOfBand().push(nowNs, etherType, payload, sink);
    }

    @Override
    public void onDatagram(long nowNs, int path, ByteBuffer datagram, EffectSink sink) {
        conversation.onDatagram(nowNs, path, datagram, sink);
    }

    @Override
    public void onKeyDerived(long nowNs, KeyRequest.DerivedKey key, EffectSink sink) {
        conversation.onKeyDerived(nowNs, key, sink);
    }

    @Override
    public void usePassphrase(long nowNs, int leg, Parity parity, EffectSink sink) {
        conversation.usePassphrase(nowNs, leg, parity, sink);
    }

    @Override
    public void replacePassphrase(long nowNs, int leg, Parity parity, String passphrase, EffectSink sink) {
        conversation.replacePassphrase(nowNs, leg, parity, passphrase, sink);
    }

    @Override
    public List<KeyStats> keyStats(long nowNs) {
        return conversation.keyStats(nowNs);
    }

    @Override
    public void onDeadline(long nowNs, EffectSink sink) {
        if (conversation.closed()) return;
        conversation.onDeadline(nowNs, sink);
        for (int i = flows.size() - 1; i >= 0; i--) onFlowTime(nowNs, flows.get(i), sink);
    }

    @Override
    public long nextDeadlineNs() {
        if (conversation.closed()) return Ticks.NEVER;
        long next = conversation.nextDeadlineNs();
        for (int i = 0; i < flows.size(); i++) {
            ReceivedFlow flow = flows.get(i);
            // Also where every peer has said farewell and no path is left to keep the time
            next = Math.min(next, Math.min(flow.nextDeadlineNs(), flow.lastMediaNs + conversation.sessionTimeoutNs() + 1));
            if (flow.link != null) next = Math.min(next, flow.link.nextReportNs());
        }
        return next;
    }

    @Override
    public void close(long nowNs, EffectSink sink) {
        if (conversation.closed()) return;
        for (int i = 0; i < flows.size(); i++) flows.get(i).drain(sink);
        conversation.farewell(sink);
    }

    @Override
    public ReceiverStats stats(long nowNs) {
        return book.snapshot(nowNs, flows, conversation);
    }

    PathTable paths() {
        return conversation.paths();
    }

    // ---- the bond ----------------------------------------------------------------------------------------------------------------

    @Override
    public void addPath(long nowNs, int leg, PathConfig path, EffectSink sink) {
        if (!conversation.closed()) conversation.addPath(nowNs, leg, path, sink);
    }

    @Override
    public void removePath(long nowNs, int leg, EffectSink sink) {
        if (!conversation.closed()) conversation.removePath(nowNs, leg, sink);
    }

    @Override
    public void onPathOpened(int path, int leg) {
        conversation.legs().assign(path, leg);
    }

    /** How much longer the longest of a flow's paths is than the shortest: what is missing on one may still come on another (TR-06-1 §5.3). */
    private void comparePaths(long nowNs, ReceivedFlow flow) {
        PathTable paths = conversation.paths();
        long packets = 0;
        for (int i = 0; i < paths.size(); i++) if (carrying(nowNs, paths.at(i), flow)) packets += paths.at(i).dataRate.count(nowNs);
        long shortestNs = Long.MAX_VALUE;
        long longestNs = Long.MIN_VALUE;
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.at(i);
            if (!carrying(nowNs, path, flow) || path.dataRate.count(nowNs) * LEAST_PART < packets) continue;
            shortestNs = Math.min(shortestNs, path.transitNs);
            longestNs = Math.max(longestNs, path.transitNs);
        }
        flow.packets.onPathDifference(shortestNs == Long.MAX_VALUE ? 0 : longestNs - shortestNs);
    }

    private static boolean carrying(long nowNs, Path path, ReceivedFlow flow) {
        return path.flow == flow && path.transitKnown && nowNs - path.lastMediaNs <= CARRYING_NS;
    }

    // ---- a flow's time ---------------------------------------------------------------------------------------------------------

    private void onFlowTime(long nowNs, ReceivedFlow flow, EffectSink sink) {
        flow.deliverDue(nowNs, sink);
        flow.missing.clear();
        flow.packets.collectMissing(nowNs, flow.missing);
        if (!flow.missing.isEmpty()) ask(nowNs, flow, sink);
        if (flow.link != null && nowNs >= flow.link.nextReportNs()) reportLink(nowNs, flow, sink);
        if (flow.packets.bufferNs() != flow.bufferNs) {
            flow.bufferNs = flow.packets.bufferNs();
            sink.event(new SessionEvent.BufferChanged(flow.flowId, flow.bufferNs));
            negotiate(nowNs, flow, sink);
        }
        long silentNs = nowNs - flow.lastMediaNs;
        if (flow.replaced && silentNs > REPLACED_NS && flow.packets.heldPackets() == 0) {
            end(flow, "a new flow id took its place", sink);
        } else if (silentNs > conversation.sessionTimeoutNs()) {
            flow.drain(sink);
            end(flow, "no media for " + conversation.sessionTimeoutNs() / Ticks.NS_PER_MS + " ms", sink);
        }
    }

    private void end(ReceivedFlow flow, String why, EffectSink sink) {
        flows.remove(flow);
        PathTable paths = conversation.paths();
        for (int i = 0; i < paths.size(); i++) if (paths.at(i).flow == flow) paths.at(i).flow = null;
        sink.event(new SessionEvent.FlowEnded(flow.flowId, why));
    }

    private void ask(long nowNs, ReceivedFlow flow, EffectSink sink) {
        Path path = bestFeedbackPath(nowNs, flow);
        if (path == null || !path.ready()) return;
        router.onAsked(nowNs, path.number, path.rtt.lastNs());
        conversation.feedback().request(path, flow.flowId, flow.numbers, flow.missing, config.nackType() == ReceiverConfig.NackType.BITMASK, sink);
    }

    /** Where requests go: a path that RTCP may go to, as {@link FeedbackRouter} chooses. Never one without a learned return address. */
    private Path bestFeedbackPath(long nowNs, ReceivedFlow flow) {
        PathTable paths = conversation.paths();
        router.begin(nowNs);
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.at(i);
            if (!path.heard || !conversation.mayHearRtcp(path) || !carries(path, flow)) continue;
            router.offer(path.number, path.leg.number, path.leg.config.recoveryPriority(), path.rtt.lastNs(), path.lastHeardNs);
        }
        return paths.get(router.choose());
    }

    /** Whether this path's RTCP is, or was last but for that of another flow behind the same address, about this flow. */
    private static boolean carries(Path path, ReceivedFlow flow) {
        return path.flowId == flow.flowId || path == flow.describedBy;
    }

    /** TR-06-4 Part 1 §5.5: the same report, of all that came on all paths, on every path at once. */
    private void reportLink(long nowNs, ReceivedFlow flow, EffectSink sink) {
        flow.closeLinkPeriod(nowNs);
        PathTable paths = conversation.paths();
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.at(i);
            boolean hears = path.connected && path.ready() && nowNs >= path.quietUntilNs && conversation.mayHearRtcp(path);
            if (hears && carries(path, flow) && !path.linkReportsUnsupported) conversation.feedback().linkQuality(nowNs, path, flow.quality, sink);
        }
    }

    private void negotiate(long nowNs, ReceivedFlow flow, EffectSink sink) {
        Path path = bestFeedbackPath(nowNs, flow);
        if (path != null) conversation.greeter().negotiateBuffer(path, sink);
    }

    // ---- the receiver's part of the conversation ------------------------------------------------------------------------------------

    @Override
    public boolean splits() {
        return false;
    }

    @Override
    public void onHeard(long nowNs, Path path) {
        // When, the path knows
    }

    @Override
    public void onMedia(long nowNs, Path path, Inbound in, EffectSink sink) {
        int flowId = in.ssrc & ~1;
        ReceivedFlow flow = path.flow != null && path.flow.flowId == flowId ? path.flow : attach(nowNs, path, flowId, (in.ssrc & 1) != 0, sink);
        if (flow == null) return;
        flow.lastMediaNs = nowNs;
        path.receivedData++;
        path.lastMediaNs = nowNs;
        path.dataRate.add(nowNs, in.end - in.offset);
        dialect.toPacket(in, flow.numbers, path.number, packet);
        path.nullPackets += packet.nullPackets;
        if (!packet.retransmission) path.onTransit(nowNs - packet.sourceTimeNs);
        boolean taken = flow.onMedia(nowNs, packet, in.end - in.offset);
        if (taken && packet.retransmission) router.onAnswer(path.number);
    }

    /** Joins a path to the flow whose SSRC arrives on it, made if it is new. Null: not to be taken. */
    private ReceivedFlow attach(long nowNs, Path path, int flowId, boolean retransmission, EffectSink sink) {
        ReceivedFlow flow = find(flowId);
        if (flow == null) {
            // A flow cannot start on a retransmission
            if (retransmission) return null;
            if (flows.size() >= config.maxFlows() && described(flowId)) endOneUndescribed(nowNs, sink);
            if (flows.size() >= config.maxFlows()) {
                conversation.faults().met(nowNs, path, Fault.FLOW_LIMIT, "more than max-flows=" + config.maxFlows() + " flows on this port; raise max-flows or send elsewhere", sink);
                return null;
            }
            flow = new ReceivedFlow(flowId, settings, config.merge() != MergeMode.OFF, config.linkReports(), nowNs);
            flows.add(flow);
            sink.event(new SessionEvent.FlowStarted(flowId, path.number));
        }
        if (path.flow != null) path.flow.replaced = true;
        flow.replaced = false;
        path.flow = flow;
        path.transitKnown = false;
        // The sender's buffer is negotiated with the greeting, before its first packet makes the flow
        if (path.senderMaxBufferMs > 0) flow.packets.onSenderBufferMax(Ticks.msToNs(path.senderMaxBufferMs));
        // Main knows a peer by its address, so its media tells the flow; Simple's RTCP may come from elsewhere and says so itself
        if (!dialect.separateControl(path.peer) || path.configured) path.flowId = flowId;
        if (path.firstMediaNs == Ticks.NEVER) path.firstMediaNs = nowNs;
        if (path.connected || described(flowId) || config.session().oneWay()) flow.gateOpen = true;
        return flow;
    }

    /** A flow whose RTCP has come takes the place of one that is media alone, and so may be noise. */
    private void endOneUndescribed(long nowNs, EffectSink sink) {
        for (int i = 0; i < flows.size(); i++) {
            ReceivedFlow flow = flows.get(i);
            if (flow.gateOpen || nowNs - flow.startedNs <= NO_SDES_NS) continue;
            end(flow, "no RTCP with SDES came, and its place was needed", sink);
            return;
        }
    }

    private boolean described(int flowId) {
        PathTable paths = conversation.paths();
        for (int i = 0; i < paths.size(); i++) if (paths.at(i).connected && paths.at(i).flowId == flowId) return true;
        return false;
    }

    private ReceivedFlow find(int flowId) {
        for (int i = 0; i < flows.size(); i++) if (flows.get(i).flowId == flowId) return flows.get(i);
        return null;
    }

    /** The flow that a path's RTCP is about. */
    private ReceivedFlow flowOf(Path path) {
        return path.flow != null && path.flow.flowId == path.flowId ? path.flow : find(path.flowId);
    }

    @Override
    public boolean sendsMedia() {
        return false;
    }

    @Override
    public boolean choosesPassphrase() {
        return false;
    }

    @Override
    public int ssrc(Path path) {
        // A receiver speaks under the flow's own id: librist does, and GStreamer looks the flow up by it
        return path.flowId != 0 ? path.flowId : ownSsrc;
    }

    @Override
    public void writeReport(long nowNs, Path path, RtcpWriter rtcp) {
        ReceivedFlow flow = flowOf(path);
        if (flow == null) {
            rtcp.emptyReport(ssrc(path));
            return;
        }
        ReceptionStats reception = flow.packets.reception();
        reception.closeInterval();
        int jitter = (int) Ticks.nsToRtp90k(reception.jitterNs());
        int dlsr = path.lastSenderReport == 0 ? 0 : (int) NtpTime.nsToShort(nowNs - path.lastSenderReportNs);
        rtcp.receiverReport(flow.flowId, flow.flowId, reception.fractionLost(), reception.cumulativeLost(), flow.numbers.extendedHighest(), jitter, path.lastSenderReport, dlsr);
    }

    @Override
    public int senderMaxBufferMs() {
        return 0;
    }

    @Override
    public int receiverBufferMs(Path path) {
        ReceivedFlow flow = flowOf(path);
        long bufferNs = flow != null ? flow.bufferNs : settings.bufferMinNs() + (settings.bufferMaxNs() - settings.bufferMinNs()) / 2;
        return (int) Math.min(0xFFFF, bufferNs / Ticks.NS_PER_MS);
    }

    @Override
    public void onDescription(long nowNs, Path path, int ssrc) {
        int flowId = ssrc & ~1;
        // On Main the media that came from this address has told the flow already; a peer's SDES may carry another SSRC (Cobalt encoders)
        boolean byRtcp = dialect.separateControl(path.peer);
        if (path.flowId == 0 || byRtcp && find(flowId) != null) path.flowId = flowId;
        ReceivedFlow flow = byRtcp ? find(flowId) : null;
        if (flow == null) flow = flowOf(path);
        if (flow == null) flow = path.flow;
        if (flow == null) return;
        flow.gateOpen = true;
        flow.describedBy = path;
    }

    @Override
    public void onConnected(long nowNs, Path path, EffectSink sink) {
        if (path.flow != null) path.flow.gateOpen = true;
    }

    @Override
    public void onLost(long nowNs, Path path, String why, EffectSink sink) {
        // The flow plays out what it holds and ends by its own silence.
        path.flowId = 0;
    }

    @Override
    public void onClosed(Path path) {
        router.forget(path.number);
    }

    @Override
    public void onSenderReport(long nowNs, Path path, RtcpDigest digest) {
        ReceivedFlow flow = flowOf(path);
        if (flow == null) return;
        long sourceTimeNs = flow.numbers.peekSourceTimeNs(nowNs, digest.rtpTimestamp);
        flow.packets.onSenderReport(nowNs, sourceTimeNs, NtpTime.toUnixNs(digest.ntp), conversation.unixNs(nowNs));
    }

    @Override
    public void onRequests(long nowNs, Path path, RtcpDigest digest, EffectSink sink) {
        // A receiver has nothing to repeat.
    }

    @Override
    public void onRtt(long nowNs, Path path, long sampleNs) {
        for (int i = 0; i < flows.size(); i++) {
            ReceivedFlow flow = flows.get(i);
            // Requests are paced by the round trip of the path that they take
            if (carries(path, flow) && (flow.packets.rttNs() == 0 || path == bestFeedbackPath(nowNs, flow))) flow.packets.onRtt(nowNs, sampleNs);
        }
    }

    @Override
    public void onControl(Path path) {
        ReceivedFlow flow = flowOf(path);
        if (flow != null && flow.link != null) flow.link.onSource(0);
    }

    /** A peer may well know RTT echoes and no reports of the link (librist): then it is sent none any more. */
    @Override
    public void onUnsupported(Path path, int control) {
        if (control == ControlMessage.LINK_QUALITY) path.linkReportsUnsupported = true;
    }

    @Override
    public void onBufferNegotiation(long nowNs, Path path, int senderMaxMs, int receiverCurrentMs, EffectSink sink) {
        if (senderMaxMs == 0) return;
        path.senderMaxBufferMs = senderMaxMs;
        ReceivedFlow flow = flowOf(path);
        if (flow != null) flow.packets.onSenderBufferMax(Ticks.msToNs(senderMaxMs));
        conversation.greeter().negotiateBuffer(path, sink);
    }

    @Override
    public void review(long nowNs, Path path, EffectSink sink) {
        if (path.flow != null) {
            comparePaths(nowNs, path.flow);
            path.flow.merges(config.merge() == MergeMode.PAIRS || path.splits);
        }
        if (path.flow == null || path.flow.gateOpen || nowNs - path.flow.startedNs <= NO_SDES_NS) return;
        String where = dialect.separateControl(path.peer) ? " (RTCP comes on the port after the media's: is that one open?)" : "";
        conversation.faults().met(nowNs, path, Fault.NO_SDES, "media arrives but no RTCP with SDES, so nothing is delivered" + where, sink);
    }
}
