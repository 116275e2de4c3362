package io.ristflow.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Lane;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session makes of the Advanced profile's own messages (TR-06-3). */
class AdvancedSessionTest {
    private static final int FLOW = 0x1234_5678;
    private static final int ADVANCED_SSRC = 0x0ABC_DEF0;
    private static final byte[] I = {(byte) 0x80, 0, 0, 0};

    /** §9: a peer that begins in Main framing and changes while packets wait for their time. */
    @Test
    void changeOfFramingLosesNothingAndMissingPacketsAreAskedForInEither() {
        Lab lab = connectedReceiver();
        for (int i = 0; i < 300; i++) {
            if (i == 50) lab.in(0, keepAlive());
            // Two are lost before the change, two after, one at it
            if (i != 20 && i != 48 && i != 100 && i != 150 && i != 260) lab.in(0, i < 100 ? tunnelledMedia(i) : i < 250 ? media(i, false) : tunnelledMedia(i));
            lab.run(2);
            if (i == 110) for (int lost : new int[] {20, 48, 100}) lab.in(0, media(lost, true));
            if (i == 170) lab.in(0, media(150, true));
            if (i == 280) lab.in(0, media(260, true));
        }
        lab.run(400);
        assertThat(lab.delivered).containsExactlyElementsOf(LongStream.range(65_536, 65_836).boxed().toList());
        ReceiverStats.Flow flow = ((RistReceiver) lab.session).stats(lab.nowNs()).flows().getFirst();
        assertThat(flow.flowId()).isEqualTo(FLOW);
        assertThat(flow.recovered()).isEqualTo(5);
        assertThat(flow.lost()).isZero();
        assertThat(nativeRequests(lab)).as("in 32 bits, for what came so").contains(0x5_0096).doesNotContain(0x5_0014);
    }

    private static List<Integer> nativeRequests(Lab lab) {
        return lab.sentOn(0, Lane.CONTROL).stream().filter(s -> s.u8(0) == 0x80 && (s.u8(15) & 0x0F) == 4 && s.u16(16) == 1).map(s -> s.bytes().getInt(24)).toList();
    }

    @Test
    void unknownControlMessagesAreAnsweredOnceASecond() {
        Lab lab = connectedReceiver();
        for (int i = 0; i < 30; i++) {
            lab.in(0, control(0x1234, new byte[] {1, 2, 3}));
            lab.in(0, Datagrams.tunnelled(Datagrams.senderReport(FLOW, 0, 0)));
            lab.run(100);
        }
        assertThat(lab.sentOn(0, Lane.CONTROL).stream().filter(s -> s.u8(0) == 0x80 && (s.u8(15) & 0x0F) == 4 && s.u16(16) == 0x8020)).hasSize(3);
    }

    @Test
    void peerIsSpokenToInAdvancedFramingFromItsKeepAliveOn() {
        Lab lab = connectedReceiver();
        lab.run(1_100);
        assertThat(lab.sent).noneMatch(s -> s.u8(0) == 0x80);
        lab.in(0, keepAlive());
        lab.sent.clear();
        lab.run(1_100);
        assertThat(lab.sent).isNotEmpty().allMatch(s -> s.u8(0) == 0x80 && s.u8(1) == 0x7F);
        assertThat(lab.sent.stream().map(s -> s.u8(15) & 0x0F).distinct()).containsExactlyInAnyOrder(4, 8);
        // §5.2.1: unprotected packets have numbers of their own, one after the other
        assertThat(lab.sent.stream().map(s -> s.u16(2)).toList()).isEqualTo(IntStream.range(0, lab.sent.size()).boxed().toList());
    }

    /** Not a packet of media goes out in Main framing where both ends know better: what librist has buffered it drops at a change. */
    @ParameterizedTest
    @CsvSource({"0, CALLER", "256, CALLER", "0, LISTENER", "256, LISTENER"})
    void upgradeComesBeforeTheFirstPacket(int aesBits, Role sender) {
        PskConfig psk = aesBits == 0 ? null : new PskConfig("secret", aesBits, 0);
        Lab from = Lab.sender(Profile.ADVANCED, sender, psk);
        Lab to = Lab.receiver(Profile.ADVANCED, sender == Role.CALLER ? Role.LISTENER : Role.CALLER, psk);
        ByteBuffer payload = ByteBuffer.allocate(1_316);
        List<Lab.Sent> media = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ((RistSender) from.session).push(from.nowNs(), payload.clear(), from);
            List<Lab.Sent> there = List.copyOf(from.sent);
            List<Lab.Sent> back = List.copyOf(to.sent);
            from.sent.clear();
            to.sent.clear();
            for (Lab.Sent s : there) to.in(0, s.bytes());
            for (Lab.Sent s : back) from.in(0, s.bytes());
            for (Lab.Sent s : there) if (s.lane() == Lane.MEDIA) media.add(s);
            from.run(1);
            to.run(1);
        }
        assertThat(media).hasSizeGreaterThan(400).allMatch(s -> s.u8(0) == 0x80 && (s.u8(15) & 0x0F) == 5);
    }

    private static Lab connectedReceiver() {
        Lab lab = Lab.receiver(Profile.ADVANCED, Role.LISTENER, null);
        lab.in(0, Datagrams.tunnelled(Datagrams.senderReport(FLOW, 0, 0)));
        return lab;
    }

    private static ByteBuffer tunnelledMedia(int i) {
        return Datagrams.tunnelled(Datagrams.media(FLOW, i));
    }

    /** Figure 1, Type 5, under an SSRC of its own and numbers five cycles on. */
    private static ByteBuffer media(int i, boolean retransmission) {
        ByteBuffer b = header(i, i * 2_000, ADVANCED_SSRC, retransmission ? 0xD8 : 0xC8, 5, 5, 4 + 188);
        return b.putInt(0x07B0_0010).put((byte) 0x47).clear();
    }

    private static ByteBuffer control(int index, byte[] body) {
        return header(0, 0, ADVANCED_SSRC | 1, 0xE0, 4, 0, 4 + body.length).putShort((short) index).putShort((short) body.length).put(body).flip();
    }

    private static ByteBuffer header(int sequence, int timestamp, int ssrc, int flags, int type, int extension, int more) {
        return ByteBuffer.allocate(16 + more).put((byte) 0x80).put((byte) 127).putShort((short) sequence).putInt(timestamp).putInt(ssrc).putShort((short) extension).put((byte) flags).put((byte) type);
    }

    /** GRE's, with librist's block that says I. */
    private static ByteBuffer keepAlive() {
        ByteBuffer plain = Datagrams.keepAlive(false);
        return ByteBuffer.allocate(plain.remaining() + 4).put(plain).put(I).flip();
    }
}
