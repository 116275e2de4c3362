package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FollowedFlowTest {
    private static final long MS = 1_000_000;
    private static final int A = 2, B = 4;
    private final FollowedFlow followed = new FollowedFlow(1_000 * MS);

    /** Every 10 ms from first to last, delivered a buffer of 1,000 ms later. */
    private int carried(int flow, long firstMs, long lastMs) {
        int carried = 0;
        for (long at = firstMs; at <= lastMs; at += 10) if (followed.carries((at + 1_000) * MS, flow)) carried++;
        return carried;
    }

    @Test
    void firstFlowIsCarriedAndTheSecondIsNot() {
        followed.started(0, A);
        followed.started(100 * MS, B);
        for (long at = 1_000; at < 5_000; at += 10) {
            assertThat(followed.carries(at * MS, A)).isTrue();
            if (at >= 1_100) assertThat(followed.carries(at * MS, B)).isFalse();
        }
    }

    @Test
    void outageOfTheFirstFlowDoesNotLetInAnotherThatRanBesideIt() {
        followed.started(0, A);
        followed.started(100 * MS, B);
        carried(A, 0, 3_000);
        assertThat(carried(B, 3_010, 4_500)).isZero();
        assertThat(carried(A, 4_510, 4_600)).isEqualTo(10);
    }

    @Test
    void endOfTheFirstFlowLetsInTheSecond() {
        carried(A, 0, 100);
        followed.ended(A);
        assertThat(carried(B, 110, 200)).isEqualTo(10);
    }

    @Test
    void senderThatRestartsUnderAnotherIdIsCarriedFromItsFirstPacket() {
        followed.started(0, A);
        carried(A, 0, 3_000);
        followed.started(3_500 * MS, B);
        assertThat(carried(B, 3_500, 4_000)).isEqualTo(51);
    }
}
