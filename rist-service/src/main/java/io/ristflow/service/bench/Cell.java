package io.ristflow.service.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * One contender in one row, measured several times.
 *
 * @param median of each figure by itself; counts (sent, lost, duplicated …) are not medians but sums of all runs, as what was lost once was lost
 * @param cpuLowest CPU µs per packet of the cheapest run, {@code cpuHighest} of the dearest: the spread
 */
record Cell(Figures median, double cpuLowest, double cpuHighest, List<Figures> runs) {
    /** @param runs at least one */
    static Cell of(List<Figures> runs) {
        double[] cpu = runs.stream().mapToDouble(Figures::cpuUsPerPacket).sorted().toArray();
        return new Cell(medianOf(runs), cpu[0], cpu[cpu.length - 1], List.copyOf(runs));
    }

    private static Figures medianOf(List<Figures> runs) {
        return new Figures(runs.getFirst().flows(), sum(runs, Figures::sent), median(runs, Figures::offeredMbps), sum(runs, Figures::lost), sum(runs, Figures::sinkDropped), sum(runs, Figures::duplicated),
                sum(runs, Figures::outOfOrder), sum(runs, Figures::corrupted), sum(runs, Figures::pathLost), sum(runs, Figures::senderDropped), sum(runs, Figures::receiverDropped),
                end(runs.stream().map(Figures::sender).toList()), end(runs.stream().map(Figures::receiver).toList()),
                quantiles(runs.stream().map(Figures::latency).toList()), quantiles(runs.stream().map(Figures::spacing).toList()), own(runs.stream().map(Figures::own).toList()));
    }

    private static Figures.End end(List<Figures.End> ends) {
        return new Figures.End(ends.getFirst().processes(), median(ends, Figures.End::cpuUsPerPacket), median(ends, Figures.End::cpuUsPerPacketByTicks), median(ends, Figures.End::cores),
                median(ends, Figures.End::peakRssMib), median(ends, Figures.End::rssMib), median(ends, Figures.End::pssMib));
    }

    private static Figures.Quantiles quantiles(List<Figures.Quantiles> all) {
        return new Figures.Quantiles(median(all, Figures.Quantiles::p50Ms), median(all, Figures.Quantiles::p99Ms), median(all, Figures.Quantiles::p999Ms), median(all, Figures.Quantiles::maxMs));
    }

    private static Figures.Own own(List<Figures.Own> all) {
        return new Figures.Own(median(all, Figures.Own::generatorUsPerPacket), median(all, Figures.Own::checkerUsPerPacket), median(all, Figures.Own::datagramsPerRead));
    }

    private static <T> long sum(List<T> all, ToLongFunction<T> figure) {
        return all.stream().mapToLong(figure).sum();
    }

    private static <T> double median(List<T> all, ToDoubleFunction<T> figure) {
        return median(all.stream().mapToDouble(figure).toArray());
    }

    /** The middle one; of an even number the mean of the two in the middle. Not of none. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
