package io.ristflow.core.session;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.bond.RttMuting;
import io.ristflow.core.config.PathConfig;

/** A path of the configuration, to which the paths by number belong: a caller's one, a listener's as many as call there. */
final class Leg {
    final int number;
    final PathConfig config;
    final Secret secret;
    /** Null: nobody has to log in. */
    final Doorkeeper door;
    final FaultDetails details;
    int weight;

    Leg(int number, PathConfig config, Secret secret, Doorkeeper door, FaultDetails details) {
        this.number = number;
        this.config = config;
        this.secret = secret;
        this.door = door;
        this.details = details;
        weight = config.weight();
    }

    RttMuting.Settings muting() {
        return new RttMuting.Settings(Ticks.msToNs(config.rttDropMs()), Ticks.msToNs(config.rttRestoreMs()), Ticks.msToNs(config.rttDropSettleMs()), config.rttDropTrickle());
    }
}
