package io.ristflow.service.inputs;

import java.nio.ByteBuffer;

/**
 * Two inputs that carry the same packets (SMPTE 2022-7): every packet once, in order, from whichever input has it. A packet's place is its number on its input, RTP's or RIST's, plus the input's
 * offset. The offset is found out by packets that both have, known again by their {@link Fingerprint}, so that two senders which number alike are no condition; and every further packet that both have
 * proves it again. Until the offset is known, and when it proves wrong, the other input alone is the stream; so it is when the two carry different things.
 *
 * <p>Packets are held as long as the input that is behind lags ({@link Skew}), so that its copy fills a gap in its place; what neither has by then is given up. An input that has been silent costs
 * nothing: where the stream stands still meanwhile, the other goes on with it.
 */
public final class Merge implements InputJoin {
    /** Packets in agreement before an input is trusted, and in disagreement before it is not. */
    static final int AGREEMENTS = 5;
    static final int DISAGREEMENTS = 3;
    /** So many packets in a row that come too late have other numbers, not a delay. */
    static final int LATE_IN_A_ROW = 64;
    /** An input that lacks so many packets in a row may have begun to number anew: it is compared with the other again. */
    static final int GAP = 256;

    /** One of the two inputs. */
    private final class Lane {
        final int index;
        final RecentPrints prints = new RecentPrints(windowNs);
        boolean aligned;
        long offset;
        long candidate;
        int votes;
        int disagreements;
        int lateInARow;
        boolean heard;
        long lastNs;
        /** Packets by what became of them; {@code missing}: which this input's numbers show to have been sent. */
        long used, duplicates, late, unused, missing;
        long highest = Long.MIN_VALUE;

        Lane(int index) {
            this.index = index;
        }

        boolean jumps(long position) {
            return highest != Long.MIN_VALUE && Math.abs(position - highest) > GAP;
        }

        boolean alive(long nowNs) {
            return heard && nowNs - lastNs < silenceNs;
        }

        void lose() {
            aligned = false;
            votes = disagreements = lateInARow = 0;
            highest = Long.MIN_VALUE;
        }
    }

    /** One input's part in the merge; counts are cumulative. {@code unused}: packets that came while the input was not known to carry the same. */
    public record LaneStats(long used, long duplicates, long late, long unused, long missing) {}

    /** @param lost packets that neither input had in time; {@code skewNs} by how much the second input is behind the first, negative if it is ahead */
    public record Stats(boolean aligned, long lost, long skewNs, long holdNs, LaneStats first, LaneStats second) {}

    private final long windowNs;
    private final long silenceNs;
    private final MergeRing ring = new MergeRing();
    private final Skew skew;
    private final Lane[] lanes;
    /** The first position that has not gone by. */
    private long next;
    private boolean started;
    private long lastSourceTimeNs = Long.MIN_VALUE;
    private long lost;
    private long switches;

    /** @param windowNs the most that one input may lag behind the other, and the most that a packet is held */
    public Merge(long silenceNs, long windowNs) {
        this.silenceNs = silenceNs;
        this.windowNs = windowNs;
        skew = new Skew(windowNs);
        lanes = new Lane[] {new Lane(0), new Lane(1)};
    }

    @Override
    public void start(long nowNs) {
        // Silence begins with an input's last packet; before its first there is nothing to wait for.
    }

    @Override
    public void heard(long nowNs, int input) {
        // Only what is handed over can be merged.
    }

    @Override
    public void restarted(int input) {
        lanes[input].lose();
        lanes[input].prints.clear();
    }

    @Override
    public void onPayload(long nowNs, int input, long number, long sourceTimeNs, ByteBuffer payload, Sink sink) {
        Lane lane = lanes[input];
        Lane other = lanes[1 - input];
        long print = Fingerprint.of(payload);
        lane.prints.note(nowNs, print, number);
        if (!lane.aligned) {
            if (other.aligned && other.alive(nowNs)) seek(nowNs, lane, other, number, print);
            else takeOver(nowNs, lane, other, number, sink);
        } else if (!other.aligned && other.alive(nowNs)) {
            seekBack(nowNs, lane, other, number, print);
        }
        lane.heard = true;
        lane.lastNs = nowNs;
        if (!lane.aligned) {
            lane.unused++;
            return;
        }
        place(nowNs, lane, other, number, print, payload, sink);
        onTick(nowNs, sink);
    }

    // ---- whose numbers are whose -------------------------------------------------------------------------------------------------------

    /** The input's packet has been seen on the other: by how much do their numbers differ? */
    private void seek(long nowNs, Lane lane, Lane other, long number, long print) {
        long there = other.prints.find(nowNs, print);
        if (there != RecentPrints.NONE) vote(nowNs, lane, there + other.offset - number, nowNs - other.prints.arrivalNs(print));
    }

    /** The same, where it is the input in doubt that had it first. */
    private void seekBack(long nowNs, Lane lane, Lane doubtful, long number, long print) {
        long there = doubtful.prints.find(nowNs, print);
        if (there != RecentPrints.NONE) vote(nowNs, doubtful, number + lane.offset - there, doubtful.prints.arrivalNs(print) - nowNs);
    }

    private void vote(long nowNs, Lane lane, long offset, long laterByNs) {
        if (offset != lane.candidate && lane.votes > 0) {
            lane.votes--;
            return;
        }
        lane.candidate = offset;
        if (++lane.votes < AGREEMENTS) return;
        lane.lose();
        lane.offset = offset;
        lane.aligned = true;
        skew.sample(nowNs, lane.index == 1 ? laterByNs : -laterByNs);
    }

    /** The stream goes on with this input: the other is silent, or never was there. */
    private void takeOver(long nowNs, Lane lane, Lane other, long number, Sink sink) {
        if (other.aligned && !lane.aligned) switches++;
        other.lose();
        lane.lose();
        drain(nowNs, sink);
        ring.forget();
        skew.reset();
        if (!started) next = number;
        started = true;
        lane.offset = next - number;
        lane.aligned = true;
    }

    // ---- where a packet belongs --------------------------------------------------------------------------------------------------------

    private void place(long nowNs, Lane lane, Lane other, long number, long print, ByteBuffer payload, Sink sink) {
        long position = number + lane.offset;
        boolean alone = !other.aligned || !other.alive(nowNs);
        boolean elsewhere = Math.abs(position - next) > MergeRing.MAX_SPAN || lane.lateInARow == LATE_IN_A_ROW;
        if (!alone && (elsewhere || lane.jumps(position))) {
            lane.lose();
            lane.unused++;
            return;
        }
        if (elsewhere) {
            takeOver(nowNs, lane, other, number, sink);
            position = next;
        }
        countMissing(lane, position);
        if (ring.knows(position)) {
            meet(nowNs, lane, position, print);
        } else if (position < next) {
            late(nowNs, lane, other, payload, sink);
        } else if (lane.disagreements > 0) {
            // Its numbers are in doubt, and there is nothing here to prove them by.
            lane.unused++;
        } else {
            long dueNs = other.aligned ? nowNs + skew.holdNs(lane.index) : nowNs;
            ring.put(position, next, nowNs, dueNs, lane.index, print, payload);
            lane.used++;
            lane.lateInARow = 0;
        }
    }

    private static void countMissing(Lane lane, long position) {
        if (lane.highest != Long.MIN_VALUE) {
            if (position > lane.highest) lane.missing += position - lane.highest - 1;
            else if (position < lane.highest && lane.missing > 0) lane.missing--;
        }
        lane.highest = Math.max(lane.highest, position);
    }

    /** Both have it. */
    private void meet(long nowNs, Lane lane, long position, long print) {
        if (ring.input(position) == lane.index) {
            lane.duplicates++;
            return;
        }
        if (ring.print(position) != print) {
            lane.unused++;
            if (++lane.disagreements == DISAGREEMENTS) lane.lose();
            return;
        }
        lane.duplicates++;
        if (print != Fingerprint.PLAIN) lane.disagreements = 0;
        lane.lateInARow = 0;
        long afterNs = nowNs - ring.arrivalNs(position);
        skew.sample(nowNs, lane.index == 1 ? afterNs : -afterNs);
    }

    private void late(long nowNs, Lane lane, Lane other, ByteBuffer payload, Sink sink) {
        lane.lateInARow++;
        if (other.aligned) {
            lane.late++;
            return;
        }
        // Nothing is held for an input that is alone, so what the network put in another order goes on in that order, as it does without a second input.
        lane.used++;
        sink.onJoined(nowNs, sourceTimeNs(nowNs), payload);
    }

    // ---- out ---------------------------------------------------------------------------------------------------------------------------

    @Override
    public void onTick(long nowNs, Sink sink) {
        while (ring.waiting() > 0) {
            long position = ring.firstWaiting();
            if (ring.dueNs(position) > nowNs) return;
            hand(nowNs, position, sink);
        }
    }

    @Override
    public void drain(long nowNs, Sink sink) {
        while (ring.waiting() > 0) hand(nowNs, ring.firstWaiting(), sink);
    }

    private void hand(long nowNs, long position, Sink sink) {
        // What lies before was not there in time on either input.
        lost += position - next;
        next = position + 1;
        ByteBuffer payload = ring.take(position);
        sink.onJoined(nowNs, sourceTimeNs(ring.dueNs(position)), payload);
        ring.back(payload);
    }

    /** The inputs' clocks have nothing to do with each other; that of the stream is when its packets are due. */
    private long sourceTimeNs(long dueNs) {
        return lastSourceTimeNs = Math.max(lastSourceTimeNs, dueNs);
    }

    // ---- what others see ---------------------------------------------------------------------------------------------------------------

    @Override
    public long holdNs() {
        return Math.max(skew.holdNs(0), skew.holdNs(1));
    }

    @Override
    public boolean active(long nowNs, int input) {
        return lanes[input].aligned && lanes[input].alive(nowNs);
    }

    @Override
    public long switches() {
        return switches;
    }

    public Stats stats() {
        return new Stats(lanes[0].aligned && lanes[1].aligned, lost, skew.laterByNs(), holdNs(), stats(lanes[0]), stats(lanes[1]));
    }

    private static LaneStats stats(Lane lane) {
        return new LaneStats(lane.used, lane.duplicates, lane.late, lane.unused, lane.missing);
    }
}
