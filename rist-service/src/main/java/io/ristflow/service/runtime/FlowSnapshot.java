package io.ristflow.service.runtime;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.KeyStats;
import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.core.api.SenderStats;
import io.ristflow.service.config.InputPolicy;
import io.ristflow.service.inputs.Merge;
import io.ristflow.service.media.MediaInput;
import io.ristflow.service.media.MediaOutput;
import io.ristflow.service.net.PortStats;
import java.time.Instant;
import java.util.List;

/**
 * One flow as health, metrics and REST see it; made on the flow's loop, immutable. {@code id} is a small number that is unique in the process (librist's receiver_id / sender_id).
 *
 * @param state STARTING, RUNNING (sockets bound), DRAINING, STOPPED, FAILED
 * @param failure what ended the flow, null if nothing did
 * @param degraded empty, or why the flow is not as it should be ("input main: no peer yet")
 * @param join what is made of two inputs; null with one
 */
public record FlowSnapshot(int id, String name, State state, Instant startedAt, String failure, List<String> degraded, List<InputView> inputs, List<OutputView> outputs, JoinView join) {
    /** With one input. */
    public FlowSnapshot(int id, String name, State state, Instant startedAt, String failure, List<String> degraded, List<InputView> inputs, List<OutputView> outputs) {
        this(id, name, state, startedAt, failure, degraded, inputs, outputs, null);
    }

    public enum State {
        STARTING, RUNNING, DRAINING, STOPPED, FAILED
    }

    /** Exactly one of {@code rist} and {@code media} is set. {@code active}: the outputs get what it gives. */
    public record InputView(String name, String url, RistReceiverView rist, MediaInput.InputStats media, boolean active) {
        /** The only input. */
        public InputView(String name, String url, RistReceiverView rist, MediaInput.InputStats media) {
            this(name, url, rist, media, true);
        }
    }

    /**
     * @param switches times that another input took over; {@code last} of them, null if there was none
     * @param merge null unless the mode is MERGE, its first and second are the inputs in their order
     */
    public record JoinView(InputPolicy.Mode mode, long switches, SwitchView last, Merge.Stats merge) {}

    /** An input took over. {@code to} is its name, {@code why} in words. */
    public record SwitchView(Instant at, String to, String why) {}

    /** Exactly one of {@code rist} and {@code media} is set. */
    public record OutputView(String name, String url, RistSenderView rist, MediaOutput.OutputStats media) {}

    public record RistReceiverView(
            String profile, boolean listening, String localAddress, ReceiverStats stats, List<PathView> paths, List<PortStats> ports, boolean batched, List<FaultView> activeFaults, List<KeyView> keys, OutOfBandView outOfBand, ConnectionsView connections) {
        /** In the clear, nothing beside the media. */
        public RistReceiverView(String profile, boolean listening, String localAddress, ReceiverStats stats, List<PathView> paths, List<PortStats> ports, boolean batched, List<FaultView> activeFaults) {
            this(profile, listening, localAddress, stats, paths, ports, batched, activeFaults, List.of(), null, ConnectionsView.NONE);
        }
    }

    public record RistSenderView(
            String profile, boolean listening, String localAddress, SenderStats stats, List<PathView> paths, List<PortStats> ports, boolean batched, List<FaultView> activeFaults, List<KeyView> keys, OutOfBandView outOfBand, WebhookView webhook, ConnectionsView connections) {
        /** In the clear, nothing beside the media. */
        public RistSenderView(String profile, boolean listening, String localAddress, SenderStats stats, List<PathView> paths, List<PortStats> ports, boolean batched, List<FaultView> activeFaults) {
            this(profile, listening, localAddress, stats, paths, ports, batched, activeFaults, List.of(), null, null, ConnectionsView.NONE);
        }
    }

    /** The keys of one secret, by the input or output that has it; {@code path}: the name of the path whose own it is, empty if it is shared. */
    public record KeyView(String endpoint, String path, KeyStats stats) {}

    /**
     * Datagrams beside the media.
     *
     * @param to where those of the peer go as host:port, {@code from} where those for it come in; empty: nowhere
     * @param received of the peer and handed on, {@code sent} to it
     * @param dropped of another type, too long, or while no peer was there
     */
    public record OutOfBandView(String to, String from, int etherType, long received, long receivedBytes, long sent, long sentBytes, long dropped) {}

    /** How an encoder is told its target rate. {@code state}: idle, told, or failed and why. */
    public record WebhookView(long posts, long failures, String state) {}

    /**
     * Peers that came and went.
     *
     * @param now connected at this moment
     * @param connected times that one came to be connected, {@code lost} that one was lost or left
     * @param authenticated logins that were passed, {@code refused} those that were not
     * @param lastConnectedAt null if nobody ever was; {@code lastLostAt} and {@code lastLostWhy} null if nobody left
     */
    public record ConnectionsView(int now, long connected, long lost, long authenticated, long refused, Instant lastConnectedAt, Instant lastLostAt, String lastLostWhy) {
        static final ConnectionsView NONE = new ConnectionsView(0, 0, 0, 0, 0, null, null, null);
    }

    /**
     * A path with the addresses that core does not know; {@code remote} as host:port, {@code url} as rist://host:port of the peer.
     *
     * @param user the caller's name, here or there, if it has logged in; else empty
     */
    public record PathView(String name, String remote, String url, PathStats stats, String user) {
        /** Nobody logs in. */
        public PathView(String name, String remote, String url, PathStats stats) {
            this(name, remote, url, stats, "");
        }
    }

    /**
     * A fault that is on now or, where {@code until} is set, was on lately with a peer that is not connected.
     *
     * @param leg the configured path, empty if that is not known
     */
    public record FaultView(Fault fault, String leg, String remote, String detail, Instant since, Instant until) {
        FaultView until(Instant end) {
            return new FaultView(fault, leg, remote, detail, since, end);
        }

        public boolean active() {
            return until == null;
        }
    }
}
