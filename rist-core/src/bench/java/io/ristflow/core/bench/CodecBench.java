package io.ristflow.core.bench;

import io.ristflow.core.codec.advanced.AdvancedHeader;
import io.ristflow.core.codec.gre.GreHeader;
import io.ristflow.core.codec.gre.ReducedHeader;
import io.ristflow.core.codec.rtp.RtpHeader;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Headers written into a buffer outside the heap and read from it again; the payload is not touched. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBench {
    private static final int PAYLOAD = 1_316, SSRC = 0x1234_5678, NONCE = 0x0102_0384;

    private final ByteBuffer main = ByteBuffer.allocateDirect(1_500);
    private final ByteBuffer advanced = ByteBuffer.allocateDirect(1_500);
    private final int mainEnd = mainWrite() + PAYLOAD;
    private final int advancedEnd = advancedWrite() + PAYLOAD;
    private int sequence;

    /** Keyed GRE, the reduced header and RTP (TR-06-2 §5.2, §5.3). @return where the payload begins */
    @Benchmark
    public int mainWrite() {
        int at = GreHeader.write(main, 0, GreHeader.PROTO_REDUCED, GreHeader.VERSION_2021, true, true, NONCE, ++sequence);
        ReducedHeader.write(main, at, 1971, 1968);
        at += ReducedHeader.LENGTH;
        RtpHeader.write(main, at, RtpHeader.PT_MPEGTS, sequence & 0xFFFF, sequence * 90, SSRC, false);
        return at + RtpHeader.LENGTH;
    }

    @Benchmark
    public int mainRead() {
        int gre = GreHeader.length(main, 0, mainEnd);
        int rtp = gre + ReducedHeader.LENGTH;
        if (!GreHeader.hasKey(main, 0) || GreHeader.protocol(main, 0) != GreHeader.PROTO_REDUCED || !ReducedHeader.fits(gre, mainEnd) || RtpHeader.looksLikeRtcp(main, rtp)) throw new IllegalStateException("not what was written");
        return GreHeader.nonce(main, 0) + GreHeader.sequence(main, 0) + ReducedHeader.destinationPort(main, gre) + RtpHeader.headerLength(main, rtp, mainEnd) + RtpHeader.sequence(main, rtp) + RtpHeader.timestamp(main, rtp)
                + RtpHeader.ssrc(main, rtp);
    }

    /** Type 5, media in one piece, under a key (TR-06-3 §5.2). @return where the payload begins */
    @Benchmark
    public int advancedWrite() {
        AdvancedHeader.write(advanced, 0, ++sequence, sequence * 1_000, SSRC, AdvancedHeader.WHOLE, AdvancedHeader.PSK_AES_CTR, AdvancedHeader.LPC_NONE, AdvancedHeader.TYPE_DIRECT);
        advanced.putInt(AdvancedHeader.LENGTH, NONCE);
        advanced.putInt(AdvancedHeader.LENGTH + 4, sequence);
        return AdvancedHeader.LENGTH + AdvancedHeader.NONCE_AND_IV_LENGTH;
    }

    @Benchmark
    public int advancedRead() {
        int clear = AdvancedHeader.clearLength(advanced, 0, advancedEnd);
        int payload = AdvancedHeader.payloadOffset(advanced, 0, clear, advancedEnd);
        if (!AdvancedHeader.looksLike(advanced, 0, advancedEnd) || AdvancedHeader.type(advanced, 0) != AdvancedHeader.TYPE_DIRECT || payload != clear) throw new IllegalStateException("not what was written");
        return payload + AdvancedHeader.payloadEnd(advanced, 0, payload, advancedEnd) + AdvancedHeader.sequence(advanced, 0) + AdvancedHeader.timestamp(advanced, 0) + AdvancedHeader.ssrc(advanced, 0) + AdvancedHeader.nonce(advanced, 0)
                + AdvancedHeader.iv(advanced, 0) + AdvancedHeader.flags(advanced, 0);
    }
}
