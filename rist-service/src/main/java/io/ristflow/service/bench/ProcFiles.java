package io.ristflow.service.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    /** Largest and present resident memory, and the present one with what is shared split among those that share it. */
    static Memory memory(long pid) {
        String status = read("/proc/" + pid + "/status");
        return new Memory(parseKib(status, "VmHWM:"), parseKib(status, "VmRSS:"), parseKib(read("/proc/" + pid + "/smaps_rollup"), "Pss:"));
    }

    /** KiB; {@code pssKib} 0 where the kernel or its rights do not tell. */
    record Memory(long peakKib, long rssKib, long pssKib) {
        Memory plus(Memory other) {
            return new Memory(peakKib + other.peakKib, rssKib + other.rssKib, pssKib + other.pssKib);
        }
    }

    /** Datagrams that the kernel dropped at an IPv4 socket of this machine because its buffer was full. */
    static long dropsAtPort(int port) {
        return parseDrops(read("/proc/net/udp"), port);
    }

    /** The same of several ports together. */
    static long dropsAtPorts(Set<Integer> ports) {
        String table = read("/proc/net/udp");
        return table.lines().skip(1).map(String::strip).filter(line -> ports.contains(portOf(line))).mapToLong(ProcFiles::dropsOf).sum();
    }

    /** All ports that UDP sockets of this machine are bound to, of either family. */
    static Set<Integer> boundUdpPorts() {
        Set<Integer> ports = new HashSet<>();
        for (String table : List.of("/proc/net/udp", "/proc/net/udp6")) read(table).lines().skip(1).map(String::strip).forEach(line -> ports.add(portOf(line)));
        return ports;
    }

    /** User and system time of all threads of a process, those that ended too. The name, field 2, may hold spaces and parentheses, so fields are counted from its end. */
    static long parseCpuTicks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ");
        return Long.parseLong(fields[UTIME - 3]) + Long.parseLong(fields[STIME - 3]);
    }

    /** Of a file of lines such as {@code VmRSS:  120000 kB}; 0 if there is no such line (a process that ended already). */
    static long parseKib(String lines, String key) {
        return lines.lines().filter(line -> line.startsWith(key)).findFirst().map(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).orElse(0L);
    }

    static long parseDrops(String udpTable, int port) {
        return udpTable.lines().skip(1).map(String::strip).filter(line -> portOf(line) == port).findFirst().map(ProcFiles::dropsOf).orElse(0L);
    }

    /** The second column of a line is the local address, a colon and the port, in hexadecimal. */
    private static int portOf(String line) {
        String local = line.split("\\s+", 3)[1];
        return Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), 16);
    }

    private static long dropsOf(String line) {
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return "";
        }
    }
}
