package io.ristflow.core.crypto;

import java.util.random.RandomGenerator;

/**
 * The keys of one sending direction: the one in force and the next, prepared ahead, so that rotation never waits. One thread.
 *
 * <p>The owner asks {@link #nextNonceWanted} after {@link #offer} and after each switch, derives elsewhere, and offers the result. Nonces are random,
 * never zero (TR-06-2 §7.2) and never the current one; their top bit B stays clear: there is one passphrase, and B would choose between two (§7.4).
 */
public final class SendKeys {
    private static final long GRE_SEQUENCES = 1L << 32;

    private final int aesBits;
    private final long mostPackets;
    private final long rotationPackets;
    private final RandomGenerator random;
    private PskKey current;
    private PskKey next;
    private int askedNonce;
    private long packetsUnderCurrent;
    private boolean held;

    /** @param rotationPackets a new key after so many packets; 0: only before the GRE sequence would wrap */
    public SendKeys(int aesBits, long rotationPackets, RandomGenerator random) {
        this(aesBits, rotationPackets, random, GRE_SEQUENCES);
    }

    /** @param mostPackets what one key may serve at all; fewer in tests */
    SendKeys(int aesBits, long rotationPackets, RandomGenerator random, long mostPackets) {
        if (rotationPackets < 0) throw new IllegalArgumentException("rotationPackets " + rotationPackets + " is negative");
        this.aesBits = aesBits;
        // TR-06-2 §7.2: a new nonce at least every time the sequence number wraps, or one IV would serve two packets
        this.mostPackets = mostPackets;
        // … and a million packets ahead of it, a margin of minutes for a derivation that takes a millisecond
        long latest = mostPackets - mostPackets / 4_096;
        this.rotationPackets = rotationPackets == 0 ? latest : Math.min(rotationPackets, latest);
        this.random = random;
    }

    /** A nonce to derive now, told once; 0 if none is wanted or it was asked for already. */
    public int nextNonceWanted() {
        if (askedNonce != 0 || next != null) return 0;
        int nonce;
        do {
            nonce = random.nextInt() & Integer.MAX_VALUE;
        } while (nonce == 0 || current != null && nonce == current.nonce());
        askedNonce = nonce;
        return nonce;
    }

    /** A derived key. One that was not asked for is ignored. */
    public void offer(PskKey key) {
        if (key.nonce() != askedNonce || key.aesBits() != aesBits) return;
        askedNonce = 0;
        if (current == null) {
            current = key;
        } else {
            next = key;
        }
    }

    /** Whether a packet may be sent: a key is there, and it has not served 2^32 packets, after which an IV would return, with no other ready. */
    public boolean ready() {
        return current != null && (packetsUnderCurrent < mostPackets || next != null);
    }

    /** The nonce of the key that comes next; 0 as long as it is not ready. */
    public int nextNonce() {
        return next == null ? 0 : next.nonce();
    }

    /** How many more packets the current key is meant for; not positive if it only waits for the next. */
    public long packetsToRotation() {
        return rotationPackets - packetsUnderCurrent;
    }

    /** Keeps the current key, for as long as it may serve at all: its end has been announced for later (TR-06-2 §7.6). */
    public void hold(boolean on) {
        held = on;
    }

    /** The key of the next packet, which it counts. Only while {@link #ready}. */
    public PskKey forNextPacket() {
        boolean due = packetsUnderCurrent >= rotationPackets && !held || packetsUnderCurrent >= mostPackets;
        if (due && next != null) {
            current = next;
            next = null;
            packetsUnderCurrent = 0;
        }
        if (!ready()) throw new IllegalStateException("no key: ask ready() first");
        packetsUnderCurrent++;
        return current;
    }
}
