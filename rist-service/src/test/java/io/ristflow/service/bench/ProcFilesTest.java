package io.ristflow.service.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ProcFilesTest {
    /** proc(5): field 14 is utime, 15 stime; a name may hold spaces, parentheses and numbers. */
    private static final String STAT = "4711 (a (b) 7 c) S 1 4711 4711 0 -1 4194560 5016 0 3 0 1234 56 9 8 20 0 31 0 182134 3205312512 41032 18446744073709551615 1 1 0 0 0 0";

    private static final String UDP = """
               sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
              411: 0100007F:1F90 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 61234 2 0000000000000000 0
             3290: 0100007F:7159 00000000:0000 07 00000000:00033000 00:00000000 00000000     0        0 61235 2 0000000000000000 172
            """;

    @Test
    void cpuTimeIsThatOfUserAndSystemWhateverTheProcessIsCalled() {
        assertThat(ProcFiles.parseCpuTicks(STAT)).isEqualTo(1234 + 56);
    }

    @Test
    void peakMemoryIsTheHighWaterMarkAndPresentMemoryWhatIsResidentNow() {
        String status = "Name:\tjava\nVmPeak:\t 3130188 kB\nVmHWM:\t  164128 kB\nVmRSS:\t  120000 kB\n";
        assertThat(ProcFiles.parseKib(status, "VmHWM:")).isEqualTo(164_128);
        assertThat(ProcFiles.parseKib(status, "VmRSS:")).isEqualTo(120_000);
        assertThat(ProcFiles.parseKib("55d000-7ffe000 ---p 00000000 00:00 0   [rollup]\nRss:      1000 kB\nPss:       734 kB\nPss_Dirty: 5 kB\n", "Pss:")).isEqualTo(734);
        assertThat(ProcFiles.parseKib("Name:\tristsender\nState:\tZ (zombie)\n", "VmHWM:")).isZero();
        assertThat(new ProcFiles.Memory(1, 2, 3).plus(new ProcFiles.Memory(10, 20, 30))).isEqualTo(new ProcFiles.Memory(11, 22, 33));
    }

    @Test
    void dropsAreThoseOfTheSocketOfThatPort() {
        assertThat(ProcFiles.parseDrops(UDP, 0x7159)).isEqualTo(172);
        assertThat(ProcFiles.parseDrops(UDP, 0x1F90)).isZero();
        assertThat(ProcFiles.parseDrops(UDP, 0x0F90)).isZero();
    }

    @Test
    void boundPortIsSeenAmongThoseOfTheMachine() throws Exception {
        try (BatchSocket socket = new BatchSocket(0)) {
            assertThat(ProcFiles.boundUdpPorts()).contains(socket.port());
            assertThat(ProcFiles.dropsAtPorts(Set.of(socket.port()))).isZero();
        }
    }

    @Test
    void cpuTimeOfALiveProcessGrowsAsItWorksOnAnyThreadAndByBothClocks() throws InterruptedException {
        long pid = ProcessHandle.current().pid();
        long ticksBefore = ProcFiles.cpuTicks(pid);
        long nsBefore = ProcessClock.cpuNs(pid);
        long[] turns = {0};
        // A thread that has ended by the time of the second look is counted too.
        Thread busy = Thread.ofPlatform().start(() -> {
            for (long end = System.nanoTime() + 100_000_000; System.nanoTime() < end; ) turns[0]++;
        });
        busy.join();
        assertThat(turns[0]).isPositive();
        // 100 ms are 10 ticks; on a busy machine we may have had a part of them.
        long ns = ProcessClock.cpuNs(pid) - nsBefore;
        assertThat(ns).isPositive();
        assertThat(ProcFiles.cpuTicks(pid)).isGreaterThan(ticksBefore);
        assertThat((ProcFiles.cpuTicks(pid) - ticksBefore) * 10_000_000).isCloseTo(ProcessClock.cpuNs(pid) - nsBefore, Offset.offset(100_000_000L));
        assertThat(ProcFiles.memory(pid).peakKib()).isGreaterThan(1_024);
        assertThat(ProcFiles.memory(pid).rssKib()).isGreaterThan(1_024);
    }

    @Test
    void processThatHasGoneAnswersZero() {
        assertThat(ProcFiles.cpuTicks(Long.MAX_VALUE)).isZero();
        assertThat(ProcessClock.cpuNs(Long.MAX_VALUE)).isZero();
        assertThat(ProcFiles.memory(Long.MAX_VALUE)).isEqualTo(new ProcFiles.Memory(0, 0, 0));
    }
}
