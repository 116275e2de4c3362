package io.ristflow.core.codec.rtcp;

import static io.ristflow.core.codec.Wire.OFF;
import static io.ristflow.core.codec.Wire.at;
import static io.ristflow.core.codec.Wire.end;
import static io.ristflow.core.codec.Wire.hex;
import static io.ristflow.core.codec.Wire.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.codec.Golden;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SdesTest {
    @Test
    void nameIsWrittenAsInTheClause() {
        assertThat(written(b -> Sdes.write(b, OFF, 1968, "a@b".getBytes(StandardCharsets.US_ASCII)))).isEqualTo(Golden.SDES.bytes());
        assertThat(written(b -> Sdes.write(b, OFF, 1968, new byte[0]))).isEqualTo(Golden.SDES_EMPTY_NAME.bytes());
    }

    @Test
    void nameIsRead() {
        assertThat(cname(Golden.SDES.bytes())).isEqualTo("a@b");
        assertThat(Sdes.ssrc(at(Golden.SDES.bytes()), OFF)).isEqualTo(1968);
    }

    @Test
    void emptyNameIsAName() {
        assertThat(cname(Golden.SDES_EMPTY_NAME.bytes())).isEmpty();
    }

    @Test
    void otherItemsAreStepped() {
        assertThat(cname(Golden.SDES_SEVERAL_ITEMS.bytes())).isEqualTo("ab");
    }

    @Test
    void everyLengthOfNameEndsWithOneToFourZerosOnAWord() {
        for (int n = 0; n <= 200; n++) {
            byte[] name = "x".repeat(n).getBytes(StandardCharsets.US_ASCII);
            byte[] packet = written(b -> Sdes.write(b, OFF, 1968, name));
            int kept = Math.min(n, Sdes.MAX_CNAME);
            assertThat(packet.length % 4).isZero();
            assertThat(packet).hasSize(Sdes.length(name));
            assertThat(packet.length - 10 - kept).isBetween(1, 4);
            assertThat(packet[packet.length - 1]).isZero();
            assertThat(RtcpCompound.next(at(packet), OFF, end(packet))).isEqualTo(packet.length);
            assertThat(cname(packet)).isEqualTo("x".repeat(kept));
        }
    }

    @Test
    void namesThatRunOverThePacketAreNone() {
        byte[] over = Golden.SDES.bytes();
        over[9] = 7; // six bytes are left
        assertThat(cname(over)).isNull();
    }

    @Test
    void packetsWithoutChunkOrNameHaveNone() {
        byte[] noChunk = hex("80 CA 00 00  # SC=0");
        assertThat(cname(noChunk)).isNull();
        assertThat(Sdes.ssrc(at(noChunk), OFF)).isZero();
        assertThat(cname(hex("81 CA 00 02 00 00 07 B0 02 01 78 00  # NAME only"))).isNull();
        assertThat(cname(hex("81 CA 00 02 00 00 07 B0 00 01 02 41  # ended before an item"))).isNull();
    }

    private static String cname(byte[] packet) {
        ByteBuffer b = at(packet);
        int offset = Sdes.cnameOffset(b, OFF, end(packet));
        int length = Sdes.cnameLength(b, OFF, end(packet));
        assertThat(length < 0).isEqualTo(offset < 0);
        return offset < 0 ? null : new String(b.array(), offset, length, StandardCharsets.US_ASCII);
    }
}
