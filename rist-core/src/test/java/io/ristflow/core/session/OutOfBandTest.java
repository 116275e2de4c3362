package io.ristflow.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.Role;
import io.ristflow.core.sim.Node;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Datagrams that are none of RIST's own (TR-06-2 §5.4). */
class OutOfBandTest {
    private static final int IP = 0x0800;

    private static int push(Node from, int etherType, String text) {
        boolean sends = from.config().role() == Role.CALLER;
        ByteBuffer payload = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        return sends ? from.sender().pushOutOfBand(from.clockNs(), etherType, payload, from) : from.receiver().pushOutOfBand(from.clockNs(), etherType, payload, from);
    }

    private static void assertArrivedOnce(Node at, int etherType, String text) {
        assertThat(at.outOfBand).hasSize(1);
        assertThat(at.outOfBand.getFirst().etherType()).isEqualTo(etherType);
        assertThat(at.outOfBand.getFirst().bytes()).asString(StandardCharsets.UTF_8).isEqualTo(text);
    }

    @Test
    void datagramsGoBothWaysUnderTheirEtherType() {
        for (PskConfig psk : new PskConfig[] {null, new PskConfig("hush", 256, 0)}) {
            Pair pair = new Pair(501).secrets(psk, psk).connect();
            pair.world.runMs(500);
            assertThat(push(pair.sender, IP, "there")).isEqualTo(1);
            assertThat(push(pair.receiver, 0x86DD, "and back")).isEqualTo(1);
            pair.world.runMs(100);
            assertArrivedOnce(pair.receiver, IP, "there");
            assertArrivedOnce(pair.sender, 0x86DD, "and back");
        }
    }

    @Test
    void theyAreNoMediaAndNoneOfItIsRepeated() {
        Pair pair = new Pair(502).connect();
        pair.world.runMs(500);
        pair.forward.become(PathConditions.delayMs(10).withLoss(1));
        push(pair.sender, IP, "lost");
        pair.world.runMs(50);
        pair.forward.become(PathConditions.delayMs(10));
        pair.streamToTheEnd(300, 300).assertComplete(pair);
        assertThat(pair.receiver.outOfBand).isEmpty();
    }

    @Test
    void simpleHasNone() {
        Pair pair = new Pair(503).profile(Profile.SIMPLE).connect();
        assertThat(push(pair.sender, IP, "there")).isZero();
        pair.world.runMs(100);
        assertThat(pair.receiver.outOfBand).isEmpty();
    }

    @Test
    void nobodyIsSentAnythingBeforeThereIsAPeer() {
        Pair pair = new Pair(504).start();
        assertThat(push(pair.sender, IP, "too early")).isZero();
    }

    /** Anybody can send a datagram; only a peer whose SDES came is heard. */
    @Test
    void strangersAreNotListenedTo() {
        Pair pair = new Pair(505).connect();
        pair.world.runMs(200);
        ByteBuffer forged = ByteBuffer.allocate(12).putInt(0x1008_0800).putInt(1).putInt(0x6576696C).flip();
        pair.world.inject(pair.receiver, 99, 4_000, false, forged);
        assertThat(pair.receiver.outOfBand).isEmpty();
        assertThat(pair.receiver.receiver().stats(pair.receiver.clockNs()).paths()).filteredOn(p -> p.state() == io.ristflow.core.api.PathStats.State.CONNECTED).hasSize(1);
    }

    /** In the clear on a keyed session nothing is taken, also from the peer's own address. */
    @Test
    void clearTextIsRefusedWhereThereIsASecret() {
        Pair pair = new Pair(506).secret("hush", 128, 0).connect();
        pair.world.runMs(500);
        ByteBuffer forged = ByteBuffer.allocate(12).putInt(0x1008_0800).putInt(1).putInt(0x6576696C).flip();
        pair.world.inject(pair.receiver, pair.sender.number(), pair.sender.mediaPort(), false, forged);
        assertThat(pair.receiver.outOfBand).isEmpty();
    }

    @Test
    void whatCannotBeSentIsRefused() {
        Pair pair = new Pair(507).connect();
        for (int type : new int[] {0, 0x05FF, 0x1_0000, 0x88B5, 0x88B6, 0x888E, 0xCCE0}) {
            assertThatThrownBy(() -> push(pair.sender, type, "x")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("EtherType " + type);
        }
        assertThatThrownBy(() -> push(pair.sender, IP, "")).hasMessageContaining("0 bytes");
        assertThatThrownBy(() -> push(pair.sender, IP, "x".repeat(9_973))).hasMessageContaining("9973 bytes");
    }
}
