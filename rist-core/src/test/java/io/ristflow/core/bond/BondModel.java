package io.ristflow.core.bond;

import static io.ristflow.core.base.Ticks.NS_PER_MS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The room by itself: {@link SenderBond} sends numbered packets over legs that delay and lose, {@link FeedbackRouter} asks for what is missing as a receiver does (found by the next arrival, asked after half a
 * round trip or 15 ms, again after 1.1), and reports come back on every leg each 100 ms. No session, no bytes.
 */
final class BondModel {
    static final class Leg {
        long delayNs;
        double loss;
        /** Nothing passes, in either direction. */
        boolean dead;
        /** Requests and reports do not pass. */
        boolean mute;
        long heardNs;
        int carried;
        int[] perSecond = new int[120];
        int answers;

        long rttNs() {
            return 2 * delayNs;
        }
    }

    private record Event(long atNs, int order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event o) {
            return atNs != o.atNs ? Long.compare(atNs, o.atNs) : Integer.compare(order, o.order);
        }
    }

    final SenderBond bond = new SenderBond(1_000 * NS_PER_MS);
    final FeedbackRouter router = new FeedbackRouter();
    final List<Leg> legs = new ArrayList<>();
    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Set<Long> arrived = new HashSet<>();
    private final Set<Long> chased = new HashSet<>();
    private final Map<Long, Long> sentNs = new HashMap<>();
    private int order;
    private long nowNs;
    private long highest = -1;
    private long nextSequence;
    long early;

    BondModel(long seed) {
        random = new SplittableRandom(seed);
    }

    int leg(int weight, long delayMs) {
        return leg(weight, delayMs, RttMuting.Settings.OFF);
    }

    int leg(int weight, long delayMs, RttMuting.Settings muting) {
        Leg leg = new Leg();
        leg.delayNs = delayMs * NS_PER_MS;
        leg.heardNs = nowNs;
        int number = legs.size();
        legs.add(leg);
        bond.addLeg(nowNs, number, weight, muting);
        bond.open(number, true);
        report(number);
        return number;
    }

    /** Sends at a steady rate for so long. */
    void run(long ms, int packetsPerSecond) {
        long endNs = nowNs + ms * NS_PER_MS;
        for (long at = nowNs; at < endNs; at += 1_000_000_000L / packetsPerSecond) at(at, this::send);
        while (!events.isEmpty() && events.peek().atNs < endNs) {
            Event event = events.poll();
            nowNs = event.atNs;
            bond.onTime(nowNs);
            event.what.run();
        }
        nowNs = endNs;
    }

    /** Of the packets sent until so long ago, how many never arrived. */
    int residual(long agoMs) {
        int missing = 0;
        for (Map.Entry<Long, Long> sent : sentNs.entrySet()) if (sent.getValue() < nowNs - agoMs * NS_PER_MS && !arrived.contains(sent.getKey())) missing++;
        return missing;
    }

    int carried(int leg, int second) {
        return legs.get(leg).perSecond[second];
    }

    void at(long ns, Runnable what) {
        events.add(new Event(ns, order++, what));
    }

    private void send() {
        long sequence = nextSequence++;
        sentNs.put(sequence, nowNs);
        for (long rest = bond.pick(nowNs, sequence); rest != 0; rest &= rest - 1) {
            int number = Long.numberOfTrailingZeros(rest);
            Leg leg = legs.get(number);
            leg.carried++;
            leg.perSecond[(int) (nowNs / 1_000_000_000L)]++;
            deliver(number, sequence, false);
        }
    }

    private void deliver(int number, long sequence, boolean answer) {
        Leg leg = legs.get(number);
        if (leg.dead || random.nextDouble() < leg.loss) return;
        at(nowNs + leg.delayNs, () -> {
            leg.heardNs = nowNs;
            if (answer) router.onAnswer(number);
            arrived.add(sequence);
            for (long s = highest + 1; s < sequence; s++) if (!arrived.contains(s)) chase(s, nowNs + Math.max(meanRtt() / 2, 15 * NS_PER_MS));
            highest = Math.max(highest, sequence);
        });
    }

    private long meanRtt() {
        return (long) legs.stream().filter(l -> !l.dead).mapToLong(Leg::rttNs).average().orElse(100 * NS_PER_MS);
    }

    private void chase(long sequence, long atNs) {
        if (chased.add(sequence)) at(atNs, () -> ask(sequence, 0));
    }

    private void ask(long sequence, int times) {
        if (arrived.contains(sequence) || times == 20) return;
        router.begin(nowNs);
        for (int i = 0; i < legs.size(); i++) if (bond.has(i)) router.offer(i, i, 0, legs.get(i).rttNs(), legs.get(i).heardNs);
        int number = router.choose();
        router.onAsked(nowNs, number, legs.get(number).rttNs());
        Leg leg = legs.get(number);
        if (!leg.dead && !leg.mute) {
            at(nowNs + leg.delayNs, () -> {
                bond.onHeard(nowNs, number);
                if (bond.early(nowNs, sequence, number)) {
                    early++;
                    return;
                }
                int answer = bond.answerLeg(number);
                legs.get(answer).answers++;
                deliver(answer, sequence, true);
            });
        }
        at(nowNs + meanRtt() * 11 / 10, () -> ask(sequence, times + 1));
    }

    private void report(int number) {
        Leg leg = legs.get(number);
        if (!bond.has(number)) return;
        if (!leg.dead && !leg.mute) {
            at(nowNs + leg.delayNs, () -> {
                if (!bond.has(number)) return;
                bond.onHeard(nowNs, number);
                bond.onRtt(number, leg.rttNs(), leg.rttNs());
            });
        }
        // What a sender's own reports are to the receiver
        if (!leg.dead) at(nowNs + leg.delayNs, () -> leg.heardNs = nowNs);
        at(nowNs + 100 * NS_PER_MS, () -> report(number));
    }
}
