package io.ristflow.service.inputs;

/** One source clock out of several: when another input takes over, its clock is shifted so that the timeline goes on by as much as real time did. */
final class SourceTimeline {
    private int input = -1;
    private long shiftNs;
    private long lastNs;
    private long lastNowNs;

    long at(long nowNs, int from, long sourceTimeNs) {
        if (from != input) {
            if (input >= 0) shiftNs = lastNs + (nowNs - lastNowNs) - sourceTimeNs;
            input = from;
        }
        lastNowNs = nowNs;
        return lastNs = sourceTimeNs + shiftNs;
    }
}
