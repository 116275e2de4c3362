package io.ristflow.core.flow;

import java.nio.ByteBuffer;

/**
 * Where a flow's payloads go, in order. The buffer is the flow's own: valid, from position to limit, during the call alone; the flow must
 * not be called back.
 */
public interface PayloadSink {
    /** @param sequence rising; a step of more than 1 means that packets were lost for good */
    void deliver(long sequence, long sourceTimeNs, ByteBuffer payload);
}
