package io.ristflow.service.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipeInputTest {
    private static final long MS = 1_000_000;
    private final byte[] signal = Collected.signal(100, 1316, 0.1).joined();
    private final Collected collected = new Collected();
    private Pipe pipe;
    private PipeInput input;

    @BeforeEach
    void open() throws Exception {
        pipe = Pipe.open();
        input = new PipeInput("-", pipe.source(), Thread.ofPlatform().daemon().factory());
    }

    @AfterEach
    void close() throws Exception {
        input.close();
        pipe.sink().close();
    }

    private void write(byte[] bytes, int from, int to) throws Exception {
        ByteBuffer b = ByteBuffer.wrap(bytes, from, to - from);
        while (b.hasRemaining()) pipe.sink().write(b);
    }

    @Test
    void transportStreamComesInPayloadsOfSevenPacketsAndThenEnds() throws Exception {
        write(signal, 0, signal.length);
        pipe.sink().close();
        collected.pollUntil(input, 0, input::ended);
        assertThat(collected.payloads).hasSize(100).allMatch(p -> p.length == 1_316 && p[0] == 0x47);
        assertThat(collected.joined()).isEqualTo(signal);
        assertThat(input.stats().state()).isEqualTo("ended");
    }

    @Test
    void streamThatBeginsAmidAPacketIsAlignedAtTheNextOne() throws Exception {
        write(signal, 50, signal.length);
        pipe.sink().close();
        collected.pollUntil(input, 0, input::ended);
        assertThat(collected.payloads).allMatch(p -> p[0] == 0x47);
        assertThat(collected.joined()).isEqualTo(Arrays.copyOfRange(signal, 188, signal.length));
        assertThat(input.stats().invalid()).isEqualTo(1);
    }

    @Test
    void bytesThatAreNoTransportStreamComeInBlocksOf1316() throws Exception {
        byte[] text = "Good morning. ".repeat(500).getBytes();
        write(text, 0, text.length);
        pipe.sink().close();
        collected.pollUntil(input, 0, input::ended);
        assertThat(collected.payloads.getFirst()).hasSize(1_316);
        assertThat(collected.joined()).isEqualTo(text);
    }

    @Test
    void wholePacketsThatFillNoPayloadComeAfter20MsOfQuiet() throws Exception {
        write(signal, 0, 3 * 188 + 60);
        await().until(() -> {
            Thread.sleep(20);
            return input.poll(1_000 * MS, collected) == 0;
        });
        assertThat(input.poll(1_019 * MS, collected)).isZero();
        assertThat(input.poll(1_021 * MS, collected)).isEqualTo(1);
        assertThat(collected.payloads.getFirst()).isEqualTo(Arrays.copyOf(signal, 3 * 188));
        // The rest joins what follows.
        write(signal, 3 * 188 + 60, 3 * 188 + 1_316);
        collected.pollUntil(input, 1_022 * MS, () -> collected.payloads.size() == 2);
        assertThat(collected.joined()).isEqualTo(Arrays.copyOf(signal, 3 * 188 + 1_316));
    }

    @Test
    void writerIsHeldUpWhileNobodyPolls() throws Exception {
        byte[] much = new byte[4 << 20];
        var written = new java.util.concurrent.atomic.AtomicBoolean();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                write(much, 0, much.length);
                written.set(true);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Thread.sleep(300);
        assertThat(written).as("4 MiB are more than ring and pipe hold").isFalse();
        collected.pollUntil(input, 0, () -> input.stats().bytes() >= much.length - 1_316);
        await().untilTrue(written);
        assertThat(input.stats().packets()).isEqualTo(much.length / 1_316);
    }

    @Test
    void onePollNeverHandsOverMoreThanTheLoopCanBear() throws Exception {
        write(new byte[600 * 1_316], 0, 600 * 1_316);
        int most = 0;
        for (long nowNs = 0; collected.payloads.size() < 600; nowNs += MS) {
            Thread.sleep(20);
            most = Math.max(most, input.poll(nowNs, collected));
        }
        assertThat(most).isEqualTo(256);
    }

    @Test
    void closingEndsAReadThatWouldWaitForEver() {
        assertThat(input.ended()).isFalse();
        input.close();
        assertThat(input.ended()).isTrue();
        await().until(() -> !pipe.source().isOpen());
    }
}
