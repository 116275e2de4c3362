package io.ristflow.service.interop;

import io.ristflow.service.interop.Crossing.Side;

/** What each end is told to speak. Between librist's Main and Advanced both stay in Main. */
enum Profiles {
    SIMPLE("simple", "simple"), MAIN("main", "main"), ADVANCED("advanced", "advanced"), MAIN_TO_ADVANCED("main", "advanced"), ADVANCED_TO_MAIN("advanced", "main");

    private final String sender;
    private final String receiver;

    Profiles(String sender, String receiver) {
        this.sender = sender;
        this.receiver = receiver;
    }

    String of(Side side) {
        return side == Side.SENDER ? sender : receiver;
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
