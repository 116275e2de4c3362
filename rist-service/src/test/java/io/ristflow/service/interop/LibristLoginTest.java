package io.ristflow.service.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.service.interop.Crossing.Settings;
import io.ristflow.service.interop.Crossing.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logins that must fail (EAP-SRP, TR-06-2 Annex D): nothing is delivered, our side names the reason within three seconds, and librist's says in its log that it was a login. */
@Tag("interop")
@EnabledIfPeers
class LibristLoginTest {
    private static final long NAMED_WITHIN_MS = 3_000;
    private static final int PACKETS = 500;
    private static final String REASON = "AuthFailed";
    private static final String NO_LOGIN_THERE = "a login here alone";
    private static final Map<Login, CompletableFuture<Outcome>> STARTED = new ConcurrentHashMap<>();

    /** The caller's user name and password, empty for none; {@code theirWords} are of librist's log. */
    record Login(String what, Peers peer, Profiles profiles, boolean weSend, boolean weCall, String credentials, String theirWords) {
        @Override
        public String toString() {
            return (weSend ? "to " : "from ") + "librist " + peer.version + ", " + profiles + ", " + (weCall ? "we call, " : "it calls, ") + what;
        }
    }

    record Outcome(boolean named, boolean namedByThem, StreamCheck.Result check, String logs) {}

    static List<Login> logins() {
        String wrong = "&username=" + Verifiers.USER + "&password=another";
        String unknown = "&username=mallory&password=" + Verifiers.PASSWORD;
        String right = "&username=" + Verifiers.USER + "&password=" + Verifiers.PASSWORD;
        List<Login> all = new ArrayList<>();
        for (Profiles profiles : new Profiles[] {Profiles.MAIN, Profiles.ADVANCED}) {
            for (boolean weSend : new boolean[] {false, true}) {
                all.add(new Login("wrong password", Peers.SID, profiles, weSend, true, wrong, "Authentication failed for alice@127.0.0.1"));
                all.add(new Login("wrong password", Peers.SID, profiles, weSend, false, wrong, "[EAP-SRP] Authentication failed"));
                all.add(new Login("unknown user", Peers.SID, profiles, weSend, false, unknown, "[EAP-SRP] Authentication failed"));
                all.add(new Login("no user name", Peers.SID, profiles, weSend, false, "", ""));
                all.add(new Login("no user name", Peers.SID, profiles, weSend, true, "", ""));
                all.add(new Login(NO_LOGIN_THERE, Peers.SID, profiles, weSend, true, right, ""));
            }
        }
        for (Peers old : new Peers[] {Peers.TRIXIE, Peers.BOOKWORM}) {
            all.add(new Login("wrong password", old, Profiles.MAIN, false, false, wrong + "&srp-compat=1", "[EAP-SRP] Authentication failed"));
            all.add(new Login("wrong password", old, Profiles.MAIN, true, true, wrong + "&srp-compat=1", "Authentication failed for alice@127.0.0.1"));
            all.add(new Login("srp-compat forgotten", old, Profiles.MAIN, false, false, right, ""));
        }
        String word = System.getProperty("interop.rows", "");
        List<Login> wanted = all.stream().filter(m -> m.toString().contains(word)).toList();
        STARTED.putAll(wanted.stream().collect(Collectors.toMap(m -> m, m -> Rows.submit(() -> run(m)))));
        return wanted;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logins")
    void nothingIsDeliveredAndBothNameTheReason(Login login) {
        Outcome outcome = STARTED.get(login).join();
        assertThat(outcome.named()).as("%s, %s within %d ms; %s", login, REASON, NAMED_WITHIN_MS, outcome.logs()).isTrue();
        assertThat(outcome.namedByThem()).as("%s, %s by librist; %s", login, login.theirWords(), outcome.logs()).isTrue();
        assertThat(outcome.check()).as("%s: %s", login, outcome.logs()).isEqualTo(new StreamCheck.Result(0, 0, 0, 0));
    }

    private static Outcome run(Login login) throws Exception {
        int listen = Ports.evenPair();
        int input = Ports.evenPair();
        boolean compat = login.credentials().endsWith("&srp-compat=1");
        String source = "udp://@127.0.0.1:" + input;
        String common = ":" + listen + "?buffer=500";
        boolean oursTakesPart = !login.weCall() || !login.credentials().isEmpty();
        String ours = (oursTakesPart ? "&srp-clear-media=1" : "") + "&profile=" + login.profiles().of(Side.SENDER) + (compat ? "&srp-compat=1" : "");
        String credentials = login.credentials().replace("&srp-compat=1", "");
        String ourPlace = login.weCall() ? "rist://127.0.0.1" + common + ours + credentials : "rist://@127.0.0.1" + common + ours + "&srp-file=" + Verifiers.file(login.peer());
        String theirPlace = login.weCall() ? "rist://@127.0.0.1" + common : "rist://127.0.0.1" + common + credentials;
        Side theirSide = login.weSend() ? Side.RECEIVER : Side.SENDER;
        boolean senderListens = login.weSend() != login.weCall();
        Settings settings = new Settings(login.profiles(), senderListens, login.what().equals(NO_LOGIN_THERE) ? Variant.CLEAR : Variant.SRP, Way.CLEAN);
        try (StreamCheck check = new StreamCheck(0)) {
            String sink = "udp://127.0.0.1:" + check.port();
            // The listener first.
            End first = login.weCall() ? theirs(login, theirSide, settings, source, sink, theirPlace) : ours(login, source, sink, ourPlace);
            try (first; End second = login.weCall() ? ours(login, source, sink, ourPlace) : theirs(login, theirSide, settings, source, sink, theirPlace)) {
                End our = login.weCall() ? second : first;
                End their = login.weCall() ? first : second;
                Thread stream = Thread.ofPlatform().daemon().start(() -> send(input));
                boolean named = our.awaitReason(REASON, NAMED_WITHIN_MS);
                boolean namedByThem = their.awaitReason(login.theirWords(), NAMED_WITHIN_MS);
                stream.join();
                check.awaitReceived(1, 1_000);
                return new Outcome(named, namedByThem, check.result(), check.result() + "\n--- ours\n" + our.log() + "\n--- theirs\n" + their.log());
            }
        }
    }

    private static End ours(Login login, String source, String sink, String place) {
        return login.weSend() ? OurEnd.start(source, place) : OurEnd.start(place, sink);
    }

    private static End theirs(Login login, Side side, Settings settings, String source, String sink, String place) {
        return login.weSend() ? End.librist(login.peer(), side, settings, place, sink) : End.librist(login.peer(), side, settings, source, place);
    }

    private static void send(int port) {
        try {
            StreamSource.send(port, PACKETS, Crossing.PER_SECOND, 0);
        } catch (Exception e) {
            throw new IllegalStateException("the source broke off", e);
        }
    }
}
