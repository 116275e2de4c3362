package io.ristflow.service.runtime;

import io.ristflow.core.base.Ticks;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.config.InputPolicy;
import io.ristflow.service.inputs.Failover;
import io.ristflow.service.inputs.InputJoin;
import io.ristflow.service.inputs.Merge;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A flow's inputs as its outputs see them: one stream. With one input, all its flows; with two, what their {@link InputJoin} makes of the flow that each follows. On the flow's loop. */
final class FlowInputs implements FlowInput.Taker {
    /** Two inputs that both run and do not match are waited for so long before that is told. */
    private static final long MATCH_NS = 3 * Ticks.NS_PER_SECOND;

    final List<FlowInput> all;
    private final String flow;
    private final InputPolicy policy;
    private final InputJoin join;
    private final FlowOutputs outputs;
    private final FlowEventListener listener;
    private final InputJoin.Sink fromJoin = this::onJoined;
    private final boolean[] active;
    private long nowNs;
    private long joined;
    private long switches;
    private FlowSnapshot.SwitchView lastSwitch;
    private long unmatchedSinceNs = Ticks.NEVER;

    FlowInputs(FlowSpec spec, FlowLoop.Host host, FlowOutputs outputs) {
        flow = spec.name();
        policy = spec.inputPolicy();
        this.outputs = outputs;
        listener = host.listener();
        List<FlowInput> inputs = new ArrayList<>();
        for (int i = 0; i < spec.inputs().size(); i++) inputs.add(new FlowInput(i, spec, host, this));
        all = List.copyOf(inputs);
        active = new boolean[all.size()];
        join = policy == null ? null : join(spec);
    }

    private static InputJoin join(FlowSpec spec) {
        InputPolicy policy = spec.inputPolicy();
        long silenceNs = Ticks.msToNs(policy.silenceMs());
        return switch (policy.mode()) {
            case FAILOVER -> new Failover(spec.inputs().size(), silenceNs, policy.preferredAmong(spec.inputs()), Ticks.msToNs(policy.returnAfterMs()));
            case MERGE -> new Merge(silenceNs, Ticks.msToNs(policy.skewMs()));
        };
    }

    void begin(long now) {
        nowNs = now;
        for (FlowInput input : all) input.begin(now);
        if (join == null) return;
        join.start(now);
        for (int i = 0; i < active.length; i++) active[i] = join.active(now, i);
    }

    // ---- the tick ------------------------------------------------------------------------------------------------------------------

    /** @param receiversOnly media has ended, what receivers hold is still played out */
    int tick(long now, boolean receiversOnly) {
        nowNs = Math.max(nowNs, now);
        int handled = 0;
        for (int i = 0; i < all.size(); i++) {
            FlowInput input = all.get(i);
            if (!receiversOnly || input.isReceiver()) handled += input.tick(nowNs);
        }
        if (join != null) {
            join.onTick(nowNs, fromJoin);
            tellChanges();
        }
        return handled;
    }

    @Override
    public void onPayload(FlowInput from, int flowId, boolean followed, long number, long sourceTimeNs, ByteBuffer payload) {
        if (join == null) outputs.take(nowNs, from.isReceiver() ? nowNs : sourceTimeNs, flowId, followed, number, sourceTimeNs, payload);
        else if (followed) join.onPayload(nowNs, from.index, number, sourceTimeNs, payload, fromJoin);
    }

    private void onJoined(long now, long sourceTimeNs, ByteBuffer payload) {
        outputs.take(now, now, 0, true, joined++, sourceTimeNs, payload);
    }

    @Override
    public void onRestart(FlowInput from) {
        if (join != null) join.restarted(from.index);
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public long readClock() {
        return nowNs = Math.max(nowNs, System.nanoTime());
    }

    /** Whether two are joined: then what a look finds out about their silence is part of the join. */
    boolean joins() {
        return join != null;
    }

    /** Whether all have come to their end by themselves. */
    boolean ended() {
        for (FlowInput input : all) if (!input.ended()) return false;
        return true;
    }

    // ---- their end -------------------------------------------------------------------------------------------------------------------

    /** @return when what is held has been played out, at most so long from now */
    long stop(long now, long maxPlayoutNs) {
        nowNs = Math.max(nowNs, now);
        long playedOutNs = nowNs;
        for (FlowInput input : all) playedOutNs = Math.max(playedOutNs, input.stop(nowNs, maxPlayoutNs));
        if (join != null) playedOutNs += join.holdNs();
        return playedOutNs;
    }

    void closeReceivers(long now) {
        nowNs = Math.max(nowNs, now);
        for (FlowInput input : all) input.closeReceiver(nowNs);
        if (join != null) join.drain(nowNs, fromJoin);
    }

    void rebind() {
        for (FlowInput input : all) input.rebind();
    }

    // ---- what others see -------------------------------------------------------------------------------------------------------------

    private void tellChanges() {
        for (int i = 0; i < active.length; i++) {
            boolean now = join.active(nowNs, i);
            if (now == active[i]) continue;
            active[i] = now;
            listener.onInput(flow, all.get(i).spec.name(), new InputEvent(now, why(i, now)));
        }
        if (join.switches() == switches) return;
        switches = join.switches();
        int to = active[0] ? 0 : 1;
        lastSwitch = new FlowSnapshot.SwitchView(Instant.now(), all.get(to).spec.name(), why(to, true));
    }

    private String why(int input, boolean now) {
        String name = all.get(input).spec.name();
        String other = all.get(1 - input).spec.name();
        boolean otherSilent = nowNs - all.get(1 - input).lastPayloadNs() >= Ticks.msToNs(policy.silenceMs());
        if (policy.mode() == InputPolicy.Mode.FAILOVER) {
            if (!now) return other + " took over";
            if (name.equals(policy.preferred())) return "preferred and well";
            return join.switches() == 0 ? "first to come" : other + " is silent";
        }
        if (now) return otherSilent ? other + " is silent" : active[1 - input] ? "carries the same packets as " + other : "first to come";
        boolean silent = nowNs - all.get(input).lastPayloadNs() >= Ticks.msToNs(policy.silenceMs());
        return silent ? "silent" : "does not carry the same packets as " + other;
    }

    List<FlowSnapshot.InputView> views(long now, Degraded degraded) {
        List<FlowSnapshot.InputView> views = new ArrayList<>(all.size());
        for (FlowInput input : all) {
            views.add(input.view(now, join == null || join.active(now, input.index), degraded));
            if (join == null) continue;
            if (input.receivedNs() != FlowInput.NEVER) join.heard(input.receivedNs(), input.index);
            if (now - input.lastPayloadNs() >= Ticks.msToNs(policy.silenceMs())) degraded.say("input " + input.spec.name(), "silent");
        }
        if (join instanceof Merge merge && unmatched(now, merge)) degraded.say("inputs", "they do not carry the same packets, so only one of them is used");
        return List.copyOf(views);
    }

    private boolean unmatched(long now, Merge merge) {
        boolean bothRun = true;
        for (FlowInput input : all) bothRun &= now - input.lastPayloadNs() < Ticks.msToNs(policy.silenceMs());
        if (!bothRun || merge.stats().aligned()) unmatchedSinceNs = Ticks.NEVER;
        else if (unmatchedSinceNs == Ticks.NEVER) unmatchedSinceNs = now;
        return unmatchedSinceNs != Ticks.NEVER && now - unmatchedSinceNs >= MATCH_NS;
    }

    /** Null with one input. */
    FlowSnapshot.JoinView join() {
        if (join == null) return null;
        return new FlowSnapshot.JoinView(policy.mode(), join.switches(), lastSwitch, join instanceof Merge merge ? merge.stats() : null);
    }
}
