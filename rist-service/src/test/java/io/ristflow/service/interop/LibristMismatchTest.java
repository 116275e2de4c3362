package io.ristflow.service.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
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

/** Two ends that cannot understand each other: nothing is delivered, and our side, to which librist calls, names the reason within three seconds of the call. */
@Tag("interop")
@EnabledIfPeers
class LibristMismatchTest {
    private static final long NAMED_WITHIN_MS = 3_000;
    private static final int PACKETS = 500;
    private static final Map<Mismatch, CompletableFuture<Outcome>> STARTED = new ConcurrentHashMap<>();

    record Mismatch(String what, boolean weSend, String ourProfile, Profiles theirs, String ourKey, String theirKey, Fault reason) {
        @Override
        public String toString() {
            return (weSend ? "we send, " : "we receive, ") + ourProfile + ", " + what + ": " + reason.reason();
        }
    }

    record Outcome(boolean named, StreamCheck.Result check, String logs) {}

    static List<Mismatch> mismatches() {
        List<Mismatch> all = new ArrayList<>();
        for (boolean weSend : new boolean[] {false, true}) {
            keys(all, weSend, Profiles.MAIN);
            keys(all, weSend, Profiles.ADVANCED);
            all.add(new Mismatch("Main there", weSend, "simple", Profiles.MAIN, "", "", Fault.PROFILE_MISMATCH));
            // A Simple receiver of librist's sends nothing to the port it calls (see Rows), so there is nothing to name.
            if (weSend) continue;
            all.add(new Mismatch("Simple there", false, "main", Profiles.SIMPLE, "", "", Fault.PROFILE_MISMATCH));
            all.add(new Mismatch("Simple there", false, "advanced", Profiles.SIMPLE, "", "", Fault.PROFILE_MISMATCH));
        }
        String word = System.getProperty("interop.rows", "");
        List<Mismatch> wanted = all.stream().filter(m -> m.toString().contains(word)).toList();
        STARTED.putAll(wanted.stream().collect(Collectors.toMap(m -> m, m -> Rows.submit(() -> run(m)))));
        return wanted;
    }

    private static void keys(List<Mismatch> all, boolean weSend, Profiles both) {
        String profile = both.of(Side.SENDER);
        all.add(new Mismatch("another passphrase, AES-128", weSend, profile, both, "&secret=ours&aes-type=128", "&secret=theirs&aes-type=128", Fault.PASSPHRASE_MISMATCH));
        all.add(new Mismatch("another passphrase, AES-256", weSend, profile, both, "&secret=ours&aes-type=256", "&secret=theirs&aes-type=256", Fault.PASSPHRASE_MISMATCH));
        all.add(new Mismatch("256 bits here, 128 there", weSend, profile, both, "&secret=same&aes-type=256", "&secret=same&aes-type=128", Fault.AES_SIZE_MISMATCH));
        all.add(new Mismatch("128 bits here, 256 there", weSend, profile, both, "&secret=same&aes-type=128", "&secret=same&aes-type=256", Fault.AES_SIZE_MISMATCH));
        all.add(new Mismatch("a key here alone", weSend, profile, both, "&secret=same&aes-type=128", "", Fault.CLEAR_TEXT_REFUSED));
        all.add(new Mismatch("a key there alone", weSend, profile, both, "", "&secret=same&aes-type=128", Fault.KEY_UNEXPECTED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mismatches")
    void nothingIsDeliveredAndTheReasonIsNamed(Mismatch mismatch) {
        Outcome outcome = STARTED.get(mismatch).join();
        assertThat(outcome.named()).as("%s, within %d ms; %s", mismatch, NAMED_WITHIN_MS, outcome.logs()).isTrue();
        assertThat(outcome.check()).as("%s: %s", mismatch, outcome.logs()).isEqualTo(new StreamCheck.Result(0, 0, 0, 0));
    }

    private static Outcome run(Mismatch mismatch) throws Exception {
        int listen = Ports.evenPair();
        int input = Ports.evenPair();
        String ourPlace = "rist://@127.0.0.1:" + listen + "?buffer=500&profile=" + mismatch.ourProfile() + mismatch.ourKey();
        String theirPlace = "rist://127.0.0.1:" + listen + "?buffer=500" + mismatch.theirKey();
        String source = "udp://@127.0.0.1:" + input;
        Settings theirSettings = new Settings(mismatch.theirs(), !mismatch.weSend(), Variant.CLEAR, Way.CLEAN);
        try (StreamCheck check = new StreamCheck(0)) {
            String sink = "udp://127.0.0.1:" + check.port();
            try (End ours = mismatch.weSend() ? OurEnd.start(source, ourPlace) : OurEnd.start(ourPlace, sink);
                    End theirs = mismatch.weSend()
                            ? End.librist(Peers.SID, Side.RECEIVER, theirSettings, theirPlace, sink)
                            : End.librist(Peers.SID, Side.SENDER, theirSettings, source, theirPlace)) {
                Thread stream = Thread.ofPlatform().daemon().start(() -> send(input));
                boolean named = ours.awaitReason(mismatch.reason().reason(), NAMED_WITHIN_MS);
                stream.join();
                check.awaitReceived(1, 1_000);
                return new Outcome(named, check.result(), check.result() + "\n--- ours\n" + ours.log() + "\n--- theirs\n" + theirs.log());
            }
        }
    }

    private static void send(int port) {
        try {
            StreamSource.send(port, PACKETS, Crossing.PER_SECOND, 0);
        } catch (Exception e) {
            throw new IllegalStateException("the source broke off", e);
        }
    }
}
