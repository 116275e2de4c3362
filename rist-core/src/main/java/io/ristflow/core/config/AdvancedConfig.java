package io.ristflow.core.config;

/**
 * What the Advanced profile alone has.
 *
 * @param compression compress payloads by LZ4 (TR-06-3 §5.2.3) for peers that say they expand them; expanding needs no setting
 * @param strict the letter of the specification where librist departs from it; false: what librist understands
 */
public record AdvancedConfig(boolean compression, boolean strict) {
    public static final AdvancedConfig DEFAULT = new AdvancedConfig(false, false);
}
