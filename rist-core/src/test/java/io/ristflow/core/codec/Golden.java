package io.ristflow.core.codec;

/**
 * Messages written down by hand from the clauses, never by the encoders. They are what the tests expect, the seeds of the fuzzer
 * ({@code CodecFuzzTestInputs}) and what {@link MutationFuzzTest} mutates. One list, however long: every decoder's fuzzing walks all of it.
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
    /** TR-06-2 §D.3.1; the EAPOL messages below went between librist 0.2.20, unless another is named. */
    EAPOL_START(Decoder.EAPOL, """
            03 01 00 00  # version 3, Start, nothing follows
            """),
    EAPOL_LOGOFF(Decoder.EAPOL, """
            03 02 00 00  # version 3, Logoff
            """),
    EAPOL_IDENTITY_REQUEST(Decoder.EAPOL, """
            04 00 00 05  # version 4, EAP, 5 bytes
            01 71 00 05  # request 113, 5 bytes
            01  # identity
            """),
    EAPOL_IDENTITY_RESPONSE(Decoder.EAPOL, """
            04 00 00 0A  # version 4, EAP, 10 bytes
            02 71 00 0A  # response 113, 10 bytes
            01  # identity
            61 6C 69 63 65  # "alice"
            """),
    /** TR-06-2 §D.3.3.2 Figure 24. */
    EAPOL_NAK(Decoder.EAPOL, """
            03 00 00 06  # version 3, EAP, 6 bytes
            02 09 00 06  # response 9, 6 bytes
            03 13  # Nak, SRP-SHA256 wanted
            """),
    /** With eight bytes that belong to nothing. */
    EAPOL_CHALLENGE(Decoder.EAPOL, """
            04 00 00 34  # version 4, EAP, 52 bytes
            01 72 00 34  # request 114, 52 bytes
            13 01  # SRP-SHA256, challenge
            00 00  # no name
            00 20  # salt of 32 bytes
            AB 6C 06 B5 A0 02 40 4D 04 67 B2 F5 08 91 B9 28 DD EC C9 16 41 18 DA C4 2F 43 05 06 E9 8C 53 F4  # salt
            00 00  # default generator
            00 00 00 00 00 00 00 00  # padding
            """),
    /** librist 0.2.11. */
    EAPOL_CHALLENGE_V3(Decoder.EAPOL, """
            03 00 00 2C  # version 3, EAP, 44 bytes
            01 63 00 2C  # request 99, 44 bytes
            13 01  # SRP-SHA256, challenge
            00 00  # no name
            00 20  # salt of 32 bytes
            09 0C B4 90 D5 12 D5 D3 CE D7 AA CB 9B AA CE AD 36 AA DE 7B A7 78 7E FE 28 AC F5 80 59 03 C0 BD  # salt
            00 00  # default generator
            """),
    /** TR-06-2 §D.3.4.3 Figure 26: lengths of one byte. */
    EAPOL_CHALLENGE_STRICT(Decoder.EAPOL, """
            03 00 00 11  # version 3, EAP, 17 bytes
            01 10 00 11  # request 16, 17 bytes
            13 01  # SRP-SHA256, challenge
            04  # name of 4 bytes
            72 69 73 74  # "rist"
            04  # salt of 4 bytes
            BE B2 53 79  # salt
            00  # default generator
            """),
    EAPOL_CLIENT_KEY(Decoder.EAPOL, """
            04 00 01 06  # version 4, EAP, 262 bytes
            02 72 01 06  # response 114, 262 bytes
            13 01  # SRP-SHA256, client key
            4D A3 52 26 43 D5 62 9E 26 74 AA 8F 9E CF 64 9C 44 7E 67 AC 5D 9E 95 2C 4A 0D 05 64 10 C5 BC 3B  # A
            2D D0 D4 4F C2 3B 1B 89 24 FA 40 3F 27 3D 29 5B 1C 9D BA 1A 21 98 9E 51 D6 A4 C0 06 00 5D 36 9C  #
            30 3F C0 69 03 A9 DC 6B 11 62 D9 D6 B2 A1 FD EF EC 6A D5 E2 D3 E2 C9 A3 4F B0 34 AA 32 AB CC 9D  #
            56 47 56 FA E2 3C 7B 88 23 88 F8 73 B2 70 A0 E9 9D 15 F3 DF 7A 97 24 F7 7F 09 FD 89 14 DA 14 06  #
            4A 52 2C 50 58 B8 7A 49 84 20 80 1C 5A 24 DF 8B A2 CF DA BB 73 E6 9C 30 05 92 16 A1 2F F7 8C 4D  #
            4C B5 BD AB D9 2C 6E 92 CD CF AA A3 7B D8 4E E0 F4 4E 53 BE 5A CA 5C 56 B6 9A F7 64 AD 44 6D B2  #
            28 01 91 E8 72 F9 A1 33 4A B5 25 EA C2 F3 3A A5 A4 9E 48 1E 87 29 6A 93 AE EA 5F 59 37 8D 56 83  #
            38 B3 32 55 4F A8 44 76 99 48 64 FE 4F 6B C2 8C 99 6E 79 81 F5 62 CD B2 18 41 4F 75 3D D6 34 58  #
            """),
    /** librist 0.2.11: B is one byte shorter than N. */
    EAPOL_SERVER_KEY(Decoder.EAPOL, """
            03 00 01 05  # version 3, EAP, 261 bytes
            01 64 01 05  # request 100, 261 bytes
            13 02  # SRP-SHA256, server key
            11 6D 86 B6 5B 91 B1 CB 2F 3A 5E 45 3C C5 92 0C 5B D0 5D 2B 8A 1B 32 76 2C C6 46 7E E0 16 B8 3B  # B
            CF D3 10 2B B0 DE B1 72 12 88 25 96 5F 1F 87 71 97 7C 36 C0 BA DB 77 12 E0 1E 0A C5 27 63 3E 0F  #
            B6 3B 86 FF 0C 3A 97 EE 45 59 23 19 E1 9B 15 F8 59 5E 50 8F 4A 65 CC EE 4C 25 D2 02 F1 E2 2C 10  #
            26 11 B2 DE 46 93 88 13 49 7A 99 5C C9 13 FA 7A C1 55 78 BB FD 47 99 A9 67 7A 4D D6 76 E8 6A 47  #
            77 02 1B 1E C0 8A A7 AE 77 A4 8F 37 5C BC 36 F7 FC C1 71 09 54 BC 18 1A 51 5E F3 59 65 94 4A BD  #
            AF F2 6A CF AB 6C 65 9E 52 65 F2 37 5A 53 21 EA 2D 2D F9 E7 73 2F 51 0D BB 2F 48 4E D5 9E 25 FB  #
            6F 6E 89 FF 80 B5 BF 51 3E 73 77 5A 29 9D E1 44 2A 3B 8B 95 A9 A2 3D 9A 62 FB C8 55 8A C5 B9 12  #
            20 3C C7 5E B9 64 7B 65 B0 DB 3B 11 49 D0 22 14 24 7F 8A A8 FC 85 28 69 F7 DF 2E F0 D0 FE 59  #
            """),
    EAPOL_CLIENT_VALIDATOR(Decoder.EAPOL, """
            04 00 00 2A  # version 4, EAP, 42 bytes
            02 73 00 2A  # response 115, 42 bytes
            13 02  # SRP-SHA256, client validator
            00 00 00 00  # U=0
            D1 E4 0B 93 F0 87 F5 0C B0 2E B7 84 43 46 B5 65 CF EB 77 AA EE 1C 02 28 AB D2 59 A7 26 0F 29 58  # M1
            """),
    /** librist 0.2.11, no secret set. */
    EAPOL_SERVER_VALIDATOR(Decoder.EAPOL, """
            03 00 00 2A  # version 3, EAP, 42 bytes
            01 65 00 2A  # request 101, 42 bytes
            13 03  # SRP-SHA256, server validator
            00 00 00 01  # U=1
            A3 81 96 8D E0 AE E6 85 84 9E BB 63 2A 07 A3 A5 8C 99 2C DA 7E 80 B1 68 B1 21 E8 0F 2E 76 B2 3A  # M2
            """),
    /** librist 0.2.7, its word for success. */
    EAPOL_SERVER_VALIDATOR_RESPONSE(Decoder.EAPOL, """
            02 00 00 06  # version 2, EAP, 6 bytes
            02 18 00 06  # response 24, 6 bytes
            13 03  # SRP-SHA256, server validator
            """),
    /** Two bytes in it that nobody reads. */
    EAPOL_SUCCESS(Decoder.EAPOL, """
            04 00 00 06  # version 4, EAP, 6 bytes
            03 74 00 06  # success 116, 6 bytes
            00 00  # zeros
            """),
    /** TR-06-2 §D.3.5 Figure 33. */
    EAPOL_FAILURE(Decoder.EAPOL, """
            03 00 00 04  # version 3, EAP, 4 bytes
            04 07 00 04  # failure 7, 4 bytes
            """),
    EAPOL_PASSPHRASE_REQUEST(Decoder.EAPOL, """
            04 00 00 06  # version 4, EAP, 6 bytes
            01 C1 00 06  # request 193, 6 bytes
            13 10  # SRP-SHA256, passphrase
            """),
    /** Version 4: AES-256-GCM. */
    EAPOL_PASSPHRASE_RESPONSE(Decoder.EAPOL, """
            04 00 00 2D  # version 4, EAP, 45 bytes
            02 C1 00 2D  # response 193, 45 bytes
            13 10  # SRP-SHA256, passphrase
            40  # H=1
            00 00 00 00 00 00 00 00 00 00 00 00  # nonce: four zeros, counter 0
            2A BB AF 6D 5B C5 9D 2D 4A B1  # "s3cr3tpass", encrypted
            89 80 D6 9C D4 12 B7 89 F9 3D 5C 0E CD 8E 06 64  # tag
            """),
    /** librist 0.2.11. */
    EAPOL_PASSPHRASE_USE_KEY(Decoder.EAPOL, """
            03 00 00 07  # version 3, EAP, 7 bytes
            02 C1 00 07  # response 193, 7 bytes
            13 10  # SRP-SHA256, passphrase
            80  # U=1
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
