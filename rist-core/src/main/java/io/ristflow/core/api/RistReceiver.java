package io.ristflow.core.api;

/** A session that receives media: recovers, orders and delivers. Several flows may come in on one port; each is delivered under its flow id. */
public interface RistReceiver extends RistSession {
    /** A snapshot; a handful of objects, for scraping and not for every packet. */
    ReceiverStats stats(long nowNs);
}
