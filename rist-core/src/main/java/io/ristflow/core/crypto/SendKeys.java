package io.ristflow.core.crypto;

import java.util.random.RandomGenerator;

/** Which key encrypts the next packet. */
public final class SendKeys {
    private final long rotationPackets;
    private final RandomGenerator random;
    private PskKey current;
    private PskKey next;
    private boolean asked;
    private long used;

    public SendKeys(int aesBits, long rotationPackets, RandomGenerator random) {
        this.rotationPackets = rotationPackets == 0 ? 0xFFFF_FFFFL : rotationPackets;
        this.random = random;
    }

    public int nextNonceWanted() {
        if (asked || next != null) return 0;
        asked = true;
        int nonce;
        do nonce = random.nextInt() & 0x7FFF_FFFF;
        while (nonce == 0 || current != null && nonce == current.nonce());
        return nonce;
    }

    public void offer(PskKey key) {
        asked = false;
        if (current == null) current = key;
        else next = key;
    }

    public boolean ready() {
        return current != null;
    }

    public PskKey forNextPacket() {
        if (used >= rotationPackets && next != null) {
            current = next;
            next = null;
            used = 0;
        }
        used++;
        return current;
    }
}
