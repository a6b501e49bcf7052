// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.object.Hook;
import dev.jig.bpf.object.SectionName;
import java.util.List;
import java.util.Optional;

/**
 * Something that a gadget can do in several ways, of which one is enough.
 *
 * @param optional whether the gadget is of use without it
 * @param variants by rank, none twice
 */
public record Job(String name, boolean optional, List<Variant> variants) {
    /** The rank of the programs that have a section, which are what other loaders see. */
    public static final int REGULAR_RANK = 50;

    public Job {
        variants = List.copyOf(variants);
    }

    /** Whether one of its variants has a program of this name. */
    boolean has(String program) {
        for (Variant variant : variants) {
            if (variant.has(program)) {
                return true;
            }
        }
        return false;
    }

    /**
     * One way to do a job: all its programs, or none.
     *
     * @param rank 1 to 99, the order of trial; 0 for one that is only taken on request
     * @param name for requests
     * @param selfTest what must be seen when it is attached
     */
    public record Variant(int rank, Optional<String> name, List<Part> parts, Optional<String> selfTest) {
        /** A variant that works when it can be attached. */
        public Variant(int rank, Optional<String> name, List<Part> parts) {
            this(rank, name, parts, Optional.empty());
        }

        public Variant {
            parts = List.copyOf(parts);
        }

        /** Whether its programs are those that have a section. */
        public boolean isRegular() {
            return rank == REGULAR_RANK;
        }

        /** Whether this is what somebody asks for: a rank, a name or a kind. */
        boolean isCalled(String request) {
            if (request.equals(String.valueOf(rank))
                    || name.filter(request::equals).isPresent()) {
                return true;
            }
            return isOfKind(request);
        }

        /** Whether one of its programs is of a kind. */
        public boolean isOfKind(String kind) {
            for (Part part : parts) {
                if (part.kind().equals(kind)) {
                    return true;
                }
            }
            return false;
        }

        boolean has(String program) {
            for (Part part : parts) {
                if (part.function().equals(program)) {
                    return true;
                }
            }
            return false;
        }

        /** Rank, kind and target, for people. */
        public String describe() {
            StringBuilder text = new StringBuilder().append(rank);
            String separator = " ";
            for (Part part : parts) {
                text.append(separator).append(part.section().replace('/', ' '));
                separator = ", ";
            }
            return text.toString();
        }
    }

    /**
     * A program of a variant.
     *
     * @param kind first word of a section name
     * @param target what the program attaches to; empty when the kind says it all
     */
    public record Part(String kind, String target, String function) {
        /** What the program attaches to. */
        Hook hook() {
            return SectionName.parse(section()).hook();
        }

        /** The section that a function of this kind would stand in. */
        public String section() {
            return target.isEmpty() ? kind : kind + "/" + target;
        }
    }
}
