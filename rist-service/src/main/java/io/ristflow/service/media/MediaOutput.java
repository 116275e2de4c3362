package io.ristflow.service.media;

import java.nio.ByteBuffer;

/** A sink of payloads with a bounded queue of its own. {@link #write} and {@link #flush} on the flow's event loop; neither blocks. */
public interface MediaOutput extends AutoCloseable {
    /** Takes one payload (position to limit, copied). A full queue drops it and counts it. */
    void write(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload);

    /** End of the tick: send what was queued. */
    void flush(long nowNs);

    OutputStats stats();

    /** Hands on what is queued, waiting at most {@code timeoutMs}, then closes. Not on the event loop. */
    void drainAndClose(long timeoutMs);

    @Override
    default void close() {
        drainAndClose(0);
    }

    /** Cumulative; {@code state}: sending, idle, failed: why. */
    record OutputStats(String url, long packets, long bytes, long dropped, long queued, String state) {}
}
