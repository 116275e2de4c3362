package io.ristflow.service.config;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.UrlParts;

/** Numbers with a fraction, as users write them. */
public final class Decimals {
    private Decimals() {}

    /** @throws ConfigException that names field, value and range */
    public static double parse(String field, String text, double min, double max) {
        String range = plain(min) + ".." + plain(max);
        if (!text.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")) {
            throw new ConfigException(field, UrlParts.shown(text) + " is not a number; " + range + " are allowed");
        }
        double value = Double.parseDouble(text);
        if (value < min || value > max) throw new ConfigException(field, text + " is not in " + range);
        return value;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
