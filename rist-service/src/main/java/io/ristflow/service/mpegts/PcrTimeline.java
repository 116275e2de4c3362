package io.ristflow.service.mpegts;

import io.ristflow.core.config.ConfigException;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * When each packet of a file is due. Looks ahead in the file for the next PCR of the program whose PCR came first; packets between two PCRs
 * lie evenly between their times. Where the two do not belong together (discontinuity_indicator, backwards, more than a second apart) and
 * after the last one, the packets go on at the bit rate there was before.
 */
public final class PcrTimeline {
    /** At opening, no more of the file is looked at. */
    public static final long PROBE_BYTES = 10_000_000;
    /** ISO/IEC 13818-1 §2.7.2 wants one every 100 ms; a second is no interval but a gap. */
    private static final long MAX_GAP_TICKS = Ts.PCR_HZ;

    private final TsFileReader scanner;
    private final int pcrPid;
    private double nsPerPacket;
    private double baseNs;
    private double startNs, endNs;
    private long startIndex, endIndex;
    private long pcr;
    private boolean pcrKnown;

    /** @throws ConfigException if the file cannot be paced, saying why */
    public PcrTimeline(FileChannel file, String name) throws IOException {
        scanner = new TsFileReader(file);
        pcrPid = probe(name);
        rewind();
    }

    private int probe(String name) throws IOException {
        int pid = -1;
        long packets = 0, lastPcr = 0, lastIndex = 0;
        while (packets * Ts.PACKET_BYTES < PROBE_BYTES && scanner.next()) {
            packets++;
            if (!Ts.hasPcr(scanner.buffer(), scanner.offset())) continue;
            int here = Ts.pid(scanner.buffer(), scanner.offset());
            if (pid >= 0 && here != pid) continue;
            long ticks = Ts.pcr(scanner.buffer(), scanner.offset());
            long elapsed = elapsed(lastPcr, ticks);
            if (pid >= 0 && elapsed > 0 && elapsed <= MAX_GAP_TICKS) {
                nsPerPacket = toNs(elapsed) / (scanner.index() - lastIndex);
                return pid;
            }
            pid = here;
            lastPcr = ticks;
            lastIndex = scanner.index();
        }
        if (packets == 0) throw new ConfigException("file", name + " is no MPEG-TS (no packets of 188 bytes found); give a transport stream");
        if (pid < 0) throw new ConfigException("file", "no PCR in the first 10 MB of " + name + ", cannot pace it");
        throw new ConfigException("file", "no two PCRs within a second of each other in the first 10 MB of " + name + ", cannot pace it");
    }

    /** The file's first packet comes next; it is due one packet after {@code nextIndex - 1}, the last one so far. */
    public void rewind(long nextIndex) throws IOException {
        baseNs = dueNs(nextIndex);
        rewind();
    }

    private void rewind() {
        scanner.rewind();
        startIndex = endIndex = 0;
        startNs = endNs = baseNs;
        pcrKnown = false;
    }

    /** When the packet of this number is due, since the first one; numbers must not fall. */
    public long dueNs(long index) throws IOException {
        while (index >= endIndex) nextSegment();
        double share = endIndex == Long.MAX_VALUE ? (index - startIndex) * nsPerPacket : (endNs - startNs) * (index - startIndex) / (endIndex - startIndex);
        return (long) (startNs + share);
    }

    private void nextSegment() throws IOException {
        startIndex = endIndex;
        startNs = endNs;
        while (scanner.next()) {
            if (!Ts.hasPcr(scanner.buffer(), scanner.offset()) || Ts.pid(scanner.buffer(), scanner.offset()) != pcrPid) continue;
            endAt(scanner.index(), Ts.pcr(scanner.buffer(), scanner.offset()), Ts.discontinuity(scanner.buffer(), scanner.offset()));
            if (endIndex > startIndex) return;
        }
        endIndex = Long.MAX_VALUE;
    }

    private void endAt(long index, long ticks, boolean discontinuity) {
        long elapsed = elapsed(pcr, ticks);
        long packets = index - startIndex;
        double ns = packets * nsPerPacket;
        if (pcrKnown && !discontinuity && elapsed > 0 && elapsed <= MAX_GAP_TICKS) {
            ns = toNs(elapsed);
            nsPerPacket = ns / packets;
        }
        pcr = ticks;
        pcrKnown = true;
        endIndex = index;
        endNs = startNs + ns;
    }

    private static long elapsed(long from, long to) {
        return Math.floorMod(to - from, Ts.PCR_MODULUS);
    }

    private static double toNs(long ticks) {
        return ticks * 1_000.0 / 27.0;
    }
}
