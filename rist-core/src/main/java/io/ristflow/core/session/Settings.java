package io.ristflow.core.session;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.RecoveryConfig;
import io.ristflow.core.config.SessionConfig;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.flow.FlowSettings;
import io.ristflow.core.profile.AutoDialect;
import io.ristflow.core.profile.Dialect;
import io.ristflow.core.profile.Keyring;
import io.ristflow.core.profile.MainDialect;
import io.ristflow.core.profile.SimpleDialect;
import java.util.random.RandomGenerator;

/** From what the user configured to what the rooms below want to know. */
final class Settings {
    private Settings() {}

    static FlowSettings flow(RecoveryConfig c) {
        return new FlowSettings(
                Ticks.msToNs(c.bufferMinMs()), Ticks.msToNs(c.bufferMaxMs()), Ticks.msToNs(c.reorderMs()), Ticks.msToNs(c.rttMinMs()), Ticks.msToNs(c.rttMaxMs()),
                c.maxRetries(), c.maxBitrateKbps() * 1_000L, c.returnBitrateKbps() * 1_000L,
                switch (c.congestionControl()) {
                    case OFF -> 0;
                    case NORMAL -> 1;
                    case AGGRESSIVE -> 2;
                },
                16,
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
            case AUTO -> new AutoDialect(new SimpleDialect(), new MainDialect(c.virtDstPort(), random));
        };
    }

    /** @param psk null: in the clear */
    static Secret secret(PskConfig psk, RandomGenerator random) {
        if (psk == null) return new Secret(null, Keyring.clear());
        return new Secret(new Passphrase(psk.passphrase()), Keyring.of(psk.aesBits(), psk.keyRotationPackets(), random));
    }
}
