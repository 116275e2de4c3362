package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Fault;
import io.ristflow.core.api.KeyRequest;
import io.ristflow.core.api.KeyStats;
import io.ristflow.core.api.Parity;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.api.SenderStats;
import io.ristflow.core.base.NtpTime;
import io.ristflow.core.base.SequenceUnwrapper;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.bond.SenderBond;
import io.ristflow.core.config.CongestionControl;
import io.ristflow.core.config.PathConfig;
import io.ristflow.core.config.Role;
import io.ristflow.core.config.SenderConfig;
import io.ristflow.core.flow.FlowSettings;
import io.ristflow.core.flow.PacketSplitter;
import io.ristflow.core.flow.SenderFlow;
import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import io.ristflow.core.profile.Dialect;
import io.ristflow.core.profile.Inbound;
import io.ristflow.core.profile.RtcpWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/** A sender: numbers and keeps what is pushed, sends it to every connected peer, repeats what they ask for. */
public final class SenderSession implements RistSender, Part {
    /** How much of a held backlog goes out in one call, and how long until the next: a whole second at once would overrun the peer's socket. */
    private static final int BACKLOG_PER_CALL = 32;

    private static final long BACKLOG_SPACING_NS = Ticks.NS_PER_MS;
    private static final long NO_SDES_NS = 1_500 * Ticks.NS_PER_MS;
    /** What a leg carried that fell silent is repeated at this pace. */
    private static final int RESCUES_PER_MS = 4;
    private static final int TAIL_REPEATS = 3;
    /** TR-06-3 Appendix B: with all headers this fits an Ethernet. */
    private static final int FRAGMENT_BYTES = 1_400;

    private static final long TAIL_SPACING_NS = 50 * Ticks.NS_PER_MS;
    private static final long MOST_TAIL_SPACING_NS = Ticks.NS_PER_SECOND;

    private final SenderConfig config;
    private final FlowSettings settings;
    private final Dialect dialect;
    private final Conversation conversation;
    private final SenderFlow flow;
    private final int flowId;
    private final MediaPacket packet = new MediaPacket();
    private final MissingRanges asked = new MissingRanges();
    private final SenderBond bond;
    private final MediaOut out;
    /** Null: payloads are sent whole. */
    private final PacketSplitter splitter;
    private final SenderStatsBook book;
    private final RateDesk rates;

    private int connectedPaths;
    private long nextBacklogNs = Ticks.NEVER;
    private long nextTailNs = Ticks.NEVER;
    private long nextRescueNs = Ticks.NEVER;
    private int tailRepeats;
    private long packetsSent;
    private long octetsSent;
    private long lastSourceTimeNs = Long.MIN_VALUE;

    public SenderSession(SenderConfig config, RandomGenerator random) {
        this.config = config;
        settings = Settings.flow(config.session());
        dialect = Settings.dialect(config.session(), random);
        conversation = new Conversation(config.session(), dialect, random, this);
        flow = new SenderFlow(settings);
        flowId = config.flowId() != 0 ? config.flowId() : drawFlowId(random);
        rates = new RateDesk(config.adaptation(), flowId, conversation.paths());
        bond = new SenderBond(settings.bufferMaxNs());
        out = new MediaOut(config, dialect, conversation, flow, flowId, bond, config.session().recovery().congestionControl() != CongestionControl.OFF);
        splitter = Settings.splitter(config.split());
        book = new SenderStatsBook(config.session().profile().name(), flowId);
    }

    /** TR-06-1 §5.3.3: the SSRC's low bit is not ours to use. */
    private static int drawFlowId(RandomGenerator random) {
        int id;
        do id = random.nextInt() & ~1;
        while (id == 0);
        return id;
    }

    // ---- the verbs -------------------------------------------------------------------------------------------------------------

    @Override
    public void start(long nowNs, long unixNs, EffectSink sink) {
        conversation.onWallClock(nowNs, unixNs);
        for (int i = 0; i < config.session().paths().size(); i++) addLeg(nowNs, conversation.legs().get(i));
        conversation.start(nowNs, sink);
    }

    @Override
    public void onWallClock(long nowNs, long unixNs) {
        conversation.onWallClock(nowNs, unixNs);
    }

    @Override
    public void push(long nowNs, long cameNs, ByteBuffer payload, EffectSink sink) {
        int bytes = payload.remaining();
        if (bytes < 1 || bytes > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a payload of " + bytes + " bytes is not in 1.." + MAX_PAYLOAD_BYTES + " bytes");
        }
        if (conversation.closed()) return;
        int packets = splitter == null ? keep(nowNs, cameNs, payload) : keepSplit(nowNs, cameNs, payload);
        book.pushed(nowNs, bytes);
        // Behind a backlog every push sends as much of it, and more when that is due: a host that pushes before it lets time pass would put it off for ever
        int budget = nextBacklogNs == Ticks.NEVER ? BACKLOG_PER_CALL : packets;
        if (nowNs >= nextBacklogNs) budget += dueOfBacklog(nowNs);
        sendUnsent(nowNs, budget, sink);
    }

    private int keep(long nowNs, long cameNs, ByteBuffer payload) {
        if (payload.remaining() > FRAGMENT_BYTES && out.allTakeFragments()) return keepFragments(nowNs, cameNs, payload);
        flow.push(nowNs, cameNs, payload, MediaPacket.WHOLE);
        return 1;
    }

    /** TR-06-3 §5.2.3: pieces that no network has to cut, each recovered for itself. */
    private int keepFragments(long nowNs, long cameNs, ByteBuffer payload) {
        int start = payload.position();
        int end = payload.limit();
        int packets = 0;
        for (int at = start; at < end; at += FRAGMENT_BYTES, packets++) {
            int next = Math.min(end, at + FRAGMENT_BYTES);
            flow.push(nowNs, cameNs, payload.limit(next).position(at), at == start ? MediaPacket.FIRST : next == end ? MediaPacket.LAST : MediaPacket.MIDDLE);
        }
        payload.position(start);
        return packets;
    }

    private int keepSplit(long nowNs, long cameNs, ByteBuffer payload) {
        int start = payload.position();
        int end = payload.limit();
        int cut = start + splitter.firstBytes(payload);
        keep(nowNs, cameNs, payload.limit(cut));
        keep(nowNs, cameNs, payload.limit(end).position(cut));
        payload.position(start);
        return 2;
    }

    // ---- the bond ----------------------------------------------------------------------------------------------------------------

    private void addLeg(long nowNs, Leg leg) {
        bond.addLeg(nowNs, leg.number, leg.weight, leg.muting());
    }

    @Override
    public void addPath(long nowNs, int leg, PathConfig path, EffectSink sink) {
        if (conversation.closed()) return;
        addLeg(nowNs, conversation.addPath(nowNs, leg, path, sink));
    }

    @Override
    public void removePath(long nowNs, int leg, EffectSink sink) {
        if (conversation.closed() || !conversation.removePath(nowNs, leg, sink)) return;
        bond.removeLeg(leg);
        out.forget(leg);
    }

    @Override
    public void onPathOpened(int path, int leg) {
        conversation.legs().assign(path, leg);
    }

    @Override
    public void setWeight(int leg, int weight) {
        Leg it = conversation.legs().get(leg);
        if (it == null) throw new IllegalArgumentException("leg " + leg + " is not there");
        if (weight < 0 || weight > PathConfig.MAX_WEIGHT) throw new IllegalArgumentException("weight " + weight + " is not in 0.." + PathConfig.MAX_WEIGHT);
        it.weight = weight;
        bond.weigh(leg, weight);
    }

    // ---- what comes in, and time --------------------------------------------------------------------------------------------------------------------

    @Override
    public int pushOutOfBand(long nowNs, int etherType, ByteBuffer payload, EffectSink sink) {
        return conversation.closed() ? 0 : conversation.outOfBand().push(nowNs, etherType, payload, sink);
    }

    @Override
    public void onDatagram(long nowNs, int path, ByteBuffer datagram, EffectSink sink) {
        if (config.session().oneWay()) return;
        conversation.onDatagram(nowNs, path, datagram, sink);
    }

    @Override
    public void onKeyDerived(long nowNs, KeyRequest.DerivedKey key, EffectSink sink) {
        conversation.onKeyDerived(nowNs, key, sink);
        if (!conversation.closed() && nextBacklogNs == Ticks.NEVER) sendUnsent(nowNs, BACKLOG_PER_CALL, sink);
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
        bond.onTime(nowNs);
        if (bond.rescues()) rescue(nowNs, sink);
        if (nowNs >= nextBacklogNs) sendUnsent(nowNs, dueOfBacklog(nowNs), sink);
        if (nowNs >= nextTailNs) repeatTail(nowNs, sink);
        flow.onTick(nowNs);
        book.givenUp(flow.giveUpUnsent(nowNs - settings.bufferMaxNs()));
    }

    @Override
    public long nextDeadlineNs() {
        if (conversation.closed()) return Ticks.NEVER;
        return Math.min(Math.min(conversation.nextDeadlineNs(), nextTailNs), Math.min(Math.min(bond.nextDeadlineNs(), nextRescueNs), Math.min(nextBacklogNs, flow.nextDeadlineNs())));
    }

    @Override
    public void close(long nowNs, EffectSink sink) {
        if (!conversation.closed()) conversation.farewell(sink);
    }

    @Override
    public SenderStats stats(long nowNs) {
        return book.snapshot(nowNs, flow, conversation, bond, rates.targetBps());
    }

    // ---- media out -------------------------------------------------------------------------------------------------------------

    private void sendUnsent(long nowNs, int budget, EffectSink sink) {
        long paceNs = nextBacklogNs > nowNs && nextBacklogNs != Ticks.NEVER ? nextBacklogNs : nowNs + BACKLOG_SPACING_NS;
        nextBacklogNs = Ticks.NEVER;
        if (waits()) return;
        if (flow.firstUnsent() == flow.nextSequence()) return;
        for (int left = budget; flow.firstUnsent() < flow.nextSequence(); left--) {
            if (left == 0) {
                nextBacklogNs = paceNs;
                return;
            }
            sendFirst(nowNs, flow.firstUnsent(), sink);
        }
        tailRepeats = 0;
        nextTailNs = nowNs + tailSpacingNs();
    }

    private int dueOfBacklog(long nowNs) {
        return BACKLOG_PER_CALL * (1 + (int) Math.min(4, (nowNs - nextBacklogNs) / BACKLOG_SPACING_NS));
    }

    /** Whether packets are kept until somebody is there: a peer if that is wanted, else at least a key. Whoever calls a listener that does not hold begins with what comes then. */
    private boolean waits() {
        if (config.holdUntilPeer()) return connectedPaths == 0 || !out.anyReady();
        return config.session().role() == Role.CALLER && !out.anyReady();
    }

    /**
     * Nothing follows the last packet to reveal its loss. So when pushing pauses it is repeated, marked as retransmission, which a receiver takes as a duplicate or as the end of a gap:
     * three times, a round trip and 50 ms apart at least. Not in TR-06-1, which leaves it to the sender when to retransmit.
     */
    private void repeatTail(long nowNs, EffectSink sink) {
        nextTailNs = Ticks.NEVER;
        if (tailRepeats++ == TAIL_REPEATS || connectedPaths == 0) return;
        long last = flow.firstUnsent() - 1;
        if (!flow.load(last, packet)) return;
        PathTable paths = conversation.paths();
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.at(i);
            boolean justRepeated = path.tailSequence == last && nowNs - path.tailRepeatedNs < path.rtt.lastNs();
            if (path.connected && path.ready() && !justRepeated) out.repeat(nowNs, path, packet, sink);
        }
        nextTailNs = nowNs + tailSpacingNs();
    }

    private void rescue(long nowNs, EffectSink sink) {
        if (nextRescueNs == Ticks.NEVER) nextRescueNs = nowNs;
        if (nowNs < nextRescueNs) return;
        int packets = RESCUES_PER_MS * (1 + (int) Math.min(9, (nowNs - nextRescueNs) / Ticks.NS_PER_MS));
        nextRescueNs = out.rescue(nowNs, packets, packet, sink) ? nowNs + Ticks.NS_PER_MS : Ticks.NEVER;
    }

    private long tailSpacingNs() {
        long rttNs = TAIL_SPACING_NS;
        PathTable paths = conversation.paths();
        for (int i = 0; i < paths.size(); i++) if (paths.at(i).connected) rttNs = Math.max(rttNs, paths.at(i).rtt.lastNs());
        return Math.min(rttNs, MOST_TAIL_SPACING_NS);
    }

    /** The source time of what was held is that of sending: a peer that anchors its clock on the first packet must not take the waiting for path delay. */
    private void sendFirst(long nowNs, long sequence, EffectSink sink) {
        // The halves of a payload have one time, by which they are known for such
        boolean secondHalf = splitter != null && (sequence & 1) != 0;
        if (!secondHalf && flow.holds(sequence)) lastSourceTimeNs = Math.max(lastSourceTimeNs, flow.sourceTimeNs(nowNs, sequence));
        flow.markSent(nowNs, sequence, lastSourceTimeNs);
        if (!flow.load(sequence, packet)) return;
        out.first(nowNs, packet, sink);
        rates.onSent(nowNs, packet.payloadLength);
        packetsSent++;
        octetsSent += packet.payloadLength;
    }

    // ---- the sender's part of the conversation ------------------------------------------------------------------------------------

    @Override
    public boolean sendsMedia() {
        return true;
    }

    @Override
    public boolean choosesPassphrase() {
        return true;
    }

    @Override
    public int ssrc(Path path) {
        return flowId;
    }

    @Override
    public void writeReport(long nowNs, Path path, RtcpWriter rtcp) {
        long ntp = NtpTime.fromUnixNs(conversation.unixNs(nowNs));
        rtcp.senderReport(flowId, ntp, dialect.mediaTimestamp(path.peer, nowNs), packetsSent, octetsSent);
    }

    @Override
    public int senderMaxBufferMs() {
        // As librist: what a request may still find in the history
        return (int) Math.min(0xFFFF, (settings.bufferMaxNs() + 2 * settings.rttMinNs()) / Ticks.NS_PER_MS);
    }

    @Override
    public int receiverBufferMs(Path path) {
        return 0;
    }

    @Override
    public boolean splits() {
        return splitter != null;
    }

    @Override
    public void onHeard(long nowNs, Path path) {
        if (bond.has(path.leg.number)) bond.onHeard(nowNs, path.leg.number);
    }

    @Override
    public void onMedia(long nowNs, Path path, Inbound in, EffectSink sink) {
        // A sender that is sent media: two senders were pointed at each other. Counted as received data, nothing else to do with it.
        path.receivedData++;
        if (path.firstMediaNs == Ticks.NEVER) path.firstMediaNs = nowNs;
        conversation.faults().met(nowNs, path, Fault.PROFILE_MISMATCH, "the peer sends media to a sender; one of the two must be a receiver", sink);
    }

    @Override
    public void onDescription(long nowNs, Path path, int ssrc) {
        path.flowId = flowId;
    }

    @Override
    public void onConnected(long nowNs, Path path, EffectSink sink) {
        connectedPaths++;
        rates.onConnected(path);
        conversation.greeter().negotiateBuffer(path, sink);
        if (nextBacklogNs == Ticks.NEVER) sendUnsent(nowNs, BACKLOG_PER_CALL, sink);
    }

    @Override
    public void onLost(long nowNs, Path path, String why, EffectSink sink) {
        rates.onLost(path, sink);
        connectedPaths = 0;
        PathTable paths = conversation.paths();
        for (int i = 0; i < paths.size(); i++) if (paths.at(i).connected) connectedPaths++;
    }

    @Override
    public void onClosed(Path path) {
        // A leg without a path is found closed with the next packet
    }

    @Override
    public void onSenderReport(long nowNs, Path path, RtcpDigest digest) {
        // A sender needs nothing of another's report; LSR is kept by the conversation.
    }

    @Override
    public void onRequests(long nowNs, Path path, RtcpDigest digest, EffectSink sink) {
        if (!path.ready()) return;
        asked.clear();
        long lastSent = flow.firstUnsent() - 1;
        for (int i = 0; i < digest.requests; i++) out.addRequested(nowNs, path, widened(digest, i, lastSent), digest.count[i], asked);
        out.serve(nowNs, path, asked, sink);
    }

    /**
     * TR-06-2 §8.4: EXTSEQ gives the upper bits of a request, where they mean something that is held. We do not send them (E=0). DEVIATION(librist): it sends no EXTSEQ, so a
     * request without one means the last packet of that number that was sent, which is the only one, as the history is shorter than a cycle.
     */
    private long widened(RtcpDigest digest, int request, long lastSent) {
        if (digest.msb16[request] != RtcpDigest.NO_EXTENSION) {
            long wide = SequenceUnwrapper.atMost((long) digest.msb16[request] << 16 | digest.first16[request], lastSent, 1L << 32);
            if (flow.holds(wide)) return wide;
        }
        return SequenceUnwrapper.atMost(digest.first16[request], lastSent, 1 << 16);
    }

    @Override
    public void onRtt(long nowNs, Path path, long sampleNs) {
        // The gates take the path's last sample with each request
        if (bond.has(path.leg.number)) bond.onRtt(path.leg.number, path.rtt.lastNs(), path.rtt.smoothedNs());
        rates.onRtt(nowNs, path, sampleNs);
    }

    @Override
    public void onLinkQuality(long nowNs, Path path, LinkQuality quality, EffectSink sink) {
        rates.onLinkQuality(nowNs, path, quality, sink);
    }

    @Override
    public void onBufferNegotiation(long nowNs, Path path, int senderMaxMs, int receiverCurrentMs, EffectSink sink) {
        // The receiver tells the buffer it runs with; a sender's history is sized by its own setting.
    }

    @Override
    public void review(long nowNs, Path path, EffectSink sink) {
        boolean expected = path.heard && path.login.admitted && !path.connected;
        if (expected && nowNs - Math.max(path.firstHeardNs, path.login.admittedNs) > NO_SDES_NS) {
            conversation.faults().met(nowNs, path, Fault.NO_SDES, "the peer is heard but its RTCP with SDES is not; media is held until it comes", sink);
        }
    }
}
