// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import dev.jig.bpf.BpfException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The kernel, reached through one downcall: {@code long syscall(long number, long × 6)} with errno captured.
 *
 * <p>One shape serves every call, because each further shape costs start-up time. Results follow the kernel's own
 * convention: negative values are {@code -errno}.
 */
public final class Kernel {
    /** The bit pattern that marks "no file descriptor" or "all processors". */
    public static final long MINUS_ONE = -1;

    private static final StructLayout CAPTURE_LAYOUT = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = CAPTURE_LAYOUT.byteOffset(PathElement.groupElement("errno"));
    private static final Architecture ARCHITECTURE = Architecture.current();
    private static final MethodHandle SYSCALL = link();
    private static final ThreadLocal<MemorySegment> CAPTURE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CAPTURE_LAYOUT));

    private Kernel() {}

    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        MemorySegment syscall = linker.defaultLookup()
                .find("syscall")
                .orElseThrow(() -> new BpfException("the C library has no function \"syscall\""));
        ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
        FunctionDescriptor shape = FunctionDescriptor.of(word, word, word, word, word, word, word, word);
        return linker.downcallHandle(syscall, shape, Linker.Option.captureCallState("errno"));
    }

    /** The architecture whose system-call numbers are used. */
    public static Architecture architecture() {
        return ARCHITECTURE;
    }

    /** Ticks in a second of the clock in which {@code /proc} tells processor time ({@code USER_HZ}). */
    public static int clockTicksPerSecond() {
        return AuxiliaryVector.clockTicks();
    }

    /** Calls the kernel; a negative result is {@code -errno}. */
    public static long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
        MemorySegment capture = CAPTURE.get();
        try {
            long result = (long) SYSCALL.invokeExact(capture, (long) call.number(ARCHITECTURE), a, b, c, d, e, f);
            return result == -1 ? -capture.get(ValueLayout.JAVA_INT, ERRNO_OFFSET) : result;
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall handle declares no checked exception", impossible);
        }
    }

    /** As {@link #call(SystemCall, long, long, long, long, long, long)} with up to three arguments. */
    public static long call(SystemCall call, long a, long b, long c) {
        return call(call, a, b, c, 0, 0, 0);
    }

    /**
     * Passes a non-negative result on.
     *
     * @param action what was tried, for the message: call and object
     * @throws SystemCallException for {@code -errno}
     */
    public static long check(long result, String action) {
        if (result < 0) {
            throw new SystemCallException(action, Errno.of((int) -result));
        }
        return result;
    }
}
