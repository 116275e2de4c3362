package io.ristflow.service.media;

import java.nio.ByteBuffer;

/** A source of payloads on the flow's event loop. */
public interface MediaInput extends AutoCloseable {
    interface Consumer {
        /**
         * One payload, position to limit, valid during the call alone; at most 9,972 bytes.
         *
         * @param cameNs when it came to this machine, or was due or read, on {@link System#nanoTime}'s clock
         */
        void onPayload(long cameNs, ByteBuffer payload);

        /** The same, from an input whose datagrams are RTP packets: with the header's sequence number, 16 bits, and SSRC. */
        default void onRtp(long cameNs, int sequence, int ssrc, ByteBuffer payload) {
            onPayload(cameNs, payload);
        }
    }

    /** Hands over what has come or is due. Never blocks. @return payloads handed over */
    int poll(long nowNs, Consumer consumer);

    /** True once everything was handed over and nothing will follow (end of file, closed pipe). */
    boolean ended();

    InputStats stats();

    @Override
    void close();

    /** Cumulative. {@code invalid}: datagrams refused (not RTP on an rtp:// input, longer than the maximum). {@code state} is a word for people: open, ended, failed: why. */
    record InputStats(String url, long packets, long bytes, long invalid, String state) {}
}
