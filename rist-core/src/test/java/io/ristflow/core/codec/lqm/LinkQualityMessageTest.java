package io.ristflow.core.codec.lqm;

import static io.ristflow.core.codec.Wire.OFF;
import static io.ristflow.core.codec.Wire.at;
import static io.ristflow.core.codec.Wire.end;
import static io.ristflow.core.codec.Wire.hex;
import static io.ristflow.core.codec.Wire.prefixes;
import static io.ristflow.core.codec.Wire.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.codec.Golden;
import io.ristflow.core.codec.rtcp.ReceiverReport;
import io.ristflow.core.codec.rtcp.RtcpCompound;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class LinkQualityMessageTest {
    @Test
    void messageIsWrittenAsInTheClause() {
        assertThat(written(b -> message(b, OFF))).isEqualTo(Golden.LINK_QUALITY.bytes());
    }

    @Test
    void messageIsRead() {
        assertIsTheMessage(at(Golden.LINK_QUALITY.bytes()), OFF);
    }

    @Test
    void fieldsHaveNoSign() {
        ByteBuffer b = at(Golden.LINK_QUALITY_BORDERS.bytes());
        assertThat(LinkQualityMessage.sequence(b, OFF)).isEqualTo(-1);
        assertThat(LinkQualityMessage.periodMs(b, OFF)).isEqualTo(2_147_483_648L);
        assertThat(LinkQualityMessage.nackWindowMs(b, OFF)).isEqualTo(4_294_967_295L);
        assertThat(LinkQualityMessage.sourceReceived(b, OFF)).isEqualTo(4_294_967_294L);
        assertThat(LinkQualityMessage.originalLost(b, OFF)).isEqualTo(2_147_483_649L);
        assertThat(LinkQualityMessage.retransmissionKbps(b, OFF)).isEqualTo(2_147_483_655L);
    }

    @Test
    void whatDoesNotFitIsCut() {
        byte[] bytes = written(b -> {
            LinkQualityMessage.write(b, OFF, 0, -1, 1L << 32, 0, 0, 0, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE);
            return LinkQualityMessage.LENGTH;
        });
        ByteBuffer b = ByteBuffer.wrap(bytes);
        assertThat(LinkQualityMessage.periodMs(b, 0)).isZero();
        assertThat(LinkQualityMessage.nackWindowMs(b, 0)).isEqualTo(0xFFFF_FFFFL);
        assertThat(LinkQualityMessage.dataKbps(b, 0)).isEqualTo(0xFFFF_FFFFL);
        assertThat(LinkQualityMessage.retransmissionKbps(b, 0)).isZero();
    }

    @Test
    void lessThanAMessageIsNone() {
        for (byte[] prefix : prefixes(Golden.LINK_QUALITY.bytes())) {
            assertThat(LinkQualityMessage.fits(at(prefix), OFF, end(prefix))).isFalse();
        }
        byte[] whole = Golden.LINK_QUALITY.bytes();
        assertThat(LinkQualityMessage.fits(at(whole), OFF, end(whole))).isTrue();
        assertThat(LinkQualityMessage.fits(at(whole), OFF, end(whole) + 1)).isFalse();
    }

    // ---- as the extension of a receiver report, §5.2 ------------------------------------------------------------------------------

    @Test
    void receiverReportCarriesTheMessageBehindItsBlock() {
        assertThat(written(b -> {
            ReceiverReport.write(b, OFF, 1968, 1970, 0x40, -2, 0x1_1234, 42, 0x3F00_8000, 0xC000);
            ReceiverReport.extend(b, OFF, message(b, OFF + ReceiverReport.LENGTH));
            return ReceiverReport.LENGTH + LinkQualityMessage.LENGTH;
        })).isEqualTo(Golden.RECEIVER_REPORT_LINK_QUALITY.bytes());
        ByteBuffer b = at(Golden.RECEIVER_REPORT_LINK_QUALITY.bytes());
        assertThat(ReceiverReport.hasBlock(b, OFF)).isTrue();
        assertThat(ReceiverReport.extensionLength(b, OFF, 76)).isEqualTo(44);
        assertIsTheMessage(b, ReceiverReport.extensionOffset(b, OFF));
    }

    @Test
    void emptyReceiverReportCarriesTheMessageBehindItsSsrc() {
        assertThat(written(b -> {
            ReceiverReport.writeEmpty(b, OFF, 1968);
            ReceiverReport.extend(b, OFF, message(b, OFF + ReceiverReport.EMPTY_LENGTH));
            return ReceiverReport.EMPTY_LENGTH + LinkQualityMessage.LENGTH;
        })).isEqualTo(Golden.RECEIVER_REPORT_EMPTY_LINK_QUALITY.bytes());
        ByteBuffer b = at(Golden.RECEIVER_REPORT_EMPTY_LINK_QUALITY.bytes());
        assertThat(ReceiverReport.extensionLength(b, OFF, 52)).isEqualTo(44);
        assertIsTheMessage(b, ReceiverReport.extensionOffset(b, OFF));
    }

    @Test
    void reportsWithoutExtensionHaveNone() {
        assertThat(ReceiverReport.extensionLength(at(Golden.RECEIVER_REPORT.bytes()), OFF, 32)).isZero();
        assertThat(ReceiverReport.extensionLength(at(Golden.RECEIVER_REPORT_EMPTY.bytes()), OFF, 8)).isZero();
        assertThat(ReceiverReport.extensionLength(at(hex("82 C9 00 01 00 00 07 B0  # RC=2, length 1")), OFF, 8)).isNegative();
    }

    @Test
    void paddingIsNotPartOfTheExtension() {
        ByteBuffer b = at(hex("A0 C9 00 03 00 00 07 B0 01 02 03 04 00 00 00 04  # P=1: four bytes, then four of padding"));
        assertThat(RtcpCompound.next(b, OFF, OFF + 16)).isEqualTo(16);
        assertThat(ReceiverReport.extensionLength(b, OFF, 16)).isEqualTo(4);
    }

    private static int message(ByteBuffer b, int off) {
        LinkQualityMessage.write(b, off, 42, 200, 1_000, 190, 10, 9, 8, 1, 2, 10_000, 475);
        return LinkQualityMessage.LENGTH;
    }

    private static void assertIsTheMessage(ByteBuffer b, int off) {
        assertThat(LinkQualityMessage.sequence(b, off)).isEqualTo(42);
        assertThat(LinkQualityMessage.periodMs(b, off)).isEqualTo(200);
        assertThat(LinkQualityMessage.nackWindowMs(b, off)).isEqualTo(1_000);
        assertThat(LinkQualityMessage.sourceReceived(b, off)).isEqualTo(190);
        assertThat(LinkQualityMessage.originalLost(b, off)).isEqualTo(10);
        assertThat(LinkQualityMessage.retransmittedReceived(b, off)).isEqualTo(9);
        assertThat(LinkQualityMessage.recovered(b, off)).isEqualTo(8);
        assertThat(LinkQualityMessage.unrecovered(b, off)).isEqualTo(1);
        assertThat(LinkQualityMessage.late(b, off)).isEqualTo(2);
        assertThat(LinkQualityMessage.dataKbps(b, off)).isEqualTo(10_000);
        assertThat(LinkQualityMessage.retransmissionKbps(b, off)).isEqualTo(475);
    }
}
