package io.ristflow.service.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.service.interop.Crossing.Settings;
import io.ristflow.service.interop.Crossing.Side;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** librist holds one passphrase, and its nonces' B is random: an end of ours that holds two (TR-06-2 §7.4) understands it, and is understood. */
@Tag("interop")
@EnabledIfPeers
class LibristPassphrasesTest {
    private static final int PACKETS = 2_000;
    private static final long TAIL_MS = 2_500;

    private static Settings settings(Profiles profiles) {
        return new Settings(profiles, false, Variant.ROTATION, Way.CLEAN);
    }

    /** Seven nonces of librist's, whatever their B. */
    @ParameterizedTest
    @CsvSource({"MAIN, the-same, another", "MAIN, another, the-same", "ADVANCED, the-same, another", "ADVANCED, another, the-same"})
    void receiverWithTwoUnderstandsASenderWithOneOfThem(Profiles profiles, String even, String odd) throws Exception {
        int input = Ports.evenPair();
        int port = Ports.evenPair();
        try (StreamCheck check = new StreamCheck(0);
                OurEnd receiver = OurEnd.start("rist://@127.0.0.1:" + port + "?buffer=500&aes-type=256&profile=" + profiles.of(Side.RECEIVER) + "&secret=" + even + "&secret-odd=" + odd, "udp://127.0.0.1:" + check.port());
                End sender = End.librist(Peers.SID, Side.SENDER, settings(profiles), "udp://@127.0.0.1:" + input, "rist://127.0.0.1:" + port + "?buffer=500&secret=the-same&aes-type=256&key-rotation=300")) {
            Thread.sleep(Way.CLEAN.settleMs());
            StreamSource.send(input, PACKETS, Crossing.PER_SECOND, 0);
            check.awaitReceived(PACKETS, TAIL_MS);
            String story = check.missing(PACKETS) + "\n" + receiver.log() + "\n--- librist\n" + sender.log();
            assertThat(check.result()).as(story).isEqualTo(new StreamCheck.Result(PACKETS, 0, 0, 0));
            assertThat(receiver.log()).doesNotContain("PassphraseMismatch ");
        }
    }

    /** Both of ours are the one that librist has, so that its B changes and nothing else. */
    @ParameterizedTest
    @EnumSource(value = Profiles.class, names = {"MAIN", "ADVANCED"})
    void receiverWithOneFollowsOurChangeOfKeys(Profiles profiles) throws Exception {
        int input = Ports.evenPair();
        int port = Ports.evenPair();
        try (StreamCheck check = new StreamCheck(0);
                End receiver = End.librist(Peers.SID, Side.RECEIVER, settings(profiles), "rist://@127.0.0.1:" + port + "?buffer=500&secret=the-same&aes-type=256", "udp://127.0.0.1:" + check.port());
                OurEnd sender = OurEnd.start("udp://@127.0.0.1:" + input, "rist://127.0.0.1:" + port + "?buffer=500&aes-type=256&profile=" + profiles.of(Side.SENDER) + "&secret=the-same&secret-odd=the-same")) {
            Thread.sleep(Way.CLEAN.settleMs());
            StreamSource.send(input, PACKETS, Crossing.PER_SECOND, 0, number -> {
                if (number == Crossing.PACKETS / 2) sender.changePassphrase();
            });
            check.awaitReceived(PACKETS, TAIL_MS);
            String story = check.missing(PACKETS) + "\n" + sender.log() + "\n--- librist\n" + receiver.log();
            assertThat(sender.log()).contains("PassphraseInForce");
            assertThat(check.result()).as(story).isEqualTo(new StreamCheck.Result(PACKETS, 0, 0, 0));
        }
    }
}
