package io.ristflow.core.crypto;

import io.ristflow.core.base.Ticks;
import java.util.Arrays;

/**
 * The keys of one receiving direction, found by the nonce of each datagram. One thread; fixed memory; allocates nothing after construction.
 *
 * <p>Anybody can send a datagram with any nonce, and a derivation costs a millisecond, so strangers must neither fill memory nor keep the true key out:
 *
 * <ul>
 *   <li><b>Proven keys</b>: the current, the previous and four older ones under which a datagram decrypted to sense. The longest unused gives way. Nothing a
 *       stranger sends removes one, so a running flow never stalls.
 *   <li><b>Nonces on trial</b>: four of which keys were derived that have decrypted nothing yet. When a fifth comes, the one that was seen least gives way. More
 *       than 5 datagrams of garbage set a nonce aside: it is not asked for again for a second (the field's guard against a wrong passphrase).
 *   <li><b>Choices</b>: with several passphrases a nonce may mean several keys. The next is asked for when what is there makes no sense of a datagram, as one more derivation among the others; all
 *       that are there are tried in turn, and the one that makes sense stays. Only when all are there does garbage count.
 *   <li><b>Candidates</b>: eight unknown nonces with how often each was seen. One seen once holds its place for 20 ms and one seen again for 200 ms, so that a flood
 *       of nonces, each used once, is sampled at a fixed rate and cannot push out one that comes back.
 *   <li><b>Derivations</b>: one at a time, at least 10 ms apart (as librist does), for the nonce seen most often of late. A quiet flow's new nonce is thus asked for
 *       at its first datagram. A result is taken only for the nonce asked for; one that never comes is given up after a second.
 * </ul>
 */
public final class ReceiveKeys {
    private static final int PROVEN = 6;
    private static final int ON_TRIAL = 4;
    /** Passphrases at most: even and odd, each with the one it has replaced. */
    private static final int CHOICES = 4;
    private static final int CANDIDATES = 8;
    private static final int SET_ASIDE = 8;
    private static final int GARBAGE_LIMIT = 5;
    private static final long DERIVATION_SPACING_NS = 10 * Ticks.NS_PER_MS;
    private static final long DERIVATION_TIMEOUT_NS = Ticks.NS_PER_SECOND;
    private static final long SET_ASIDE_NS = Ticks.NS_PER_SECOND;
    private static final long SEEN_ONCE_NS = 20 * Ticks.NS_PER_MS;
    private static final long SEEN_AGAIN_NS = 200 * Ticks.NS_PER_MS;

    private final int aesBits;

    /** Most recently used first; null after the last. */
    private final PskKey[] proven = new PskKey[PROVEN];

    private int choices = 1;

    // A nonce on trial: its keys in the order in which they came, null after the last; how many of its choices have been derived. Zero nonce: an empty place.
    private final int[] trialNonce = new int[ON_TRIAL];
    private final PskKey[][] trial = new PskKey[ON_TRIAL][CHOICES];
    private final int[] trialTried = new int[ON_TRIAL];
    private final int[] trialSeen = new int[ON_TRIAL];
    private final int[] trialGarbage = new int[ON_TRIAL];

    // Zero, no valid nonce (TR-06-2 §7.2), marks an empty place.
    private final int[] candidate = new int[CANDIDATES];
    private final int[] candidateSeen = new int[CANDIDATES];
    private final long[] candidateLastNs = new long[CANDIDATES];

    private final int[] aside = new int[SET_ASIDE];
    private final long[] asideUntilNs = new long[SET_ASIDE];
    private int asideNext;

    private int askedNonce;
    private int askedSeen;
    private long askedAtNs;
    private boolean everAsked;

    public ReceiveKeys(int aesBits) {
        this.aesBits = aesBits;
    }

    /** The passphrases have changed, and a nonce may now mean so many keys, 1 to 4. What was on trial, set aside or under way is forgotten; what is proven stays. */
    public void passphrasesChanged(int howMany) {
        choices = Math.clamp(howMany, 1, CHOICES);
        for (int i = 0; i < ON_TRIAL; i++) endTrial(i);
        Arrays.fill(candidate, 0);
        Arrays.fill(aside, 0);
        askedNonce = 0;
    }

    /** Forgets the keys of a passphrase that is no longer valid. */
    public void retire(Passphrase passphrase) {
        int kept = 0;
        for (int i = 0; i < PROVEN; i++) {
            PskKey key = proven[i];
            proven[i] = null;
            if (key != null && key.passphrase() != passphrase) proven[kept++] = key;
        }
    }

    /** The key of a nonce, proven or the first on trial; null if there is none. */
    public PskKey find(int nonce) {
        PskKey key = findProven(nonce);
        if (key != null) return key;
        int place = placeOf(nonce);
        return place < 0 ? null : trial[place][0];
    }

    private PskKey findProven(int nonce) {
        PskKey current = proven[0];
        if (current != null && current.nonce() == nonce) return current;
        for (int i = 1; i < PROVEN && proven[i] != null; i++) {
            if (proven[i].nonce() == nonce) return proven[i];
        }
        return null;
    }

    private int placeOf(int nonce) {
        if (nonce == 0) return -1;
        for (int i = 0; i < ON_TRIAL; i++) if (trialNonce[i] == nonce) return i;
        return -1;
    }

    /** The key on trial that the same nonce may mean as well, when {@code key} has decrypted a datagram to garbage; null after the last, and if {@code key} is proven. */
    public PskKey another(PskKey key) {
        int place = placeOf(key.nonce());
        if (place < 0) return null;
        PskKey[] keys = trial[place];
        for (int i = 0; i < CHOICES - 1; i++) if (keys[i] == key) return keys[i + 1];
        return null;
    }

    /** Whether this nonce may mean keys that have not been derived yet: then garbage says nothing so far. */
    public boolean open(int nonce) {
        if (findProven(nonce) != null) return false;
        int place = placeOf(nonce);
        return place < 0 || trialTried[place] < choices;
    }

    /** A datagram, or an announcement of a future nonce (TR-06-2 §7.6), named a nonce that is {@link #open}. True: derive its key now, by the passphrase that is its {@link #choice}. */
    public boolean wants(long nowNs, int nonce) {
        if (nonce == 0 || !open(nonce) || suspended(nowNs, nonce)) return false;
        if (askedNonce != 0) {
            if (nonce == askedNonce) askedSeen++;
            if (nowNs - askedAtNs >= DERIVATION_TIMEOUT_NS) askedNonce = 0;
            else if (nonce == askedNonce) return false;
        }
        int place = count(nowNs, nonce);
        if (place < 0 || askedNonce != 0) return false;
        if (everAsked && nowNs - askedAtNs < DERIVATION_SPACING_NS) return false;
        if (!seenMostOfLate(nowNs, place)) return false;
        askedNonce = nonce;
        askedSeen = candidateSeen[place];
        askedAtNs = nowNs;
        everAsked = true;
        candidate[place] = 0;
        return true;
    }

    /** Which of the passphrases that a nonce may mean comes next: 0 for what B names (TR-06-2 §7.4), then the others. */
    public int choice(int nonce) {
        int place = placeOf(nonce);
        return place < 0 ? 0 : trialTried[place];
    }

    /** A derived key. Dropped if it is not the one asked for. */
    public void offer(PskKey key) {
        if (key.nonce() != askedNonce || key.aesBits() != aesBits) return;
        askedNonce = 0;
        onTrial(key, askedSeen, 1);
    }

    /** A key that has proven itself elsewhere. Here it is on trial as any other, as anybody may have seen its nonce, but it is the only one that the nonce can mean. @return false if it was there */
    public boolean adopt(PskKey key) {
        if (find(key.nonce()) != null || key.aesBits() != aesBits) return false;
        onTrial(key, 1, CHOICES);
        return true;
    }

    private void onTrial(PskKey key, int seen, int tried) {
        int place = placeOf(key.nonce());
        if (place < 0) {
            place = placeForTrial();
            endTrial(place);
            trialNonce[place] = key.nonce();
        }
        trialSeen[place] += seen;
        trialTried[place] += tried;
        for (int i = 0; i < CHOICES; i++) {
            if (trial[place][i] != null) continue;
            trial[place][i] = key;
            return;
        }
    }

    /** An empty one, or that of the nonce that was seen least. */
    private int placeForTrial() {
        int place = 0;
        for (int i = 0; i < ON_TRIAL; i++) {
            if (trialNonce[i] == 0) return i;
            if (trialSeen[i] < trialSeen[place]) place = i;
        }
        return place;
    }

    private void endTrial(int place) {
        trialNonce[place] = 0;
        trialTried[place] = 0;
        trialSeen[place] = 0;
        trialGarbage[place] = 0;
        Arrays.fill(trial[place], null);
    }

    /** A datagram decrypted to sense under this key, which {@link #find} or {@link #another} gave. @return whether that proves it only now */
    public boolean confirm(PskKey key) {
        if (key == proven[0]) return false;
        int from = 1;
        while (from < PROVEN - 1 && proven[from] != null && proven[from] != key) from++;
        boolean known = proven[from] == key;
        // Either where it stood, or the first free place, or the last: all before it move back by one.
        System.arraycopy(proven, 0, proven, 1, from);
        proven[0] = key;
        int place = placeOf(key.nonce());
        if (place >= 0) endTrial(place);
        return !known;
    }

    /** A datagram decrypted to garbage under all keys of this one's nonce. Proven keys bear it: a stranger may have used their nonce. */
    public void failed(PskKey key) {
        int place = placeOf(key.nonce());
        if (place < 0 || ++trialGarbage[place] <= GARBAGE_LIMIT) return;
        endTrial(place);
        aside[asideNext] = key.nonce();
        // The second runs from the next sighting: this method is told no time, and until it is seen nobody asks.
        asideUntilNs[asideNext] = Ticks.NEVER;
        asideNext = (asideNext + 1) % SET_ASIDE;
    }

    /** Whether this nonce was set aside for its garbage: most likely the peer has another passphrase. */
    public boolean suspended(long nowNs, int nonce) {
        for (int i = 0; i < SET_ASIDE; i++) {
            if (aside[i] != nonce || nonce == 0) continue;
            if (asideUntilNs[i] == Ticks.NEVER) asideUntilNs[i] = nowNs + SET_ASIDE_NS;
            if (nowNs - asideUntilNs[i] < 0) return true;
            aside[i] = 0;
        }
        return false;
    }

    /** Whether any key has proven itself yet. */
    public boolean proven() {
        return proven[0] != null;
    }

    /** Whether this key has decrypted something to sense. */
    public boolean proven(PskKey key) {
        for (int i = 0; i < PROVEN && proven[i] != null; i++) if (proven[i] == key) return true;
        return false;
    }

    /** Notes a sighting; the nonce's place, or -1 if the table is full of others whose time is not over. */
    private int count(long nowNs, int nonce) {
        int free = -1;
        for (int i = 0; i < CANDIDATES; i++) {
            if (candidate[i] == nonce) {
                candidateSeen[i]++;
                candidateLastNs[i] = nowNs;
                return i;
            }
            long holdsNs = candidateSeen[i] > 1 ? SEEN_AGAIN_NS : SEEN_ONCE_NS;
            if (candidate[i] == 0 || nowNs - candidateLastNs[i] >= holdsNs) free = i;
        }
        if (free >= 0) {
            candidate[free] = nonce;
            candidateSeen[free] = 1;
            candidateLastNs[free] = nowNs;
        }
        return free;
    }

    /** A sender that rotated again must not wait for its former nonce, so those not seen for a while do not compete. */
    private boolean seenMostOfLate(long nowNs, int place) {
        for (int i = 0; i < CANDIDATES; i++) {
            boolean competes = candidate[i] != 0 && nowNs - candidateLastNs[i] < SEEN_ONCE_NS;
            if (competes && candidateSeen[i] > candidateSeen[place]) return false;
        }
        return true;
    }
}
