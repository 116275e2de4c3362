package io.ristflow.core.codec.gre;

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

class GreHeaderTest {
    @Test
    void clearHeaderIsRead() {
        byte[] golden = Golden.GRE_CLEAR.bytes();
        ByteBuffer b = at(golden);
        assertThat(GreHeader.length(b, OFF, end(golden))).isEqualTo(8);
        assertThat(GreHeader.hasChecksum(b, OFF)).isFalse();
        assertThat(GreHeader.hasKey(b, OFF)).isFalse();
        assertThat(GreHeader.hasSequence(b, OFF)).isTrue();
        assertThat(GreHeader.aes256(b, OFF)).isFalse();
        assertThat(GreHeader.version(b, OFF)).isEqualTo(1);
        assertThat(GreHeader.protocol(b, OFF)).isEqualTo(GreHeader.PROTO_REDUCED);
        assertThat(GreHeader.sequence(b, OFF)).isEqualTo(7);
    }

    @Test
    void keyedHeaderIsReadNonceBeforeSequence() {
        byte[] golden = Golden.GRE_KEYED.bytes();
        ByteBuffer b = at(golden);
        assertThat(GreHeader.length(b, OFF, end(golden))).isEqualTo(12);
        assertThat(GreHeader.hasKey(b, OFF)).isTrue();
        assertThat(GreHeader.aes256(b, OFF)).isTrue();
        assertThat(GreHeader.version(b, OFF)).isEqualTo(2);
        assertThat(GreHeader.protocol(b, OFF)).isEqualTo(GreHeader.PROTO_VSF);
        assertThat(GreHeader.nonceOffset(b, OFF)).isEqualTo(OFF + 4);
        assertThat(GreHeader.nonce(b, OFF)).isEqualTo(0x8012_3456);
        assertThat(GreHeader.sequenceOffset(b, OFF)).isEqualTo(OFF + 8);
        assertThat(GreHeader.sequence(b, OFF)).isEqualTo(8);
    }

    @Test
    void checksumIsSteppedAndVerified() {
        byte[] golden = Golden.GRE_CHECKSUM.bytes();
        ByteBuffer b = at(golden);
        assertThat(GreHeader.length(b, OFF, end(golden))).isEqualTo(12);
        assertThat(GreHeader.sequence(b, OFF)).isEqualTo(5);
        assertThat(GreHeader.checksumValid(b, OFF, end(golden))).isTrue();
        for (int i = 1; i < golden.length; i++) {
            byte[] broken = golden.clone();
            broken[i] ^= 0x04;
            assertThat(GreHeader.checksumValid(at(broken), OFF, end(broken))).as("byte %d broken", i).isFalse();
        }
    }

    @Test
    void checksumThatIsAbsentIsRightAndOneThatIsCutIsWrong() {
        assertThat(GreHeader.checksumValid(at(Golden.GRE_CLEAR.bytes()), OFF, end(Golden.GRE_CLEAR.bytes()))).isTrue();
        byte[] cut = Arrays.copyOf(Golden.GRE_CHECKSUM.bytes(), 6);
        assertThat(GreHeader.checksumValid(at(cut), OFF, end(cut))).isFalse();
        assertThat(GreHeader.checksumValid(at(new byte[1]), OFF, OFF + 1)).isFalse();
    }

    @Test
    void everySetOfFlagsGivesItsLength() {
        for (int flags = 0; flags < 256; flags++) {
            byte[] header = new byte[16];
            header[0] = (byte) flags;
            int expected = (flags & 0x4F) != 0 ? -1 : 4 + ((flags & 0x80) != 0 ? 4 : 0) + ((flags & 0x20) != 0 ? 4 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
            assertThat(GreHeader.length(at(header), OFF, end(header))).as("flags %02x", flags).isEqualTo(expected);
        }
    }

    @Test
    void versionsOfGreAndUnknownVersionsOfRistAreRefused() {
        for (int second = 0; second < 256; second++) {
            byte[] header = {0x10, (byte) second, (byte) 0x88, (byte) 0xB6, 0, 0, 0, 0};
            boolean fine = (second & 0x07) == 0 && (second >> 3 & 0x07) <= 4;
            assertThat(GreHeader.length(at(header), OFF, end(header))).as("second byte %02x", second).isEqualTo(fine ? 8 : -1);
        }
    }

    @Test
    void cutHeadersAreRefused() {
        for (byte[] cut : prefixes(Arrays.copyOf(Golden.GRE_KEYED.bytes(), 12))) {
            assertThat(GreHeader.length(at(cut), OFF, end(cut))).as("%d bytes", cut.length).isEqualTo(-1);
        }
    }

    @Test
    void rtpIsNotTakenForGre() {
        byte[] rtp = Golden.RTP_MEDIA.bytes();
        assertThat(GreHeader.length(at(rtp), OFF, end(rtp))).isEqualTo(-1);
    }

    @Test
    void keyLengthIsIgnoredAtVersion0() {
        assertThat(GreHeader.aes256(at(hex("30 40 88 B6 00 00 00 01 00 00 00 00  # H=1, RV=0")), OFF)).isFalse();
    }

    @Test
    void clearHeaderIsWritten() {
        assertThat(written(b -> GreHeader.write(b, OFF, GreHeader.PROTO_REDUCED, 1, false, true, 0x1234, 7)))
                .as("neither H nor nonce without a key")
                .isEqualTo(Arrays.copyOf(Golden.GRE_CLEAR.bytes(), GreHeader.CLEAR_LENGTH));
    }

    @Test
    void keyedHeaderIsWritten() {
        assertThat(written(b -> GreHeader.write(b, OFF, GreHeader.PROTO_VSF, 2, true, true, 0x8012_3456, 8)))
                .isEqualTo(Arrays.copyOf(Golden.GRE_KEYED.bytes(), GreHeader.KEYED_LENGTH));
        assertThat(written(b -> GreHeader.write(b, OFF, GreHeader.PROTO_REDUCED, 0, true, true, 1, 2)))
                .as("no H at version 0")
                .isEqualTo(hex("30 00 88 B6 00 00 00 01 00 00 00 02"));
    }
}
