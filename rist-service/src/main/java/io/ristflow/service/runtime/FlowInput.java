package io.ristflow.service.runtime;

import io.ristflow.core.Rist;
import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.base.SequenceUnwrapper;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.media.MediaInput;
import java.nio.ByteBuffer;
import java.util.List;

/** One input of a flow: a RIST receiver with its sockets, or a source of media. On the flow's loop, but for {@link #openMedia}. */
final class FlowInput implements RistEnd.Deliveries {
    static final long NEVER = Long.MIN_VALUE;

    /** Takes what the inputs of a flow give. */
    interface Taker {
        /**
         * @param followed whether this is the flow that outputs carry which name none
         * @param number counts what the source sent: RTP's or RIST's own, widened
         */
        void onPayload(FlowInput from, int flowId, boolean followed, long number, long sourceTimeNs, ByteBuffer payload);

        /** Another source speaks: its numbers have nothing to do with those before. */
        void onRestart(FlowInput from);

        /** The instant of what is at work now, on the flow's clock. */
        long nowNs();

        /** Reads the clock anew: a payload's source time must not lie before its arrival, however long the tick is at work. */
        long readClock();
    }

    final int index;
    final FlowSpec.Named spec;
    private final Taker taker;
    private final FollowedFlow followed;
    private final RistReceiver receiver;
    private final RistEnd end;
    private final FromMedia fromMedia = new FromMedia();
    private final SequenceUnwrapper numbers = new SequenceUnwrapper(16);
    private MediaInput media;
    private int followedId;
    private int rtpSsrc;
    private long payloads;
    private long lastPayloadNs;
    /** Media that came in by the last count, and when there was more than before: a while later nothing is held any more. */
    private long received;
    private long receivedNs = NEVER;

    FlowInput(int index, FlowSpec flow, FlowLoop.Host host, Taker taker) {
        this.index = index;
        this.taker = taker;
        spec = flow.inputs().get(index);
        followed = new FollowedFlow(bufferNs());
        if (spec.endpoint() instanceof Endpoint.RistInput rist) {
            receiver = Rist.receiver(rist.config(), host.random());
            end = new RistEnd(flow.name(), spec.name(), rist.session(), rist.paths(), rist.allowedSources(), receiver, host, this).withOutOfBand(rist.outOfBand());
        } else {
            receiver = null;
            end = null;
        }
    }

    private long bufferNs() {
        return spec.endpoint() instanceof Endpoint.RistInput rist ? rist.session().recovery().bufferMaxMs() * 1_000_000L : 0;
    }

    void openEnd() {
        if (end != null) end.open();
    }

    void openMedia(FlowLoop.MediaOpener opener) {
        if (end == null) media = opener.input(spec.endpoint());
    }

    void begin(long now) {
        lastPayloadNs = now;
        if (end != null) end.begin(now);
    }

    // ---- the tick ------------------------------------------------------------------------------------------------------------------

    /** Reads, recovers, hands over. @return datagrams and payloads handled */
    int tick(long now) {
        if (end == null) return media.poll(now, fromMedia);
        if (end.closed()) return 0;
        int handled = end.receive(now);
        end.tick(now);
        end.flush();
        return handled;
    }

    /** Made once: a lambda per poll would be garbage. */
    private final class FromMedia implements MediaInput.Consumer {
        @Override
        public void onPayload(long cameNs, ByteBuffer payload) {
            hand(cameNs, payloads + 1, payload);
        }

        @Override
        public void onRtp(long cameNs, int sequence, int ssrc, ByteBuffer payload) {
            if (ssrc != rtpSsrc && numbers.started()) {
                numbers.reset();
                taker.onRestart(FlowInput.this);
            }
            rtpSsrc = ssrc;
            hand(cameNs, numbers.unwrap(sequence), payload);
        }

        private void hand(long cameNs, long number, ByteBuffer payload) {
            long now = taker.readClock();
            payloads++;
            lastPayloadNs = now;
            followed.carries(now, 0);
            taker.onPayload(FlowInput.this, 0, true, number, Math.min(cameNs, now), payload);
        }
    }

    @Override
    public void onPayload(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {
        boolean carried = followed.carries(taker.nowNs(), flowId);
        if (carried) {
            lastPayloadNs = taker.nowNs();
            if (flowId != followedId && followedId != 0) taker.onRestart(this);
            followedId = flowId;
        }
        payloads++;
        taker.onPayload(this, flowId, carried, sequence, sourceTimeNs, payload);
    }

    @Override
    public void onFlowStarted(int flowId) {
        followed.started(taker.nowNs(), flowId);
    }

    @Override
    public void onFlowEnded(int flowId) {
        followed.ended(flowId);
    }

    /** When the last payload was handed over that an output could carry; before the first, when the input began. */
    long lastPayloadNs() {
        return lastPayloadNs;
    }

    /** When media came in at a receiver, as of the last count, which may be later by its interval; {@link #NEVER} if it never did. */
    long receivedNs() {
        return receivedNs;
    }

    /** Whether it has come to its end by itself (a file, a closed pipe). */
    boolean ended() {
        return media != null && media.ended();
    }

    // ---- its end, on the loop --------------------------------------------------------------------------------------------------------

    /** No more media, no new peers. @return when what is held has been played out; what is held for longer than the limit is played out at once then */
    long stop(long now, long maxPlayoutNs) {
        if (media != null) {
            // What came since the last tick
            media.poll(now, fromMedia);
            media.close();
        }
        if (end == null) return now;
        end.admitNobodyNew();
        count(now, receiver.stats(now));
        return received == 0 ? now : Math.min(receivedNs + bufferNs(), now + maxPlayoutNs);
    }

    /** A receiver's farewell, after the rest of what it holds. */
    void closeReceiver(long now) {
        if (end != null) end.close(now);
    }

    /** Null if it is not RIST. */
    RistEnd end() {
        return end;
    }

    boolean isReceiver() {
        return end != null;
    }

    void rebind() {
        if (end != null) end.rebind();
    }

    /** What can be closed, whatever state it is in. */
    void abandon(long now) {
        if (end != null) end.close(now);
        if (media != null) media.close();
    }

    // ---- what others see -------------------------------------------------------------------------------------------------------------

    FlowSnapshot.InputView view(long now, boolean active, Degraded degraded) {
        String where = "input " + spec.name();
        if (receiver == null) {
            MediaInput.InputStats stats = media == null ? null : media.stats();
            if (stats != null) degraded.media(where, stats.state());
            return new FlowSnapshot.InputView(spec.name(), spec.endpoint().url(), null, stats, active);
        }
        ReceiverStats stats = receiver.stats(now);
        count(now, stats);
        List<FlowSnapshot.FaultView> faults = end.faults(now);
        degraded.rist(where, end, stats.paths(), faults);
        FlowSnapshot.RistReceiverView view =
                new FlowSnapshot.RistReceiverView(end.profile(), end.listening(), end.localAddress(), stats, end.views(stats.paths()), end.portStats(), end.batched(), faults, end.keys(now), end.outOfBand(), end.connections());
        return new FlowSnapshot.InputView(spec.name(), spec.endpoint().url(), view, null, active);
    }

    private void count(long now, ReceiverStats stats) {
        long count = 0;
        for (PathStats path : stats.paths()) count += path.receivedData();
        // Less of it: a peer that left took its count along
        if (count > received) receivedNs = now;
        received = count;
    }
}
