// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.object.ProgramType;

/** Checks which maps of sockets programs shall rule over ({@code GADGET_SK_TARGET_MAP}). */
final class SocketTargets {
    private SocketTargets() {}

    /** The name of the map, if program and map are what they must be. */
    static String check(Marker.SocketTarget target, ObjectFile object) {
        String rest = target.program() + "___" + target.map();
        ProgramSpec program = object.program(target.program())
                .orElseThrow(() ->
                        MarkerReader.problem(rest, "program \"" + target.program() + "\" not found in eBPF object"));
        ProgramType type = program.section().type();
        if (type != ProgramType.SK_SKB && type != ProgramType.SK_MSG) {
            throw MarkerReader.problem(
                    rest,
                    "program \"" + target.program() + "\" has type " + type.title()
                            + "; GADGET_SK_TARGET_MAP only applies to sk_skb and sk_msg programs");
        }
        MapSpec map = MarkerReader.requireMap(object, target.map(), rest);
        if (map.type() != MapType.SOCKMAP && map.type() != MapType.SOCKHASH) {
            throw MarkerReader.problem(rest, "map \"" + target.map() + "\" is no map of sockets");
        }
        return target.map();
    }
}
