package io.ristflow.service.cli;

import io.ristflow.core.config.Profile;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code rist bench}, read and valid. What is empty or null is not asked for.
 *
 * @param rows one flow each, to measure in this order
 * @param runs how often each is measured; figures are medians
 * @param warmupSeconds streamed before anything is counted; {@code seconds} that are counted
 * @param lossPercent of the datagrams each way, at random; with {@code delayMs} (each way) 0 as well there is nothing between the ends
 * @param flows null: no rows of many flows
 * @param search null: no search for the highest rate without loss
 * @param starts how often the time from a process' start to its readiness is measured; 0: not
 * @param jsonFile null: the table alone; {@code svgFile} null: no plot
 */
public record BenchOptions(List<Row> rows, int runs, int warmupSeconds, int seconds, double lossPercent, int delayMs, int bufferMs, Flows flows, Search search, int starts, Path jsonFile, Path svgFile) {
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

    /**
     * Many flows at once, ours in one process for all senders and one for all receivers, or in one for all.
     *
     * @param counts how many, row by row
     * @param row what each of them is
     * @param mostPairs more flows than this are measured with ours alone: librist needs two processes for each
     * @param together ours in one process, senders and receivers
     */
    public record Flows(List<Integer> counts, Row row, int mostPairs, boolean together) {
        public Flows {
            counts = List.copyOf(counts);
        }
    }

    /**
     * The highest rate without loss.
     *
     * @param row profile and keys; its rate is where the search begins
     * @param mostMbps where it ends at the latest
     */
    public record Search(Row row, double mostMbps) {}

    /** Nothing is lost or held back between the ends. */
    public boolean cleanPath() {
        return lossPercent == 0;
    }

    public boolean direct() {
        return lossPercent == 0 && delayMs == 0;
    }
}
