package io.ristflow.service.interop;

import io.ristflow.service.interop.Crossing.Side;

/** What each end is told to speak. Between librist's Main and Advanced both stay in Main. */
enum Profiles {
    SIMPLE("simple", "simple"), MAIN("main", "main"), ADVANCED("advanced", "advanced"), MAIN_TO_ADVANCED("main", "advanced"), ADVANCED_TO_MAIN("advanced", "main"),
    /** Which only ours can, and only if it listens. */
    SIMPLE_TO_AUTO("simple", "auto"), MAIN_TO_AUTO("main", "auto"), ADVANCED_TO_AUTO("advanced", "auto"), AUTO_TO_MAIN("auto", "main"), AUTO_TO_ADVANCED("auto", "advanced");

    private final String sender;
    private final String receiver;

    Profiles(String sender, String receiver) {
        this.sender = sender;
        this.receiver = receiver;
    }

    String of(Side side) {
        return side == Side.SENDER ? sender : receiver;
    }

    /** Whether ours can be the sender, or the receiver. */
    boolean ofOurs(boolean weSend) {
        return !(weSend ? receiver : sender).equals("auto");
    }

    /** What librist speaks to itself for comparison. */
    Profiles control() {
        return switch (this) {
            case SIMPLE_TO_AUTO -> SIMPLE;
            case MAIN_TO_AUTO, AUTO_TO_MAIN -> MAIN;
            case ADVANCED_TO_AUTO, AUTO_TO_ADVANCED -> ADVANCED;
            default -> this;
        };
    }

    /** Whether it takes two ports (TR-06-1 §5.1). */
    boolean simple() {
        return sender.equals("simple");
    }

    /** librist's {@code -p}. */
    String number(Side side) {
        return switch (of(side)) {
            case "simple" -> "0";
            case "main" -> "1";
            default -> "2";
        };
    }

    @Override
    public String toString() {
        String first = sender.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + sender.substring(1);
        return sender.equals(receiver) ? first : first + " to " + receiver;
    }
}
