package io.ristflow.core.codec.advanced;

import static io.ristflow.core.codec.Wire.OFF;
import static io.ristflow.core.codec.Wire.at;
import static io.ristflow.core.codec.Wire.end;
import static io.ristflow.core.codec.Wire.hex;
import static io.ristflow.core.codec.Wire.prefixes;
import static io.ristflow.core.codec.Wire.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.codec.Golden;
import io.ristflow.core.codec.gre.KeepAlive;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ControlMessagesTest {
    private static final byte[] MAC = hex("02 11 22 33 44 55");
    private static final int BODY = OFF + ControlMessage.HEADER;
    private static final long TIMESTAMP = 0x83AA_7E81_8000_0000L;

    @Test
    void envelopeSaysWhatAndHowMuch() {
        byte[] range = Golden.CONTROL_NACK_RANGE.bytes();
        assertThat(ControlMessage.index(at(range), OFF)).isEqualTo(ControlMessage.NACK_RANGE);
        assertThat(ControlMessage.bodyLength(at(range), OFF, end(range))).isEqualTo(12);
        for (byte[] cut : prefixes(range)) assertThat(ControlMessage.bodyLength(at(cut), OFF, end(cut))).isEqualTo(ControlMessage.MALFORMED);
    }

    @Test
    void rangeRequestIsReadAndWritten() {
        ByteBuffer b = at(Golden.CONTROL_NACK_RANGE.bytes());
        assertThat(ControlNack.entries(12)).isEqualTo(1);
        assertThat(ControlNack.mediaSsrc(b, BODY)).isEqualTo(0x1234_5678);
        assertThat(ControlNack.first(b, BODY, 0)).isEqualTo(65_536);
        assertThat(ControlNack.additional(b, BODY, 0)).isEqualTo(2);
        assertThat(message(ControlMessage.NACK_RANGE, ControlNack.LENGTH, b2 -> ControlNack.write(b2, BODY, 0x1234_5678, 65_536, 2)))
                .isEqualTo(Golden.CONTROL_NACK_RANGE.bytes());
    }

    @Test
    void bitmaskRequestHasSeveralEntriesBehindOneSsrc() {
        ByteBuffer b = at(Golden.CONTROL_NACK_BITMASK.bytes());
        assertThat(ControlNack.entries(20)).isEqualTo(2);
        assertThat(ControlNack.first(b, BODY, 0)).isEqualTo(65_536);
        assertThat(ControlNack.bitmask(b, BODY, 0)).isEqualTo(0x8000_0005);
        assertThat(ControlNack.first(b, BODY, 1)).isEqualTo(-1);
        assertThat(ControlNack.bitmask(b, BODY, 1)).isZero();
    }

    @Test
    void shortRequestHasNoEntry() {
        for (int length = 0; length < 12; length++) assertThat(ControlNack.entries(length)).isZero();
    }

    @Test
    void echoRequestIsReadAndWritten() {
        ByteBuffer b = at(Golden.CONTROL_ECHO_REQUEST.bytes());
        assertThat(ControlEcho.ssrc(b, BODY)).isEqualTo(0x1234_5679);
        assertThat(ControlEcho.timestamp(b, BODY)).isEqualTo(TIMESTAMP);
        assertThat(message(ControlMessage.ECHO_REQUEST, ControlEcho.LENGTH, b2 -> ControlEcho.writeRequest(b2, BODY, 0x1234_5679, TIMESTAMP)))
                .isEqualTo(Golden.CONTROL_ECHO_REQUEST.bytes());
        assertThat(ControlEcho.fits(15)).isFalse();
    }

    @Test
    void echoResponseReturnsWhatWasAskedWithItsPadding() {
        byte[] request = hex("12 34 56 79 83 AA 7E 81 80 00 00 00 00 00 00 00 CA FE BA BE");
        byte[] response = message(ControlMessage.ECHO_RESPONSE, request.length, b -> ControlEcho.writeResponse(b, BODY, at(request), OFF, request.length, 100));
        assertThat(response).isEqualTo(Golden.CONTROL_ECHO_RESPONSE.bytes());
        assertThat(ControlEcho.processingDelayUs(at(response), BODY)).isEqualTo(100);
    }

    @Test
    void keepAliveOfLibristIsReadAndWritten() {
        KeepAlive message = keepAlive(Golden.CONTROL_KEEP_ALIVE_LIBRIST);
        assertThat(message.mac()).isEqualTo(MAC);
        assertThat(message.advanced()).isTrue();
        assertThat(message.compression()).isTrue();
        int flags = KeepAlive.BLOCK_ADVANCED | KeepAlive.BLOCK_COMPRESSION;
        assertThat(written(b -> ControlKeepAlive.writeLibrist(b, OFF, MAC, flags))).isEqualTo(Golden.CONTROL_KEEP_ALIVE_LIBRIST.bytes());
    }

    @Test
    void keepAliveOfFigure12IsReadAndWritten() {
        KeepAlive message = keepAlive(Golden.CONTROL_KEEP_ALIVE_STRICT);
        assertThat(message.advanced()).isTrue();
        assertThat(message.compression()).isTrue();
        assertThat(message.advancedBlock()).isFalse();
        assertThat(message.json()).isEqualTo("{}");
        assertThat(written(b -> ControlKeepAlive.writeStrict(b, OFF, message))).isEqualTo(Golden.CONTROL_KEEP_ALIVE_STRICT.bytes());
    }

    @Test
    void keepAliveOfFigure12NeedsNoJson() {
        byte[] bare = Arrays.copyOf(Golden.CONTROL_KEEP_ALIVE_STRICT.bytes(), KeepAlive.MIN_LENGTH);
        KeepAlive message = ControlKeepAlive.read(at(bare), OFF, bare.length);
        assertThat(message.advanced()).isTrue();
        assertThat(written(b -> ControlKeepAlive.writeStrict(b, OFF, message))).isEqualTo(bare);
        for (byte[] cut : prefixes(bare)) assertThat(ControlKeepAlive.read(at(cut), OFF, cut.length)).isNull();
    }

    private static KeepAlive keepAlive(Golden golden) {
        int length = golden.bytes().length;
        KeepAlive read = ControlKeepAlive.read(at(golden.bytes()), OFF, length);
        int capabilities = ControlKeepAlive.advancedCapabilities(at(golden.bytes()), OFF, length);
        assertThat((capabilities & KeepAlive.BLOCK_ADVANCED) != 0).isEqualTo(read.advanced());
        assertThat((capabilities & KeepAlive.BLOCK_COMPRESSION) != 0).isEqualTo(read.compression());
        return read;
    }

    @Test
    void futureNonceIsReadFromEitherLayout() {
        for (Golden golden : new Golden[] {Golden.CONTROL_FUTURE_NONCE_LIBRIST, Golden.CONTROL_FUTURE_NONCE_STRICT}) {
            ByteBuffer b = at(golden.bytes());
            int length = ControlMessage.bodyLength(b, OFF, end(golden.bytes()));
            assertThat(ControlFutureNonce.valid(b, BODY, length)).isTrue();
            assertThat(ControlFutureNonce.nonce(b, BODY)).isEqualTo(0x1234_5678);
        }
        assertThat(ControlFutureNonce.valid(at(hex("00 00 00 00")), OFF, 4)).as("zero is no nonce").isFalse();
        assertThat(ControlFutureNonce.valid(at(hex("12 34 56")), OFF, 3)).isFalse();
    }

    @Test
    void futureNonceIsWrittenInEitherLayout() {
        assertThat(message(ControlMessage.FUTURE_NONCE, ControlFutureNonce.LENGTH, b -> ControlFutureNonce.write(b, BODY, 0x1234_5678)))
                .isEqualTo(Golden.CONTROL_FUTURE_NONCE_STRICT.bytes());
        assertThat(message(ControlMessage.FUTURE_NONCE, ControlFutureNonce.LIBRIST_LENGTH, b -> ControlFutureNonce.writeLibrist(b, BODY, 0x1234_5678, 256)))
                .isEqualTo(Golden.CONTROL_FUTURE_NONCE_LIBRIST.bytes());
    }

    @Test
    void unsupportedNamesTheIndexInEitherLayout() {
        for (Golden golden : new Golden[] {Golden.CONTROL_UNSUPPORTED, Golden.CONTROL_UNSUPPORTED_LIBRIST}) {
            ByteBuffer b = at(golden.bytes());
            int length = ControlMessage.bodyLength(b, OFF, end(golden.bytes()));
            assertThat(length).isEqualTo(12);
            assertThat(ControlUnsupported.fits(length)).isTrue();
            assertThat(ControlUnsupported.unsupportedIndex(b, BODY)).isEqualTo(ControlMessage.LINK_QUALITY);
        }
        assertThat(ControlUnsupported.fits(5)).isFalse();
    }

    @Test
    void unsupportedQuotesTheMessageAndFillsUpWithZeros() {
        byte[] quoted = hex("01 02 03 04 05 06 07 08");
        assertThat(message(ControlMessage.UNSUPPORTED, ControlUnsupported.LENGTH, b -> ControlUnsupported.write(b, BODY, 0x1234_5679, 2, at(quoted), OFF, 8)))
                .isEqualTo(Golden.CONTROL_UNSUPPORTED.bytes());
        byte[] ofShort = message(ControlMessage.UNSUPPORTED, ControlUnsupported.LENGTH, b -> ControlUnsupported.write(b, BODY, 0x1234_5679, 2, at(quoted), OFF, 2));
        assertThat(ofShort).endsWith(hex("00 02 01 02 00 00 00 00"));
    }

    @Test
    void flowAttributesAreTextWithOrWithoutAZero() {
        byte[] bytes = Golden.FLOW_ATTRIBUTES.bytes();
        assertThat(FlowAttributes.read(at(bytes), OFF, bytes.length)).isEqualTo("{\"sessions\":[]}");
        assertThat(FlowAttributes.read(at(bytes), OFF, bytes.length - 1)).isEqualTo("{\"sessions\":[]}");
        assertThat(written(b -> FlowAttributes.write(b, OFF, "{\"sessions\":[]}", true))).isEqualTo(bytes);
        assertThat(written(b -> FlowAttributes.write(b, OFF, "{\"sessions\":[]}", false))).isEqualTo(Arrays.copyOf(bytes, bytes.length - 1));
    }

    @Test
    void flowAttributesSayWhatLibristSays() {
        assertThat(FlowAttributes.librist("host", 1_968, 0)).isEqualTo("{\"session\":\"host\",\"virt_dst_port\":1968,\"profile\":\"advanced\",\"flow_id\":1968,\"flow_inner\":0}");
        assertThat(FlowAttributes.librist("a\"b\\c\n", 1, 0)).startsWith("{\"session\":\"a\\\"b\\\\c\\u000a\"");
    }

    /** §5.4.3: what the schema requires. */
    @Test
    void flowAttributesFollowTheSchema() {
        assertThat(FlowAttributes.strict("sid", 1_611_655_102_012_345_678L, "camera", 5, 1, 0xF000_0001)).isEqualTo(
                "{\"sessions\":[{\"version\":\"1611655102:12345678\",\"sid\":\"sid\",\"flows\":[{\"fid\":5,\"name\":\"camera\",\"subflows\":[{\"id\":1,\"fmt_des\":4026531841}]}]}]}");
    }

    private interface BodyWriter {
        void write(ByteBuffer b);
    }

    /** Envelope and body, as a dialect writes them. */
    private static byte[] message(int index, int length, BodyWriter body) {
        return written(b -> {
            ControlMessage.write(b, OFF, index, length);
            body.write(b);
            return ControlMessage.HEADER + length;
        });
    }
}
