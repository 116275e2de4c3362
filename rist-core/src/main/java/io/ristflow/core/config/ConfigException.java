package io.ristflow.core.config;

/** A user's mistake in a setting. The message is one line, fit to be shown as it stands. */
public final class ConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /** @param field the setting, in the spelling that the user used where that is known; {@code problem} says value, range and remedy */
    public ConfigException(String field, String problem) {
        super(field + ": " + problem);
        this.field = field;
    }

    public String field() {
        return field;
    }

    static long inRange(String field, long value, long min, long max, String unit) {
        if (value < min || value > max) {
            throw new ConfigException(field, value + (unit.isEmpty() ? "" : " " + unit) + " is not in " + min + ".." + max + (unit.isEmpty() ? "" : " " + unit));
        }
        return value;
    }
}
