package io.ristflow.service.cli;

import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;

/**
 * {@code rist demo}, read and valid.
 *
 * @param seconds how long media is sent
 * @param lossPercent of the datagrams each way, at random
 * @param delayMs each way
 * @param psk null: in the clear
 * @param seed of the bad path's randomness
 */
public record DemoOptions(int seconds, double lossPercent, int delayMs, double mbps, Profile profile, PskConfig psk, int bufferMs, long seed,
        RunOptions.Logging logging) {}
