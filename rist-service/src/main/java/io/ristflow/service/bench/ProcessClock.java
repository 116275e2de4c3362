package io.ristflow.service.bench;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/**
 * The CPU clock of a process (clock_getcpuclockid(3)): run time of all its threads, those that ended too, user and system, in nanoseconds as the scheduler counts them. /proc/PID/stat tells the same in steps of
 * 10 ms, and /proc/PID/schedstat of the first thread alone.
 */
final class ProcessClock {
    private static final int SCHEDULER = 2;
    private static final MethodHandle CLOCK_GETTIME = Native.link("clock_gettime", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));

    private ProcessClock() {}

    /** Nanoseconds so far; where the clock may not be read, the ticks of /proc/PID/stat; 0 of a process that has gone. */
    static long cpuNs(long pid) {
        if (pid <= 0 || pid > Integer.MAX_VALUE) return 0;
        ByteBuffer time = Native.struct(16);
        MemorySegment state = Native.newState();
        try {
            // The kernel's own encoding (linux/posix-timers.h): the process' number, complemented, above three bits of which clock.
            int result = (int) CLOCK_GETTIME.invokeExact(state, ~(int) pid << 3 | SCHEDULER, Native.addressOf(time));
            if (result == 0) return time.getLong(0) * 1_000_000_000 + time.getLong(8);
        } catch (Throwable e) {
            throw new IllegalStateException("clock_gettime", e);
        } finally {
            java.lang.ref.Reference.reachabilityFence(time);
        }
        return ProcFiles.cpuTicks(pid) * (1_000_000_000 / ProcFiles.TICKS_PER_SECOND);
    }
}
