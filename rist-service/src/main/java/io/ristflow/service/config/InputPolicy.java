package io.ristflow.service.config;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.Nearest;
import io.ristflow.core.config.UrlParts;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What two inputs are to each other.
 *
 * @param silenceMs silence on an input after which the other takes over, milliseconds, 50..60,000
 * @param preferred FAILOVER: name of the input that is taken whenever it is well; null: the active one stays until it falls silent
 * @param returnAfterMs FAILOVER: how long the preferred input must have been well before it is taken again, milliseconds, 0..3,600,000
 * @param skewMs MERGE: how far one input may lag behind the other, and the longest that a packet is held, milliseconds, 10..30,000
 */
public record InputPolicy(Mode mode, int silenceMs, String preferred, int returnAfterMs, int skewMs) {
    public enum Mode {
        /** One input at a time. */
        FAILOVER,
        /** Packet by packet, from whichever input has it (SMPTE 2022-7). */
        MERGE
    }

    public static final int DEFAULT_SILENCE_MS = 500;
    public static final int DEFAULT_RETURN_AFTER_MS = 5_000;
    public static final int DEFAULT_SKEW_MS = 1_000;

    private static final String OPTION = "--input-policy";
    private static final List<String> FAILOVER_SETTINGS = List.of("silence-ms", "preferred", "return-after-ms");
    private static final List<String> MERGE_SETTINGS = List.of("silence-ms", "skew-ms");

    public InputPolicy {
        inRange("silence-ms", silenceMs, 50, 60_000);
        inRange("return-after-ms", returnAfterMs, 0, 3_600_000);
        inRange("skew-ms", skewMs, 10, 30_000);
        if (preferred != null && mode == Mode.MERGE) {
            throw new ConfigException("preferred", preferred + ": merging takes packets from both inputs alike; leave preferred out, or take failover");
        }
    }

    private static void inRange(String field, int value, int min, int max) {
        if (value < min || value > max) throw new ConfigException(field, value + " ms is not in " + min + ".." + max + " ms");
    }

    /** @param text as on the command line: {@code failover} or {@code merge}, then settings: {@code failover,silence-ms=300,preferred=input-1} */
    public static InputPolicy parse(String text) {
        String[] words = text.split(",", -1);
        Mode mode = switch (words[0].toLowerCase(Locale.ROOT)) {
            case "failover" -> Mode.FAILOVER;
            case "merge" -> Mode.MERGE;
            default -> throw new ConfigException(OPTION, UrlParts.shown(words[0]) + " is not one of failover, merge");
        };
        List<String> known = mode == Mode.FAILOVER ? FAILOVER_SETTINGS : MERGE_SETTINGS;
        int silenceMs = DEFAULT_SILENCE_MS;
        int returnAfterMs = DEFAULT_RETURN_AFTER_MS;
        int skewMs = DEFAULT_SKEW_MS;
        String preferred = null;
        Set<String> given = new HashSet<>();
        for (String word : List.of(words).subList(1, words.length)) {
            int equals = word.indexOf('=');
            String key = equals < 0 ? word : word.substring(0, equals);
            String value = equals < 0 ? "" : word.substring(equals + 1);
            String field = OPTION + " " + UrlParts.shown(key);
            if (!known.contains(key)) throw new ConfigException(field, "not a setting of " + words[0].toLowerCase(Locale.ROOT) + Nearest.hint(key, known));
            if (!given.add(key)) throw new ConfigException(field, "given twice; give it once");
            switch (key) {
                case "silence-ms" -> silenceMs = (int) UrlParts.wholeNumber(field, value, 50, 60_000, "ms");
                case "return-after-ms" -> returnAfterMs = (int) UrlParts.wholeNumber(field, value, 0, 3_600_000, "ms");
                case "skew-ms" -> skewMs = (int) UrlParts.wholeNumber(field, value, 10, 30_000, "ms");
                default -> preferred = value;
            }
        }
        return new InputPolicy(mode, silenceMs, preferred, returnAfterMs, skewMs);
    }

    /** Index of the preferred one among these inputs, -1 if there is none. */
    public int preferredAmong(List<FlowSpec.Named> inputs) {
        for (int i = 0; i < inputs.size(); i++) if (inputs.get(i).name().equals(preferred)) return i;
        return -1;
    }
}
