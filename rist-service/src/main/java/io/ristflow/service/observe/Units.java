package io.ristflow.service.observe;

/** From what core counts in to what is shown. */
public final class Units {
    private Units() {}

    public static double seconds(long ns) {
        return ns / 1e9;
    }

    public static double milliseconds(long ns) {
        return ns / 1e6;
    }

    /** 0..100 to 0..1. */
    public static double ratio(double percent) {
        return percent / 100;
    }
}
