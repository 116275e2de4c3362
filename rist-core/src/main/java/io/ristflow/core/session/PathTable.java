package io.ristflow.core.session;

import io.ristflow.core.profile.Dialect;

/** The session's paths by number, and packed for walking. At most 256 with a peer (field practice), and some strangers. */
final class PathTable {
    static final int CAPACITY = 512;
    static final int MAX_PEERS = 256;
    /** Sources that have not made sense yet: more are turned away at once, so that noise cannot crowd out a peer. */
    static final int MAX_STRANGERS = 64;

    private final Dialect dialect;
    private final Path[] byNumber = new Path[CAPACITY];
    private final Path[] packed = new Path[CAPACITY];
    private int size;

    PathTable(Dialect dialect) {
        this.dialect = dialect;
    }

    Path get(int number) {
        return number >= 0 && number < CAPACITY ? byNumber[number] : null;
    }

    /** A new path under a secret, or null if there is no room for a stranger. */
    Path open(int number, Leg leg, boolean configured, long nowNs) {
        if (number < 0 || number >= CAPACITY) return null;
        if (!configured && !roomForStranger()) return null;
        Path path = new Path(number, leg, configured, dialect.newPeer(leg.secret.keyring()), nowNs);
        byNumber[number] = path;
        packed[size++] = path;
        return path;
    }

    private boolean roomForStranger() {
        int strangers = strangers();
        return strangers < MAX_STRANGERS && size - strangers < MAX_PEERS;
    }

    int strangers() {
        int strangers = 0;
        for (int i = 0; i < size; i++) if (stranger(packed[i])) strangers++;
        return strangers;
    }

    /** Null if there is none. */
    Path oldestStranger() {
        Path oldest = null;
        for (int i = 0; i < size; i++) {
            if (stranger(packed[i]) && (oldest == null || packed[i].openedNs < oldest.openedNs)) oldest = packed[i];
        }
        return oldest;
    }

    private static boolean stranger(Path path) {
        return !path.heard && !path.configured;
    }

    void close(Path path) {
        path.closed = true;
        byNumber[path.number] = null;
        for (int i = 0; i < size; i++) {
            if (packed[i] == path) {
                packed[i] = packed[--size];
                packed[size] = null;
                return;
            }
        }
    }

    int size() {
        return size;
    }

    Path at(int index) {
        return packed[index];
    }
}
