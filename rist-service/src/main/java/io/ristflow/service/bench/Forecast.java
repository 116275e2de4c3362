package io.ristflow.service.bench;

import io.ristflow.service.cli.BenchOptions;

/** How long it will take, about: nobody likes to learn that an hour later. */
final class Forecast {
    private Forecast() {}

    static double seconds(BenchOptions options, int contenders) {
        double seconds = options.rows().size() * contenders * options.runs() * one(options, options.warmupSeconds(), options.seconds());
        if (options.flows() != null) {
            for (int count : options.flows().counts()) seconds += (count > options.flows().mostPairs() ? 1 : contenders) * options.runs() * one(options, options.warmupSeconds(), options.seconds());
            seconds += FlowTrial.growthSeconds(options);
        }
        if (options.search() != null) seconds += SearchTrial.TRIALS * contenders * options.runs() * one(options, SearchTrial.warmupSeconds(options), SearchTrial.seconds(options));
        return seconds + 2 * options.starts() * StartTrial.SECONDS_EACH;
    }

    private static double one(BenchOptions options, int warmupSeconds, int seconds) {
        return warmupSeconds + seconds + 2 * options.bufferMs() / 1e3 + Measurement.OVERHEAD_SECONDS;
    }

    /** {@code 40 seconds}, {@code 12 minutes}, {@code 2.4 hours}. */
    static String text(double seconds) {
        if (seconds < 90) return Math.round(seconds) + " seconds";
        return seconds < 90 * 60 ? Math.round(seconds / 60) + " minutes" : String.format(java.util.Locale.ROOT, "%.1f hours", seconds / 3_600);
    }
}
