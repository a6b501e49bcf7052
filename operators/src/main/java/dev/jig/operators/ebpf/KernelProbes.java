// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.NamePattern;
import dev.jig.bpf.link.Link;
import dev.jig.bpf.link.MultiProbes;
import dev.jig.bpf.link.Probes;
import dev.jig.bpf.link.TraceFs;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.object.SectionName;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.symbols.KernelFunctionNames;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCallException;
import java.util.List;

/** Attaches programs to functions of the kernel. */
final class KernelProbes {
    private KernelProbes() {}

    /**
     * To a function, or to an instruction in it. A function that the kernel does not know is looked for among the copies that compilers make.
     *
     * @throws BpfException when the kernel refuses; names the function that is most like it
     */
    static Link attach(BpfProgram program, String target, Probes.Point point) {
        int plus = target.indexOf('+');
        String function = plus < 0 ? target : target.substring(0, plus);
        long offset = plus < 0 ? 0 : offset(target, target.substring(plus + 1));
        if (function.isEmpty() || (offset != 0 && point == Probes.Point.RETURN)) {
            throw new BpfException(
                    "kernel functions are probed at function, or at function+offset when they are called,"
                            + " not at \"" + target + "\"");
        }
        Probes probes = new Probes(Kernel.architecture());
        try {
            return probes.kernel(program, function, offset, point);
        } catch (SystemCallException refused) {
            if (!refused.errno().equals(Errno.ENOENT) && !refused.errno().equals(Errno.EINVAL)) {
                throw refused;
            }
            KernelFunctionNames names = KernelFunctionNames.of(function);
            if (names.variant().isEmpty()) {
                throw new BpfException(refused.getMessage() + names.nearest(), refused);
            }
            return probes.kernel(program, names.variant().get(), offset, point);
        }
    }

    private static long offset(String target, String number) {
        try {
            long offset = Long.decode(number);
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException malformed) {
            throw new BpfException("invalid offset \"" + number + "\" in \"" + target + "\"", malformed);
        }
        throw new BpfException("invalid offset \"" + number + "\" in \"" + target + "\"");
    }

    /**
     * To all functions whose names fit a pattern, through one link.
     *
     * @throws BpfException when none fits, or the kernel refuses
     */
    static Link attachMany(BpfProgram program, SectionName section, String target, Probes.Point point) {
        NamePattern pattern = new NamePattern(target);
        AttachType type = section.attachType().orElseThrow();
        List<String> functions = pattern.isName() ? List.of(target) : functions(pattern);
        if (functions.isEmpty()) {
            throw new BpfException("no function of the kernel that can be traced is called " + target);
        }
        try {
            return MultiProbes.kernel(program, type, functions, point);
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.ESRCH)) {
                String nearest = KernelFunctionNames.of(target).nearest();
                throw new BpfException(refused.getMessage() + ": the kernel has no such function" + nearest, refused);
            }
            throw refused;
        }
    }

    private static List<String> functions(NamePattern pattern) {
        try (TraceFs traceFs = TraceFs.open()) {
            return traceFs.functions(pattern);
        }
    }
}
