package io.ristflow.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class VerifierFileTest {
    private static final String VERIFIER = Base64.getEncoder().encodeToString(new byte[] {0x12, 0x34, 0x56, 0x78});
    private static final String SALT = Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4, 5});

    private static String line(String user, String rest) {
        return user + ":" + VERIFIER + ":" + SALT + ":" + rest + "\n";
    }

    @Test
    void linesOfAllVersionsOfTheToolAreRead() {
        VerifierFile file = VerifierFile.parse(line("alice", "3:0") + line("alice", "3:1") + "\n# a comment\n" + line("bob", "3")).file();
        assertThat(file.size()).isEqualTo(3);
        assertThat(file.find("alice", false)).isNotNull();
        assertThat(file.find("alice", true)).isNotNull();
        assertThat(file.find("bob", true)).isNotNull();
        assertThat(file.find("bob", false)).isNull();
        assertThat(file.find("carol", false)).isNull();
        assertThat(file.find("alice", false).salt()).isEqualTo(new byte[] {1, 2, 3, 4, 5});
    }

    @Test
    void lineEndsOfWindowsAndBase64WithoutPaddingAreFine() {
        assertThat(VerifierFile.parse("alice:EjRWeA:AQIDBAU:3:1\r\nbob:EjRWeA:AQIDBAU:3:1").file().size()).isEqualTo(2);
    }

    @Test
    void everyMistakeIsToldWithItsLine() {
        VerifierFile.Parsed parsed = VerifierFile.parse(line("alice", "3:1") + "bob\n" + line("", "3:1") + line("carol", "2:1") + line("dave", "3:7") + "erin:###:" + SALT + ":3:1\n" + "frank:AA==:" + SALT
                + ":3:1\n" + "grace:" + VERIFIER + ":AQI=:3:1\n" + line("alice", "3:1"));
        assertThat(parsed.file()).isNull();
        assertThat(parsed.mistakes()).extracting(VerifierFile.Mistake::line).containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(parsed.mistakes()).extracting(VerifierFile.Mistake::text).containsExactly(
                "1 fields between colons are not the 4 or 5 of user:verifier:salt:3:1",
                "a user name of 0 bytes is not in 1..255 bytes",
                "group \"2\" is not 3, the group of 2,048 bits",
                "hash version \"7\" is not 0 or 1",
                "the verifier is not Base64",
                "the verifier is no number of the group of 2,048 bits",
                "the salt is not 4..255 bytes of Base64",
                "user \"alice\" is there twice with hash version 1");
    }

    @Test
    void verifierOfNOrMoreIsRefused() {
        String tooLarge = Base64.getEncoder().encodeToString(SrpWork.wire(io.ristflow.core.crypto.SrpGroup.RFC5054_2048.modulus()));
        assertThat(VerifierFile.parse("alice:" + tooLarge + ":" + SALT + ":3:1").file()).isNull();
    }

    @Test
    void emptyTextIsAMistake() {
        assertThat(VerifierFile.parse("\n\n").mistakes()).singleElement().satisfies(m -> assertThat(m.text()).contains("ristsrppasswd"));
    }

    @Test
    void nothingOfAVerifierIsShown() {
        assertThat(VerifierFile.parse(line("alice", "3:1")).file()).hasToString("VerifierFile[1 lines]");
        assertThat(VerifierFile.parse(line("alice", "3:1")).file().find("alice", false)).hasToString("Stored[hidden]");
    }
}
