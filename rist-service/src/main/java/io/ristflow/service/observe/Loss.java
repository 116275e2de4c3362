package io.ristflow.service.observe;

import io.ristflow.core.api.ReceiverStats;
import io.ristflow.service.runtime.FlowSnapshot.InputView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What a RIST input lacked, of the packets that its sources sent: over the last while and since it began. Its flows that are alive are taken together.
 *
 * @param windowNs how long the last while is: {@link Window#LENGTH_NS}, less while the input is younger
 * @param recent the packets of that time, {@code total} all of them
 */
public record Loss(long windowNs, Count recent, Count total) {

    /** @param lost packets that stayed lost, {@code recovered} that came after having been asked for */
    public record Count(long sent, long lost, long recovered) {
        static final Count NONE = new Count(0, 0, 0);

        Count plus(Count other) {
            return new Count(sent + other.sent, lost + other.lost, recovered + other.recovered);
        }

        /** A count that fell began anew. */
        Count since(Count before) {
            return sent < before.sent || lost < before.lost || recovered < before.recovered ? this : new Count(sent - before.sent, lost - before.lost, recovered - before.recovered);
        }

        /** Share of what was sent that stayed lost, 0..100; 0 if nothing was sent. */
        public double lostPercent() {
            return sent <= 0 ? 0 : Math.min(100, 100.0 * lost / sent);
        }
    }

    /** Of an input that was not looked at yet. */
    public static Loss sinceStart(InputView input) {
        Count total = sum(flows(input));
        return new Loss(0, total, total);
    }

    private static Map<Integer, Count> flows(InputView input) {
        Map<Integer, Count> flows = new HashMap<>();
        for (ReceiverStats.Flow f : input.rist().stats().flows()) if (f.alive()) flows.put(f.flowId(), new Count(f.sent(), f.lost(), f.recovered()));
        return flows;
    }

    private static Count sum(Map<Integer, Count> flows) {
        return flows.values().stream().reduce(Count.NONE, Count::plus);
    }

    /** The looks at one input that the last while is made of. */
    static final class Window {
        static final long LENGTH_NS = 30_000_000_000L;

        private record Look(long atNs, Map<Integer, Count> flows) {}

        private final Deque<Look> looks = new ArrayDeque<>();

        /** @param input a RIST one. @return how it is by this look */
        Loss look(long nowNs, InputView input) {
            Map<Integer, Count> now = flows(input);
            looks.addLast(new Look(nowNs, now));
            // The first that is left lies at the window's beginning, or before it by less than an interval
            while (looks.size() > 2 && nowNs - looks.peekFirst().atNs() > LENGTH_NS) looks.removeFirst();
            Look first = looks.peekFirst();
            Count recent = Count.NONE;
            for (Map.Entry<Integer, Count> flow : now.entrySet()) {
                boolean onlyLook = looks.size() == 1;
                // A flow that was not there then began within the window
                Count before = onlyLook ? Count.NONE : first.flows().getOrDefault(flow.getKey(), Count.NONE);
                recent = recent.plus(flow.getValue().since(before));
            }
            return new Loss(nowNs - first.atNs(), recent, sum(now));
        }
    }
}
