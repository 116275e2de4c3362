package io.ristflow.core.codec.rtcp;

import static io.ristflow.core.codec.Wire.OFF;
import static io.ristflow.core.codec.Wire.at;
import static io.ristflow.core.codec.Wire.end;
import static io.ristflow.core.codec.Wire.hex;
import static io.ristflow.core.codec.Wire.prefixes;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.codec.Golden;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtcpCompoundTest {
    private static final byte[] COMPOUND = Golden.RTCP_COMPOUND.bytes();

    @Test
    void packetsAreWalkedOneByOne() {
        assertThat(types(COMPOUND)).containsExactly(RtcpCompound.RR, RtcpCompound.SDES, RtcpCompound.APP);
        assertThat(RtcpCompound.wellFormed(at(COMPOUND), OFF, end(COMPOUND))).isTrue();
    }

    @Test
    void paddingBelongsToTheLastPacket() {
        byte[] padded = Golden.RTCP_COMPOUND_PADDED.bytes();
        assertThat(types(padded)).containsExactly(RtcpCompound.SR, RtcpCompound.BYE);
        assertThat(RtcpCompound.wellFormed(at(padded), OFF, end(padded))).isTrue();
    }

    @Test
    void paddingIsNotReadAsRecords() {
        byte[] padded = hex("""
                A0 CC 00 04  # V=2, P=1, subtype 0, PT=204, length 4
                00 00 07 B0  # SSRC
                52 49 53 54  # "RIST"
                00 64 00 00  # one record
                00 00 00 04  # padding
                """);
        int len = RtcpCompound.next(at(padded), OFF, end(padded));
        assertThat(len).isEqualTo(20);
        assertThat(RangeNack.records(at(padded), OFF, len)).isEqualTo(1);
    }

    @Test
    void impossiblePaddingIsMalformed() {
        for (int count : new int[] {0, 3, 12, 252}) {
            byte[] bad = hex("A1 CB 00 02 00 00 07 B0 00 00 00 %02X".formatted(count));
            assertThat(RtcpCompound.next(at(bad), OFF, end(bad))).as("padding %d", count).isEqualTo(-1);
        }
    }

    @Test
    void whatCameBeforeGarbageCounts() {
        byte[] trailing = Arrays.copyOf(COMPOUND, COMPOUND.length + 7);
        assertThat(types(trailing)).containsExactly(RtcpCompound.RR, RtcpCompound.SDES, RtcpCompound.APP);
        assertThat(RtcpCompound.wellFormed(at(trailing), OFF, end(trailing))).isFalse();
    }

    @Test
    void cutPacketsEndTheWalk() {
        for (byte[] cut : prefixes(COMPOUND)) {
            assertThat(types(cut).size()).isEqualTo(cut.length < 8 ? 0 : cut.length < 24 ? 1 : 2);
        }
    }

    @Test
    void otherVersionsEndTheWalk() {
        byte[] version1 = COMPOUND.clone();
        version1[0] = 0x40;
        assertThat(RtcpCompound.next(at(version1), OFF, end(version1))).isEqualTo(-1);
        assertThat(RtcpCompound.wellFormed(at(new byte[0]), OFF, OFF)).isFalse();
    }

    private static List<Integer> types(byte[] datagram) {
        ByteBuffer b = at(datagram);
        List<Integer> types = new ArrayList<>();
        for (int at = OFF, n; (n = RtcpCompound.next(b, at, end(datagram))) > 0; at += n) types.add(RtcpCompound.packetType(b, at));
        return types;
    }
}
