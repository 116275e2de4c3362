package io.ristflow.core.codec;

import io.ristflow.core.codec.eap.EapolFrame;
import io.ristflow.core.codec.advanced.AdvancedHeader;
import io.ristflow.core.codec.advanced.ControlEcho;
import io.ristflow.core.codec.advanced.ControlFutureNonce;
import io.ristflow.core.codec.advanced.ControlKeepAlive;
import io.ristflow.core.codec.advanced.ControlMessage;
import io.ristflow.core.codec.advanced.ControlNack;
import io.ristflow.core.codec.advanced.ControlUnsupported;
import io.ristflow.core.codec.advanced.FlowAttributes;
import io.ristflow.core.codec.gre.BufferNegotiation;
import io.ristflow.core.codec.gre.FullDatagram;
import io.ristflow.core.codec.gre.FutureNonce;
import io.ristflow.core.codec.gre.GreHeader;
import io.ristflow.core.codec.gre.KeepAlive;
import io.ristflow.core.codec.gre.ReducedHeader;
import io.ristflow.core.codec.gre.VsfHeader;
import io.ristflow.core.codec.lqm.LinkQualityMessage;
import io.ristflow.core.codec.payload.Lz4;
import io.ristflow.core.codec.rtcp.BitmaskNack;
import io.ristflow.core.codec.rtcp.Bye;
import io.ristflow.core.codec.rtcp.ExtSeq;
import io.ristflow.core.codec.rtcp.RangeNack;
import io.ristflow.core.codec.rtcp.ReceiverReport;
import io.ristflow.core.codec.rtcp.RtcpCompound;
import io.ristflow.core.codec.rtcp.RttEcho;
import io.ristflow.core.codec.rtcp.Sdes;
import io.ristflow.core.codec.rtcp.SenderReport;
import io.ristflow.core.codec.rtcp.Xr;
import io.ristflow.core.codec.rtp.NullPackets;
import io.ristflow.core.codec.rtp.RiExtension;
import io.ristflow.core.codec.rtp.RtpHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Every decoder of the room behind one door for the fuzzers: it calls the decoder's check, then all readers that the check allows, and boils the
 * answers down to one number. Offsets count from the message's beginning, so the number depends on the message alone.
 */
public enum Decoder {
    RTP_HEADER {
        @Override
        long read(ByteBuffer b, int off, int end) {
            long h = end - off >= 2 && RtpHeader.looksLikeRtcp(b, off) ? 1 : 0;
            int length = RtpHeader.headerLength(b, off, end);
            h = mix(mix(h, length), RtpHeader.paddingLength(b, off, end));
            if (length == RtpHeader.MALFORMED) return h;
            h = mix(mix(h, RtpHeader.payloadType(b, off)), RtpHeader.sequence(b, off));
            h = mix(mix(h, RtpHeader.timestamp(b, off)), RtpHeader.ssrc(b, off));
            h = mix(h, RtpHeader.marker(b, off) ? 1 : 0);
            if (RtpHeader.hasExtension(b, off)) h = mix(h, RI_EXTENSION.read(b, RtpHeader.extensionOffset(b, off), off + length));
            return h;
        }
    },
    RI_EXTENSION {
        @Override
        long read(ByteBuffer b, int off, int end) {
            if (!RiExtension.present(b, off, end)) return -1;
            long h = (RiExtension.nullPackets(b, off) ? 1 : 0) + (RiExtension.sequenceExtended(b, off) ? 2 : 0);
            h = mix(mix(h, RiExtension.npdBits(b, off)), RiExtension.size(b, off));
            return mix(mix(h, RiExtension.size204(b, off) ? 1 : 0), RiExtension.sequenceExtension(b, off));
        }
    },
    NULL_PACKETS {
        @Override
        long read(ByteBuffer b, int off, int end) {
            if (end <= off) return -1;
            int first = b.get(off) & 0xFF;
            int len = end - off - 1;
            SCRATCH.clear();
            int restored = NullPackets.restore(b, off + 1, len, first & 0x7F, first >= 0x80, SCRATCH, 0);
            long h = mix(restored, NullPackets.count(first));
            for (int i = 0; i < restored; i += 4) h = mix(h, SCRATCH.getInt(i));
            return len <= SCRATCH.capacity() ? mix(h, NullPackets.delete(b, off + 1, len, SCRATCH, 0)) : h;
        }
    },
    RTCP_COMPOUND {
        @Override
        long read(ByteBuffer b, int off, int end) {
            long h = RtcpCompound.wellFormed(b, off, end) ? 1 : 0;
            for (int at = off, n; (n = RtcpCompound.next(b, at, end)) > 0; at += n) h = mix(h, packet(b, at, at + n));
            return h;
        }

        private long packet(ByteBuffer b, int off, int end) {
            Decoder decoder = switch (RtcpCompound.packetType(b, off)) {
                case RtcpCompound.SR -> SENDER_REPORT;
                case RtcpCompound.RR -> RECEIVER_REPORT;
                case RtcpCompound.SDES -> SDES;
                case RtcpCompound.BYE -> BYE;
                case RtcpCompound.RTPFB -> BITMASK_NACK;
                case RtcpCompound.XR, RtcpCompound.XR_LIBRIST -> XR;
                default -> null;
            };
            if (decoder != null) return decoder.read(b, off, end);
            long h = mix(RANGE_NACK.read(b, off, end), EXT_SEQ.read(b, off, end));
            return mix(h, RTT_ECHO.read(b, off, end));
        }
    },
    SENDER_REPORT {
        @Override
        long read(ByteBuffer b, int off, int end) {
            int len = RtcpCompound.next(b, off, end);
            if (len < 0) return -1;
            // Read unchecked on purpose: a short report gives zeros.
            long h = mix(SenderReport.is(b, off, len) ? 1 : 0, SenderReport.ssrc(b, off));
            h = mix(mix(h, SenderReport.ntp(b, off)), SenderReport.rtpTimestamp(b, off));
            return mix(mix(h, SenderReport.packetCount(b, off)), SenderReport.octetCount(b, off));
        }
    },
    RECEIVER_REPORT {
        @Override
        long read(ByteBuffer b, int off, int end) {
            int len = RtcpCompound.next(b, off, end);
            if (len < 0) return -1;
            long h = mix(ReceiverReport.is(b, off, len) ? 1 : 0, ReceiverReport.hasBlock(b, off) ? 1 : 0);
            h = mix(mix(h, ReceiverReport.ssrc(b, off)), ReceiverReport.mediaSsrc(b, off));
            h = mix(mix(h, ReceiverReport.fractionLost(b, off)), ReceiverReport.cumulativeLost(b, off));
            h = mix(mix(h, ReceiverReport.extendedHighest(b, off)), ReceiverReport.jitter(b, off));
            h = mix(mix(h, ReceiverReport.lsr(b, off)), ReceiverReport.dlsr(b, off));
            int extension = ReceiverReport.extensionLength(b, off, len);
            if (extension <= 0) return mix(h, extension);
            int at = ReceiverReport.extensionOffset(b, off);
            return mix(mix(h, b.get(at + extension - 1)), LINK_QUALITY.read(b, at, at + extension));
        }
    },
    SDES {
        @Override
        long read(ByteBuffer b, int off, int end) {
            int len = RtcpCompound.next(b, off, end);
            if (len < 0) return -1;
            int at = Sdes.cnameOffset(b, off, off + len);
            int name = Sdes.cnameLength(b, off, off + len);
            long h = mix(Sdes.ssrc(b, off), name);
            for (int i = 0; i < name; i++) h = mix(h, b.get(at + i));
            return at < 0 ? h : mix(h, at - off);
        }
    },
    BYE {
        @Override
        long read(ByteBuffer b, int off, int end) {
            return RtcpCompound.next(b, off, end) < 0 ? -1 : Bye.ssrc(b, off);
        }
    },
    RANGE_NACK {
        @Override
        long read(ByteBuffer b, int off, int end) {
            int len = RtcpCompound.next(b, off, end);
            if (len < 0 || !RangeNack.is(b, off, len)) return -1;
            long h = RangeNack.mediaSsrc(b, off);
            for (int i = 0; i < RangeNack.records(b, off, len); i++) {
                h = mix(mix(h, RangeNack.first(b, off, i)), RangeNack.additional(b, off, i));
            }
            return h;
        }
    },
    BITMASK_NACK {
        @Override
        long read(ByteBuffer b, int off, int end) {
            int len = RtcpCompound.next(b, off, end);
            if (len < 0 || !BitmaskNack.is(b, off, len)) return -1;
            long h = mix(BitmaskNack.senderSsrc(b, off), BitmaskNack.mediaSsrc(b, off));
            for (int i = 0; i < BitmaskNack.entries(b, off, len); i++) {
                h = mix(mix(h, BitmaskNack.pid(b, off, i)), BitmaskNack.blp(b, off, i));
            }
            return h;
        }
    },
    EXT_SEQ {
        @Override
        long read(ByteBuffer b, int off, int end) {
            int len = RtcpCompound.next(b, off, end);
            if (len < 0 || !ExtSeq.is(b, off, len)) return -1;
            return mix(ExtSeq.mediaSsrc(b, off), ExtSeq.sequenceExtension(b, off));
        }
    },
    RTT_ECHO {
        @Override
        long read(ByteBuffer b, int off, int end) {
            int len = RtcpCompound.next(b, off, end);
            if (len < 0) return -1;
            long h = (RttEcho.isRequest(b, off, len) ? 1 : 0) + (RttEcho.isResponse(b, off, len) ? 2 : 0);
            if (h == 0) return -1;
            h = mix(mix(h, RttEcho.ssrc(b, off)), RttEcho.timestamp(b, off));
            h = mix(h, RttEcho.processingDelayUs(b, off));
            if (len > SCRATCH.capacity()) return h;
            SCRATCH.clear();
            h = mix(h, RttEcho.writeResponse(SCRATCH, 0, b, off, len, 7));
            return mix(h, SCRATCH.get(len - 1));
        }
    },
    XR {
        @Override
        long read(ByteBuffer b, int off, int end) {
            int len = RtcpCompound.next(b, off, end);
            if (len < 0 || !Xr.is(b, off)) return -1;
            int ssrc = Xr.ssrc(b, off);
            int rrtr = Xr.rrtr(b, off, len);
            int dlrr = Xr.dlrr(b, off, len, ssrc);
            long h = rrtr < 0 ? ssrc : mix(mix(ssrc, rrtr - off), b.getLong(rrtr));
            return dlrr < 0 ? h : mix(mix(h, Xr.lastRr(b, dlrr)), Xr.delaySinceLastRr(b, dlrr));
        }
    },
    GRE_HEADER {
        @Override
        long read(ByteBuffer b, int off, int end) {
            int length = GreHeader.length(b, off, end);
            long h = mix(length, GreHeader.checksumValid(b, off, end) ? 1 : 0);
            if (length < 0) return h;
            h = mix(mix(h, GreHeader.protocol(b, off)), GreHeader.version(b, off));
            h = mix(h, GreHeader.aes256(b, off) ? 1 : 0);
            if (GreHeader.hasKey(b, off)) h = mix(h, GreHeader.nonce(b, off));
            return GreHeader.hasSequence(b, off) ? mix(h, GreHeader.sequence(b, off)) : h;
        }
    },
    VSF_HEADER {
        @Override
        long read(ByteBuffer b, int off, int end) {
            return VsfHeader.fits(off, end) ? mix(VsfHeader.type(b, off), VsfHeader.subtype(b, off)) : -1;
        }
    },
    REDUCED_HEADER {
        @Override
        long read(ByteBuffer b, int off, int end) {
            if (!ReducedHeader.fits(off, end)) return -1;
            return mix(ReducedHeader.sourcePort(b, off), ReducedHeader.destinationPort(b, off));
        }
    },
    KEEP_ALIVE {
        @Override
        long read(ByteBuffer b, int off, int end) {
            KeepAlive message = KeepAlive.read(b, off, end);
            return message == null ? -1 : mix(message.hashCode(), message.advancedBlock() ? 1 : 0);
        }
    },
    BUFFER_NEGOTIATION {
        @Override
        long read(ByteBuffer b, int off, int end) {
            if (!BufferNegotiation.valid(b, off, end)) return -1;
            long h = mix(BufferNegotiation.senderMaxMs(b, off), BufferNegotiation.receiverCurrentMs(b, off));
            return mix(h, BufferNegotiation.protocol(b, off));
        }
    },
    FUTURE_NONCE {
        @Override
        long read(ByteBuffer b, int off, int end) {
            return FutureNonce.valid(b, off, end) ? FutureNonce.nonce(b, off) : -1;
        }
    },
    ADVANCED_HEADER {
        @Override
        long read(ByteBuffer b, int off, int end) {
            int clear = AdvancedHeader.clearLength(b, off, end);
            long h = mix(clear, AdvancedHeader.looksLike(b, off, end) ? 1 : 0);
            if (clear == AdvancedHeader.MALFORMED) return h;
            h = mix(mix(h, AdvancedHeader.sequence(b, off)), AdvancedHeader.timestamp(b, off));
            h = mix(mix(h, AdvancedHeader.ssrc(b, off)), AdvancedHeader.flags(b, off));
            h = mix(mix(h, AdvancedHeader.psk(b, off)), AdvancedHeader.compression(b, off));
            h = mix(mix(h, AdvancedHeader.type(b, off)), AdvancedHeader.flowId(b, off));
            if (AdvancedHeader.hasNonceAndIv(AdvancedHeader.psk(b, off))) h = mix(mix(h, AdvancedHeader.nonce(b, off)), AdvancedHeader.iv(b, off));
            int payload = AdvancedHeader.payloadOffset(b, off, clear, end);
            if (payload == AdvancedHeader.MALFORMED) return h;
            int payloadEnd = AdvancedHeader.payloadEnd(b, off, payload, end);
            return mix(mix(mix(h, payload - off), AdvancedHeader.format(b, off, clear)), payloadEnd == AdvancedHeader.MALFORMED ? -1 : payloadEnd - off);
        }
    },
    CONTROL_MESSAGE {
        @Override
        long read(ByteBuffer b, int off, int end) {
            int length = ControlMessage.bodyLength(b, off, end);
            if (length == ControlMessage.MALFORMED) return -1;
            int body = off + ControlMessage.HEADER;
            long h = mix(length, ControlMessage.index(b, off));
            switch (ControlMessage.index(b, off)) {
                case ControlMessage.NACK_BITMASK, ControlMessage.NACK_RANGE -> {
                    for (int i = 0; i < ControlNack.entries(length); i++) {
                        h = mix(mix(h, ControlNack.mediaSsrc(b, body)), ControlNack.first(b, body, i));
                        h = mix(mix(h, ControlNack.bitmask(b, body, i)), ControlNack.additional(b, body, i));
                    }
                }
                case ControlMessage.ECHO_REQUEST, ControlMessage.ECHO_RESPONSE -> {
                    if (!ControlEcho.fits(length)) return h;
                    h = mix(mix(h, ControlEcho.ssrc(b, body)), ControlEcho.timestamp(b, body));
                    h = mix(h, ControlEcho.processingDelayUs(b, body));
                    if (length > SCRATCH.capacity()) return h;
                    SCRATCH.clear();
                    ControlEcho.writeResponse(SCRATCH, 0, b, body, length, 7);
                    h = mix(h, SCRATCH.get(length - 1));
                }
                case ControlMessage.FUTURE_NONCE -> h = mix(h, ControlFutureNonce.valid(b, body, length) ? ControlFutureNonce.nonce(b, body) : 0);
                case ControlMessage.UNSUPPORTED -> {
                    if (ControlUnsupported.fits(length)) h = mix(mix(h, ControlUnsupported.controlSsrc(b, body)), ControlUnsupported.unsupportedIndex(b, body));
                }
                default -> {
                    SCRATCH.clear();
                    ControlUnsupported.write(SCRATCH, 0, 1, 2, b, body, length);
                    h = mix(h, SCRATCH.getLong(4));
                }
            }
            return h;
        }
    },
    CONTROL_KEEP_ALIVE {
        @Override
        long read(ByteBuffer b, int off, int end) {
            KeepAlive message = ControlKeepAlive.read(b, off, end - off);
            return message == null ? -1 : mix(message.hashCode(), message.advancedBlock() ? 1 : 0);
        }
    },
    FLOW_ATTRIBUTES {
        @Override
        long read(ByteBuffer b, int off, int end) {
            return FlowAttributes.read(b, off, end - off).hashCode();
        }
    },
    LZ4 {
        @Override
        long read(ByteBuffer b, int off, int end) {
            EXPANDED.clear();
            int length = Lz4.expand(b, off, end - off, EXPANDED, 0);
            long h = length;
            for (int i = 0; i < length; i++) h = mix(h, EXPANDED.get(i));
            return h;
        }
    },
    FULL_DATAGRAM {
        @Override
        long read(ByteBuffer b, int off, int end) {
            int payload = FullDatagram.payloadOffset(b, off, end);
            return payload < 0 ? -1 : payload - off;
        }
    },
    LINK_QUALITY {
        @Override
        long read(ByteBuffer b, int off, int end) {
            if (!LinkQualityMessage.fits(b, off, end)) return -1;
            long h = mix(LinkQualityMessage.sequence(b, off), LinkQualityMessage.periodMs(b, off));
            h = mix(mix(h, LinkQualityMessage.nackWindowMs(b, off)), LinkQualityMessage.sourceReceived(b, off));
            h = mix(mix(h, LinkQualityMessage.originalLost(b, off)), LinkQualityMessage.retransmittedReceived(b, off));
            h = mix(mix(h, LinkQualityMessage.recovered(b, off)), LinkQualityMessage.unrecovered(b, off));
            h = mix(mix(h, LinkQualityMessage.late(b, off)), LinkQualityMessage.dataKbps(b, off));
            return mix(h, LinkQualityMessage.retransmissionKbps(b, off));
        }
    },
    EAPOL {
        @Override
        long read(ByteBuffer b, int off, int end) {
            EapolFrame frame = EapolFrame.read(b, off, end);
            if (frame == null) return -1;
            // What was read can be written: the bytes are the answer.
            ByteBuffer written = ByteBuffer.allocate(end - off + 16);
            int length = frame.write(written, 0);
            return mix(length, Arrays.hashCode(Arrays.copyOf(written.array(), length)));
        }
    };

    private static final ByteBuffer SCRATCH = ByteBuffer.allocate(2_048);
    private static final ByteBuffer EXPANDED = ByteBuffer.allocate(Lz4.MAX_EXPANDED_BYTES);

    /** Reads all there is to read between {@code off} and {@code end}; throws only if the room breaks its promise. */
    abstract long read(ByteBuffer b, int off, int end);

    private static long mix(long hash, long value) {
        return (hash ^ value) * 0x9E37_79B9_7F4A_7C15L + (hash >>> 29);
    }
}
