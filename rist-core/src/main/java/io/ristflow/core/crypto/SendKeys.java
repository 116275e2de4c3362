package io.ristflow.core.crypto;

import java.util.random.RandomGenerator;

/**
 * The keys of one sending direction: the one in force and the next, prepared ahead, so that rotation never waits. One thread.
 *
 * <p>The owner asks {@link #nextNonceWanted} after {@link #offer} and after each switch, derives elsewhere, and offers the result. Nonces are random,
 * never zero (TR-06-2 §7.2) and never the current one; their top bit B names the passphrase that the key is derived from (§7.4), and is clear as long as {@link #change} was not told otherwise.
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
    private boolean odd;
    /** A key of another passphrase is to take over as soon as it may. */
    private boolean changing;
    private boolean changeIsAnnounced;
    /** The nonce of {@link #next} was announced, so it comes into use before any other is announced (TR-06-2 §7.6). */
    private boolean announced;
    /** {@link #next} was prepared before the change was asked for. */
    private boolean nextIsFormer;

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
            // Zero without B is no nonce; with it, a peer that disregards B might take it for none
        } while (nonce == 0 || current != null && nonce == (current.nonce() & Integer.MAX_VALUE));
        // TR-06-2 §7.4: B, the nonce's top bit, is 0 for the even passphrase and 1 for the odd one
        askedNonce = odd ? nonce | Integer.MIN_VALUE : nonce;
        return askedNonce;
    }

    /**
     * From now on keys come from another passphrase. One that was prepared is given up, but for one that was announced, which has to come into use first (TR-06-2 §7.6).
     *
     * @param toOdd what B says of the passphrase
     * @param announce whether the change waits until its nonce has been announced, see {@link #hold}; else it happens as soon as its key is derived
     */
    public void change(boolean toOdd, boolean announce) {
        odd = toOdd;
        askedNonce = 0;
        nextIsFormer = next != null && announced;
        if (!nextIsFormer) next = null;
        changing = current != null;
        changeIsAnnounced = announce;
        held = changing && (announce || nextIsFormer && held);
    }

    /** Whether a change waits for its key or for its time. */
    public boolean changing() {
        return changing;
    }

    /** Whether the key that comes next should be announced now, however long the current one would serve. */
    public boolean changeToAnnounce() {
        return changing && changeIsAnnounced && next != null && !nextIsFormer;
    }

    /** The nonce of the next key has been announced. */
    public void announced() {
        announced = next != null;
    }

    /** The nonce in force, 0 if there is no key yet. */
    public int currentNonce() {
        return current == null ? 0 : current.nonce();
    }

    /** What the key in force was derived from, null if there is none. */
    public Passphrase currentPassphrase() {
        return current == null ? null : current.passphrase();
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
        boolean due = (packetsUnderCurrent >= rotationPackets || changing) && !held || packetsUnderCurrent >= mostPackets;
        if (due && next != null) takeNext();
        if (!ready()) throw new IllegalStateException("no key: ask ready() first");
        packetsUnderCurrent++;
        return current;
    }

    private void takeNext() {
        current = next;
        next = null;
        packetsUnderCurrent = 0;
        announced = false;
        // Of an announced change the former key was but the first step
        if (nextIsFormer) held = changeIsAnnounced;
        else changing = false;
        nextIsFormer = false;
    }
}
