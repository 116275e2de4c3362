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
import org.junit.jupiter.api.Test;

/** The small ones: VSF header, reduced header, buffer negotiation, future nonce, full datagram. */
class TunnelMessagesTest {
    @Test
    void vsfHeaderIsWrittenAndRead() {
        byte[] golden = Golden.VSF_KEEPALIVE.bytes();
        assertThat(written(b -> {
            VsfHeader.write(b, OFF, VsfHeader.SUBTYPE_KEEPALIVE);
            return VsfHeader.LENGTH;
        })).isEqualTo(golden);
        assertThat(VsfHeader.type(at(golden), OFF)).isEqualTo(VsfHeader.TYPE_RIST);
        assertThat(VsfHeader.subtype(at(golden), OFF)).isEqualTo(VsfHeader.SUBTYPE_KEEPALIVE);
        assertThat(VsfHeader.type(at(hex("FF FE 00 00  # a protocol of the future")), OFF)).isEqualTo(0xFFFE);
        for (byte[] cut : prefixes(golden)) assertThat(VsfHeader.fits(OFF, end(cut))).isFalse();
        assertThat(VsfHeader.fits(OFF, end(golden))).isTrue();
    }

    @Test
    void reducedHeaderIsWrittenAndRead() {
        byte[] golden = Golden.REDUCED.bytes();
        assertThat(written(b -> {
            ReducedHeader.write(b, OFF, 0x8000, 1968);
            return ReducedHeader.LENGTH;
        })).isEqualTo(golden);
        assertThat(ReducedHeader.sourcePort(at(golden), OFF)).isEqualTo(0x8000);
        assertThat(ReducedHeader.destinationPort(at(golden), OFF)).isEqualTo(1968);
        for (byte[] cut : prefixes(golden)) assertThat(ReducedHeader.fits(OFF, end(cut))).isFalse();
        assertThat(ReducedHeader.fits(OFF, end(golden))).isTrue();
    }

    @Test
    void bufferNegotiationIsWrittenAndRead() {
        byte[] golden = Golden.BUFFER_NEGOTIATION.bytes();
        assertThat(written(b -> {
            BufferNegotiation.write(b, OFF, 550, 500, 0);
            return BufferNegotiation.LENGTH;
        })).isEqualTo(golden);
        ByteBuffer b = at(golden);
        assertThat(BufferNegotiation.valid(b, OFF, end(golden))).isTrue();
        assertThat(BufferNegotiation.senderMaxMs(b, OFF)).isEqualTo(550);
        assertThat(BufferNegotiation.receiverCurrentMs(b, OFF)).isEqualTo(500);
        assertThat(BufferNegotiation.protocol(b, OFF)).isZero();
        for (byte[] cut : prefixes(golden)) assertThat(BufferNegotiation.valid(at(cut), OFF, end(cut))).isFalse();
    }

    @Test
    void buffersBeyond16BitsAreNotWrappedButCut() {
        assertThat(written(b -> {
            BufferNegotiation.write(b, OFF, 70_000, -1, 1);
            return BufferNegotiation.LENGTH;
        })).isEqualTo(hex("FF FF 00 00 00 01"));
    }

    @Test
    void futureNonceIsWrittenAndRead() {
        byte[] golden = Golden.FUTURE_NONCE.bytes();
        assertThat(written(b -> {
            FutureNonce.write(b, OFF, 0x8012_3456);
            return FutureNonce.LENGTH;
        })).isEqualTo(golden);
        assertThat(FutureNonce.valid(at(golden), OFF, end(golden))).isTrue();
        assertThat(FutureNonce.nonce(at(golden), OFF)).isEqualTo(0x8012_3456);
        for (byte[] cut : prefixes(golden)) assertThat(FutureNonce.valid(at(cut), OFF, end(cut))).isFalse();
    }

    @Test
    void zeroIsNoNonce() {
        assertThat(FutureNonce.valid(at(new byte[4]), OFF, OFF + 4)).isFalse();
    }

    @Test
    void outOfBandDataBeginsBehindTheGreHeader() {
        byte[] golden = Golden.FULL_DATAGRAM.bytes();
        assertThat(FullDatagram.payloadOffset(at(golden), OFF, end(golden))).isEqualTo(OFF + 8);
        byte[] media = Golden.GRE_CLEAR.bytes();
        assertThat(FullDatagram.payloadOffset(at(media), OFF, end(media))).as("another protocol").isEqualTo(-1);
        for (byte[] cut : prefixes(hex("10 08 08 00 00 00 00 09"))) {
            assertThat(FullDatagram.payloadOffset(at(cut), OFF, end(cut))).isEqualTo(-1);
        }
    }
}
