package io.ristflow.core.codec;

/**
 * Messages written down by hand from the clauses, never by the encoders. They are what the tests expect, the seeds of the fuzzer
 * ({@code CodecFuzzTestInputs}) and what {@link MutationFuzzTest} mutates.
 */
public enum Golden {
    /** RFC 3550 §5.1, TR-06-1 §5.1. */
    RTP_MEDIA(Decoder.RTP_HEADER, """
            80           # V=2, P=0, X=0, CC=0
            21           # M=0, PT=33
            12 34        # sequence 4660
            00 01 5F 90  # timestamp 90000
            00 00 07 B0  # SSRC 1968, even: an original packet
            47 01 00 10  # payload
            """),
    RTP_ALL_OPTIONS(Decoder.RTP_HEADER, """
            B1           # V=2, P=1, X=1, CC=1
            A1           # M=1, PT=33
            FF FF        # sequence 65535
            FF FF FF FF  # timestamp
            12 34 56 79  # SSRC, odd: a retransmission
            CA FE BA BE  # CSRC
            52 49 00 01  # "RI", one word
            80 62 00 00  # N, NPD 1100010
            47           # payload
            00 00 03     # padding, 3 bytes with its count
            """),
    /** TR-06-2 §8.3 Figure 15, with the bits of the example in §8.1: null packets at 1, 2 and 6. */
    RI_NULL_PACKETS(Decoder.RI_EXTENSION, """
            52 49        # "RI"
            00 01        # length 1
            80           # N=1, E=0, Size=000, 000
            62           # T=0, NPD 1100010
            00 00        # no sequence number extension
            """),
    RI_EVERYTHING(Decoder.RI_EXTENSION, """
            52 49        # "RI"
            00 01        # length 1
            F8           # N=1, E=1, Size=111, 000
            E1           # T=1, NPD 1100001
            00 02        # sequence number extension 2
            """),
    /** TR-06-1 §5.2.2. */
    SENDER_REPORT(Decoder.SENDER_REPORT, """
            80 C8 00 06  # V=2, RC=0, PT=200, length 6
            00 00 07 B0  # SSRC
            EC 8B 3F 00  # NTP seconds
            80 00 00 00  # NTP fraction: one half
            00 01 5F 90  # RTP timestamp 90000
            00 00 03 E8  # 1000 packets
            00 14 14 A0  # 1316000 octets
            """),
    /** TR-06-1 §5.2.3. */
    RECEIVER_REPORT_EMPTY(Decoder.RECEIVER_REPORT, """
            80 C9 00 01  # V=2, RC=0, PT=201, length 1
            00 00 07 B0  # SSRC
            """),
    /** TR-06-1 §5.2.4. */
    RECEIVER_REPORT(Decoder.RECEIVER_REPORT, """
            81 C9 00 07  # V=2, RC=1, PT=201, length 7
            00 00 07 B0  # SSRC of packet sender
            00 00 07 B2  # received stream
            40 FF FF FE  # a quarter lost; cumulatively -2
            00 01 12 34  # highest: cycle 1, sequence 4660
            00 00 00 2A  # jitter 42
            3F 00 80 00  # LSR
            00 00 C0 00  # DLSR three quarters of a second
            """),
    /** TR-06-4 Part 1 §5.2 Figure 3: (8 + 24 + 44) / 4 - 1 = 18. */
    RECEIVER_REPORT_LINK_QUALITY(Decoder.RECEIVER_REPORT, """
            81 C9 00 12  # V=2, RC=1, PT=201, length 18
            00 00 07 B0  # SSRC of packet sender
            00 00 07 B2  # received stream
            40 FF FF FE  # a quarter lost; cumulatively -2
            00 01 12 34  # highest: cycle 1, sequence 4660
            00 00 00 2A  # jitter 42
            3F 00 80 00  # LSR
            00 00 C0 00  # DLSR three quarters of a second
            00 00 00 2A  # message 42
            00 00 00 C8  # period of 200 ms
            00 00 03 E8  # NACK window of 1000 ms
            00 00 00 BE  # 190 source packets came
            00 00 00 0A  # 10 were lost
            00 00 00 09  # 9 retransmissions came
            00 00 00 08  # 8 packets recovered
            00 00 00 01  # 1 packet not
            00 00 00 02  # 2 came late
            00 00 27 10  # data 10000 kbit/s
            00 00 01 DB  # retransmissions 475 kbit/s
            """),
    /** TR-06-4 Part 1 §5.2 Figure 4: length 12. */
    RECEIVER_REPORT_EMPTY_LINK_QUALITY(Decoder.RECEIVER_REPORT, """
            80 C9 00 0C  # V=2, RC=0, PT=201, length 12
            00 00 07 B0  # SSRC
            00 00 00 2A  # message 42
            00 00 00 C8  # period of 200 ms
            00 00 03 E8  # NACK window of 1000 ms
            00 00 00 BE  # 190 source packets came
            00 00 00 0A  # 10 were lost
            00 00 00 09  # 9 retransmissions came
            00 00 00 08  # 8 packets recovered
            00 00 00 01  # 1 packet not
            00 00 00 02  # 2 came late
            00 00 27 10  # data 10000 kbit/s
            00 00 01 DB  # retransmissions 475 kbit/s
            """),
    /** TR-06-1 §5.2.5. */
    SDES(Decoder.SDES, """
            81 CA 00 03  # V=2, SC=1, PT=202, length 3
            00 00 07 B0  # SSRC
            01 03        # CNAME of 3 bytes
            61 40 62     # a@b
            00 00 00     # end, filled to a word
            """),
    SDES_EMPTY_NAME(Decoder.SDES, """
            81 CA 00 02  # V=2, SC=1, PT=202, length 2
            00 00 07 B0  # SSRC
            01 00 00 00  # CNAME of 0 bytes, end, filled
            """),
    SDES_SEVERAL_ITEMS(Decoder.SDES, """
            81 CA 00 03  # V=2, SC=1, PT=202, length 3
            00 00 07 B0  # SSRC
            02 01 78     # NAME "x"
            01 02 61 62  # CNAME "ab"
            00           # end
            """),
    /** RFC 3550 §6.6. */
    BYE(Decoder.BYE, """
            81 CB 00 01  # V=2, SC=1, PT=203, length 1
            00 00 07 B0  # SSRC
            """),
    /** TR-06-1 §5.3.2.2. */
    RANGE_NACK(Decoder.RANGE_NACK, """
            80 CC 00 04  # V=2, subtype 0, PT=204, length 2 + 2
            00 00 07 B0  # SSRC of media source
            52 49 53 54  # "RIST"
            00 64 00 00  # packet 100 alone
            FF FE 00 03  # 65534 and three more, over the wrap
            """),
    /** TR-06-1 §5.3.2.1, RFC 4585 §6.2.1. */
    BITMASK_NACK(Decoder.BITMASK_NACK, """
            81 CD 00 04  # V=2, FMT=1, PT=205, length 2 + 2
            00 00 00 00  # SSRC of packet sender: 0, as librist
            00 00 07 B0  # SSRC of media source
            00 64 00 05  # PID 100; BLP bits 1 and 3: 101 and 103
            FF FF 80 00  # PID 65535; BLP bit 16: 15
            """),
    /** TR-06-2 §8.4 Figure 16. */
    EXT_SEQ(Decoder.EXT_SEQ, """
            81 CC 00 03  # V=2, subtype 1, PT=204, length 3
            00 00 07 B0  # SSRC of media source
            52 49 53 54  # "RIST"
            80 02        # upper sixteen bits
            00 00        # reserved
            """),
    /** TR-06-1 §5.2.6. */
    ECHO_REQUEST(Decoder.RTT_ECHO, """
            82 CC 00 05  # V=2, subtype 2, PT=204, length 5
            00 00 07 B0  # SSRC of media source
            52 49 53 54  # "RIST"
            83 AA 7E 80  # timestamp, most significant word
            00 00 00 01  # timestamp, least significant word
            00 00 00 00  # no processing delay in requests
            """),
    ECHO_RESPONSE_PADDED(Decoder.RTT_ECHO, """
            83 CC 00 07  # V=2, subtype 3, PT=204, length 5 + 2
            00 00 07 B0  # SSRC of media source
            52 49 53 54  # "RIST"
            83 AA 7E 80  # timestamp, most significant word
            00 00 00 01  # timestamp, least significant word
            00 00 05 DC  # processing delay 1500 us
            DE AD BE EF  # padding
            01 02 03 04  # padding
            """),
    /** RFC 3611 §4.4. */
    XR_RRTR(Decoder.XR, """
            80 CF 00 04  # V=2, PT=207, length 4
            00 00 07 B0  # SSRC
            04 00 00 02  # BT=4, two words
            EC 8B 3F 00  # NTP seconds
            80 00 00 00  # NTP fraction
            """),
    /** RFC 3611 §4.5 with librist's packet type. */
    XR_DLRR(Decoder.XR, """
            80 4D 00 09  # V=2, PT=77, length 9
            00 00 07 B0  # SSRC
            2A 00 00 00  # a block of unknown type 42, empty
            05 00 00 06  # BT=5, six words: two entries
            00 00 00 02  # about SSRC 2
            11 11 11 11  # LRR
            22 22 22 22  # DLRR
            00 00 07 B0  # about SSRC 1968
            3F 00 80 00  # LRR
            00 00 C0 00  # DLRR three quarters of a second
            """),
    /** TR-06-1 §5.2.1: what a receiver sends. */
    RTCP_COMPOUND(Decoder.RTCP_COMPOUND, """
            80 C9 00 01  # empty RR
            00 00 07 B0  # SSRC
            81 CA 00 03  # SDES
            00 00 07 B0  # SSRC
            01 03 61 40  # CNAME "a@b"
            62 00 00 00  # end
            80 CC 00 03  # range NACK, one record
            00 00 07 B0  # SSRC of media source
            52 49 53 54  # "RIST"
            00 64 00 01  # packets 100 and 101
            """),
    RTCP_COMPOUND_PADDED(Decoder.RTCP_COMPOUND, """
            80 C8 00 06  # SR
            00 00 07 B0  # SSRC
            EC 8B 3F 00  # NTP
            80 00 00 00  # NTP
            00 01 5F 90  # RTP timestamp
            00 00 03 E8  # packets
            00 14 14 A0  # octets
            A1 CB 00 02  # BYE with P=1, length 2
            00 00 07 B0  # SSRC
            00 00 00 04  # padding, 4 bytes with its count
            """),
    /** TR-06-2 §5.1 Figure 2. */
    GRE_CLEAR(Decoder.GRE_HEADER, """
            10           # C=0, K=0, S=1
            08           # H=0, RV=1, Ver=0
            88 B6        # reduced overhead
            00 00 00 07  # sequence 7
            80 00 07 B0  # first payload bytes
            """),
    /** TR-06-2 §7.1 Figure 9. */
    GRE_KEYED(Decoder.GRE_HEADER, """
            30           # C=0, K=1, S=1
            50           # H=1, RV=2, Ver=0
            CC E0        # VSF
            80 12 34 56  # nonce
            00 00 00 08  # sequence 8
            5A A5        # ciphertext
            """),
    /** RFC 2784 §2.3: 9010 + 0800 + 0000 + 0000 + 0000 + 0005 + 0102 + 0300 = 9C17, its complement 63E8. */
    GRE_CHECKSUM(Decoder.GRE_HEADER, """
            90           # C=1, K=0, S=1
            10           # H=0, RV=2, Ver=0
            08 00        # IP
            63 E8        # checksum
            00 00        # reserved
            00 00 00 05  # sequence 5
            01 02 03     # payload, of odd length
            """),
    /** TR-06-2 §5.2 Figure 3. */
    VSF_KEEPALIVE(Decoder.VSF_HEADER, """
            00 00        # RIST
            80 00        # keep-alive
            """),
    /** TR-06-2 §5.3.2 Figure 5. */
    REDUCED(Decoder.REDUCED_HEADER, """
            80 00        # source port 32768
            07 B0        # destination port 1968
            """),
    /** TR-06-2 §5.6.3 Figure 8, with the capabilities that librist sends. */
    KEEP_ALIVE(Decoder.KEEP_ALIVE, """
            02 11 22 33 44 55  # MAC, locally administered
            25                 # X0 R0 B1 A0 P0 E1 L0 N1
            20                 # D0 T0 V1 J0 F0
            """),
    KEEP_ALIVE_BLOCK(Decoder.KEEP_ALIVE, """
            02 11 22 33 44 55  # MAC
            25 20              # capabilities
            A0 00 00 00        # librist's block: I and C
            """),
    KEEP_ALIVE_JSON(Decoder.KEEP_ALIVE, """
            02 11 22 33 44 55  # MAC
            25 30              # V and J
            7B 22 61 22 3A 31  # {"a":1
            7D 00              # }, terminated by zero
            """),
    KEEP_ALIVE_BLOCK_JSON(Decoder.KEEP_ALIVE, """
            02 11 22 33 44 55  # MAC
            25 30              # V and J
            80 00 00 00        # librist's block: I
            7B 7D              # {}
            """),
    /** librist, VSF subtype 0x8002. */
    BUFFER_NEGOTIATION(Decoder.BUFFER_NEGOTIATION, """
            02 26        # sender keeps 550 ms
            01 F4        # receiver's buffer is 500 ms
            00 00        # protocol 0
            """),
    /** TR-06-2 §7.6 Figure 13. */
    FUTURE_NONCE(Decoder.FUTURE_NONCE, """
            80 12 34 56  # the nonce to come
            """),
    /** TR-06-2 §5.3.1. */
    FULL_DATAGRAM(Decoder.FULL_DATAGRAM, """
            10 08 08 00  # S=1, RV=1, IP
            00 00 00 09  # sequence 9
            61 75 74 68  # "auth"
            """),
    /** TR-06-4 Part 1 §5.1 Figure 2. */
    LINK_QUALITY(Decoder.LINK_QUALITY, """
            00 00 00 2A  # message 42
            00 00 00 C8  # period of 200 ms
            00 00 03 E8  # NACK window of 1000 ms
            00 00 00 BE  # 190 source packets came
            00 00 00 0A  # 10 were lost
            00 00 00 09  # 9 retransmissions came
            00 00 00 08  # 8 packets recovered
            00 00 00 01  # 1 packet not
            00 00 00 02  # 2 came late
            00 00 27 10  # data 10000 kbit/s
            00 00 01 DB  # retransmissions 475 kbit/s
            """),
    LINK_QUALITY_BORDERS(Decoder.LINK_QUALITY, """
            FF FF FF FF  # the last message before the number wraps
            80 00 00 00  # period
            FF FF FF FF  # NACK window
            FF FF FF FE  # source packets
            80 00 00 01  # lost
            80 00 00 02  # retransmissions
            80 00 00 03  # recovered
            80 00 00 04  # unrecovered
            80 00 00 05  # late
            80 00 00 06  # data
            80 00 00 07  # retransmissions
            """),
    /** TR-06-3 Figure 1, as librist sends media. */
    ADVANCED_MEDIA(Decoder.ADVANCED_HEADER, """
            80 7F        # V=2, PT=127
            00 05        # sequence, lower half
            00 0F 42 40  # timestamp: one second
            12 34 56 78  # SSRC, even: protected
            00 02        # sequence, upper half
            C8 05        # F, L, I; PSK 0, LPC 0, Type 5
            07 B0 01 23  # outer flow id 1968, inner 18, sub 3
            47 01 00 10  # payload
            """),
    /** TR-06-3 Appendix B: the first of three fragments, keyed as in Appendix C. */
    ADVANCED_FRAGMENT_FIRST(Decoder.ADVANCED_HEADER, """
            80 7F 00 07  # V=2, PT=127, sequence 7
            00 00 00 01  # timestamp
            12 34 56 78  # SSRC
            00 00        # sequence extension
            80 41        # F; PSK 1, Type 1
            52 49 53 54  # nonce
            00 00 00 07  # IV
            DE AD BE EF  # encrypted
            """),
    ADVANCED_FRAGMENT_MIDDLE(Decoder.ADVANCED_HEADER, """
            80 7F 00 08 00 00 00 01 12 34 56 78
            00 00 00 41  # neither F nor L; PSK 1, Type 1
            52 49 53 54 00 00 00 08
            DE AD BE EF
            """),
    ADVANCED_FRAGMENT_LAST(Decoder.ADVANCED_HEADER, """
            80 7F 00 09 00 00 00 01 12 34 56 78
            00 00 40 41  # L; PSK 1, Type 1
            52 49 53 54 00 00 00 09
            DE AD BE EF
            """),
    /** TR-06-3 Appendix A.5: P=1 and a payload format descriptor. */
    ADVANCED_DIRECT(Decoder.ADVANCED_HEADER, """
            80 7F 00 05 00 0F 42 40 12 34 56 78
            00 00 C4 05  # F, L, P; Type 5
            10 00 00 0A  # descriptor: RFC category
            47 01 00 10  # payload
            """),
    /** TR-06-3 Appendix A.8. */
    ADVANCED_MAIN_GRE(Decoder.ADVANCED_HEADER, """
            80 7F 00 01 00 0F 42 40
            12 34 56 79  # SSRC, odd: unprotected
            00 00 E0 08  # F, L, E; Type 8
            10 10 CC E0  # GRE: S, RV=2, VSF
            00 00 00 2A  # GRE sequence
            00 00 00 00  # RIST, reduced overhead
            """),
    /** TR-06-3 Appendix A.4, with the message of §5.3.3. */
    ADVANCED_CONTROL(Decoder.ADVANCED_HEADER, """
            80 7F 00 02 00 0F 42 40
            12 34 56 79  # SSRC, odd: unprotected
            00 00 E0 04  # F, L, E; Type 4
            00 01 00 0C  # NACK range, 12 bytes
            12 34 56 78 00 01 00 00 00 00 00 02
            """),
    /** TR-06-3 Figure 1 with every field. */
    ADVANCED_EVERYTHING(Decoder.ADVANCED_HEADER, """
            B0 60        # V=2, P=1, X=1; PT=96
            FF FE        # sequence, lower half
            FF FF FF FF  # timestamp
            12 34 56 78  # SSRC
            BE DE 00 01  # RTP header extension, one word
            01 02 03 04  # its content
            FF FF        # sequence, upper half
            FF 35        # F, L, E, R, I, P, H, PSK 1..; PSK ..00, LPC 3, Type 5
            FF FF FF FF  # flow id
            00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F  # hash
            80 00 00 01  # nonce
            FF FF FF FE  # IV
            00 00 00 02  # payload compression
            F0 00 00 01  # payload format descriptor
            12 34 00 01  # RIST header extension, one word
            05 06 07 08  # its content
            47           # payload
            00 00 03     # padding
            """),
    /** TR-06-3 §5.3.2 Figure 8. */
    CONTROL_NACK_BITMASK(Decoder.CONTROL_MESSAGE, """
            00 00 00 14  # NACK bitmask, 20 bytes
            12 34 56 78  # SSRC of media source
            00 01 00 00  # packet 65536
            80 00 00 05  # and those 1, 3 and 32 behind it
            FF FF FF FF  # the last packet before the wrap
            00 00 00 00  # alone
            """),
    /** TR-06-3 §5.3.3 Figure 9. */
    CONTROL_NACK_RANGE(Decoder.CONTROL_MESSAGE, """
            00 01 00 0C  # NACK range, 12 bytes
            12 34 56 78  # SSRC of media source
            00 01 00 00  # packet 65536
            00 00 00 02  # and two more
            """),
    /** TR-06-4 Part 1: the envelope alone. */
    CONTROL_LINK_QUALITY(Decoder.CONTROL_MESSAGE, """
            00 02 00 04
            00 00 00 00
            """),
    /** TR-06-3 §5.3.4 Figure 10. */
    CONTROL_ECHO_REQUEST(Decoder.CONTROL_MESSAGE, """
            00 10 00 10  # request, 16 bytes
            12 34 56 79  # requester
            83 AA 7E 81  # timestamp: seconds
            80 00 00 00  # and a half
            00 00 00 00  # processing delay
            """),
    CONTROL_ECHO_RESPONSE(Decoder.CONTROL_MESSAGE, """
            00 11 00 14  # response, 20 bytes
            12 34 56 79  # requester
            83 AA 7E 81 80 00 00 00
            00 00 00 64  # 100 us of processing
            CA FE BA BE  # padding
            """),
    /** librist's layout. */
    CONTROL_KEEP_ALIVE_LIBRIST(Decoder.CONTROL_KEEP_ALIVE, """
            02 11 22 33 44 55  # MAC
            A0 00 00 00        # I and C
            """),
    /** TR-06-3 §5.3.6 Figure 12. */
    CONTROL_KEEP_ALIVE_STRICT(Decoder.CONTROL_KEEP_ALIVE, """
            02 11 22 33 44 55  # MAC
            25 37              # B, E, N; V, J, C, G, I
            7B 7D 00           # {}, terminated by zero
            """),
    /** TR-06-3 §5.3.7 Figure 13. */
    FLOW_ATTRIBUTES(Decoder.FLOW_ATTRIBUTES, """
            7B 22 73 65 73 73 69 6F 6E 73 22 3A 5B 5D  # {"sessions":[]
            7D 00                                      # }, terminated by zero
            """),
    /** librist's layout. */
    CONTROL_FUTURE_NONCE_LIBRIST(Decoder.CONTROL_MESSAGE, """
            80 11 00 08  # future nonce, 8 bytes
            12 34 56 78  # the nonce
            01 00 00 00  # 256 bits, reserved
            """),
    /** TR-06-3 §5.3.9 Figure 15. */
    CONTROL_FUTURE_NONCE_STRICT(Decoder.CONTROL_MESSAGE, """
            80 11 00 04  # future nonce, 4 bytes
            12 34 56 78  # the nonce
            """),
    /** TR-06-3 §5.3.10 Figure 16. */
    CONTROL_UNSUPPORTED(Decoder.CONTROL_MESSAGE, """
            80 20 00 0C        # unsupported, 12 bytes
            12 34 56 79        # who sent it
            00 02              # a link quality message
            01 02 03 04 05 06  # how that began
            """),
    /** librist's layout: 16 bytes behind a length of 12. */
    CONTROL_UNSUPPORTED_LIBRIST(Decoder.CONTROL_MESSAGE, """
            80 20 00 0C
            12 34 56 7B        # librist itself
            00 02 00 00        # a link quality message, reserved
            01 02 03 04 05 06 00 00
            """),
    /** LZ4 block format: twenty times the letter A. */
    LZ4_RUN(Decoder.LZ4, """
            1A 41 01 00           # one literal; a match of 14 at distance 1
            50 41 41 41 41 41     # five literals end the block
            """),
    LZ4_LITERALS(Decoder.LZ4, """
            40 47 01 00 10        # four literals
            """),
    /** TR-06-2 §8.1: the payload of a whole RTP packet, positions 1 and 3 null; the fuzzer takes the first byte for T and NPD bits. */
    NULL_PACKETS_MIXED(Decoder.NULL_PACKETS, "50" + tsHex(0x1FFF) + tsHex(0x100) + tsHex(0x1FFF)),
    NULL_PACKETS_RECEIVED(Decoder.NULL_PACKETS, "50" + tsHex(0x100)),
    NULL_PACKETS_ONLY(Decoder.NULL_PACKETS, "FC");

    public final Decoder decoder;
    private final byte[] bytes;

    Golden(Decoder decoder, String hex) {
        this.decoder = decoder;
        this.bytes = Wire.hex(hex);
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** A transport packet of 188 bytes: sync byte, PID, payload only, 0xFF. */
    private static String tsHex(int pid) {
        return "47%04X10".formatted(pid) + "FF".repeat(184);
    }
}
