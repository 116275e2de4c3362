package io.ristflow.core.codec.rtp;

import static io.ristflow.core.codec.Wire.OFF;
import static io.ristflow.core.codec.Wire.at;
import static io.ristflow.core.codec.Wire.end;
import static io.ristflow.core.codec.Wire.hex;
import static io.ristflow.core.codec.Wire.prefixes;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.codec.Golden;
import io.ristflow.core.codec.Wire;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RiExtensionTest {
    @Test
    void nullPacketBitsAreRead() {
        byte[] golden = Golden.RI_NULL_PACKETS.bytes();
        ByteBuffer b = at(golden);
        assertThat(RiExtension.present(b, OFF, end(golden))).isTrue();
        assertThat(RiExtension.nullPackets(b, OFF)).isTrue();
        assertThat(RiExtension.sequenceExtended(b, OFF)).isFalse();
        assertThat(RiExtension.npdBits(b, OFF)).isEqualTo(0b1100010);
        assertThat(RiExtension.size204(b, OFF)).isFalse();
        assertThat(RiExtension.size(b, OFF)).isZero();
    }

    @Test
    void everyFieldOfTheFigureIsReadFromItsBits() {
        ByteBuffer b = at(Golden.RI_EVERYTHING.bytes());
        assertThat(RiExtension.nullPackets(b, OFF)).isTrue();
        assertThat(RiExtension.sequenceExtended(b, OFF)).isTrue();
        assertThat(RiExtension.size(b, OFF)).isEqualTo(7);
        assertThat(RiExtension.size204(b, OFF)).isTrue();
        assertThat(RiExtension.npdBits(b, OFF)).isEqualTo(0b1100001);
        assertThat(RiExtension.sequenceExtension(b, OFF)).isEqualTo(2);
    }

    @Test
    void writerMakesLibristsForm() {
        assertThat(written(0b1100010, false, 0xBEEF, false)).isEqualTo(Golden.RI_NULL_PACKETS.bytes());
    }

    @Test
    void sequenceExtensionAloneDoesNotClaimNullPackets() {
        assertThat(written(0, false, 0x1_FFFF, true)).isEqualTo(hex("""
                52 49 00 01  # "RI", one word
                40           # N=0, E=1
                00           # no NPD bits
                FF FF        # the lower 16 bits of what was asked for
                """));
    }

    @Test
    void size204GoesToTheTopOfTheSecondByte() {
        assertThat(written(0x7F, true, 0, false)).isEqualTo(hex("52 49 00 01 80 FF 00 00"));
    }

    @Test
    void otherAndCutExtensionsAreNotTaken() {
        byte[] golden = Golden.RI_NULL_PACKETS.bytes();
        for (byte[] cut : prefixes(golden)) assertThat(RiExtension.present(at(cut), OFF, end(cut))).isFalse();
        byte[] otherName = golden.clone();
        otherName[1] = 'J';
        assertThat(RiExtension.present(at(otherName), OFF, end(otherName))).isFalse();
        byte[] twoWords = golden.clone();
        twoWords[3] = 2;
        assertThat(RiExtension.present(at(twoWords), OFF, end(twoWords))).isFalse();
    }

    private static byte[] written(int npdBits, boolean size204, int sequenceExtension, boolean extended) {
        return Wire.written(b -> {
            RiExtension.write(b, OFF, npdBits, size204, sequenceExtension, extended);
            return RiExtension.LENGTH;
        });
    }
}
