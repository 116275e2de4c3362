package io.ristflow.core.codec.rtp;

import static io.ristflow.core.codec.Wire.OFF;
import static io.ristflow.core.codec.Wire.at;
import static io.ristflow.core.codec.Wire.end;
import static io.ristflow.core.codec.Wire.hex;
import static io.ristflow.core.codec.Wire.prefixes;
import static io.ristflow.core.codec.Wire.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.codec.Golden;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RtpHeaderTest {
    private static final byte[] MEDIA = Golden.RTP_MEDIA.bytes();
    private static final byte[] ALL = Golden.RTP_ALL_OPTIONS.bytes();

    @Test
    void plainHeaderIsReadFieldByField() {
        ByteBuffer b = at(MEDIA);
        assertThat(RtpHeader.headerLength(b, OFF, end(MEDIA))).isEqualTo(12);
        assertThat(RtpHeader.payloadType(b, OFF)).isEqualTo(RtpHeader.PT_MPEGTS);
        assertThat(RtpHeader.marker(b, OFF)).isFalse();
        assertThat(RtpHeader.sequence(b, OFF)).isEqualTo(0x1234);
        assertThat(RtpHeader.timestamp(b, OFF)).isEqualTo(90_000);
        assertThat(RtpHeader.ssrc(b, OFF)).isEqualTo(1968);
        assertThat(RtpHeader.hasExtension(b, OFF)).isFalse();
        assertThat(RtpHeader.paddingLength(b, OFF, end(MEDIA))).isZero();
    }

    @Test
    void csrcExtensionAndPaddingAreStepped() {
        ByteBuffer b = at(ALL);
        assertThat(RtpHeader.headerLength(b, OFF, end(ALL))).isEqualTo(12 + 4 + 4 + 4);
        assertThat(RtpHeader.extensionOffset(b, OFF)).isEqualTo(OFF + 16);
        assertThat(RiExtension.present(b, OFF + 16, OFF + 24)).isTrue();
        assertThat(RtpHeader.paddingLength(b, OFF, end(ALL))).isEqualTo(3);
        assertThat(RtpHeader.payloadType(b, OFF)).isEqualTo(33);
        assertThat(RtpHeader.marker(b, OFF)).isTrue();
        assertThat(RtpHeader.sequence(b, OFF)).isEqualTo(65_535);
        assertThat(RtpHeader.timestamp(b, OFF)).isEqualTo(-1);
    }

    @Test
    void writerMakesTheGoldenBytes() {
        assertThat(written(b -> {
            RtpHeader.write(b, OFF, 33, 0x1234, 90_000, 1968, false);
            return RtpHeader.LENGTH;
        })).isEqualTo(Arrays.copyOf(MEDIA, 12));
    }

    @Test
    void writerCutsSequenceTo16BitsAndMarksTheExtension() {
        assertThat(written(b -> {
            RtpHeader.write(b, OFF, 127, 0x1_FFFE, -2, 0xFFFF_FFFF, true);
            return RtpHeader.LENGTH;
        })).isEqualTo(hex("""
                90           # V=2, X=1
                7F           # M=0, PT=127
                FF FE        # the lower 16 bits
                FF FF FF FE  # timestamp
                FF FF FF FF  # SSRC
                """));
    }

    @Test
    void cutHeadersAreMalformed() {
        for (byte[] cut : prefixes(Arrays.copyOf(ALL, 24))) {
            assertThat(RtpHeader.headerLength(at(cut), OFF, end(cut))).as("%d bytes", cut.length).isEqualTo(RtpHeader.MALFORMED);
        }
    }

    @Test
    void otherVersionsAreMalformed() {
        for (int version : new int[] {0x00, 0x40, 0xC0}) {
            byte[] other = MEDIA.clone();
            other[0] = (byte) version;
            assertThat(RtpHeader.headerLength(at(other), OFF, end(other))).isEqualTo(RtpHeader.MALFORMED);
            assertThat(RtpHeader.paddingLength(at(other), OFF, end(other))).isEqualTo(RtpHeader.MALFORMED);
        }
    }

    @Test
    void paddingThatIsZeroOrReachesIntoTheHeaderIsMalformed() {
        for (int count : new int[] {0, 5, 255}) {
            byte[] bad = ALL.clone();
            bad[bad.length - 1] = (byte) count;
            assertThat(RtpHeader.paddingLength(at(bad), OFF, end(bad))).as("count %d", count).isEqualTo(RtpHeader.MALFORMED);
        }
        byte[] full = ALL.clone();
        full[full.length - 1] = 4;
        assertThat(RtpHeader.paddingLength(at(full), OFF, end(full))).as("nothing but padding").isEqualTo(4);
    }

    @Test
    void rtcpIsToldByTheSecondByte() {
        for (int second = 0; second < 256; second++) {
            boolean rtcp = second >= 200 && second <= 206 || second >= 72 && second <= 78;
            assertThat(RtpHeader.looksLikeRtcp(ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) second}), 0)).as("byte %d", second).isEqualTo(rtcp);
        }
    }
}
