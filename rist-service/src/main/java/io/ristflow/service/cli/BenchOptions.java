package io.ristflow.service.cli;

import io.ristflow.core.config.Profile;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code rist bench}, read and valid.
 *
 * @param rows what to measure, in this order
 * @param warmupSeconds streamed before anything is counted; {@code seconds} that are counted
 * @param lossPercent of the datagrams each way, at random; with {@code delayMs} (each way) 0 as well there is nothing between the ends
 * @param jsonFile null: the table alone
 */
public record BenchOptions(List<Row> rows, int warmupSeconds, int seconds, double lossPercent, int delayMs, int bufferMs, Path jsonFile) {
    public BenchOptions {
        rows = List.copyOf(rows);
    }

    /** @param aesBits 0: in the clear */
    public record Row(Profile profile, int aesBits, double mbps) {
        /** As in a table: {@code main}, {@code AES-256}. */
        public String profileName() {
            return profile.name().toLowerCase(java.util.Locale.ROOT);
        }

        public String encryption() {
            return aesBits == 0 ? "clear" : "AES-" + aesBits;
        }
    }

    /** Nothing is lost or held back between the ends. */
    public boolean cleanPath() {
        return lossPercent == 0;
    }

    public boolean direct() {
        return lossPercent == 0 && delayMs == 0;
    }
}
