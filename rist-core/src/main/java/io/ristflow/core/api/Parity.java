package io.ristflow.core.api;

/** Which of two passphrases (TR-06-2 §7.4): what the bit B of a nonce says. */
public enum Parity {
    /** B = 0. The only one where one is configured, which then serves both values of B. */
    EVEN,
    /** B = 1. */
    ODD;

    public boolean odd() {
        return this == ODD;
    }

    public Parity other() {
        return this == ODD ? EVEN : ODD;
    }

    public static Parity of(boolean odd) {
        return odd ? ODD : EVEN;
    }

    /** {@code even} or {@code odd}, as in URLs, REST and metrics. */
    public String word() {
        return this == ODD ? "odd" : "even";
    }
}
