package io.ristflow.service.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Foreign calls of the bench, with the layouts of 64-bit Linux. Pointers are numbers: the memory belongs to buffers that the caller holds on to. */
final class Native {
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private Native() {}

    /** Null, or why there are none on this system. */
    static String obstacle() {
        String arch = System.getProperty("os.arch");
        if (!System.getProperty("os.name").startsWith("Linux")) return "this is not Linux";
        return arch.equals("amd64") || arch.equals("aarch64") ? null : "no struct layouts for " + arch + " are known to it";
    }

    /** A function of the C library that leaves its errno in the first argument, of {@link #newState()}. */
    static MethodHandle link(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, Linker.Option.captureCallState("errno"));
    }

    static MemorySegment newState() {
        return Arena.ofAuto().allocate(STATE);
    }

    static int errno(MemorySegment state) {
        return state.get(ValueLayout.JAVA_INT, ERRNO);
    }

    /** Zeroed memory outside the heap, in the machine's byte order. */
    static ByteBuffer struct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    static long addressOf(ByteBuffer direct) {
        return MemorySegment.ofBuffer(direct.duplicate().clear()).address();
    }
}
