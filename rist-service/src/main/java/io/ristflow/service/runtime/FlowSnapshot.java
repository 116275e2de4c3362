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

    /** @param switches times that another input took over; {@code merge} null unless the mode is MERGE, its first and second are the inputs in their order */
    public record JoinView(InputPolicy.Mode mode, long switches, Merge.Stats merge) {}

    /** Exactly one of {@code rist} and {@code media} is set. */
    public record OutputView(String name, String url, RistSenderView rist, MediaOutput.OutputStats media) {}

    public record RistReceiverView(
            String profile, boolean listening, String localAddress, ReceiverStats stats, List<PathView> paths, List<PortStats> ports, boolean batched, List<FaultView> activeFaults, List<KeyView> keys, OutOfBandView outOfBand) {
        /** In the clear, nothing beside the media. */
        public RistReceiverView(String profile, boolean listening, String localAddress, ReceiverStats stats, List<PathView> paths, List<PortStats> ports, boolean batched, List<FaultView> activeFaults) {
            this(profile, listening, localAddress, stats, paths, ports, batched, activeFaults, List.of(), null);
        }
    }

    public record RistSenderView(
            String profile, boolean listening, String localAddress, SenderStats stats, List<PathView> paths, List<PortStats> ports, boolean batched, List<FaultView> activeFaults, List<KeyView> keys, OutOfBandView outOfBand, WebhookView webhook) {
        /** In the clear, nothing beside the media. */
        public RistSenderView(String profile, boolean listening, String localAddress, SenderStats stats, List<PathView> paths, List<PortStats> ports, boolean batched, List<FaultView> activeFaults) {
            this(profile, listening, localAddress, stats, paths, ports, batched, activeFaults, List.of(), null, null);
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

    /** A path with the addresses that core does not know; {@code remote} as host:port, {@code url} as rist://host:port of the peer. */
    public record PathView(String name, String remote, String url, PathStats stats) {}

    /** A fault that is on now or, where {@code until} is set, was on lately with a peer that is not connected. */
    public record FaultView(Fault fault, String remote, String detail, Instant since, Instant until) {
        public FaultView(Fault fault, String remote, String detail, Instant since) {
            this(fault, remote, detail, since, null);
        }

        FaultView until(Instant end) {
            return new FaultView(fault, remote, detail, since, end);
        }

        public boolean active() {
            return until == null;
        }
    }
}
