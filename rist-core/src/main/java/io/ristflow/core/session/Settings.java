package io.ristflow.core.session;

import io.ristflow.core.api.Parity;
import io.ristflow.core.api.RistSession;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.RecoveryConfig;
import io.ristflow.core.config.SessionConfig;
import io.ristflow.core.config.SplitMode;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.flow.FlowSettings;
import io.ristflow.core.profile.AdvancedDialect;
import io.ristflow.core.flow.PacketSplitter;
import io.ristflow.core.profile.AutoDialect;
import io.ristflow.core.profile.Dialect;
import io.ristflow.core.profile.Keyring;
import io.ristflow.core.profile.MainDialect;
import io.ristflow.core.profile.SimpleDialect;
import java.util.random.RandomGenerator;

/** From what the user configured to what the rooms below want to know. */
final class Settings {
    private Settings() {}

    static FlowSettings flow(SessionConfig session) {
        RecoveryConfig c = session.recovery();
        return new FlowSettings(
                Ticks.msToNs(c.bufferMinMs()), Ticks.msToNs(c.bufferMaxMs()), Ticks.msToNs(c.reorderMs()), Ticks.msToNs(c.rttMinMs()), Ticks.msToNs(c.rttMaxMs()),
                session.oneWay() ? 0 : c.maxRetries(), c.maxBitrateKbps() * 1_000L, c.returnBitrateKbps() * 1_000L,
                switch (c.congestionControl()) {
                    case OFF -> 0;
                    case NORMAL -> 1;
                    case AGGRESSIVE -> 2;
                },
                // TR-06-3 §5.2.2: 32 bits on the wire, so a request names one packet of all that fit into memory
                session.profile() == Profile.ADVANCED || session.profile() == Profile.AUTO ? 32 : 16,
                switch (c.timing()) {
                    case SOURCE -> FlowSettings.Hold.SOURCE;
                    case ARRIVAL -> FlowSettings.Hold.ARRIVAL;
                    case RTC -> FlowSettings.Hold.RTC;
                });
    }

    static Dialect dialect(SessionConfig c, RandomGenerator random) {
        return switch (c.profile()) {
            case SIMPLE -> new SimpleDialect();
            case MAIN -> new MainDialect(c.virtDstPort(), random);
            case ADVANCED -> new AdvancedDialect(c.virtDstPort(), c.advanced().compression(), c.advanced().strict(), random);
            case AUTO -> new AutoDialect(new SimpleDialect(), new AdvancedDialect(c.virtDstPort(), c.advanced().compression(), c.advanced().strict(), random));
        };
    }

    /** Null: payloads are sent whole. */
    static PacketSplitter splitter(SplitMode mode) {
        return switch (mode) {
            case OFF -> null;
            case AUTO -> new PacketSplitter(PacketSplitter.Cut.TS);
            case HALF -> new PacketSplitter(PacketSplitter.Cut.HALF);
        };
    }

    /** The secret of all paths that have none of their own. @param psk null: in the clear */
    static Secret secret(PskConfig psk, RandomGenerator random) {
        return secret(RistSession.EVERY_LEG, psk, random);
    }

    /** @param leg whose own it is */
    static Secret secret(int leg, PskConfig psk, RandomGenerator random) {
        if (psk == null) return new Secret(null, Keyring.clear());
        Passphrase odd = psk.oddPassphrase() == null ? null : new Passphrase(psk.oddPassphrase());
        return new Secret(leg, Keyring.of(psk.aesBits(), psk.keyRotationPackets(), random), new Passphrase(psk.passphrase()), odd, Parity.of(psk.oddInForce()));
    }
}
