package io.ristflow.service.admin;

import static io.ristflow.service.observe.Units.milliseconds;
import static io.ristflow.service.observe.Units.ratio;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.KeyStats;
import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.core.api.SenderStats;
import io.ristflow.service.inputs.Merge;
import io.ristflow.service.net.PortStats;
import io.ristflow.service.observe.Aggregates;
import io.ristflow.service.observe.EndState;
import io.ristflow.service.observe.Loss;
import io.ristflow.service.observe.Sampler;
import io.ristflow.service.observe.Units;
import io.ristflow.service.runtime.FlowSnapshot;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Snapshots into views: a rename, a unit, and flow ids as the unsigned numbers that they are. */
final class FlowViews {
    private FlowViews() {}

    /** @param interval the flow's last interval, null if there is none */
    static FlowView of(FlowSnapshot flow, Sampler.Interval interval) {
        return new FlowView(
                flow.id(), flow.name(), flow.state().name(), flow.startedAt(), flow.failure(), flow.degraded(), Aggregates.payloadBitrateBps(flow, interval),
                flow.inputs().stream().map(i -> input(i, interval)).toList(), flow.outputs().stream().map(o -> output(o, interval)).toList(), flow.join() == null ? null : join(flow));
    }

    private static FlowView.JoinView join(FlowSnapshot flow) {
        String mode = flow.join().mode().name().toLowerCase(Locale.ROOT);
        FlowSnapshot.SwitchView last = flow.join().last();
        Instant at = last == null ? null : last.at();
        String to = last == null ? null : last.to();
        String why = last == null ? null : last.why();
        Merge.Stats merge = flow.join().merge();
        if (merge == null) return new FlowView.JoinView(mode, flow.join().switches(), at, to, why, null, null, null, null, null);
        return new FlowView.JoinView(mode, flow.join().switches(), at, to, why, merge.aligned(), milliseconds(merge.skewNs()), milliseconds(merge.holdNs()), merge.lost(),
                List.of(merged(flow.inputs().get(0), merge.first()), merged(flow.inputs().get(1), merge.second())));
    }

    private static FlowView.MergedInputView merged(FlowSnapshot.InputView input, Merge.LaneStats lane) {
        return new FlowView.MergedInputView(input.name(), lane.used(), lane.duplicates(), lane.late(), lane.unused(), lane.missing());
    }

    private static FlowView.InputView input(FlowSnapshot.InputView i, Sampler.Interval interval) {
        var m = i.media();
        return new FlowView.InputView(
                i.name(), i.url(), i.active(), EndState.of(i, interval).word(), Aggregates.payloadBitrateBps(i, interval), i.rist() == null ? null : loss(i, interval), i.rist() == null ? null : receiver(i.rist()),
                m == null ? null : new FlowView.MediaInputView(m.packets(), m.bytes(), m.invalid(), m.state()));
    }

    private static FlowView.LossView loss(FlowSnapshot.InputView input, Sampler.Interval interval) {
        Loss loss = interval == null ? null : interval.losses().get(input.name());
        if (loss == null) loss = Loss.sinceStart(input);
        Loss.Count recent = loss.recent();
        Loss.Count total = loss.total();
        return new FlowView.LossView(
                Units.seconds(loss.windowNs()), recent.sent(), recent.lost(), recent.recovered(), recent.lostPercent(), total.sent(), total.lost(), total.recovered(), total.lostPercent());
    }

    private static FlowView.OutputView output(FlowSnapshot.OutputView o, Sampler.Interval interval) {
        var m = o.media();
        return new FlowView.OutputView(
                o.name(), o.url(), EndState.of(o).word(), Aggregates.payloadBitrateBps(o, interval), o.rist() == null ? null : sender(o.rist()),
                m == null ? null : new FlowView.MediaOutputView(m.packets(), m.bytes(), m.dropped(), m.queued(), m.state()));
    }

    private static FlowView.RistReceiverView receiver(FlowSnapshot.RistReceiverView r) {
        return new FlowView.RistReceiverView(
                r.profile().toLowerCase(Locale.ROOT), r.listening(), r.localAddress(), r.batched(), rttMs(r.paths()),
                r.stats().flows().stream().map(FlowViews::received).toList(), paths(r.paths()), connections(r.connections()), ports(r.ports()), active(r.activeFaults()), counts(r.stats().faults()), keys(r.keys()), outOfBand(r.outOfBand()));
    }

    private static FlowView.RistSenderView sender(FlowSnapshot.RistSenderView s) {
        SenderStats stats = s.stats();
        return new FlowView.RistSenderView(
                s.profile().toLowerCase(Locale.ROOT), s.listening(), s.localAddress(), s.batched(), rttMs(s.paths()),
                Integer.toUnsignedLong(stats.flowId()), stats.pushed(), stats.pushedBytes(), stats.heldPackets(), stats.givenUpUnsent(), stats.historyPackets(), milliseconds(stats.historyNs()),
                paths(s.paths()), connections(s.connections()), ports(s.ports()), active(s.activeFaults()), counts(stats.faults()), keys(s.keys()),
                stats.targetBitrateBps() == 0 ? null : stats.targetBitrateBps(), webhook(s.webhook()), outOfBand(s.outOfBand()));
    }

    private static FlowView.WebhookView webhook(FlowSnapshot.WebhookView w) {
        return w == null ? null : new FlowView.WebhookView(w.posts(), w.failures(), w.state());
    }

    private static FlowView.OutOfBandView outOfBand(FlowSnapshot.OutOfBandView o) {
        return o == null ? null : new FlowView.OutOfBandView(o.to(), o.from(), o.etherType(), o.received(), o.receivedBytes(), o.sent(), o.sentBytes(), o.dropped());
    }

    private static FlowView.ReceivedFlowView received(ReceiverStats.Flow f) {
        return new FlowView.ReceivedFlowView(
                Integer.toUnsignedLong(f.flowId()), f.alive(), f.peers(), f.sent(), f.received(), f.receivedBytes(), f.delivered(), f.missing(), f.reordered(), f.recovered(), f.lost(), f.retries(),
                f.droppedLate(), f.droppedFull(), f.duplicates(), f.missingQueue(), ratio(f.quality()), milliseconds(f.bufferNs()), milliseconds(f.avgBufferTimeNs()), milliseconds(f.rttNs()),
                f.bitrateBps(), f.retryBitrateBps(), f.rejectedBitrateBps(), f.payloadBitrateBps());
    }

    private static FlowView.ConnectionsView connections(FlowSnapshot.ConnectionsView c) {
        return new FlowView.ConnectionsView(c.now(), c.connected(), c.lost(), c.authenticated(), c.refused(), c.lastConnectedAt(), c.lastLostAt(), c.lastLostWhy());
    }

    private static List<FlowView.PathView> paths(List<FlowSnapshot.PathView> paths) {
        return paths.stream().map(FlowViews::path).toList();
    }

    private static FlowView.PathView path(FlowSnapshot.PathView path) {
        PathStats p = path.stats();
        PathStats.Bonding b = p.bonding();
        return new FlowView.PathView(
                p.path(), path.name(), path.remote(), path.url(), p.state().name(), Integer.toUnsignedLong(p.flowId()), p.cname(),
                p.receivedData(), p.receivedBytes(), p.sentPackets(), p.sentBytes(), p.retransmitted(), p.retransmittedBytes(), p.receivedRtcp(), p.sentRtcp(),
                milliseconds(p.rttNs()), milliseconds(p.avgRttNs()), p.bitrateBps(), p.avgBitrateBps(), p.retryBitrateBps(), ratio(p.quality()),
                b.name(), b.weight(), b.recoveryPriority(), b.share(), b.delivered() < 0 ? null : b.delivered(), b.silent(), b.muted(), path.user().isEmpty() ? null : path.user());
    }

    private static List<FlowView.PortView> ports(List<PortStats> ports) {
        return ports.stream()
                .map(p -> new FlowView.PortView(
                        p.receivedDatagrams(), p.sentDatagrams(), p.kernelDrops(), p.sendDropped(), p.sendErrors(), p.unknownSources(),
                        p.receiveBufferBytes(), p.receiveBufferWantedBytes(), p.sendBufferBytes(), p.sendBufferWantedBytes()))
                .toList();
    }

    private static List<FlowView.FaultView> active(List<FlowSnapshot.FaultView> faults) {
        return faults.stream().map(f -> new FlowView.FaultView(f.fault().reason(), f.leg().isEmpty() ? null : f.leg(), f.remote(), f.detail(), f.since(), f.until())).toList();
    }

    static List<FlowView.KeyView> keys(List<FlowSnapshot.KeyView> keys) {
        return keys.stream().map(FlowViews::key).toList();
    }

    private static FlowView.KeyView key(FlowSnapshot.KeyView key) {
        KeyStats k = key.stats();
        return new FlowView.KeyView(
                key.endpoint(), key.path().isEmpty() ? null : key.path(), k.aesBits(), k.twoPassphrases(), k.inForce().word(), k.changing(), k.nonces(), Units.seconds(k.nonceAgeNs()));
    }

    private static List<FlowView.FaultCountView> counts(Map<Fault, Long> faults) {
        return Arrays.stream(Fault.values()).map(f -> new FlowView.FaultCountView(f.reason(), faults.getOrDefault(f, 0L))).toList();
    }

    private static Double rttMs(List<FlowSnapshot.PathView> paths) {
        OptionalDouble seconds = Aggregates.rttSeconds(paths);
        return seconds.isPresent() ? seconds.getAsDouble() * 1e3 : null;
    }
}
