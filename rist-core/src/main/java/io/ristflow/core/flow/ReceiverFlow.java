package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NEVER;
import static io.ristflow.core.base.Ticks.NS_PER_MS;

import io.ristflow.core.flow.NackPlanner.Policy;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;

/**
 * One flow's receiving end: stores what arrives, finds what is missing, says what to ask for and when, and delivers in order, on time,
 * nothing twice. What each packet is at any moment stands in {@link ReceiverRing}; when it is played in {@link PlayoutClock}; what is
 * asked for in {@link NackPlanner}.
 *
 * <p>Sequences inside are the caller's plus a shift. The shift is 0 until a flow restarts ({@link ReceiverCounters#restarts}): what comes
 * then continues the sequence that is delivered, while requests and {@link #highestSequence()} speak the caller's numbers.
 */
public final class ReceiverFlow {
    /** A step of more than this is a new flow under an old name: half of the 16-bit space (TR-06-1 §5.3.2 numbers packets in 16 bits). */
    private static final long GAP_CAP = 32_768;
    /** With a jump of the source's clock, so much smaller a step is one too. */
    private static final long GAP_CAP_AT_CLOCK_JUMP = 256;
    private static final long IN_FRONT_CAP = 256;
    private static final int STRANGERS_UNTIL_RESTART = 8;
    /** A flow that begins with one of the first numbers began with 0, most likely: librist's do (its sequence starts at 0). */
    private static final int HEAD_NUMBERS = 64;
    private static final long MOST_GRACE_NS = 10 * NS_PER_MS;
    /** Paths that differ by more of the buffer are not waited for: time must be left to ask. */
    private static final long MOST_DIFFERENCE_PART = 3;
    private static final long SLAB_BYTES = 128L << 20;

    private final FlowSettings settings;
    private final PayloadSlab slab = new PayloadSlab(SLAB_BYTES);
    private final ReceiverRing ring = new ReceiverRing();
    private final PlayoutClock clock;
    private final NackPlanner planner;
    private final PacingRtt rtt;
    private final BufferSize buffer;
    private final ReceptionStats reception = new ReceptionStats();
    private final ReceiverCounters counters = new ReceiverCounters();
    private final ReceiverRates rates = new ReceiverRates();

    private boolean started;
    private long shift;
    private long first;
    /** What is below belongs to the time before a restart: delivered at once, never asked for. */
    private long barrier;
    /** Lowest sequence that is neither delivered nor given up. */
    private long next;
    /** Highest sequence accepted. */
    private long highest;
    /** Lowest sequence held; above {@link #highest} if none is. */
    private long firstStored = NEVER;
    private boolean played;
    private long missingNow;
    private long lastNowNs;
    private long lastAcceptedNs;
    /** How much later than on the quickest path a packet may come. */
    private long pathDifferenceNs;
    private int strangers;
    private long lastStranger;

    public ReceiverFlow(FlowSettings settings) {
        this(settings, Policy.EARLY_COPIES);
    }

    ReceiverFlow(FlowSettings settings, Policy nackPolicy) {
        this.settings = settings;
        clock = new PlayoutClock(settings.hold());
        planner = new NackPlanner(nackPolicy, settings);
        rtt = new PacingRtt(settings);
        buffer = new BufferSize(settings);
    }

    /** A media packet arrived. Returns whether it was kept; if not, a counter says why. The payload is copied. */
    public boolean onMedia(long nowNs, MediaPacket p) {
        lastNowNs = nowNs;
        rates.onArrival(nowNs, p.payloadLength, p.retransmission, p.nullPackets);
        boolean accepted;
        if (!started) {
            // A flow cannot start on a retransmission: nothing would be known of what lies before it.
            accepted = !p.retransmission && start(nowNs, p);
            if (!accepted) counters.droppedLate++;
        } else {
            long sequence = p.sequence + shift;
            if (!p.retransmission) reception.onPacket(nowNs, p.sequence, p.sourceTimeNs);
            if (sequence > highest) {
                accepted = acceptAhead(nowNs, p, sequence);
            } else {
                accepted = sequence >= next ? acceptWithin(nowNs, p, sequence) : acceptBehind(nowNs, p, sequence);
            }
        }
        if (accepted) {
            counters.received++;
            counters.receivedBytes += p.payloadLength;
            counters.nullPackets += p.nullPackets;
            lastAcceptedNs = nowNs;
            strangers = 0;
        } else {
            rates.onRejected(nowNs, p.payloadLength);
        }
        return accepted;
    }

    public void onRtt(long nowNs, long sampleNs) {
        rtt.onSample(sampleNs);
        if (rtt.known()) buffer.onRtt(nowNs, rtt.smoothedNs());
    }

    /** Buffer negotiation: the longest the sender keeps packets. Auto-scaling, where asked for, begins with it. */
    public void onSenderBufferMax(long ns) {
        buffer.onSenderMax(ns);
    }

    /** Of the paths that carry the flow the longest is so much longer than the shortest: as long what seems missing may be on its way. */
    public void onPathDifference(long ns) {
        pathDifferenceNs = Math.min(ns, buffer.bufferNs() / MOST_DIFFERENCE_PART);
    }

    /**
     * A sender report: at {@code sourceTimeNs} of its media clock the sender's wall clock stood at {@code senderUnixNs}; at {@code nowNs}
     * ours stands at {@code ourUnixNs}. Used for RTC timing alone.
     */
    public void onSenderReport(long nowNs, long sourceTimeNs, long senderUnixNs, long ourUnixNs) {
        if (started) clock.onSenderReport(nowNs, sourceTimeNs, senderUnixNs, ourUnixNs);
    }

    /** Adds to {@code out}, in ascending order, what is to be asked for now, and takes it as asked. */
    public void collectMissing(long nowNs, MissingRanges out) {
        // An answer that would come after its place was played is not asked for; an eighth of the RTT is left to luck.
        long usefulFromNs = nowNs + rtt.expectedNs() / 8 * 7 - graceNs() - clock.offsetNs() - buffer.bufferNs();
        planner.collect(nowNs, ring, next, rtt, usefulFromNs, shift, counters, out);
    }

    /** Delivers what is due. A gap is held until the packet behind it is due, then given up. */
    public void deliverDue(long nowNs, PayloadSink sink) {
        lastNowNs = nowNs;
        clock.advance(nowNs, buffer.bufferNs());
        while (firstStored <= highest && (firstStored < barrier || playoutNs(ring.timelineNs[ring.slot(firstStored)]) <= nowNs)) {
            deliverFirstStored(nowNs, sink);
        }
    }

    /** Delivers all that is held, in order, at once. */
    public void drain(PayloadSink sink) {
        while (firstStored <= highest) deliverFirstStored(lastNowNs, sink);
    }

    /** The earlier of the next play-out and the next request; may be too early, never too late. */
    public long nextDeadlineNs() {
        long playNs = NEVER;
        if (firstStored <= highest) playNs = firstStored < barrier ? lastNowNs : playoutNs(ring.timelineNs[ring.slot(firstStored)]);
        return Math.min(playNs, planner.earliestNs());
    }

    /** Which fragment a packet is that is being delivered: as {@code MediaPacket.fragment}. */
    public int fragment(long sequence) {
        return ring.fragment[ring.slot(sequence)];
    }

    public ReceiverCounters counters() {
        return counters;
    }

    public ReceiverRates rates() {
        return rates;
    }

    /** What reception reports say. */
    public ReceptionStats reception() {
        return reception;
    }

    /** Smoothed, as measured; 0 before the first sample. */
    public long rttNs() {
        return rtt.smoothedNs();
    }

    /** The recovery buffer in force. */
    public long bufferNs() {
        return buffer.bufferNs();
    }

    public long missingNow() {
        return missingNow;
    }

    public boolean started() {
        return started;
    }

    /** The highest sequence accepted, in the caller's numbers; 0 before the first. */
    public long highestSequence() {
        return started ? highest - shift : 0;
    }

    /** Packets that the source has sent since the flow's start, as far as the sequence numbers tell. */
    public long expectedSinceStart() {
        return started ? highest - first + 1 : 0;
    }

    /** Packets that wait for their time. */
    public long heldPackets() {
        return slab.used();
    }

    /** Payload memory held. */
    public long payloadBytes() {
        return slab.bytes();
    }

    private boolean start(long nowNs, MediaPacket p) {
        int cell = slab.store(p.payload, p.payloadOffset, p.payloadLength);
        if (cell == PayloadSlab.NONE) return refusedFull();
        started = true;
        first = p.sequence;
        barrier = first;
        next = first;
        highest = first;
        firstStored = first;
        long timelineNs = clock.start(nowNs, first, p.sourceTimeNs);
        ring.put(ring.slot(first), cell, p.fragment, p.sourceTimeNs, timelineNs, nowNs);
        reception.restart(p.sequence, nowNs - p.sourceTimeNs);
        askForTheHead(nowNs, timelineNs);
        return true;
    }

    /** What lies between number 0 and the first packet was lost, if it ever was: it is asked for, and counts from when one of it comes. */
    private void askForTheHead(long nowNs, long timelineNs) {
        // A widened number is one cycle of its kind at least
        long before = first & (first >>> 32 == 0 ? 0xFFFFL : 0xFFFF_FFFFL);
        if (first <= 0xFFFF || before > HEAD_NUMBERS) return;
        next = first - before;
        barrier = next;
        long dueNs = firstRequestNs(nowNs);
        for (long s = next; s < first; s++) {
            ring.putMissing(ring.slot(s), timelineNs);
            planner.add(s, dueNs);
        }
    }

    /** A packet of the head came: the flow began with it at the latest, and what lies between is missing. */
    private void headFound(long sequence) {
        countMissing(first - sequence);
        first = sequence;
    }

    private boolean acceptAhead(long nowNs, MediaPacket p, long sequence) {
        long step = sequence - highest;
        boolean jump = !p.retransmission && clock.jumps(nowNs, p.sourceTimeNs);
        if (step > GAP_CAP || step > GAP_CAP_AT_CLOCK_JUMP && jump) return !p.retransmission ? restart(nowNs, p) : refusedLate();
        if (sequence - next >= ReceiverRing.MAX_CAPACITY) return refusedFull();
        if (jump) counters.clockJumps++;
        long timelineNs = p.retransmission
                ? clock.placeFilling(sequence, p.sourceTimeNs, clock.headTimelineNs())
                : clock.placeNewest(nowNs, sequence, p.sourceTimeNs, jump);
        if (isLate(nowNs, p, timelineNs)) return refusedLate();
        int cell = slab.store(p.payload, p.payloadOffset, p.payloadLength);
        if (cell == PayloadSlab.NONE) return refusedFull();
        ring.ensure(sequence - next + 1, highest);
        if (step > 1) openGap(nowNs, step, timelineNs);
        ring.requests[ring.slot(sequence)] = 0;
        ring.put(ring.slot(sequence), cell, p.fragment, p.sourceTimeNs, timelineNs, nowNs);
        highest = sequence;
        if (sequence < firstStored) firstStored = sequence;
        return true;
    }

    private void openGap(long nowNs, long step, long timelineNs) {
        long fromNs = ring.timelineNs[ring.slot(highest)];
        long spacingNs = (timelineNs - fromNs) / step;
        long dueNs = firstRequestNs(nowNs);
        for (long i = 1; i < step; i++) {
            ring.putMissing(ring.slot(highest + i), fromNs + i * spacingNs);
            planner.add(highest + i, dueNs);
        }
        countMissing(step - 1);
    }

    private boolean acceptWithin(long nowNs, MediaPacket p, long sequence) {
        int slot = ring.slot(sequence);
        if (sequence < barrier) return ring.state[slot] == ReceiverRing.STORED ? refusedDuplicate(nowNs, p, slot) : refusedLate();
        if (ring.state[slot] != ReceiverRing.MISSING) return refusedDuplicate(nowNs, p, slot);
        long timelineNs = clock.placeFilling(sequence, p.sourceTimeNs, ring.timelineNs[slot]);
        if (!p.retransmission) clock.observe(nowNs, timelineNs);
        if (isLate(nowNs, p, timelineNs)) return refusedLate();
        int cell = slab.store(p.payload, p.payloadOffset, p.payloadLength);
        if (cell == PayloadSlab.NONE) return refusedFull();
        if (sequence < first) headFound(sequence);
        int requests = ring.requests[slot];
        if (requests == 0) {
            counters.reordered++;
        } else {
            counters.countRecovered(requests);
            planner.onAnswer(nowNs, false);
        }
        missingNow--;
        ring.put(slot, cell, p.fragment, p.sourceTimeNs, timelineNs, nowNs);
        if (sequence < firstStored) firstStored = sequence;
        return true;
    }

    private boolean acceptBehind(long nowNs, MediaPacket p, long sequence) {
        byte state = ring.state(sequence, highest);
        if (mayComeInFront(p, sequence)) return takeInFront(nowNs, p, sequence);
        if (!p.retransmission && senderBeganAnew(nowNs, p, state, sequence)) return restart(nowNs, p);
        return state == ReceiverRing.DELIVERED ? refusedDuplicate(nowNs, p, ring.slot(sequence)) : refusedLate();
    }

    /** The first packets of a flow may arrive in another order than they were sent. */
    private boolean mayComeInFront(MediaPacket p, long sequence) {
        return !played && !p.retransmission && next == first && shift == 0 && first - sequence <= IN_FRONT_CAP;
    }

    private boolean takeInFront(long nowNs, MediaPacket p, long sequence) {
        if (highest - sequence >= ReceiverRing.MAX_CAPACITY) return refusedFull();
        long behindNs = ring.timelineNs[ring.slot(first)];
        long timelineNs = clock.placeFilling(sequence, p.sourceTimeNs, behindNs);
        clock.observe(nowNs, timelineNs);
        if (isLate(nowNs, p, timelineNs)) return refusedLate();
        int cell = slab.store(p.payload, p.payloadOffset, p.payloadLength);
        if (cell == PayloadSlab.NONE) return refusedFull();
        ring.ensure(highest - sequence + 1, highest);
        long gap = first - sequence;
        long dueNs = firstRequestNs(nowNs);
        for (long i = gap - 1; i >= 1; i--) {
            ring.putMissing(ring.slot(sequence + i), timelineNs + (behindNs - timelineNs) / gap * i);
            planner.addInFront(sequence + i, dueNs);
        }
        if (gap > 1) countMissing(gap - 1);
        ring.put(ring.slot(sequence), cell, p.fragment, p.sourceTimeNs, timelineNs, nowNs);
        first = sequence;
        barrier = sequence;
        next = sequence;
        firstStored = sequence;
        reception.extendTo(p.sequence);
        return true;
    }

    /**
     * Numbers that were used up, with other timestamps than they had then, one after the other and nothing else: a sender that started
     * again under its old SSRC.
     */
    private boolean senderBeganAnew(long nowNs, MediaPacket p, byte state, long sequence) {
        boolean sameNumber = state == ReceiverRing.DELIVERED || state == ReceiverRing.STORED;
        boolean stranger = sameNumber ? ring.sourceNs[ring.slot(sequence)] != p.sourceTimeNs : nowNs - lastAcceptedNs >= buffer.bufferNs();
        strangers = stranger ? sequence > lastStranger ? strangers + 1 : 1 : 0;
        lastStranger = sequence;
        return strangers >= STRANGERS_UNTIL_RESTART;
    }

    /** Everything held is due at once; the packet is the first of a new flow that continues the numbers of the old one. */
    private boolean restart(long nowNs, MediaPacket p) {
        long sequence = highest + 1;
        if (sequence - next >= ReceiverRing.MAX_CAPACITY) return refusedFull();
        int cell = slab.store(p.payload, p.payloadOffset, p.payloadLength);
        if (cell == PayloadSlab.NONE) return refusedFull();
        for (long s = next; s <= highest; s++) {
            if (ring.state[ring.slot(s)] == ReceiverRing.MISSING) ring.state[ring.slot(s)] = ReceiverRing.LOST;
        }
        missingNow = 0;
        planner.clear();
        ring.ensure(sequence - next + 1, highest);
        shift = sequence - p.sequence;
        barrier = sequence;
        highest = sequence;
        played = false;
        if (sequence < firstStored) firstStored = sequence;
        ring.put(ring.slot(sequence), cell, p.fragment, p.sourceTimeNs, clock.start(nowNs, sequence, p.sourceTimeNs), nowNs);
        reception.restart(p.sequence, nowNs - p.sourceTimeNs);
        counters.restarts++;
        return true;
    }

    private void deliverFirstStored(long nowNs, PayloadSink sink) {
        if (firstStored > next) giveUp(nowNs, firstStored);
        long sequence = firstStored;
        int slot = ring.slot(sequence);
        int cell = ring.cell[slot];
        int length = slab.length(cell);
        ring.state[slot] = ReceiverRing.DELIVERED;
        next = sequence + 1;
        firstStored = nextStored(next);
        if (sequence >= barrier && !played) {
            played = true;
            clock.onPlaying(nowNs);
        }
        counters.delivered++;
        counters.deliveredBytes += length;
        rates.onDelivered(nowNs, length, nowNs - ring.arrivalNs[slot]);
        sink.deliver(sequence, ring.sourceNs[slot], slab.view(cell));
        slab.free(cell);
    }

    private void giveUp(long nowNs, long until) {
        for (long s = next; s < until; s++) {
            int slot = ring.slot(s);
            if (ring.state[slot] == ReceiverRing.MISSING && s >= first) missingNow--;
            ring.state[slot] = ReceiverRing.LOST;
        }
        long lost = Math.max(0, until - Math.max(next, first));
        counters.lost += lost;
        rates.onLost(nowNs, lost);
    }

    private long nextStored(long from) {
        long s = from;
        while (s <= highest && ring.state[ring.slot(s)] != ReceiverRing.STORED) s++;
        return s <= highest ? s : NEVER;
    }

    /** A repeated packet may come a little late, as the place of a lost one is kept until the next packet is due. */
    private boolean isLate(long nowNs, MediaPacket p, long timelineNs) {
        boolean late = playoutNs(timelineNs) + graceNs() < nowNs;
        if (!p.retransmission) {
            if (late) {
                clock.onLate(nowNs, timelineNs);
            } else {
                clock.onTimely();
            }
        }
        return late;
    }

    private long playoutNs(long timelineNs) {
        return timelineNs + clock.offsetNs() + buffer.bufferNs();
    }

    private long graceNs() {
        return Math.min(buffer.bufferNs() / 10, MOST_GRACE_NS);
    }

    private long firstRequestNs(long nowNs) {
        // TR-06-1 §5.3: bonded paths are waited for, with their difference in delay
        return nowNs + Math.max(rtt.pacingNs() / 2, settings.reorderNs() + pathDifferenceNs);
    }

    private void countMissing(long packets) {
        missingNow += packets;
        counters.missing += packets;
        if (missingNow > counters.missingQueueMax) counters.missingQueueMax = missingNow;
    }

    private boolean refusedDuplicate(long nowNs, MediaPacket p, int slot) {
        if (p.retransmission && ring.requests[slot] > 0) planner.onAnswer(nowNs, true);
        counters.duplicates++;
        return false;
    }

    private boolean refusedLate() {
        counters.droppedLate++;
        return false;
    }

    private boolean refusedFull() {
        counters.droppedFull++;
        return false;
    }
}
