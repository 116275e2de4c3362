package io.ristflow.service.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of a process and of its sockets (proc(5)). The parsers are pure; the readers answer 0 for a process that has gone. */
final class ProcFiles {
    /** USER_HZ: the unit of CPU times in /proc on every architecture that this runs on, whatever the kernel's own tick. */
    static final int TICKS_PER_SECOND = 100;

    private static final int UTIME = 14, STIME = 15;

    private ProcFiles() {}

    static boolean available() {
        return Files.isReadable(Path.of("/proc/self/stat")) && Files.isReadable(Path.of("/proc/net/udp"));
    }

    static long cpuTicks(long pid) {
        String stat = read("/proc/" + pid + "/stat");
        return stat.isEmpty() ? 0 : parseCpuTicks(stat);
    }

    static long peakRssKib(long pid) {
        return parsePeakRssKib(read("/proc/" + pid + "/status"));
    }

    /** Datagrams that the kernel dropped at an IPv4 socket of this machine because its buffer was full. */
    static long dropsAtPort(int port) {
        return parseDrops(read("/proc/net/udp"), port);
    }

    static boolean udpPortIsBound(int port) {
        return lineOfPort(read("/proc/net/udp"), port) != null || lineOfPort(read("/proc/net/udp6"), port) != null;
    }

    /** User and system time of all threads of a process, those that ended too. The name, field 2, may hold spaces and parentheses, so fields are counted from its end. */
    static long parseCpuTicks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ");
        return Long.parseLong(fields[UTIME - 3]) + Long.parseLong(fields[STIME - 3]);
    }

    /** 0 if there is no such line (a process that ended already). */
    static long parsePeakRssKib(String status) {
        return status.lines().filter(line -> line.startsWith("VmHWM:")).findFirst().map(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).orElse(0L);
    }

    static long parseDrops(String udpTable, int port) {
        String line = lineOfPort(udpTable, port);
        return line == null ? 0 : Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static String lineOfPort(String udpTable, int port) {
        String suffix = String.format(":%04X", port);
        return udpTable.lines().skip(1).map(String::strip).filter(line -> line.split("\\s+")[1].endsWith(suffix)).findFirst().orElse(null);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return "";
        }
    }
}
