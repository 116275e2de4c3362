package io.ristflow.core.codec.advanced;

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

class AdvancedHeaderTest {
    private static final int NOT_ENCRYPTED = 20;

    @Test
    void mediaOfLibristIsRead() {
        byte[] media = Golden.ADVANCED_MEDIA.bytes();
        ByteBuffer b = at(media);
        int clear = AdvancedHeader.clearLength(b, OFF, end(media));
        assertThat(clear).isEqualTo(NOT_ENCRYPTED);
        assertThat(AdvancedHeader.sequence(b, OFF)).isEqualTo(0x0002_0005);
        assertThat(AdvancedHeader.timestamp(b, OFF)).isEqualTo(1_000_000);
        assertThat(AdvancedHeader.ssrc(b, OFF)).isEqualTo(0x1234_5678);
        assertThat(AdvancedHeader.flags(b, OFF)).isEqualTo(AdvancedHeader.WHOLE | AdvancedHeader.FLOW_ID);
        assertThat(AdvancedHeader.psk(b, OFF)).isEqualTo(AdvancedHeader.PSK_NONE);
        assertThat(AdvancedHeader.compression(b, OFF)).isEqualTo(AdvancedHeader.LPC_NONE);
        assertThat(AdvancedHeader.type(b, OFF)).isEqualTo(AdvancedHeader.TYPE_DIRECT);
        int flowId = AdvancedHeader.flowId(b, OFF);
        assertThat(FlowId.outer(flowId)).isEqualTo(1_968);
        assertThat(FlowId.inner(flowId)).isEqualTo(0x012);
        assertThat(FlowId.sub(flowId)).isEqualTo(3);
        assertThat(AdvancedHeader.payloadOffset(b, OFF, clear, end(media))).isEqualTo(OFF + 20);
    }

    @Test
    void mediaAsLibristSendsItIsWritten() {
        byte[] payload = hex("47 01 00 10");
        assertThat(written(b -> {
            AdvancedHeader.write(b, OFF, 0x0002_0005, 1_000_000, 0x1234_5678, AdvancedHeader.WHOLE | AdvancedHeader.FLOW_ID, 0, 0, AdvancedHeader.TYPE_DIRECT);
            b.putInt(OFF + AdvancedHeader.LENGTH, FlowId.of(1_968, 0x012, 3));
            b.put(OFF + 20, payload);
            return 24;
        })).isEqualTo(Golden.ADVANCED_MEDIA.bytes());
    }

    /** Appendix B: three fragments of an encrypted IP packet. */
    @Test
    void fragmentsOfAppendixBAreToldApart() {
        assertThat(fragment(Golden.ADVANCED_FRAGMENT_FIRST)).isEqualTo("first");
        assertThat(fragment(Golden.ADVANCED_FRAGMENT_MIDDLE)).isEqualTo("");
        assertThat(fragment(Golden.ADVANCED_FRAGMENT_LAST)).isEqualTo("last");
    }

    private static String fragment(Golden golden) {
        ByteBuffer b = at(golden.bytes());
        assertThat(AdvancedHeader.clearLength(b, OFF, end(golden.bytes()))).isEqualTo(24);
        assertThat(AdvancedHeader.psk(b, OFF)).isEqualTo(AdvancedHeader.PSK_AES_CTR);
        assertThat(AdvancedHeader.nonce(b, OFF)).isEqualTo(0x5249_5354);
        assertThat(AdvancedHeader.iv(b, OFF)).isEqualTo(AdvancedHeader.sequence(b, OFF));
        return (AdvancedHeader.first(b, OFF) ? "first" : "") + (AdvancedHeader.last(b, OFF) ? "last" : "");
    }

    /** Table 1: which PSK values have a hash, a nonce, an IV. */
    @Test
    void lengthOfTheClearPartFollowsTable1() {
        int[] lengths = {16, 16 + 8, 16 + 20, 16 + 24, 16 + 24, 16 + 24, 16 + 8, 16 + 24};
        for (int psk = 0; psk < lengths.length; psk++) {
            ByteBuffer b = ByteBuffer.allocate(100);
            AdvancedHeader.write(b, OFF, 1, 2, 4, AdvancedHeader.WHOLE, psk, 0, AdvancedHeader.TYPE_DIRECT);
            assertThat(AdvancedHeader.psk(b, OFF)).isEqualTo(psk);
            assertThat(AdvancedHeader.clearLength(b, OFF, 100)).as("PSK %d", psk).isEqualTo(lengths[psk]);
            assertThat(AdvancedHeader.hasNonceAndIv(psk)).as("PSK %d", psk).isEqualTo(psk != 0 && psk != AdvancedHeader.PSK_HMAC);
        }
    }

    @Test
    void everyFieldIsFoundBehindTheOthers() {
        byte[] all = Golden.ADVANCED_EVERYTHING.bytes();
        ByteBuffer b = at(all);
        int clear = AdvancedHeader.clearLength(b, OFF, end(all));
        assertThat(clear).isEqualTo(12 + 8 + 4 + 4 + 16 + 8);
        assertThat(AdvancedHeader.sequence(b, OFF)).isEqualTo(0xFFFF_FFFE);
        assertThat(AdvancedHeader.flags(b, OFF)).isEqualTo(0xFE);
        assertThat(AdvancedHeader.psk(b, OFF)).isEqualTo(4);
        assertThat(AdvancedHeader.compression(b, OFF)).isEqualTo(AdvancedHeader.LPC_FIELD);
        assertThat(AdvancedHeader.flowId(b, OFF)).isEqualTo(-1);
        assertThat(AdvancedHeader.nonce(b, OFF)).isEqualTo(0x8000_0001);
        assertThat(AdvancedHeader.iv(b, OFF)).isEqualTo(0xFFFF_FFFE);
        assertThat(AdvancedHeader.format(b, OFF, clear)).isEqualTo(0xF000_0001);
        int payload = AdvancedHeader.payloadOffset(b, OFF, clear, end(all));
        assertThat(b.get(payload)).isEqualTo((byte) 0x47);
        assertThat(AdvancedHeader.payloadEnd(b, OFF, payload, end(all))).isEqualTo(payload + 1);
    }

    /** Whatever is cut off, one of the three checks finds out. */
    @Test
    void cutPacketsAreMalformed() {
        for (byte[] cut : prefixes(Golden.ADVANCED_EVERYTHING.bytes())) {
            ByteBuffer b = at(cut);
            int clear = AdvancedHeader.clearLength(b, OFF, end(cut));
            assertThat(clear == AdvancedHeader.MALFORMED).as("%d bytes", cut.length).isEqualTo(cut.length < 52);
            if (clear == AdvancedHeader.MALFORMED) continue;
            int payload = AdvancedHeader.payloadOffset(b, OFF, clear, end(cut));
            assertThat(payload == AdvancedHeader.MALFORMED).as("%d bytes", cut.length).isEqualTo(cut.length < 68);
            if (payload == AdvancedHeader.MALFORMED) continue;
            // The payload's one byte is left, or it is taken for a count of padding that is not there
            assertThat(AdvancedHeader.payloadEnd(b, OFF, payload, end(cut))).as("%d bytes", cut.length).isEqualTo(AdvancedHeader.MALFORMED);
        }
    }

    /** §9, Figure 21. */
    @Test
    void packetIsToldFromGreByItsFirstTwoBytes() {
        assertThat(looksLike("80 7F")).isTrue();
        assertThat(looksLike("80 60")).isTrue();
        assertThat(looksLike("80 5F")).isFalse();
        assertThat(looksLike("80 C9")).as("RTCP").isFalse();
        assertThat(looksLike("90 08")).as("GRE with a checksum").isFalse();
        assertThat(looksLike("B0 48")).as("GRE with checksum and key").isFalse();
        assertThat(looksLike("10 10")).as("GRE").isFalse();
        assertThat(looksLike("80")).isFalse();
    }

    private static boolean looksLike(String hex) {
        byte[] packet = hex(hex);
        return AdvancedHeader.looksLike(at(packet), OFF, end(packet));
    }

    @Test
    void writtenPacketCanBeMarkedAsRepeated() {
        byte[] media = Golden.ADVANCED_MEDIA.bytes();
        ByteBuffer b = at(media);
        AdvancedHeader.markRetransmission(b, OFF);
        assertThat(AdvancedHeader.retransmission(b, OFF)).isTrue();
        byte[] expected = media.clone();
        expected[14] = (byte) 0xD8;
        assertThat(Arrays.copyOfRange(b.array(), OFF, end(media))).isEqualTo(expected);
    }

    @Test
    void descriptorStandsBehindTheWord() {
        byte[] direct = Golden.ADVANCED_DIRECT.bytes();
        ByteBuffer b = at(direct);
        int clear = AdvancedHeader.clearLength(b, OFF, end(direct));
        assertThat(AdvancedHeader.format(b, OFF, clear)).isEqualTo(0x1000_000A);
        assertThat(AdvancedHeader.payloadOffset(b, OFF, clear, end(direct))).isEqualTo(OFF + 20);
        assertThat(AdvancedHeader.flowId(b, OFF)).isZero();
    }
}
