package io.ristflow.core.profile;

import static io.ristflow.core.base.Ticks.NS_PER_US;
import static io.ristflow.core.codec.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.codec.advanced.AdvancedHeader;
import io.ristflow.core.codec.gre.GreHeader;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.flow.SenderFlow;
import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The Advanced profile's framing (TR-06-3), in both directions. Longer than other files, as all of it speaks through the same dialect and peer. */
class AdvancedDialectTest {
    private static final byte[] CNAME = "vm".getBytes(StandardCharsets.UTF_8);
    private static final int SSRC = 0xD492_46D0;
    private static final Passphrase PASSPHRASE = new Passphrase("correct+horse");

    private final AdvancedDialect dialect = new AdvancedDialect(1_968, true, false, new SplittableRandom(1));
    private final AdvancedPeer peer = (AdvancedPeer) dialect.newPeer(Keyring.clear());
    private final Inbound in = new Inbound();
    private final MediaPacket packet = new MediaPacket();

    // ---- librist's bytes in ---------------------------------------------------------------------------------------------------

    @Test
    void keepAliveOfLibristUpgradesThePeer() {
        decode(Librist.KEEP_ALIVE_IN_GRE);
        assertThat(in.kind).isEqualTo(Inbound.Kind.KEEP_ALIVE);
        assertThat(peer.advanced).isTrue();
        assertThat(peer.compression).isFalse();
        dialect.decode(0, peer, ByteBuffer.wrap(hex("1008 88b5 00000001 ca791cee0afe 2520")), in);
        assertThat(peer.advanced).as("one without I, from a peer that began anew").isFalse();
        decode(Librist.KEEP_ALIVE);
        assertThat(peer.advanced).isTrue();
    }

    @Test
    void mediaOfLibristBelongsToTheFlowOfItsReports() {
        decode(Librist.SENDER_REPORT_IN_GRE);
        decode(Librist.MEDIA);
        assertThat(in.kind).isEqualTo(Inbound.Kind.MEDIA);
        assertThat(in.ssrc).isEqualTo(0xC80A_708C);
        MediaNumbers numbers = new MediaNumbers();
        dialect.toPacket(in, numbers, 3, packet);
        assertThat(numbers.sequence32(packet.sequence)).isZero();
        assertThat(packet.retransmission).isFalse();
        assertThat(packet.path).isEqualTo(3);
        assertThat(payload()).isEqualTo(Arrays.copyOfRange(Librist.MEDIA.bytes(), 20, 208));
    }

    @Test
    void mediaThatComesFirstIsAFlowByItsOwnSsrcAndStaysSo() {
        decode(Librist.MEDIA);
        assertThat(in.ssrc).isEqualTo(SSRC);
        decode(Librist.SENDER_REPORT_IN_GRE);
        decode(Librist.MEDIA);
        assertThat(in.ssrc).isEqualTo(0xD492_46D0);
    }

    /** A bonded sender: the path on which its reports are lost makes no flow of its own. */
    @Test
    void oneSsrcIsOneFlowOnAllPaths() {
        decode(Librist.SENDER_REPORT_IN_GRE);
        decode(Librist.MEDIA);
        AdvancedPeer other = (AdvancedPeer) dialect.newPeer(Keyring.clear());
        dialect.decode(0, other, Librist.MEDIA.datagram(), in);
        assertThat(in.ssrc).isEqualTo(0xC80A_708C);
    }

    @Test
    void secondSsrcOfAPeerIsAFlowOfItsOwn() {
        decode(Librist.SENDER_REPORT_IN_GRE);
        decode(Librist.MEDIA);
        decode(Librist.MEDIA_REPEATED);
        assertThat(in.ssrc & ~1).isEqualTo(0xB7D4_06A4);
        decode(Librist.MEDIA);
        assertThat(in.ssrc).isEqualTo(0xC80A_708C);
    }

    @Test
    void fragmentsAreMarkedAndReadBack() {
        decode(Librist.KEEP_ALIVE_IN_GRE);
        assertThat(dialect.takesFragments(peer)).as("librist says no G").isFalse();
        peer.announced(0xC0);
        assertThat(dialect.takesFragments(peer)).isTrue();
        for (int fragment : new int[] {MediaPacket.FIRST, MediaPacket.MIDDLE, MediaPacket.LAST, MediaPacket.WHOLE}) {
            MediaPacket p = packet(1);
            p.fragment = fragment;
            ByteBuffer b = copy(dialect.media(peer, SSRC, p, false));
            assertThat(AdvancedHeader.first(b, 0)).isEqualTo(fragment == MediaPacket.FIRST || fragment == MediaPacket.WHOLE);
            assertThat(AdvancedHeader.last(b, 0)).isEqualTo(fragment == MediaPacket.LAST || fragment == MediaPacket.WHOLE);
            dialect.decode(0, peer, b, in);
            dialect.toPacket(in, new MediaNumbers(), 0, packet);
            assertThat(packet.fragment).isEqualTo(fragment);
        }
    }

    @Test
    void repeatedMediaIsMarked() {
        decode(Librist.MEDIA_REPEATED);
        assertThat(in.ssrc & 1).isEqualTo(1);
        assertThat(in.sequence32).isEqualTo(0x15);
    }

    @Test
    void reportInsideType8IsAReport() {
        decode(Librist.REPORT_IN_TYPE_8);
        assertThat(in.kind).isEqualTo(Inbound.Kind.FEEDBACK);
        Told told = new Told();
        assertThat(dialect.readFeedback(in, told)).isTrue();
        assertThat(told.said).containsExactly("report d49246d0", "name vm@127.0.0.1:28880", "echo request");
    }

    @Test
    void requestOfLibristIsReadInWideNumbers() {
        decode(Librist.REQUEST);
        Told told = new Told();
        assertThat(dialect.readFeedback(in, told)).isTrue();
        // Its number 0x15 is our 65,557th
        assertThat(told.said).containsExactly("upper 1", "request 21 x1");
    }

    @Test
    void echoOfLibristIsAnsweredAsLibristAnswers() {
        decode(Librist.KEEP_ALIVE_IN_GRE);
        dialect.media(peer, SSRC, packet(0), false);
        decode(Librist.ECHO_REQUEST);
        assertThat(in.kind).isEqualTo(Inbound.Kind.FEEDBACK);
        byte[] answer = bytes(dialect.echoResponse(peer, in, SSRC, CNAME, in.buffer, in.offset, in.end - in.offset));
        assertThat(withoutNumbers(answer)).isEqualTo(withoutNumbers(Librist.ECHO_RESPONSE.bytes()));
    }

    /** TR-06-4 Part 1 §5.4, Figure 5: index 0x0002, 44 bytes. Before the upgrade it goes into the receiver report. */
    @Test
    void reportOfTheLinkIsAControlMessageOnceThePeerIsUpgraded() {
        LinkQuality quality = new LinkQuality();
        quality.sequence = 42;
        quality.periodMs = 200;
        quality.dataKbps = 10_000;
        assertThat(dialect.linkQuality(peer, quality)).isNull();
        decode(Librist.KEEP_ALIVE_IN_GRE);
        dialect.media(peer, SSRC, packet(0), false);
        ByteBuffer sent = copy(dialect.linkQuality(peer, quality));
        assertThat(sent.remaining()).isEqualTo(16 + 4 + 44);
        assertThat(sent.getInt(16)).isEqualTo(0x0002_002C);
        assertThat(sent.getInt(20)).isEqualTo(42);
        dialect.decode(0, peer, sent, in);
        assertThat(in.kind).isEqualTo(Inbound.Kind.FEEDBACK);
        Told told = new Told();
        assertThat(dialect.readFeedback(in, told)).isTrue();
        assertThat(told.said).containsExactly("link 42, 10000 kbit/s");
    }

    @Test
    void reportOfTheLinkThatIsCutOffIsRefused() {
        decode(Librist.KEEP_ALIVE_IN_GRE);
        ByteBuffer sent = copy(dialect.linkQuality(peer, new LinkQuality()));
        sent.putShort(18, (short) 40).limit(sent.limit() - 4);
        dialect.decode(0, peer, sent, in);
        assertThat(in.kind).isEqualTo(Inbound.Kind.REFUSED);
    }

    @Test
    void flowAttributesAreOfNoUse() {
        decode(Librist.FLOW_ATTRIBUTES);
        assertThat(in.kind).isEqualTo(Inbound.Kind.IGNORED);
    }

    @Test
    void futureNonceIsTold() {
        decode(Librist.FUTURE_NONCE);
        assertThat(in.kind).isEqualTo(Inbound.Kind.FUTURE_NONCE);
        assertThat(in.nonce).isEqualTo(0x804A_7E5F);
    }

    @Test
    void encryptedMediaOfLibristIsRead() {
        AdvancedPeer keyed = keyedPeer(128);
        decodeWithKey(keyed, Librist.AES_128_REPORT, 128);
        dialect.decode(0, keyed, Librist.AES_128_MEDIA.datagram(), in);
        assertThat(in.kind).isEqualTo(Inbound.Kind.MEDIA);
        dialect.toPacket(in, new MediaNumbers(), 0, packet);
        assertThat(payload()).isEqualTo(Arrays.copyOfRange(Librist.MEDIA.bytes(), 20, 208));
    }

    @Test
    void compressedAndEncryptedMediaOfLibristIsRead() {
        AdvancedPeer keyed = keyedPeer(256);
        decodeWithKey(keyed, Librist.AES_256_COMPRESSED_MEDIA, 256);
        assertThat(in.kind).isEqualTo(Inbound.Kind.MEDIA);
        dialect.toPacket(in, new MediaNumbers(), 0, packet);
        assertThat(payload()).isEqualTo(Arrays.copyOfRange(Librist.MEDIA.bytes(), 20, 208));
        assertThat(keyed.hasProvenKey()).as("by the transport stream in it").isTrue();
    }

    /** The opening burst has keep-alives in front of anything that proves a key. */
    @Test
    void keepAliveUnderAKeyThatIsProvenLaterCounts() {
        AdvancedPeer keyed = keyedPeer(128);
        decodeWithKey(keyed, Librist.AES_128_KEEP_ALIVE, 128);
        assertThat(in.kind).isEqualTo(Inbound.Kind.IGNORED);
        assertThat(keyed.advanced).isFalse();
        dialect.decode(0, keyed, Librist.AES_128_REPORT.datagram(), in);
        assertThat(in.kind).isEqualTo(Inbound.Kind.FEEDBACK);
        assertThat(keyed.advanced).isTrue();
    }

    // ---- refusals --------------------------------------------------------------------------------------------------------------

    @Test
    void clearMediaIsRefusedWhereAKeyIsSetAndKeyedMediaWhereNoneIs() {
        AdvancedPeer keyed = keyedPeer(128);
        dialect.decode(0, keyed, Librist.MEDIA.datagram(), in);
        assertThat(in.refusal).isEqualTo(Refusal.CLEAR_TEXT);
        decode(Librist.AES_128_MEDIA);
        assertThat(in.refusal).isEqualTo(Refusal.KEY_UNEXPECTED);
    }

    @Test
    void otherCiphersAreRefusedByName() {
        byte[] media = Librist.AES_128_MEDIA.bytes();
        media[14] |= 1;
        dialect.decode(0, peer, ByteBuffer.wrap(media), in);
        assertThat(in.refusal).isEqualTo(Refusal.CIPHER_UNSUPPORTED);
    }

    @Test
    void strangersControlMessagesInTheClearAreIgnoredWhereAKeyIsSet() {
        AdvancedPeer keyed = keyedPeer(128);
        for (Librist message : List.of(Librist.KEEP_ALIVE, Librist.REQUEST, Librist.ECHO_REQUEST)) {
            dialect.decode(0, keyed, message.datagram(), in);
            assertThat(in.kind).as("%s", message).isEqualTo(Inbound.Kind.IGNORED);
        }
        dialect.decode(0, keyed, Librist.FUTURE_NONCE.datagram(), in);
        assertThat(in.kind).isEqualTo(Inbound.Kind.FUTURE_NONCE);
        decodeWithKey(keyed, Librist.AES_128_REPORT, 128);
        dialect.decode(0, keyed, Librist.REQUEST.datagram(), in);
        assertThat(in.kind).as("of a peer that has proven its key").isEqualTo(Inbound.Kind.FEEDBACK);
    }

    @Test
    void unknownControlMessageIsAnsweredWithItsBeginning() {
        byte[] unknown = Librist.KEEP_ALIVE.bytes();
        unknown[16] = 0x12;
        unknown[17] = 0x34;
        dialect.decode(0, peer, ByteBuffer.wrap(unknown), in);
        assertThat(in.kind).isEqualTo(Inbound.Kind.UNKNOWN_CONTROL);
        byte[] answer = bytes(dialect.unsupported(peer, in));
        assertThat(Arrays.copyOfRange(answer, 16, 32)).isEqualTo(hex("8020 000c 3c16252d 1234 ca791cee0afe"));
        dialect.decode(0, peer, ByteBuffer.wrap(answer), in);
        assertThat(in.kind).isEqualTo(Inbound.Kind.UNSUPPORTED);
        assertThat(in.control).isEqualTo(0x1234);
    }

    // ---- out -------------------------------------------------------------------------------------------------------------------

    @Test
    void numbersOnTheWireBeginWithZero() {
        assertThat(AdvancedMedia.NUMBERS_BEGIN).isEqualTo(SenderFlow.FIRST_SEQUENCE);
    }

    @Test
    void mediaIsByteForByteThatOfLibrist() {
        decode(Librist.KEEP_ALIVE_IN_GRE);
        MediaPacket p = packet(0);
        p.sourceTimeNs = 0xDF99_0816L * NS_PER_US;
        assertThat(bytes(dialect.media(peer, SSRC, p, false))).isEqualTo(Librist.MEDIA.bytes());
    }

    @Test
    void controlMessagesAreThoseOfLibrist() {
        decode(Librist.KEEP_ALIVE_IN_GRE);
        dialect.media(peer, SSRC, packet(0), false);
        for (int i = 0; i < 3; i++) assertThat(bytes(dialect.keepAlive(peer, 0, false))[0]).as("the greeting is GRE").isEqualTo((byte) 0x10);
        byte[] keepAlive = bytes(dialect.keepAlive(peer, 0, false));
        byte[] expected = Librist.KEEP_ALIVE.bytes();
        // We say G and C besides
        expected[26] = (byte) 0xE0;
        assertThat(Arrays.copyOfRange(keepAlive, 12, 20)).isEqualTo(Arrays.copyOfRange(expected, 12, 20));
        assertThat(Arrays.copyOfRange(keepAlive, 26, 30)).isEqualTo(Arrays.copyOfRange(expected, 26, 30));
        byte[] attributes = bytes(dialect.status(peer, 0, SSRC, CNAME));
        assertThat(new String(attributes, 20, attributes.length - 20, StandardCharsets.UTF_8)).isEqualTo("{\"session\":\"vm\",\"virt_dst_port\":1968,\"profile\":\"advanced\",\"flow_id\":1968,\"flow_inner\":1}");
        assertThat(dialect.status(peer, 1, SSRC, CNAME)).isNull();
    }

    @Test
    void reportsGoInsideType8OnceThePeerIsUpgraded() {
        dialect.beginRtcp(peer).emptyReport(SSRC).sourceDescription(SSRC, CNAME);
        byte[] before = bytes(dialect.feedback(peer));
        decode(Librist.KEEP_ALIVE_IN_GRE);
        dialect.beginRtcp(peer).emptyReport(SSRC).sourceDescription(SSRC, CNAME);
        byte[] after = bytes(dialect.feedback(peer));
        assertThat(before[0]).isEqualTo((byte) 0x10);
        assertThat(Arrays.copyOfRange(after, 12, 16)).isEqualTo(hex("0000 e008"));
        dialect.decode(0, peer, ByteBuffer.wrap(after), in);
        assertThat(in.kind).isEqualTo(Inbound.Kind.FEEDBACK);
    }

    @Test
    void requestsAreNativeOnceThePeerIsUpgradedAndItsNumbersAreKnown() {
        MediaNumbers numbers = new MediaNumbers();
        MissingRanges missing = new MissingRanges();
        long wide = numbers.sequence(500);
        missing.addRange(wide - 3, 2);
        decode(Librist.KEEP_ALIVE_IN_GRE);
        dialect.beginRequests(peer, SSRC, CNAME, numbers, missing, false, 0);
        assertThat(bytes(dialect.feedback(peer))[15] & 0x0F).as("in Main's way: 32 bits are not known").isEqualTo(AdvancedHeader.TYPE_MAIN_GRE);

        numbers.wideSequence((7 << 16) + 501);
        decode(Librist.MEDIA);
        assertThat(dialect.beginRequests(peer, SSRC, CNAME, numbers, missing, false, 0)).isEqualTo(2);
        assertThat(Arrays.copyOfRange(bytes(dialect.feedback(peer)), 16, 32)).isEqualTo(hex("0001 000c d49246d0 000701f1 00000001"));
    }

    @Test
    void bitmaskRequestNamesThirtyThreePacketsAtMost() {
        MediaNumbers numbers = new MediaNumbers();
        MissingRanges missing = new MissingRanges();
        long first = numbers.wideSequence(100);
        missing.addRange(first, 2);
        missing.addRange(first + 32, 3);
        missing.addRange(first + 200, 1);
        decode(Librist.KEEP_ALIVE_IN_GRE);
        decode(Librist.MEDIA);
        assertThat(dialect.beginRequests(peer, SSRC, CNAME, numbers, missing, true, 0)).isEqualTo(3);
        assertThat(Arrays.copyOfRange(bytes(dialect.feedback(peer)), 16, 32)).isEqualTo(hex("0000 000c d49246d0 00000064 80000001"));
        assertThat(dialect.beginRequests(peer, SSRC, CNAME, numbers, missing, true, 3)).isEqualTo(5);
        assertThat(Arrays.copyOfRange(bytes(dialect.feedback(peer)), 24, 32)).isEqualTo(hex("00000085 00000001"));
        assertThat(dialect.beginRequests(peer, SSRC, CNAME, numbers, missing, true, 5)).isEqualTo(6);
        assertThat(Arrays.copyOfRange(bytes(dialect.feedback(peer)), 24, 32)).isEqualTo(hex("0000012c 00000000"));
    }

    @Test
    void bitmaskRequestIsReadBackAsTheSamePackets() {
        byte[] request = Librist.REQUEST.bytes();
        System.arraycopy(hex("0000 000c 00000000 fffefffe 80000005"), 0, request, 16, 16);
        dialect.decode(0, peer, ByteBuffer.wrap(request), in);
        Told told = new Told();
        dialect.readFeedback(in, told);
        // 65,536 more than on the wire, and over the border of the lower half
        assertThat(told.said).containsExactly("upper 65535", "request 65534 x1", "upper 65535", "request 65535 x1", "upper 0", "request 1 x1", "upper 0", "request 30 x1");
    }

    @Test
    void payloadIsCompressedOnlyForAPeerThatSaidItExpands() {
        decode(Librist.KEEP_ALIVE_IN_GRE);
        assertThat(dialect.media(peer, SSRC, packet(0), false).remaining()).isEqualTo(208);
        dialect.decode(0, peer, ByteBuffer.wrap(hex("1010cce0 00000000 00008000 ca791cee0afe 2520 a0000000")), in);
        ByteBuffer compressed = dialect.media(peer, SSRC, packet(0), false);
        assertThat(compressed.remaining()).isLessThan(60);
        assertThat(AdvancedHeader.compression(compressed, 0)).isEqualTo(AdvancedHeader.LPC_LZ4);
        ByteBuffer back = ByteBuffer.wrap(bytes(compressed));
        dialect.decode(0, peer, back, in);
        dialect.toPacket(in, new MediaNumbers(), 0, packet);
        assertThat(payload()).isEqualTo(Arrays.copyOfRange(Librist.MEDIA.bytes(), 20, 208));
    }

    /** §8.2: pairs of nonce and vector, over media, repetitions, control in GRE and inside Type 8. */
    @Test
    void noVectorServesTwoDatagramsUnderOneKey() {
        AdvancedPeer keyed = keyedPeer(128);
        Set<Long> vectors = new HashSet<>();
        int datagrams = 0;
        for (int i = 0; i < 300; i++) {
            // Both framings, as a session has towards two peers
            keyed.announced(i % 3 == 0 ? 0 : i % 2 == 0 ? 0xA0 : 0x80);
            MediaPacket p = packet(i / 2);
            p.retransmission = i % 2 == 1;
            dialect.beginRtcp(keyed).emptyReport(SSRC).sourceDescription(SSRC, CNAME);
            for (ByteBuffer b : List.of(copy(dialect.feedback(keyed)), copy(dialect.media(keyed, SSRC, p, false)))) {
                vectors.add(vector(b));
                datagrams++;
            }
        }
        assertThat(vectors).hasSize(datagrams);
    }

    private static long vector(ByteBuffer b) {
        int gre = 0;
        if (AdvancedHeader.looksLike(b, 0, b.limit())) {
            if (AdvancedHeader.type(b, 0) == AdvancedHeader.TYPE_DIRECT) return (long) AdvancedHeader.nonce(b, 0) << 32 | AdvancedHeader.iv(b, 0);
            gre = AdvancedHeader.LENGTH;
        }
        return (long) GreHeader.nonce(b, gre) << 32 | GreHeader.sequence(b, gre);
    }

    @Test
    void strictDialectSpeaksByTheLetter() {
        AdvancedDialect strict = new AdvancedDialect(1_968, false, true, new SplittableRandom(1));
        AdvancedPeer to = (AdvancedPeer) strict.newPeer(Keyring.clear());
        byte[] greeting = bytes(strict.keepAlive(to, 2, false));
        assertThat(greeting).hasSize(20);
        assertThat(greeting[19]).as("V, C, G and I").isEqualTo((byte) 0x27);
        strict.decode(0, to, Librist.KEEP_ALIVE.datagram(), in);
        byte[] media = bytes(strict.media(to, SSRC, packet(0), false));
        assertThat(Arrays.copyOfRange(media, 14, 24)).isEqualTo(hex("cc05 07b00010 41afd040"));
        strict.keepAlive(to, 0, false);
        strict.keepAlive(to, 0, false);
        byte[] keepAlive = bytes(strict.keepAlive(to, 0, false));
        assertThat(Arrays.copyOfRange(keepAlive, 16, 20)).isEqualTo(hex("8000 0008"));
        assertThat(Arrays.copyOfRange(bytes(strict.eapol(to, ByteBuffer.wrap(hex("03010000")))), 16, 24)).isEqualTo(hex("8010 0004 03010000"));

        dialect.decode(0, peer, ByteBuffer.wrap(media), in);
        dialect.toPacket(in, new MediaNumbers(), 0, packet);
        assertThat(payload()).isEqualTo(Arrays.copyOfRange(Librist.MEDIA.bytes(), 20, 208));
        dialect.decode(0, peer, ByteBuffer.wrap(keepAlive), in);
        assertThat(peer.advanced).isTrue();
        assertThat(peer.compression).isTrue();
    }

    @Test
    void authenticationGoesInGreAndComesInEither() {
        decode(Librist.KEEP_ALIVE_IN_GRE);
        byte[] start = bytes(dialect.eapol(peer, ByteBuffer.wrap(hex("03010000"))));
        assertThat(start).startsWith(hex("10")).endsWith(hex("888e")[0] == start[2] ? hex("03010000") : hex("ff"));
        dialect.decode(0, peer, ByteBuffer.wrap(start), in);
        assertThat(in.kind).isEqualTo(Inbound.Kind.EAPOL);
        byte[] control = Arrays.copyOf(Librist.KEEP_ALIVE.bytes(), 24);
        System.arraycopy(hex("8010 0004 03010000"), 0, control, 16, 8);
        dialect.decode(0, peer, ByteBuffer.wrap(control), in);
        assertThat(in.kind).isEqualTo(Inbound.Kind.EAPOL);
        assertThat(in.end - in.offset).isEqualTo(4);
    }

    // ---- helpers ---------------------------------------------------------------------------------------------------------------

    private void decode(Librist captured) {
        dialect.decode(0, peer, captured.datagram(), in);
    }

    private static AdvancedPeer keyedPeer(int aesBits) {
        Keyring keyring = Keyring.of(aesBits, 0, new SplittableRandom(7));
        keyring.offerSendKey(PASSPHRASE.derive(keyring.sendKeyWanted(), aesBits));
        return new AdvancedPeer(keyring);
    }

    /** As a session does it: the datagram waits for its key. */
    private void decodeWithKey(AdvancedPeer keyed, Librist captured, int aesBits) {
        ByteBuffer datagram = captured.datagram();
        dialect.decode(0, keyed, datagram, in);
        if (in.kind == Inbound.Kind.AWAITING_KEY) {
            assertThat(keyed.wantsKey(0, in.nonce)).isTrue();
            keyed.offerKey(PASSPHRASE.derive(in.nonce, aesBits));
            dialect.decode(0, keyed, datagram, in);
        }
    }

    /** The payload that librist's capture has, under a number of ours. */
    private MediaPacket packet(int number) {
        MediaPacket p = new MediaPacket();
        p.sequence = SenderFlow.FIRST_SEQUENCE + number;
        p.payload = Librist.MEDIA.datagram();
        p.payloadOffset = 20;
        p.payloadLength = 188;
        return p;
    }

    private byte[] payload() {
        byte[] bytes = new byte[packet.payloadLength];
        packet.payload.get(packet.payloadOffset, bytes);
        return bytes;
    }

    private static byte[] bytes(ByteBuffer b) {
        byte[] bytes = new byte[b.remaining()];
        b.get(b.position(), bytes);
        return bytes;
    }

    private static ByteBuffer copy(ByteBuffer b) {
        return ByteBuffer.wrap(bytes(b));
    }

    /** Sequence and timestamp are each end's own. */
    private static byte[] withoutNumbers(byte[] datagram) {
        byte[] bytes = datagram.clone();
        Arrays.fill(bytes, 2, 8, (byte) 0);
        return bytes;
    }

    /** What feedback says, in words. */
    private static final class Told implements Feedback {
        final List<String> said = new ArrayList<>();

        @Override
        public void onSenderReport(int ssrc, long ntp, int rtpTimestamp) {
            said.add("sender report");
        }

        @Override
        public void onReceiverReport(int ssrc, int mediaSsrc, int fractionLost, int lsr, int dlsr) {
            said.add("report " + Integer.toHexString(ssrc));
        }

        @Override
        public void onSourceDescription(int ssrc, ByteBuffer b, int offset, int length) {
            byte[] name = new byte[length];
            b.get(offset, name);
            said.add("name " + new String(name, StandardCharsets.UTF_8));
        }

        @Override
        public void onRequest(int mediaSsrc, int first16, int count) {
            said.add("request " + first16 + " x" + count);
        }

        @Override
        public void onSequenceExtension(int msb16) {
            said.add("upper " + msb16);
        }

        @Override
        public void onEchoRequest(ByteBuffer b, int offset, int length) {
            said.add("echo request");
        }

        @Override
        public void onEchoResponse(int ssrc, long timestamp, int processingDelayUs) {
            said.add("echo response");
        }

        @Override
        public void onBye(int ssrc) {
            said.add("bye");
        }

        @Override
        public void onLinkQuality(ByteBuffer b, int offset) {
            said.add("link " + b.getInt(offset) + ", " + b.getInt(offset + 36) + " kbit/s");
        }
    }
}
