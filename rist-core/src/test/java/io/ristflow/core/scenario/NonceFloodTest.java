package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Parity;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonceFloodTest {
    private static final int KEYED_AND_SEQUENCED = 0x30;
    private static final int AES_256_VERSION_1 = 0x48;

    private final ByteBuffer garbage = ByteBuffer.allocate(60);
    private int floods;

    /** A new nonce in every datagram asks for a key derivation of a millisecond each: a thousand a second would be a whole processor. */
    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void floodOfNewNoncesNeitherStallsTheFlowNorIsAnsweredWithDerivations(boolean underThePeersAddress, boolean twoPassphrases) {
        PskConfig psk = new PskConfig("a key", twoPassphrases ? "another" : null, false, 256, 0);
        Pair pair = new Pair(121).secrets(psk, psk).connect();
        Delivery delivery = pair.stream(500, 1_500);
        pair.world.runMs(500);
        int before = pair.receiver.keysDerived;
        flood(pair, underThePeersAddress);
        // Amid the flood
        if (twoPassphrases) pair.sender.usePassphrase(Parity.ODD);
        pair.world.runMs(3_600);
        assertThat(floods).isEqualTo(2_000);
        delivery.assertComplete(pair);
        assertThat(pair.receiver.keysDerived - before).isLessThan(250);
        if (twoPassphrases) assertThat(pair.receiver.keys().inForce()).isEqualTo(Parity.ODD);
    }

    private void flood(Pair pair, boolean underThePeersAddress) {
        if (floods++ == 1_999) return;
        garbage.clear();
        garbage.put((byte) KEYED_AND_SEQUENCED).put((byte) AES_256_VERSION_1).putShort((short) 0x88B6);
        garbage.putInt(pair.world.random().nextInt()).putInt(floods);
        while (garbage.hasRemaining()) garbage.put((byte) pair.world.random().nextInt());
        pair.world.inject(pair.receiver, underThePeersAddress ? pair.sender.number() : 99, underThePeersAddress ? pair.sender.mediaPort() : 4_000, false, garbage.flip());
        pair.world.at(pair.world.nowNs() + 1_000_000, () -> flood(pair, underThePeersAddress));
    }
}
