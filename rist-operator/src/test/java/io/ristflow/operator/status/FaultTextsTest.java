package io.ristflow.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.pods.PodReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service's words, as rist-core's FaultDetails and AuthDesk have them, into the manifest's. */
class FaultTextsTest {
    private static String input(String detail) {
        return FaultTexts.text(new PodReport.Fault("X", "fibre", detail, false, false), true, null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the peer encrypts with AES-256, this side with AES-128; set aes-type=128 at the peer or aes-type=256 here                   | the peer encrypts with AES-256, this flow with AES-128; set aes-type=128 at the sender or encryption.aesBits: 256 here
            this port speaks the Simple profile and the peer does not; set profile=main here, or profile=simple at the peer            | this port speaks the Simple profile and the peer does not; set profile: Main here, or profile=simple at the peer
            a secret is set here and the peer sends in the clear; set the same secret at the peer, or take it out here                 | encryption is set here and the peer sends in the clear; set the same passphrase as secret at the peer, or take encryption out here
            the peer encrypts and no secret is set here; set the peer's secret here, or take it out there                              | the peer encrypts and there is no encryption here; set encryption.secretRef here to a Secret with the peer's passphrase, or take the secret out at the peer
            set username and password there, or take srp-file, username and password out here                                          | set username and password there, or take authentication out here
            the peer asks for a login and there is none here; set username and password                                                | the peer asks for a login and there is none here; set authentication.srp.credentialsSecretRef
            asks for no login (EAP-SRP); set srp-file there, or take username and password out here                                    | asks for no login (EAP-SRP); set srp-file there, or take authentication out here
            set the same secret on both sides, or srp-clear-media=1 to send in the clear                                               | set the same passphrase on both sides, or authentication.srp.clearMedia: true to send in the clear
            more than max-flows=2 flows on this port; raise max-flows or send elsewhere                                                | more than maxFlows: 2 flows on this port; raise maxFlows or send elsewhere
            something that a later version says                                                                                        | something that a later version says
            """)
    void hintsForThisSideAreInTheWordsOfTheManifest(String said, String written) {
        assertThat(input(said.strip().replace("''", "'"))).isEqualTo(written.strip());
    }

    @ParameterizedTest
    @CsvSource({"true, sender", "false, receiver"})
    void thePeerOfAnInputIsASenderThatOfAnOutputAReceiver(boolean input, String peer) {
        String text = FaultTexts.text(new PodReport.Fault("AesSizeMismatch", null,
                "the peer encrypts with AES-128, this side with AES-256; set aes-type=256 at the peer or aes-type=128 here", false, false), input, null);
        assertThat(text).contains("set aes-type=256 at the " + peer + " or");
    }
}
