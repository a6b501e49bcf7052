// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

import java.util.List;

/** The names of map types as this field's inspection tools print them, by number from 1. */
public final class MapTypeNames {
    private static final List<String> NAMES = List.of(
            "Hash",
            "Array",
            "ProgramArray",
            "PerfEventArray",
            "PerCPUHash",
            "PerCPUArray",
            "StackTrace",
            "CGroupArray",
            "LRUHash",
            "LRUCPUHash",
            "LPMTrie",
            "ArrayOfMaps",
            "HashOfMaps",
            "DevMap",
            "SockMap",
            "CPUMap",
            "XSKMap",
            "SockHash",
            "CGroupStorage",
            "ReusePortSockArray",
            "PerCPUCGroupStorage",
            "Queue",
            "Stack",
            "SkStorage",
            "DevMapHash",
            "StructOpsMap",
            "RingBuf",
            "InodeStorage",
            "TaskStorage",
            "BloomFilter",
            "UserRingbuf",
            "CgroupStorage",
            "Arena");

    private MapTypeNames() {}

    /** The name of a number; one that is not known is told as such. */
    public static String of(int type) {
        return type >= 1 && type <= NAMES.size() ? NAMES.get(type - 1) : "MapType(" + type + ")";
    }
}
