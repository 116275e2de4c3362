package io.ristflow.core.config;

/**
 * Source adaptation at a sender (TR-06-4 Part 1): between which bit rates its encoder can be steered, media alone, in 1,000 bits a second.
 *
 * @param minKbps what the encoder cannot go below (§7), 10..10,000,000 and at most {@code maxKbps}
 * @param maxKbps what it sends where the path allows, 10..10,000,000
 */
public record AdaptationConfig(int minKbps, int maxKbps) {
    public static final int LEAST_KBPS = 10;
    public static final int MOST_KBPS = 10_000_000;

    public AdaptationConfig {
        ConfigException.inRange("adapt-max", maxKbps, LEAST_KBPS, MOST_KBPS, "kbit/s");
        ConfigException.inRange("adapt-min", minKbps, LEAST_KBPS, MOST_KBPS, "kbit/s");
        if (minKbps > maxKbps) throw new ConfigException("adapt-min", minKbps + " kbit/s is above adapt-max=" + maxKbps + " kbit/s; take at most that");
    }

    /** A tenth of the maximum is the least, where nothing else was said. */
    public static AdaptationConfig upTo(int maxKbps) {
        return new AdaptationConfig(Math.clamp(maxKbps / 10, LEAST_KBPS, MOST_KBPS), maxKbps);
    }
}
