package io.ristflow.service.interop;

import io.ristflow.service.demo.BadPath;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The stream's way: source, sender, path, receiver, check. */
final class Crossing {
    static final int PACKETS = 2_000;
    static final int PER_SECOND = 500;
    private static final int BUFFER_MS = 500;
    private static final long SETTLE_MS = 2_000;
    private static final long TAIL_MS = 2_500;
    private static final double NULL_SHARE = 0.3;
    private static final double LOSS_SHARE = 0.10;
    private static final double DELAY_MS = 20;

    enum Side { SENDER, RECEIVER }

    enum Variant {
        CLEAR(""), AES_128("&secret=the-same&aes-type=128"), AES_256("&secret=the-same&aes-type=256"), ROTATION("&secret=the-same&aes-type=256&key-rotation=300"), NPD("");

        private final String parameters;

        Variant(String parameters) {
            this.parameters = parameters;
        }

        double nullShare() {
            return this == NPD ? NULL_SHARE : 0;
        }

        /** Rotation is the sender's alone. */
        String parameters(Side side) {
            return side == Side.RECEIVER ? parameters.replace("&key-rotation=300", "") : parameters;
        }
    }

    /** What both ends and the path share. A sender listens if {@code senderListens}, and the receiver calls; else the reverse. */
    record Settings(boolean simple, boolean senderListens, Variant variant, boolean lossy) {
        @Override
        public String toString() {
            return (simple ? "Simple, " : "Main, ") + (senderListens ? "listening sender, " : "calling sender, ") + variant + (lossy ? ", lossy" : ", clean");
        }
    }

    /** How an end is started; null for {@code release} is ours. */
    record Ends(Peers sender, Peers receiver) {}

    record Result(StreamCheck.Result check, String missing, String senderLog, String receiverLog) {
        int received() {
            return check.received();
        }

        String story() {
            return check + ", missing " + missing + "\n--- sender\n" + senderLog + "\n--- receiver\n" + receiverLog;
        }
    }

    private Crossing() {}

    static Result run(Ends ends, Settings settings, long seed) throws Exception {
        int listen = Ports.evenPair();
        int input = Ports.evenPair();
        BadPath.Manners manners = settings.lossy() ? new BadPath.Manners(LOSS_SHARE, 1, DELAY_MS, seed) : new BadPath.Manners(0, 1, 0, seed);
        InetSocketAddress listener = new InetSocketAddress(InetAddress.getLoopbackAddress(), listen);
        try (StreamCheck check = new StreamCheck(settings.variant().nullShare()); BadPath path = new BadPath(listener, settings.simple() ? 2 : 1, manners)) {
            String listenerPlace = "rist://@127.0.0.1:" + listen;
            String callerPlace = "rist://127.0.0.1:" + path.port();
            String source = "udp://@127.0.0.1:" + input;
            String sink = "udp://127.0.0.1:" + check.port();
            // The listener first, as a caller's opening burst is short.
            End sender = settings.senderListens() ? start(ends.sender(), Side.SENDER, settings, source, listenerPlace) : null;
            try (End receiver = start(ends.receiver(), Side.RECEIVER, settings, settings.senderListens() ? callerPlace : listenerPlace, sink)) {
                if (sender == null) sender = start(ends.sender(), Side.SENDER, settings, source, callerPlace);
                Thread.sleep(SETTLE_MS);
                StreamSource.send(input, PACKETS, PER_SECOND, settings.variant().nullShare());
                check.awaitReceived(PACKETS, TAIL_MS);
                return new Result(check.result(), check.missing(PACKETS), sender.log(), receiver.log());
            } finally {
                if (sender != null) sender.close();
            }
        }
    }

    private static End start(Peers release, Side side, Settings settings, String inputUrl, String outputUrl) {
        boolean ours = release == null;
        String parameters = "?buffer=" + BUFFER_MS + settings.variant().parameters(side);
        if (ours) parameters += "&profile=" + (settings.simple() ? "simple" : "main") + (side == Side.SENDER && settings.variant() == Variant.NPD ? "&npd=1" : "");
        String input = side == Side.RECEIVER ? inputUrl + parameters : inputUrl;
        String output = side == Side.SENDER ? outputUrl + parameters : outputUrl;
        return ours ? OurEnd.start(input, output) : End.librist(release, side, settings, input, output);
    }
}
