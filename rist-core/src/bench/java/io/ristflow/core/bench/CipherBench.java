package io.ristflow.core.bench;

import io.ristflow.core.crypto.PskKey;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** AES in counter mode over what lies behind a Main packet's GRE header: reduced header, RTP header and 1,316 bytes of media, in place. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CipherBench {
    private static final int FROM = 12, BYTES = 4 + 12 + 1_316;

    @Param({"128", "256"})
    public int aesBits;

    private final ByteBuffer datagram = ByteBuffer.allocateDirect(1_500);
    private PskKey key;
    private int sequence;

    @org.openjdk.jmh.annotations.Setup
    public void makeKey() {
        byte[] bytes = new byte[aesBits / 8];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (i * 7 + 1);
        key = new PskKey(0x0102_0384, bytes);
    }

    @Benchmark
    public ByteBuffer crypt() {
        key.crypt(++sequence, datagram, FROM, BYTES);
        return datagram;
    }
}
