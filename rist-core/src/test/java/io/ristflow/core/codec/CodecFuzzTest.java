package io.ristflow.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Coverage-guided fuzzing, one target per decoder: {@code JAZZER_FUZZ=1 mvn test -Dtest=CodecFuzzTest#rtpHeader -Djazzer.hooks=true
 * -Djazzer.max_duration=60s} (one target at a time; what it learns goes to the ignored .cifuzz-corpus). Without JAZZER_FUZZ the seed
 * corpus under {@code CodecFuzzTestInputs} is replayed: the golden messages, and whatever the fuzzer once found.
 */
class CodecFuzzTest {
    @FuzzTest
    void rtpHeader(byte[] data) {
        Promise.check(Decoder.RTP_HEADER, data, data.length);
    }

    @FuzzTest
    void riExtension(byte[] data) {
        Promise.check(Decoder.RI_EXTENSION, data, data.length);
    }

    @FuzzTest
    void nullPackets(byte[] data) {
        Promise.check(Decoder.NULL_PACKETS, data, data.length);
    }

    @FuzzTest
    void rtcpCompound(byte[] data) {
        Promise.check(Decoder.RTCP_COMPOUND, data, data.length);
    }

    @FuzzTest
    void senderReport(byte[] data) {
        Promise.check(Decoder.SENDER_REPORT, data, data.length);
    }

    @FuzzTest
    void receiverReport(byte[] data) {
        Promise.check(Decoder.RECEIVER_REPORT, data, data.length);
    }

    @FuzzTest
    void sdes(byte[] data) {
        Promise.check(Decoder.SDES, data, data.length);
    }

    @FuzzTest
    void bye(byte[] data) {
        Promise.check(Decoder.BYE, data, data.length);
    }

    @FuzzTest
    void rangeNack(byte[] data) {
        Promise.check(Decoder.RANGE_NACK, data, data.length);
    }

    @FuzzTest
    void bitmaskNack(byte[] data) {
        Promise.check(Decoder.BITMASK_NACK, data, data.length);
    }

    @FuzzTest
    void extSeq(byte[] data) {
        Promise.check(Decoder.EXT_SEQ, data, data.length);
    }

    @FuzzTest
    void rttEcho(byte[] data) {
        Promise.check(Decoder.RTT_ECHO, data, data.length);
    }

    @FuzzTest
    void xr(byte[] data) {
        Promise.check(Decoder.XR, data, data.length);
    }

    @FuzzTest
    void greHeader(byte[] data) {
        Promise.check(Decoder.GRE_HEADER, data, data.length);
    }

    @FuzzTest
    void vsfHeader(byte[] data) {
        Promise.check(Decoder.VSF_HEADER, data, data.length);
    }

    @FuzzTest
    void reducedHeader(byte[] data) {
        Promise.check(Decoder.REDUCED_HEADER, data, data.length);
    }

    @FuzzTest
    void keepAlive(byte[] data) {
        Promise.check(Decoder.KEEP_ALIVE, data, data.length);
    }

    @FuzzTest
    void bufferNegotiation(byte[] data) {
        Promise.check(Decoder.BUFFER_NEGOTIATION, data, data.length);
    }

    @FuzzTest
    void futureNonce(byte[] data) {
        Promise.check(Decoder.FUTURE_NONCE, data, data.length);
    }

    @FuzzTest
    void advancedHeader(byte[] data) {
        Promise.check(Decoder.ADVANCED_HEADER, data, data.length);
    }

    @FuzzTest
    void controlMessage(byte[] data) {
        Promise.check(Decoder.CONTROL_MESSAGE, data, data.length);
    }

    @FuzzTest
    void controlKeepAlive(byte[] data) {
        Promise.check(Decoder.CONTROL_KEEP_ALIVE, data, data.length);
    }

    @FuzzTest
    void flowAttributes(byte[] data) {
        Promise.check(Decoder.FLOW_ATTRIBUTES, data, data.length);
    }

    @FuzzTest
    void lz4(byte[] data) {
        Promise.check(Decoder.LZ4, data, data.length);
    }

    @FuzzTest
    void fullDatagram(byte[] data) {
        Promise.check(Decoder.FULL_DATAGRAM, data, data.length);
    }

    @FuzzTest
    void linkQuality(byte[] data) {
        Promise.check(Decoder.LINK_QUALITY, data, data.length);
    }

    @FuzzTest
    void eapol(byte[] data) {
        Promise.check(Decoder.EAPOL, data, data.length);
    }

    @Test
    void everyDecoderHasATarget() {
        for (Decoder decoder : Decoder.values()) {
            assertThat(Arrays.stream(CodecFuzzTest.class.getDeclaredMethods()).map(Method::getName)).contains(target(decoder));
        }
    }

    @Test
    void goldenMessagesAreTheSeeds() throws IOException {
        for (Golden golden : Golden.values()) {
            String seed = "CodecFuzzTestInputs/" + target(golden.decoder) + "/" + golden.name().toLowerCase(Locale.ROOT);
            try (InputStream in = CodecFuzzTest.class.getResourceAsStream(seed)) {
                assertThat(in).as(seed).isNotNull();
                assertThat(in.readAllBytes()).as(seed).isEqualTo(golden.bytes());
            }
        }
    }

    /** GRE_HEADER to greHeader. */
    private static String target(Decoder decoder) {
        StringBuilder name = new StringBuilder();
        for (String word : decoder.name().toLowerCase(Locale.ROOT).split("_")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}
