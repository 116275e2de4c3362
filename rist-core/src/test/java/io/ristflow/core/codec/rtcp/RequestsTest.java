package io.ristflow.core.codec.rtcp;

import static io.ristflow.core.codec.Wire.OFF;
import static io.ristflow.core.codec.Wire.at;
import static io.ristflow.core.codec.Wire.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.codec.Golden;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Retransmission requests, EXTSEQ and RTT echo. */
class RequestsTest {
    private static final long TIMESTAMP = 0x83AA_7E80_0000_0001L;

    @Test
    void rangesAreWrittenAsInTheClause() {
        assertThat(written(b -> {
            RangeNack.writeHeader(b, OFF, 1968, 2);
            RangeNack.writeRecord(b, OFF, 0, 100, 0);
            RangeNack.writeRecord(b, OFF, 1, 0x1_FFFE, 3);
            return RangeNack.HEADER + 2 * RangeNack.RECORD;
        })).isEqualTo(Golden.RANGE_NACK.bytes());
    }

    @Test
    void rangesAreRead() {
        ByteBuffer b = at(Golden.RANGE_NACK.bytes());
        assertThat(RangeNack.is(b, OFF, 20)).isTrue();
        assertThat(RangeNack.mediaSsrc(b, OFF)).isEqualTo(1968);
        assertThat(RangeNack.records(b, OFF, 20)).isEqualTo(2);
        assertThat(RangeNack.first(b, OFF, 0)).isEqualTo(100);
        assertThat(RangeNack.additional(b, OFF, 0)).isZero();
        assertThat(RangeNack.first(b, OFF, 1)).isEqualTo(65_534);
        assertThat(RangeNack.additional(b, OFF, 1)).isEqualTo(3);
    }

    @Test
    void bitmasksAreWrittenAsInTheClause() {
        assertThat(written(b -> {
            BitmaskNack.writeHeader(b, OFF, 0, 1968, 2);
            BitmaskNack.writeEntry(b, OFF, 0, 100, 0b101);
            BitmaskNack.writeEntry(b, OFF, 1, 65_535, 0x8000);
            return BitmaskNack.HEADER + 2 * BitmaskNack.ENTRY;
        })).isEqualTo(Golden.BITMASK_NACK.bytes());
    }

    @Test
    void bitmasksAreRead() {
        ByteBuffer b = at(Golden.BITMASK_NACK.bytes());
        assertThat(BitmaskNack.is(b, OFF, 20)).isTrue();
        assertThat(BitmaskNack.senderSsrc(b, OFF)).isZero();
        assertThat(BitmaskNack.mediaSsrc(b, OFF)).isEqualTo(1968);
        assertThat(BitmaskNack.entries(b, OFF, 20)).isEqualTo(2);
        assertThat(BitmaskNack.pid(b, OFF, 0)).isEqualTo(100);
        assertThat(BitmaskNack.blp(b, OFF, 0)).isEqualTo(0b101);
        assertThat(BitmaskNack.pid(b, OFF, 1)).isEqualTo(65_535);
        assertThat(BitmaskNack.blp(b, OFF, 1)).isEqualTo(0x8000);
    }

    @Test
    void sequenceExtensionIsWrittenAndReadAsInTheClause() {
        byte[] golden = Golden.EXT_SEQ.bytes();
        assertThat(written(b -> {
            ExtSeq.write(b, OFF, 1968, 0x8002);
            return ExtSeq.LENGTH;
        })).isEqualTo(golden);
        assertThat(ExtSeq.is(at(golden), OFF, 16)).isTrue();
        assertThat(ExtSeq.mediaSsrc(at(golden), OFF)).isEqualTo(1968);
        assertThat(ExtSeq.sequenceExtension(at(golden), OFF)).isEqualTo(0x8002);
    }

    @Test
    void echoRequestIsWrittenAndReadAsInTheClause() {
        byte[] golden = Golden.ECHO_REQUEST.bytes();
        assertThat(written(b -> {
            RttEcho.writeRequest(b, OFF, 1968, TIMESTAMP);
            return RttEcho.LENGTH;
        })).isEqualTo(golden);
        ByteBuffer b = at(golden);
        assertThat(RttEcho.isRequest(b, OFF, 24)).isTrue();
        assertThat(RttEcho.isResponse(b, OFF, 24)).isFalse();
        assertThat(RttEcho.ssrc(b, OFF)).isEqualTo(1968);
        assertThat(RttEcho.timestamp(b, OFF)).isEqualTo(TIMESTAMP);
    }

    @Test
    void echoResponseWithPaddingIsRead() {
        ByteBuffer b = at(Golden.ECHO_RESPONSE_PADDED.bytes());
        assertThat(RttEcho.isResponse(b, OFF, 32)).isTrue();
        assertThat(RttEcho.isRequest(b, OFF, 32)).isFalse();
        assertThat(RttEcho.timestamp(b, OFF)).isEqualTo(TIMESTAMP);
        assertThat(RttEcho.processingDelayUs(b, OFF)).isEqualTo(1_500);
    }

    @Test
    void echoIsAnsweredWithTheAskersSsrcTimestampAndPadding() {
        byte[] golden = Golden.ECHO_RESPONSE_PADDED.bytes();
        byte[] request = golden.clone();
        request[0] = (byte) 0x82;
        request[22] = 0;
        request[23] = 0;
        assertThat(written(b -> RttEcho.writeResponse(b, OFF, at(request), OFF, request.length, 1_500))).isEqualTo(golden);
    }

    @Test
    void echoResponseWithoutPaddingIsTheShortForm() {
        byte[] expected = java.util.Arrays.copyOf(Golden.ECHO_RESPONSE_PADDED.bytes(), 24);
        expected[3] = 5; // length without padding
        assertThat(written(b -> {
            RttEcho.writeResponse(b, OFF, 1968, TIMESTAMP, 1_500);
            return RttEcho.LENGTH;
        })).isEqualTo(expected);
    }

    @Test
    void oneKindOfPacketIsNotTakenForAnother() {
        for (Golden golden : Golden.values()) {
            byte[] bytes = golden.bytes();
            ByteBuffer b = at(bytes);
            if (RtcpCompound.next(b, OFF, OFF + bytes.length) != bytes.length) continue;
            assertThat(RangeNack.is(b, OFF, bytes.length)).as("%s", golden).isEqualTo(golden == Golden.RANGE_NACK);
            assertThat(BitmaskNack.is(b, OFF, bytes.length)).as("%s", golden).isEqualTo(golden == Golden.BITMASK_NACK);
            assertThat(ExtSeq.is(b, OFF, bytes.length)).as("%s", golden).isEqualTo(golden == Golden.EXT_SEQ);
            assertThat(RttEcho.isRequest(b, OFF, bytes.length)).as("%s", golden).isEqualTo(golden == Golden.ECHO_REQUEST);
        }
    }

    @Test
    void applicationsOfOtherNamesAndCutPacketsAreNotTaken() {
        byte[] other = Golden.RANGE_NACK.bytes();
        other[11] = 'S';
        assertThat(RangeNack.is(at(other), OFF, 20)).isFalse();
        assertThat(RangeNack.is(at(Golden.RANGE_NACK.bytes()), OFF, 8)).isFalse();
        assertThat(ExtSeq.is(at(Golden.EXT_SEQ.bytes()), OFF, 12)).isFalse();
        assertThat(RttEcho.isRequest(at(Golden.ECHO_REQUEST.bytes()), OFF, 20)).isFalse();
        assertThat(BitmaskNack.is(at(Golden.BITMASK_NACK.bytes()), OFF, 8)).isFalse();
    }
}
