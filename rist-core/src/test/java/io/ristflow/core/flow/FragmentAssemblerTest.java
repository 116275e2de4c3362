package io.ristflow.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FragmentAssemblerTest {
    private final FragmentAssembler assembler = new FragmentAssembler();

    @Test
    void wholePayloadIsHandedThroughAsItIs() {
        ByteBuffer payload = ByteBuffer.wrap(new byte[] {1});
        assertThat(assembler.add(1, true, true, payload)).isSameAs(payload);
        assertThat(assembler.droppedPayloads()).isZero();
    }

    @Test
    void fragmentsAreJoinedInOrder() {
        assertThat(add(10, "F", "one,")).isNull();
        assertThat(add(11, "", "two,")).isNull();
        assertThat(add(12, "L", "three")).isEqualTo("one,two,three");
        assertThat(assembler.fragments()).isEqualTo(3);
        assertThat(add(13, "F", "a")).isNull();
        assertThat(add(14, "L", "b")).isEqualTo("ab");
        assertThat(assembler.droppedPayloads()).isZero();
    }

    @Test
    void lostMiddleDropsThePayloadOnce() {
        add(10, "F", "one");
        assertThat(add(12, "", "three")).isNull();
        assertThat(add(13, "L", "four")).isNull();
        assertThat(assembler.droppedPayloads()).isEqualTo(1);
        assertThat(add(14, "FL", "next")).isEqualTo("next");
    }

    @Test
    void lostBeginningDropsThePayloadOnce() {
        add(10, "FL", "before");
        assertThat(add(12, "", "two")).isNull();
        assertThat(add(13, "", "three")).isNull();
        assertThat(add(14, "L", "four")).isNull();
        assertThat(assembler.droppedPayloads()).isEqualTo(1);
        add(15, "F", "a");
        assertThat(add(16, "L", "b")).isEqualTo("ab");
    }

    @Test
    void lostEndDropsThePayloadAndTheNextIsTaken() {
        add(10, "F", "one");
        assertThat(add(12, "F", "a")).isNull();
        assertThat(add(13, "L", "b")).isEqualTo("ab");
        assertThat(assembler.droppedPayloads()).isEqualTo(1);
    }

    @Test
    void beginningWithoutTheEndOfTheOneBeforeDropsThatOne() {
        add(10, "F", "one");
        assertThat(add(11, "FL", "whole")).isEqualTo("whole");
        assertThat(assembler.droppedPayloads()).isEqualTo(1);
    }

    @Test
    void flowThatBeginsAmidAPayloadDropsIt() {
        assertThat(add(1_000, "L", "end")).isNull();
        assertThat(assembler.droppedPayloads()).isEqualTo(1);
        assertThat(add(1_001, "FL", "whole")).isEqualTo("whole");
    }

    @Test
    void memoryIsBounded() {
        ByteBuffer fragment = ByteBuffer.allocate(1_400);
        long sequence = 1;
        assembler.add(sequence++, true, false, fragment);
        while (sequence <= 200) assertThat(assembler.add(sequence++, false, false, fragment)).isNull();
        assertThat(assembler.add(sequence++, false, true, fragment)).isNull();
        assertThat(assembler.droppedPayloads()).isEqualTo(1);
        assertThat(add(sequence, "FL", "next")).isEqualTo("next");
    }

    @Test
    void longestPayloadComesThrough() {
        byte[] all = new byte[FragmentAssembler.MAX_PAYLOAD_BYTES];
        new SplittableRandom(5).nextBytes(all);
        ByteBuffer whole = null;
        long sequence = 7;
        for (int at = 0; at < all.length; at += 1_400) {
            int length = Math.min(1_400, all.length - at);
            whole = assembler.add(sequence++, at == 0, at + length == all.length, ByteBuffer.wrap(all, at, length));
        }
        assertThat(whole).isEqualTo(ByteBuffer.wrap(all));
    }

    /** Random losses of fragments: what comes out is what went in, and nothing that was hit. */
    @Test
    void payloadComesOutIfAndOnlyIfAllItsFragmentsCame() {
        SplittableRandom random = new SplittableRandom(20_261_123L);
        long sequence = 65_536;
        for (int i = 0; i < 5_000; i++) {
            int fragments = 1 + random.nextInt(5);
            boolean hit = false;
            StringBuilder text = new StringBuilder();
            String out = null;
            for (int f = 0; f < fragments; f++) {
                String part = i + "/" + f + " ";
                text.append(part);
                long s = sequence++;
                if (random.nextInt(10) == 0) {
                    hit = true;
                    continue;
                }
                String flags = (f == 0 ? "F" : "") + (f == fragments - 1 ? "L" : "");
                String whole = add(s, flags, part);
                if (whole != null) out = whole;
            }
            assertThat(out).isEqualTo(hit ? null : text.toString());
        }
    }

    private String add(long sequence, String flags, String payload) {
        ByteBuffer whole = assembler.add(sequence, flags.contains("F"), flags.contains("L"), ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)));
        return whole == null ? null : StandardCharsets.UTF_8.decode(whole.duplicate()).toString();
    }
}
