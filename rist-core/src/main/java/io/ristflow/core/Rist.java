package io.ristflow.core;

import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.config.ReceiverConfig;
import io.ristflow.core.config.SenderConfig;
import io.ristflow.core.session.ReceiverSession;
import io.ristflow.core.session.SenderSession;
import java.util.random.RandomGenerator;

/**
 * The only door to the protocol. What comes out is single-threaded and knows no clock, socket or thread: see {@link io.ristflow.core.api}.
 */
public final class Rist {
    private Rist() {}

    /** @param random source of flow ids, nonces and addresses; cryptographically strong outside of tests */
    public static RistSender sender(SenderConfig config, RandomGenerator random) {
        return new SenderSession(config, random);
    }

    /** @param random as for {@link #sender} */
    public static RistReceiver receiver(ReceiverConfig config, RandomGenerator random) {
        return new ReceiverSession(config, random);
    }
}
