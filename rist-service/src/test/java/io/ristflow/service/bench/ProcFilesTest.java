package io.ristflow.service.bench;

import static org.assertj.core.api.Assertions.assertThat;

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
    void peakMemoryIsTheHighWaterMarkAndNotWhatIsResidentNow() {
        assertThat(ProcFiles.parsePeakRssKib("Name:\tjava\nVmPeak:\t 3130188 kB\nVmHWM:\t  164128 kB\nVmRSS:\t  120000 kB\n")).isEqualTo(164_128);
        assertThat(ProcFiles.parsePeakRssKib("Name:\tristsender\nState:\tZ (zombie)\n")).isZero();
    }

    @Test
    void dropsAreThoseOfTheSocketOfThatPort() {
        assertThat(ProcFiles.parseDrops(UDP, 0x7159)).isEqualTo(172);
        assertThat(ProcFiles.parseDrops(UDP, 0x1F90)).isZero();
        assertThat(ProcFiles.parseDrops(UDP, 0x0F90)).isZero();
    }

    @Test
    void cpuTimeOfALiveProcessGrowsAsItWorks() {
        long pid = ProcessHandle.current().pid();
        long before = ProcFiles.cpuTicks(pid);
        long end = System.nanoTime() + 100_000_000;
        long turns = 0;
        while (System.nanoTime() < end) turns++;
        assertThat(turns).isPositive();
        // 100 ms are 10 ticks; on a busy machine we may have had a part of them.
        assertThat(ProcFiles.cpuTicks(pid)).isGreaterThan(before);
        assertThat(ProcFiles.peakRssKib(pid)).isGreaterThan(1_024);
    }

    @Test
    void processThatHasGoneAnswersZero() {
        assertThat(ProcFiles.cpuTicks(Long.MAX_VALUE)).isZero();
        assertThat(ProcFiles.peakRssKib(Long.MAX_VALUE)).isZero();
    }
}
