package io.ristflow.service.bench;

/** What went wrong so far. */
final class Tally {
    private final boolean cleanPath;
    private int failed;
    private int notWhole;

    /** @param cleanPath nothing may be lost */
    Tally(boolean cleanPath) {
        this.cleanPath = cleanPath;
    }

    void failed() {
        failed++;
    }

    void ours(Figures figures) {
        if (cleanPath && !figures.whole()) notWhole++;
    }

    boolean good() {
        return failed == 0 && notWhole == 0;
    }

    String verdict() {
        if (failed > 0) return failed + " measurements failed: see above.";
        if (notWhole > 0) return "Of ours, " + notWhole + " rows did not come out whole on a path that loses nothing: see above.";
        return cleanPath ? "Every row ran, and of ours nothing was lost." : "Every row ran.";
    }
}
