package io.ristflow.core.session;

import io.ristflow.core.api.Parity;
import io.ristflow.core.api.RistSession;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.profile.Keyring;

/**
 * One passphrase or two (TR-06-2 §7.4) and the keys made of them. A session has one for all its paths, or a path its own.
 *
 * <p>A passphrase that was replaced stays valid for what comes in, so that the two ends need not be told at the same instant.
 */
final class Secret {
    /** How long at most a replaced passphrase is taken: the other end may hear of the new one minutes later, a pod by its mounted Secret or a person by telephone. */
    static final long FORMER_VALID_NS = 300 * Ticks.NS_PER_SECOND;
    /** And how long when every peer has gone over to the new one, for what is still under way. */
    static final long UNDER_WAY_NS = 5 * Ticks.NS_PER_SECOND;

    private static final int PARITIES = 2;
    private static final int LOGIN = -2;

    private final int leg;
    private final Keyring keyring;
    private final NonceHerald herald = new NonceHerald();
    // By parity. With one passphrase the odd place is empty.
    private final Passphrase[] passphrase = new Passphrase[PARITIES];
    private final Passphrase[] former = new Passphrase[PARITIES];
    private final long[] formerUntilNs = new long[PARITIES];
    /** What new keys to send under are made of, and its place. */
    private Passphrase sending;
    private Parity parity = Parity.EVEN;

    /** What the last look at the keyring found, see {@link KeyDesk#onTime}. */
    Passphrase seenPassphrase;
    int seenNonce;
    long seenNonceNs;
    long nonces;

    /** @param passphrase null: in the clear */
    Secret(Passphrase passphrase, Keyring keyring) {
        this(RistSession.EVERY_LEG, keyring, passphrase, null, Parity.EVEN);
    }

    /**
     * @param leg the configured path whose own it is, or {@link RistSession#EVERY_LEG}
     * @param even null: in the clear
     * @param odd null: there is one passphrase
     */
    Secret(int leg, Keyring keyring, Passphrase even, Passphrase odd, Parity inForce) {
        this.leg = leg;
        this.keyring = keyring;
        passphrase[Parity.EVEN.ordinal()] = even;
        passphrase[Parity.ODD.ordinal()] = odd;
        keyring.twoPassphrases(differ());
        if (even != null) sendUnder(inForce, false);
    }

    /** The key that a login has given to one peer: none of the user's passphrases, so statistics and events leave it out. */
    static Secret ofLogin(Keyring keyring, Passphrase key) {
        return new Secret(LOGIN, keyring, key, null, Parity.EVEN);
    }

    boolean ofLogin() {
        return leg == LOGIN;
    }

    int leg() {
        return leg;
    }

    Keyring keyring() {
        return keyring;
    }

    NonceHerald herald() {
        return herald;
    }

    boolean clear() {
        return passphrase[Parity.EVEN.ordinal()] == null;
    }

    boolean two() {
        return passphrase[Parity.ODD.ordinal()] != null;
    }

    /** Only then has B a meaning (TR-06-2 §7.4), which keep-alives tell. */
    private boolean differ() {
        return two() && !get(Parity.ODD).sameAs(get(Parity.EVEN));
    }

    /** What new keys to send under are made of. */
    Passphrase sending() {
        return sending;
    }

    Passphrase get(Parity which) {
        return passphrase[which.ordinal()];
    }

    /** Which of the two this one is, or was; null if neither. */
    Parity parityOf(Passphrase one) {
        for (Parity each : Parity.values()) if (one != null && (passphrase[each.ordinal()] == one || former[each.ordinal()] == one)) return each;
        return null;
    }

    /** Whether this is one of those that are set now, not one that was replaced. */
    boolean holds(Passphrase one) {
        Parity which = parityOf(one);
        return which != null && get(which) == one;
    }

    boolean replaced(Parity which) {
        return former[which.ordinal()] != null;
    }

    Passphrase former(Parity which) {
        return former[which.ordinal()];
    }

    // ---- what comes in -------------------------------------------------------------------------------------------------------------

    /** How many passphrases a nonce may mean. */
    int choices() {
        int choices = 0;
        for (int i = 0; i < PARITIES; i++) choices += (passphrase[i] == null ? 0 : 1) + (former[i] == null ? 0 : 1);
        return choices;
    }

    /** TR-06-2 §7.4: first what B names, or the only one that there is; then the other; then what these have replaced. Null beyond the last. */
    Passphrase choice(int nonce, int number) {
        int named = Parity.of(nonce < 0).ordinal();
        int left = number;
        for (Passphrase[] set : new Passphrase[][] {passphrase, former}) {
            for (int i = 0; i < PARITIES; i++) {
                Passphrase one = set[(named + i) % PARITIES];
                if (one != null && left-- == 0) return one;
            }
        }
        return null;
    }

    // ---- changes -------------------------------------------------------------------------------------------------------------------

    /** Keys are made of this passphrase from now on. */
    void sendUnder(Parity which, boolean announce) {
        parity = which;
        sending = get(which);
        // §7.4: with one passphrase B has no meaning; it stays clear
        keyring.change(which.odd() && two(), announce);
    }

    /** @return what this one takes the place of, which stays valid until {@link #retire}; null if the place was empty */
    Passphrase replace(long nowNs, Parity which, Passphrase fresh) {
        int i = which.ordinal();
        Passphrase old = passphrase[i];
        passphrase[i] = fresh;
        former[i] = old;
        formerUntilNs[i] = nowNs + FORMER_VALID_NS;
        keyring.twoPassphrases(differ());
        return old;
    }

    boolean expired(long nowNs, Parity which) {
        return replaced(which) && nowNs >= formerUntilNs[which.ordinal()];
    }

    /** Every peer holds the new one. */
    void shorten(long nowNs, Parity which) {
        formerUntilNs[which.ordinal()] = Math.min(formerUntilNs[which.ordinal()], nowNs + UNDER_WAY_NS);
    }

    Passphrase retire(Parity which) {
        Passphrase old = former[which.ordinal()];
        former[which.ordinal()] = null;
        return old;
    }

    /** The place of the passphrase in force, or of the one that new keys are made of as long as there is no key. */
    Parity inForce() {
        Parity which = parityOf(keyring.currentPassphrase());
        return which == null ? parity : which;
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
