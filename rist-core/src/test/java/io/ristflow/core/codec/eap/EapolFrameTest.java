package io.ristflow.core.codec.eap;

import static io.ristflow.core.codec.Wire.OFF;
import static io.ristflow.core.codec.Wire.at;
import static io.ristflow.core.codec.Wire.end;
import static io.ristflow.core.codec.Wire.hex;
import static io.ristflow.core.codec.Wire.prefixes;
import static io.ristflow.core.codec.Wire.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.codec.Decoder;
import io.ristflow.core.codec.Golden;
import io.ristflow.core.codec.eap.EapMessage.Challenge;
import io.ristflow.core.codec.eap.EapMessage.ClientKey;
import io.ristflow.core.codec.eap.EapMessage.ClientValidator;
import io.ristflow.core.codec.eap.EapMessage.Failure;
import io.ristflow.core.codec.eap.EapMessage.IdentityRequest;
import io.ristflow.core.codec.eap.EapMessage.IdentityResponse;
import io.ristflow.core.codec.eap.EapMessage.PassphraseRequest;
import io.ristflow.core.codec.eap.EapMessage.PassphraseResponse;
import io.ristflow.core.codec.eap.EapMessage.ServerKey;
import io.ristflow.core.codec.eap.EapMessage.ServerValidator;
import io.ristflow.core.codec.eap.EapMessage.ServerValidatorResponse;
import io.ristflow.core.codec.eap.EapMessage.Success;
import io.ristflow.core.codec.eap.EapMessage.UnknownRequest;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EapolFrameTest {
    /** Read, and not written again as they were: bytes in them belong to nothing. */
    private static final EnumSet<Golden> PADDED = EnumSet.of(Golden.EAPOL_CHALLENGE, Golden.EAPOL_SUCCESS);

    @ParameterizedTest
    @EnumSource(value = Golden.class, mode = EnumSource.Mode.MATCH_ALL, names = "EAPOL_.*")
    void whatPeersWroteIsWrittenAgainInTheSameBytes(Golden golden) {
        assertThat(golden.decoder).isEqualTo(Decoder.EAPOL);
        EapolFrame frame = read(golden.bytes());
        byte[] again = written(b -> frame.write(b, OFF));
        if (PADDED.contains(golden)) assertThat(again.length).isLessThan(golden.bytes().length);
        else assertThat(again).isEqualTo(golden.bytes());
    }

    @ParameterizedTest
    @EnumSource(value = Golden.class, mode = EnumSource.Mode.MATCH_ALL, names = "EAPOL_.*")
    void whatIsCutOffIsNoMessage(Golden golden) {
        for (byte[] prefix : prefixes(golden.bytes())) assertThat(read(prefix)).isNull();
    }

    @ParameterizedTest
    @EnumSource(value = Golden.class, mode = EnumSource.Mode.MATCH_ALL, names = "EAPOL_.*")
    void bytesBehindTheMessageAreIgnored(Golden golden) {
        byte[] longer = Arrays.copyOf(golden.bytes(), golden.bytes().length + 7);
        EapolFrame frame = read(longer);
        EapolFrame alone = read(golden.bytes());
        assertThat(written(b -> frame.write(b, OFF))).isEqualTo(written(b -> alone.write(b, OFF)));
    }

    @Test
    void frameOnItsOwnIsToldFromWhatElseComesOnThePort() {
        for (Golden golden : Golden.values()) {
            byte[] bytes = golden.bytes();
            boolean frame = golden.decoder == Decoder.EAPOL;
            if (frame || golden.decoder == Decoder.GRE_HEADER || golden.decoder == Decoder.RTP_HEADER || golden.decoder == Decoder.RTCP_COMPOUND) {
                assertThat(EapolFrame.looksLike(at(bytes), OFF, end(bytes))).as(golden.name()).isEqualTo(frame);
            }
        }
        assertThat(EapolFrame.looksLike(at(hex("04 00 00")), OFF, OFF + 3)).isFalse();
        assertThat(EapolFrame.looksLike(at(hex("04 00 00 02 01")), OFF, OFF + 5)).isFalse();
    }

    @Test
    void startAndLogoffHaveNoPacket() {
        assertThat(read(Golden.EAPOL_START.bytes())).isEqualTo(new EapolFrame(3, new EapMessage.Start()));
        assertThat(read(Golden.EAPOL_LOGOFF.bytes())).isEqualTo(new EapolFrame(3, new EapMessage.Logoff()));
    }

    @Test
    void identityIsAskedForAndTold() {
        assertThat(read(Golden.EAPOL_IDENTITY_REQUEST.bytes()).version()).isEqualTo(4);
        assertThat(message(Golden.EAPOL_IDENTITY_REQUEST, IdentityRequest.class).identifier()).isEqualTo(0x71);
        IdentityResponse response = message(Golden.EAPOL_IDENTITY_RESPONSE, IdentityResponse.class);
        assertThat(response.identifier()).isEqualTo(0x71);
        assertThat(response.user()).asString().isEqualTo("alice");
    }

    @Test
    void challengeIsReadInBothLayouts() {
        Challenge padded = message(Golden.EAPOL_CHALLENGE, Challenge.class);
        assertThat(padded.layout()).isEqualTo(ChallengeLayout.LIBRIST);
        assertThat(padded.salt()).hasSize(32).startsWith(0xAB, 0x6C).endsWith(0x53, 0xF4);
        assertThat(padded.generator()).isEmpty();
        assertThat(padded.modulus()).isEmpty();
        assertThat(message(Golden.EAPOL_CHALLENGE_V3, Challenge.class).salt()).hasSize(32);
        Challenge strict = message(Golden.EAPOL_CHALLENGE_STRICT, Challenge.class);
        assertThat(strict.layout()).isEqualTo(ChallengeLayout.STRICT);
        assertThat(strict.name()).asString().isEqualTo("rist");
        assertThat(strict.salt()).isEqualTo(hex("BE B2 53 79"));
    }

    @Test
    void challengeMayNameAGroup() {
        byte[] frame = hex("""
                03 00 00 14  # version 3, EAP, 20 bytes
                01 05 00 14  # request 5, 20 bytes
                13 01        # challenge
                00 00        # no name
                00 04        # salt of 4 bytes
                01 02 03 04  # salt
                00 01 05     # generator 5
                0B AD F0     # modulus
                """);
        Challenge challenge = (Challenge) read(frame).message();
        assertThat(challenge.generator()).isEqualTo(hex("05"));
        assertThat(challenge.modulus()).isEqualTo(hex("0B AD F0"));
        assertThat(written(b -> new EapolFrame(3, challenge).write(b, OFF))).isEqualTo(frame);
    }

    @Test
    void challengeWithTooShortASaltIsNoMessage() {
        assertThat(read(hex("03 00 00 0F 01 05 00 0F 13 01 00 00 00 03 01 02 03 00 00"))).isNull();
    }

    @Test
    void keysAreAsLongAsTheirNumbers() {
        assertThat(message(Golden.EAPOL_CLIENT_KEY, ClientKey.class).publicKey()).hasSize(256);
        assertThat(message(Golden.EAPOL_SERVER_KEY, ServerKey.class).publicKey()).hasSize(255);
    }

    @Test
    void validatorsTellWhetherTheKeyIsUsed() {
        ClientValidator client = message(Golden.EAPOL_CLIENT_VALIDATOR, ClientValidator.class);
        assertThat(client.useKey()).isFalse();
        assertThat(client.proof()).hasSize(32).startsWith(0xD1, 0xE4);
        ServerValidator server = message(Golden.EAPOL_SERVER_VALIDATOR, ServerValidator.class);
        assertThat(server.useKey()).isTrue();
        assertThat(server.proof()).hasSize(32).startsWith(0xA3, 0x81);
        assertThat(message(Golden.EAPOL_SERVER_VALIDATOR_RESPONSE, ServerValidatorResponse.class).identifier()).isEqualTo(0x18);
    }

    @Test
    void passphraseIsAskedForAndTold() {
        assertThat(message(Golden.EAPOL_PASSPHRASE_REQUEST, PassphraseRequest.class).identifier()).isEqualTo(0xC1);
        PassphraseResponse sealed = message(Golden.EAPOL_PASSPHRASE_RESPONSE, PassphraseResponse.class);
        assertThat(sealed.useKey()).isFalse();
        assertThat(sealed.aes256()).isTrue();
        assertThat(sealed.sealed()).hasSize(12 + 10 + 16);
        PassphraseResponse key = message(Golden.EAPOL_PASSPHRASE_USE_KEY, PassphraseResponse.class);
        assertThat(key.useKey()).isTrue();
        assertThat(key.sealed()).isEmpty();
    }

    @Test
    void verdictsHaveAnIdentifierOnly() {
        assertThat(message(Golden.EAPOL_SUCCESS, Success.class).identifier()).isEqualTo(0x74);
        assertThat(message(Golden.EAPOL_FAILURE, Failure.class).identifier()).isEqualTo(7);
    }

    @Test
    void requestsThatNoClauseKnowsAreToldApartForANak() {
        assertThat(read(hex("03 00 00 06 01 21 00 06 13 05")).message()).isEqualTo(new UnknownRequest(0x21, 0x13, 5));
        assertThat(read(hex("03 00 00 05 01 21 00 05 04")).message()).isEqualTo(new UnknownRequest(0x21, 4, 0));
    }

    @Test
    void reservedTypesAndCodesAreDropped() {
        // EAPOL type 3, EAP code 5, a response of an unknown subtype
        assertThat(read(hex("03 03 00 00"))).isNull();
        assertThat(read(hex("03 00 00 04 05 01 00 04"))).isNull();
        assertThat(read(hex("03 00 00 06 02 21 00 06 13 05"))).isNull();
    }

    @Test
    void lengthThatDoesNotFitIsRefusedWhereverItStands() {
        // An EAP length above the EAPOL length, though the datagram is long enough; and one below its own header
        assertThat(read(hex("03 00 00 05 01 50 00 06 01 00"))).isNull();
        assertThat(read(hex("03 00 00 05 01 50 00 03 01"))).isNull();
    }

    private static <T extends EapMessage> T message(Golden golden, Class<T> type) {
        assertThat(read(golden.bytes()).message()).isInstanceOf(type);
        return type.cast(read(golden.bytes()).message());
    }

    private static EapolFrame read(byte[] message) {
        return EapolFrame.read(at(message), OFF, end(message));
    }
}
