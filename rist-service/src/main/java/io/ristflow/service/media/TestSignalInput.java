package io.ristflow.service.media;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.mpegts.TestSignal;
import io.ristflow.service.mpegts.Ts;

/**
 * The built-in test signal at a constant bit rate. A poll hands over what is due since the last one, at most 20 ms of it: what a stall took
 * beyond that is skipped and counted, and the signal goes on unbroken.
 */
final class TestSignalInput implements MediaInput {
    static final double MIN_MBPS = 0.5;
    static final double MAX_MBPS = 10_000;
    static final long MAX_CATCH_UP_NS = 20 * Ticks.NS_PER_MS;

    private final String url;
    private final TestSignal signal;
    private final int packetBytes;
    private final long bitsPerSecond;
    private long dueNs, dueRemainder;
    private long packets, skipped;
    private boolean started;
    private boolean closed;

    /** @param stream tells this signal from another on the same wire */
    TestSignalInput(Endpoint.TestSignal endpoint, int stream) {
        if (!(endpoint.mbps() >= MIN_MBPS && endpoint.mbps() <= MAX_MBPS)) {
            throw new ConfigException("mbps", endpoint.mbps() + " is not in " + MIN_MBPS + ".." + MAX_MBPS + " Mb/s");
        }
        int bytes = endpoint.packetBytes();
        if (bytes < Ts.PACKET_BYTES || bytes > 7 * Ts.PACKET_BYTES || bytes % Ts.PACKET_BYTES != 0) {
            throw new ConfigException("packet size", bytes + " bytes are no multiple of 188 in 188..1316");
        }
        if (!(endpoint.nullShare() >= 0 && endpoint.nullShare() <= 1)) throw new ConfigException("null share", endpoint.nullShare() + " is not in 0..1");
        url = endpoint.url();
        packetBytes = bytes;
        bitsPerSecond = Math.round(endpoint.mbps() * 1e6);
        signal = new TestSignal(bitsPerSecond, bytes, endpoint.nullShare(), stream);
    }

    @Override
    public int poll(long nowNs, Consumer consumer) {
        if (closed) return 0;
        if (!started) {
            started = true;
            dueNs = nowNs;
        }
        while (nowNs - dueNs > MAX_CATCH_UP_NS) {
            skipped++;
            advance();
        }
        int handedOver = 0;
        while (nowNs - dueNs >= 0) {
            consumer.onPayload(nowNs, signal.next(nowNs));
            handedOver++;
            advance();
        }
        packets += handedOver;
        return handedOver;
    }

    private void advance() {
        long scaled = packetBytes * 8 * Ticks.NS_PER_SECOND + dueRemainder;
        dueNs += scaled / bitsPerSecond;
        dueRemainder = scaled % bitsPerSecond;
    }

    /** Datagrams that were due while nobody polled and that were never made. */
    long skipped() {
        return skipped;
    }

    @Override
    public boolean ended() {
        return closed;
    }

    @Override
    public InputStats stats() {
        String open = skipped == 0 ? "open" : "open, " + skipped + " payloads not made as polls came late";
        return new InputStats(url, packets, packets * packetBytes, 0, closed ? "ended" : open);
    }

    @Override
    public void close() {
        closed = true;
    }
}
