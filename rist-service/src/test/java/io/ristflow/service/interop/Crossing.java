package io.ristflow.service.interop;

import java.util.List;

/** The stream's way: source, sender, one path or two, receiver, check. */
final class Crossing {
    static final int PACKETS = 2_000;
    static final int PER_SECOND = 500;
    private static final long TAIL_MS = 2_500;

    enum Side { SENDER, RECEIVER }

    /** What both ends and the paths share. A sender listens if {@code senderListens}, and the receiver calls; else the reverse. */
    record Settings(Profiles profiles, boolean senderListens, Variant variant, Way way) {
        /** Whether that end is called, not calling: in EAP-SRP, whether it is the authenticator. */
        boolean listens(Side side) {
            return senderListens == (side == Side.SENDER);
        }

        @Override
        public String toString() {
            return profiles + ", " + (senderListens ? "listening sender, " : "calling sender, ") + variant + ", " + way;
        }
    }

    /** How an end is started; null for {@code release} is ours. */
    record Ends(Peers sender, Peers receiver) {
        Peers librist() {
            return sender == null ? receiver : sender;
        }
    }

    /** @param legs what went over each, empty in the Simple profile */
    record Result(StreamCheck.Result check, String missing, List<Tap.Seen> legs, String logins, String senderLog, String receiverLog) {
        int received() {
            return check.received();
        }

        Tap.Seen seen() {
            return legs.stream().reduce(new Tap.Seen(0, 0, 0, 0), Tap.Seen::plus);
        }

        String story() {
            return check + ", missing " + missing + ", legs " + legs + "\n" + logins + "--- sender\n" + senderLog + "\n--- receiver\n" + receiverLog;
        }
    }

    private Crossing() {}

    static Result run(Ends ends, Settings settings, long seed) throws Exception {
        int input = Ports.evenPair();
        try (StreamCheck check = new StreamCheck(settings.variant().nullShare()); Legs legs = new Legs(settings, seed)) {
            String source = "udp://@127.0.0.1:" + input;
            String sink = "udp://127.0.0.1:" + check.port();
            // The listener first, as a caller's opening burst is short.
            End sender = settings.senderListens() ? End.start(ends, Side.SENDER, settings, source, legs) : null;
            try (End receiver = End.start(ends, Side.RECEIVER, settings, sink, legs)) {
                if (sender == null) sender = End.start(ends, Side.SENDER, settings, source, legs);
                Thread.sleep(settings.way().settleMs());
                legs.begin();
                StreamSource.send(input, PACKETS, PER_SECOND, settings.variant().nullShare(), legs::before);
                check.awaitReceived(PACKETS, TAIL_MS);
                return new Result(check.result(), check.missing(PACKETS), legs.seen(), legs.logins(), sender.log(), receiver.log());
            } finally {
                if (sender != null) sender.close();
            }
        }
    }
}
