package io.ristflow.core.codec.rtcp;

import static io.ristflow.core.codec.Wire.OFF;
import static io.ristflow.core.codec.Wire.at;
import static io.ristflow.core.codec.Wire.hex;
import static io.ristflow.core.codec.Wire.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.codec.Golden;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** SR, RR, BYE and XR. */
class ReportsTest {
    private static final long NTP = 0xEC8B_3F00_8000_0000L;

    @Test
    void senderReportIsWrittenAsInTheClause() {
        assertThat(written(b -> {
            SenderReport.write(b, OFF, 1968, NTP, 90_000, 1_000, 1_316_000);
            return SenderReport.LENGTH;
        })).isEqualTo(Golden.SENDER_REPORT.bytes());
    }

    @Test
    void senderReportIsRead() {
        ByteBuffer b = at(Golden.SENDER_REPORT.bytes());
        assertThat(SenderReport.is(b, OFF, 28)).isTrue();
        assertThat(SenderReport.ssrc(b, OFF)).isEqualTo(1968);
        assertThat(SenderReport.ntp(b, OFF)).isEqualTo(NTP);
        assertThat(SenderReport.rtpTimestamp(b, OFF)).isEqualTo(90_000);
        assertThat(SenderReport.packetCount(b, OFF)).isEqualTo(1_000);
        assertThat(SenderReport.octetCount(b, OFF)).isEqualTo(1_316_000);
    }

    @Test
    void shortSenderReportReadsAsZeros() {
        ByteBuffer b = at(hex("80 C8 00 01 00 00 07 B0  # length 1: an SSRC and nothing else"));
        assertThat(SenderReport.is(b, OFF, 8)).isFalse();
        assertThat(SenderReport.ssrc(b, OFF)).isEqualTo(1968);
        assertThat(SenderReport.ntp(b, OFF)).isZero();
        assertThat(SenderReport.octetCount(b, OFF)).isZero();
    }

    @Test
    void emptyReceiverReportHasNoBlock() {
        byte[] golden = Golden.RECEIVER_REPORT_EMPTY.bytes();
        assertThat(written(b -> {
            ReceiverReport.writeEmpty(b, OFF, 1968);
            return ReceiverReport.EMPTY_LENGTH;
        })).isEqualTo(golden);
        ByteBuffer b = at(golden);
        assertThat(ReceiverReport.is(b, OFF, 8)).isTrue();
        assertThat(ReceiverReport.hasBlock(b, OFF)).isFalse();
        assertThat(ReceiverReport.ssrc(b, OFF)).isEqualTo(1968);
        assertThat(ReceiverReport.lsr(b, OFF)).isZero();
    }

    @Test
    void receiverReportIsWrittenAsInTheClause() {
        assertThat(written(b -> {
            ReceiverReport.write(b, OFF, 1968, 1970, 0x40, -2, 0x1_1234, 42, 0x3F00_8000, 0xC000);
            return ReceiverReport.LENGTH;
        })).isEqualTo(Golden.RECEIVER_REPORT.bytes());
    }

    @Test
    void receiverReportIsRead() {
        ByteBuffer b = at(Golden.RECEIVER_REPORT.bytes());
        assertThat(ReceiverReport.hasBlock(b, OFF)).isTrue();
        assertThat(ReceiverReport.mediaSsrc(b, OFF)).isEqualTo(1970);
        assertThat(ReceiverReport.fractionLost(b, OFF)).isEqualTo(64);
        assertThat(ReceiverReport.cumulativeLost(b, OFF)).isEqualTo(-2);
        assertThat(ReceiverReport.extendedHighest(b, OFF)).isEqualTo(0x1_1234);
        assertThat(ReceiverReport.jitter(b, OFF)).isEqualTo(42);
        assertThat(ReceiverReport.lsr(b, OFF)).isEqualTo(0x3F00_8000);
        assertThat(ReceiverReport.dlsr(b, OFF)).isEqualTo(0xC000);
    }

    @Test
    void cumulativeLossStopsAtTheBordersOf24Bits() {
        assertThat(cumulativeLost(Integer.MAX_VALUE)).isEqualTo(0x7F_FFFF);
        assertThat(cumulativeLost(Integer.MIN_VALUE)).isEqualTo(-0x80_0000);
    }

    @Test
    void countOfReportsThatTheLengthBeliesIsNoBlock() {
        ByteBuffer b = at(hex("81 C9 00 01 00 00 07 B0  # RC=1, length 1"));
        assertThat(ReceiverReport.hasBlock(b, OFF)).isFalse();
    }

    @Test
    void byeNamesItsSource() {
        byte[] golden = Golden.BYE.bytes();
        assertThat(written(b -> {
            Bye.write(b, OFF, 1968);
            return Bye.LENGTH;
        })).isEqualTo(golden);
        assertThat(Bye.ssrc(at(golden), OFF)).isEqualTo(1968);
        assertThat(Bye.ssrc(at(hex("80 CB 00 00  # of nobody")), OFF)).isZero();
    }

    @Test
    void referenceTimeIsFoundInExtendedReports() {
        ByteBuffer b = at(Golden.XR_RRTR.bytes());
        assertThat(Xr.is(b, OFF)).isTrue();
        assertThat(b.getLong(Xr.rrtr(b, OFF, 20))).isEqualTo(NTP);
        assertThat(Xr.dlrr(b, OFF, 20, 1968)).isEqualTo(-1);
    }

    @Test
    void delayIsFoundByItsSsrcBehindUnknownBlocks() {
        ByteBuffer b = at(Golden.XR_DLRR.bytes());
        assertThat(Xr.is(b, OFF)).isTrue();
        int entry = Xr.dlrr(b, OFF, 40, 1968);
        assertThat(Xr.lastRr(b, entry)).isEqualTo(0x3F00_8000);
        assertThat(Xr.delaySinceLastRr(b, entry)).isEqualTo(0xC000);
        assertThat(Xr.dlrr(b, OFF, 40, 3)).isEqualTo(-1);
        assertThat(Xr.rrtr(b, OFF, 40)).isEqualTo(-1);
    }

    @Test
    void blocksThatRunOverTheReportEndTheSearch() {
        byte[] over = Golden.XR_DLRR.bytes();
        over[15] = 7; // block length of seven words in a report with six left
        assertThat(Xr.dlrr(at(over), OFF, 40, 1968)).isEqualTo(-1);
    }

    private static int cumulativeLost(int value) {
        ByteBuffer b = ByteBuffer.allocate(32);
        ReceiverReport.write(b, 0, 1, 2, 0, value, 0, 0, 0, 0);
        return ReceiverReport.cumulativeLost(b, 0);
    }
}
