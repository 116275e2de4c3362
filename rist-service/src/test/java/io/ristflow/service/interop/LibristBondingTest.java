package io.ristflow.service.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.service.demo.BadPath;
import io.ristflow.service.interop.Crossing.Settings;
import io.ristflow.service.interop.Crossing.Side;
import io.ristflow.service.interop.Crossing.Variant;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bonding with librist 0.2.20 over two paths: every packet on both (weight 0), or shared out (weight 5 each) while one of them dies. */
@Tag("interop")
@EnabledIfPeers
class LibristBondingTest {
    private static final int PACKETS = 3_000;
    private static final int PER_SECOND = 500;
    private static final long TAIL_MS = 2_500;
    private static final long SETTLE_MS = 2_000;
    private static final long DIES_AFTER_MS = 2_000;

    enum Bond {
        /** 30 % lost on each path, both ways. */
        DUPLICATED(0, 0.3),
        /** One of two dies in the middle. */
        SHARED(5, 0);

        final int weight;
        final double loss;

        Bond(int weight, double loss) {
            this.weight = weight;
            this.loss = loss;
        }
    }

    record Row(boolean weSend, boolean simple, boolean secret, Bond bond) {
        @Override
        public String toString() {
            return (weSend ? "to librist, " : "from librist, ") + (simple ? "Simple, " : "Main, ") + (secret ? "AES-256, " : "") + bond;
        }
    }

    static List<Row> rows() {
        return List.of(
                new Row(true, false, false, Bond.DUPLICATED), new Row(false, false, false, Bond.DUPLICATED), new Row(true, true, false, Bond.DUPLICATED), new Row(false, true, false, Bond.DUPLICATED),
                new Row(true, false, false, Bond.SHARED), new Row(false, false, false, Bond.SHARED), new Row(true, false, true, Bond.SHARED), new Row(false, false, true, Bond.SHARED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isNoWorseThanLibristToItself(Row row) throws Exception {
        StreamCheck.Result ours = run(row, true);
        if (row.bond() == Bond.SHARED && row.weSend()) assertThat(ours.received()).isEqualTo(PACKETS);
        if (ours.received() == PACKETS) return;
        // What chance took from the one it may take from the other: the first and last packets, which nothing reveals
        StreamCheck.Result control = run(row, false);
        assertThat(ours.received()).as("librist to itself: %s", control).isGreaterThanOrEqualTo(control.received() - 2);
    }

    private static StreamCheck.Result run(Row row, boolean withUs) throws Exception {
        int first = Ports.evenPair();
        int second = Ports.evenPair();
        int input = Ports.evenPair();
        int ports = row.simple() ? 2 : 1;
        try (StreamCheck check = new StreamCheck(0);
                BadPath a = new BadPath(at(first), ports, new BadPath.Manners(row.bond().loss, 1, 20, 11));
                BadPath b = new BadPath(at(second), ports, new BadPath.Manners(row.bond().loss, 1, 20, 12))) {
            String query = "?buffer=1000&weight=" + row.bond().weight + (row.secret() ? "&secret=the-same&aes-type=256" : "");
            boolean receiverIsOurs = withUs && !row.weSend();
            boolean senderIsOurs = withUs && row.weSend();
            String listen = join("rist://@127.0.0.1:" + first, "rist://@127.0.0.1:" + second, query, receiverIsOurs, row);
            String call = join("rist://127.0.0.1:" + a.port(), "rist://127.0.0.1:" + b.port(), query, senderIsOurs, row);
            String source = "udp://@127.0.0.1:" + input;
            String sink = "udp://127.0.0.1:" + check.port();
            Settings settings = new Settings(row.simple(), false, Variant.CLEAR, false);
            try (End receiver = receiverIsOurs ? OurEnd.start(listen, sink) : End.librist(Peers.SID, Side.RECEIVER, settings, listen, sink);
                    End sender = senderIsOurs ? OurEnd.start(source, call) : End.librist(Peers.SID, Side.SENDER, settings, source, call)) {
                Thread.sleep(SETTLE_MS);
                Thread mishap = Thread.ofPlatform().daemon().start(() -> die(row, b));
                StreamSource.send(input, PACKETS, PER_SECOND, 0);
                check.awaitReceived(PACKETS, TAIL_MS);
                mishap.join();
                StreamCheck.Result result = check.result();
                System.err.println("### " + (withUs ? row.toString() : "librist to itself, " + row) + ": " + result + ", missing " + check.missing(PACKETS));
                if (System.getProperty("interop.story") != null) System.err.println(sender.log() + "\n--- receiver\n" + receiver.log());
                return result;
            }
        }
    }

    private static void die(Row row, BadPath path) {
        if (row.bond() != Bond.SHARED) return;
        try {
            Thread.sleep(DIES_AFTER_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        path.outage(true);
    }

    private static String join(String first, String second, String query, boolean ours, Row row) {
        String all = query + (ours ? "&profile=" + (row.simple() ? "simple" : "main") : "");
        return first + all + "," + second + all;
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
