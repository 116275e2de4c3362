package io.ristflow.service.runtime;

import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.FlowSpec;

/**
 * How seldom a flow may be looked after: its share in a wake-up costs more than the packets in it, so the answer decides what a packet costs at low bit rates.
 *
 * @param longestTickNs the longest time between two ticks
 */
record Tempo(long longestTickNs) {
    /** What a receiver plays out is late by up to a tick, and comes in bursts of a tick. librist's loop has 5 ms. */
    private static final long MEDIA_NS = 3_750_000;
    /** A sender's media bear the kernel's stamps, so its ticks cost no lateness, only time for repair. */
    private static final long SENDING_NS = 10_000_000;
    /** Each tick on the way of a request and its answer is taken from the recovery buffer: in a short one few requests fit, and none should be lost to waiting. */
    private static final long TICKS_PER_BUFFER = 200;
    private static final long AMPLE_BUFFER_NS = 1_000_000_000;

    static Tempo of(FlowSpec spec) {
        boolean sends = spec.inputs().size() == 1 && spec.inputs().getFirst().endpoint() instanceof Endpoint.Udp;
        for (FlowSpec.Named output : spec.outputs()) sends &= output.endpoint() instanceof Endpoint.RistOutput rist && bufferNs(rist) >= AMPLE_BUFFER_NS;
        if (sends) return new Tempo(SENDING_NS);
        long ns = MEDIA_NS;
        for (FlowSpec.Named input : spec.inputs()) ns = Math.min(ns, allowedNs(input.endpoint()));
        for (FlowSpec.Named output : spec.outputs()) ns = Math.min(ns, allowedNs(output.endpoint()));
        return new Tempo(ns);
    }

    private static long allowedNs(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.RistInput rist -> rist.session().recovery().bufferMinMs() * 1_000_000L / TICKS_PER_BUFFER;
            case Endpoint.RistOutput rist -> bufferNs(rist) / TICKS_PER_BUFFER;
            default -> MEDIA_NS;
        };
    }

    private static long bufferNs(Endpoint.RistOutput rist) {
        return rist.session().recovery().bufferMinMs() * 1_000_000L;
    }
}
