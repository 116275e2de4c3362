package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NEVER;
import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.flow.PacketSplitter.Cut;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** librist's split and merge: cut in two on the way out, put together behind the play-out. */
class SplitAndMergeTest {
    private final PacketMerger merger = new PacketMerger();
    private final List<String> out = new ArrayList<>();
    private final PayloadSink sink = (sequence, sourceTimeNs, payload) -> {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        out.add(sequence + ":" + new String(bytes));
    };

    @Test
    void sevenTransportPacketsAreCutBehindTheThird() {
        assertThat(new PacketSplitter(Cut.TS).firstBytes(ts(7))).isEqualTo(3 * 188);
        assertThat(new PacketSplitter(Cut.TS).firstBytes(ts(2))).isEqualTo(188);
        assertThat(new PacketSplitter(Cut.HALF).firstBytes(ts(7))).isEqualTo(7 * 188 / 2);
    }

    @Test
    void whatIsNoTransportStreamIsCutInTheMiddle() {
        PacketSplitter splitter = new PacketSplitter(Cut.TS);
        assertThat(splitter.firstBytes(ts(1))).as("a single packet").isEqualTo(94);
        assertThat(splitter.firstBytes(ByteBuffer.allocate(376))).as("no sync byte").isEqualTo(188);
        assertThat(splitter.firstBytes(ByteBuffer.allocate(1_000).put(0, (byte) 0x47))).isEqualTo(500);
        assertThat(splitter.firstBytes(ByteBuffer.allocate(3))).isEqualTo(1);
    }

    @Test
    void aSingleByteIsAPairWithAnEmptyFirstHalf() {
        assertThat(new PacketSplitter(Cut.TS).firstBytes(ByteBuffer.allocate(1))).isZero();
        merger.active(true);
        take(10, 5, "");
        take(11, 5, "x");
        take(12, 6, "");
        take(13, 6, "y");
        assertThat(out).containsExactly("10:x", "11:y");
    }

    @Test
    void halvesAreJoinedAndNumberedInStepsOfOne() {
        merger.active(true);
        take(10, 5, "ab");
        assertThat(out).isEmpty();
        take(11, 5, "cd");
        take(12, 6, "ef");
        take(13, 6, "gh");
        assertThat(out).containsExactly("10:abcd", "11:efgh");
    }

    @Test
    void halfWhoseOtherIsLostGoesAloneAndTheStepTellsTheLoss() {
        merger.active(true);
        take(10, 5, "ab");
        take(11, 5, "cd");
        take(12, 6, "ef");
        take(14, 7, "ij");
        take(15, 7, "kl");
        take(17, 8, "op");
        assertThat(out).containsExactly("10:abcd", "11:ef", "13:ijkl", "15:op");
    }

    @Test
    void halvesOfDifferentPayloadsAreNeverJoined() {
        merger.active(true);
        take(11, 5, "cd");
        take(12, 6, "ef");
        take(13, 7, "gh");
        merger.flush(sink);
        assertThat(out).containsExactly("11:cd", "12:ef", "13:gh");
    }

    @Test
    void halfWaitsFiveMillisecondsAndNoLonger() {
        merger.active(true);
        merger.take(100, 10, 5, text("ab"), sink);
        assertThat(merger.deadlineNs()).isEqualTo(100 + 5 * NS_PER_MS);
        merger.onTime(merger.deadlineNs() - 1, sink);
        assertThat(out).isEmpty();
        merger.onTime(merger.deadlineNs(), sink);
        assertThat(out).containsExactly("10:ab");
        assertThat(merger.deadlineNs()).isEqualTo(NEVER);
    }

    @Test
    void withoutASplittingPeerEverythingPassesAsItComes() {
        take(10, 5, "ab");
        take(11, 5, "cd");
        take(14, 6, "ef");
        assertThat(out).containsExactly("10:ab", "11:cd", "14:ef");
    }

    @Test
    void largePayloadsAreJoinedToo() {
        merger.active(true);
        List<Integer> lengths = new ArrayList<>();
        PayloadSink measuring = (sequence, sourceTimeNs, payload) -> lengths.add(payload.remaining());
        merger.take(0, 10, 5, ByteBuffer.allocate(4_986), measuring);
        merger.take(0, 11, 5, ByteBuffer.allocate(4_986), measuring);
        assertThat(lengths).containsExactly(9_972);
    }

    @Test
    void whatTheSplitterCutsTheMergerPutsTogether() {
        merger.active(true);
        PacketSplitter splitter = new PacketSplitter(Cut.TS);
        List<String> in = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String payload = "payload " + i + ".".repeat(i * 37 % 900);
            in.add(i + ":" + payload);
            ByteBuffer bytes = text(payload);
            int first = splitter.firstBytes(bytes);
            merger.take(i, 2L * i, i, bytes.slice(0, first), sink);
            merger.take(i, 2L * i + 1, i, bytes.slice(first, bytes.remaining() - first), sink);
        }
        assertThat(out).isEqualTo(in);
    }

    private void take(long sequence, long sourceTimeNs, String payload) {
        merger.take(0, sequence, sourceTimeNs, text(payload), sink);
    }

    private static ByteBuffer text(String s) {
        return ByteBuffer.wrap(s.getBytes());
    }

    private static ByteBuffer ts(int packets) {
        ByteBuffer b = ByteBuffer.allocate(packets * 188);
        for (int i = 0; i < packets; i++) b.put(i * 188, (byte) 0x47);
        return b;
    }
}
