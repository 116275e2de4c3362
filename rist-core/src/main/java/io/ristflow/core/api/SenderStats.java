package io.ristflow.core.api;

import java.util.List;
import java.util.Map;

/**
 * A sender's figures at one instant.
 *
 * @param pushed payloads handed in, {@code heldPackets} those waiting for a first peer, {@code givenUpUnsent} those that waited too long
 * @param historyPackets packets that could be repeated now, {@code historyBytes} their payload
 * @param historyNs how far back they reach
 * @param targetBitrateBps what the encoder should send now, 0 without adaptation
 */
public record SenderStats(
        long atNs, String profile, int flowId, long pushed, long pushedBytes, long heldPackets, long givenUpUnsent,
        long historyPackets, long historyBytes, long historyNs, long pushedPacketsPerSecond, long targetBitrateBps,
        List<PathStats> paths, Map<Fault, Long> faults) {
    /** Of a sender without adaptation. */
    public SenderStats(
            long atNs, String profile, int flowId, long pushed, long pushedBytes, long heldPackets, long givenUpUnsent,
            long historyPackets, long historyBytes, long historyNs, long pushedPacketsPerSecond,
            List<PathStats> paths, Map<Fault, Long> faults) {
        this(atNs, profile, flowId, pushed, pushedBytes, heldPackets, givenUpUnsent, historyPackets, historyBytes, historyNs, pushedPacketsPerSecond, 0, paths, faults);
    }
}
