package io.ristflow.core.session;

import io.ristflow.core.config.PathConfig;
import java.util.Arrays;

/** The session's legs by number, and which of them a path number belongs to. */
final class LegTable {
    private static final int UNTOLD = -1;

    private final Leg[] legs = new Leg[PathConfig.MAX_PATHS];
    private final int[] legOfPath = new int[PathTable.CAPACITY];
    private int size;

    LegTable() {
        Arrays.fill(legOfPath, UNTOLD);
    }

    void add(Leg leg) {
        if (leg.number < 0 || leg.number >= PathConfig.MAX_PATHS) throw new IllegalArgumentException("leg " + leg.number + " is not in 0.." + (PathConfig.MAX_PATHS - 1));
        if (legs[leg.number] != null) throw new IllegalArgumentException("leg " + leg.number + " is there already");
        legs[leg.number] = leg;
        size++;
    }

    /** @return the leg that was removed, null if there was none */
    Leg remove(int number) {
        Leg leg = get(number);
        if (leg == null) return null;
        legs[number] = null;
        size--;
        return leg;
    }

    /** Null if there is none. */
    Leg get(int number) {
        return number >= 0 && number < PathConfig.MAX_PATHS ? legs[number] : null;
    }

    int size() {
        return size;
    }

    /** The host told where a path belongs. */
    void assign(int path, int leg) {
        if (path >= 0 && path < PathTable.CAPACITY) legOfPath[path] = leg;
    }

    /** The leg of a path that somebody calls on, the first one if the host told nothing; null where its leg is gone. */
    Leg of(int path) {
        int told = path >= 0 && path < PathTable.CAPACITY ? legOfPath[path] : UNTOLD;
        if (told != UNTOLD) return get(told);
        for (Leg leg : legs) if (leg != null) return leg;
        return null;
    }
}
