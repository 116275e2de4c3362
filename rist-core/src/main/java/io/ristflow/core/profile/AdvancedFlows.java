package io.ristflow.core.profile;

/**
 * Which flow an SSRC in Advanced framing belongs to, for all peers of a session: a bonded sender has one SSRC on all its paths, and the path on which its RTCP is lost must not make a flow of its own.
 * What was said first stays. The latest are remembered; the table is asked where a peer's SSRC is new, not per packet.
 */
final class AdvancedFlows {
    private static final int REMEMBERED = 64;

    private final int[] ssrc = new int[REMEMBERED];
    private final int[] flowId = new int[REMEMBERED];
    private int count;

    /**
     * @param evenSsrc even, as it is on the wire
     * @param orElse the flow if it was never told
     */
    int flowOf(int evenSsrc, int orElse) {
        for (int i = 0; i < Math.min(count, REMEMBERED); i++) if (ssrc[i] == evenSsrc) return flowId[i];
        int place = count % REMEMBERED;
        count = count == 2 * REMEMBERED - 1 ? REMEMBERED : count + 1;
        ssrc[place] = evenSsrc;
        flowId[place] = orElse;
        return orElse;
    }
}
