package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class FaultBoardTest {
    private static final long SECOND = 1_000_000_000;
    private final FaultBoard board = new FaultBoard();

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress("192.0.2.7", port);
    }

    @Test
    void refusedStrangersFaultIsSeenForHalfAMinuteAfterItGaveUp() {
        board.raised(3, Fault.AES_SIZE_MISMATCH, address(5000), "wan", "128 is not 256");
        assertThat(board.views(0)).singleElement().matches(FlowSnapshot.FaultView::active);
        board.cleared(2 * SECOND, 3, Fault.AES_SIZE_MISMATCH);
        board.closed(5 * SECOND, 3);
        assertThat(board.views(31 * SECOND)).singleElement().matches(f -> !f.active()).extracting(FlowSnapshot.FaultView::remote).isEqualTo("192.0.2.7:5000");
        assertThat(board.views(33 * SECOND)).isEmpty();
    }

    @Test
    void faultOfAConnectedPeerIsOverWhenItEnds() {
        board.connected(0, address(5000));
        board.raised(0, Fault.MALFORMED, address(5000), "wan", "");
        board.cleared(SECOND, 0, Fault.MALFORMED);
        assertThat(board.views(SECOND)).isEmpty();
    }

    @Test
    void peerThatComesBackFromAnotherPortWipesItsOldFaults() {
        board.connected(0, address(5000));
        board.raised(0, Fault.SESSION_TIMEOUT, address(5000), "wan", "");
        board.lost(0);
        board.cleared(SECOND, 0, Fault.SESSION_TIMEOUT);
        board.closed(SECOND, 0);
        assertThat(board.views(SECOND)).hasSize(1);
        board.connected(1, address(5002));
        assertThat(board.views(SECOND)).isEmpty();
    }

    /** The sender was started anew with the right settings: its former port's fault is not of interest any more, whenever that ends. */
    @Test
    void faultThatEndsWhenItsHostIsConnectedFromAnotherPortIsOverAtOnce() {
        board.raised(0, Fault.PASSPHRASE_MISMATCH, address(5000), "wan", "");
        board.connected(1, address(5002));
        board.cleared(2 * SECOND, 0, Fault.PASSPHRASE_MISMATCH);
        assertThat(board.views(2 * SECOND)).isEmpty();
        board.raised(0, Fault.PASSPHRASE_MISMATCH, address(5000), "wan", "");
        board.lost(1);
        board.closed(5 * SECOND, 0);
        assertThat(board.views(5 * SECOND)).hasSize(1);
    }

    @Test
    void strangersFromEveryPortCannotFillIt() {
        for (int port = 1; port < 1_000; port++) {
            board.raised(port % 512, Fault.MALFORMED, address(port), "wan", "");
            board.closed(port, port % 512);
        }
        assertThat(board.views(1_000)).hasSize(FaultBoard.MAX_ENDED).last().extracting(FlowSnapshot.FaultView::remote).isEqualTo("192.0.2.7:999");
    }
}
