// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ustack;

import dev.jig.bpf.symbols.Executable;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Record;
import dev.jig.gadget.Log;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A field with a user stack, {@code struct gadget_user_stack}: its members, and the texts below it. */
final class StackField {
    private static final List<String> REQUIRED = List.of(
            "tgid_level0",
            "pid_level0",
            "pidns_level0",
            "pid_level1",
            "pidns_level1",
            "stack_id",
            "major",
            "minor",
            "inode",
            "mtime_sec",
            "mtime_nsec",
            "base_addr_hash");

    private final Field field;
    private final Map<String, Field> members;
    private final Field addresses;
    private final Field buildIds;
    private final Field symbols;

    private StackField(Field field, Map<String, Field> members) {
        this.field = field;
        this.members = members;
        this.addresses = add(field, "addresses");
        this.buildIds = add(field, "buildid");
        this.symbols = add(field, "symbols");
    }

    /** Adds the texts below a field; nothing when it lacks a member that is needed. */
    static Optional<StackField> of(Field field, Log log) {
        Map<String, Field> members = new HashMap<>();
        field.subFields().forEach(member -> members.put(member.name(), member));
        for (String name : REQUIRED) {
            if (!members.containsKey(name)) {
                log.warn("user stack field \"" + field.fullName() + "\" has no member \"" + name
                        + "\": it is not shown");
                return Optional.empty();
            }
        }
        return Optional.of(new StackField(field, members));
    }

    private static Field add(Field field, String name) {
        Field text = field.addSubField(NewField.of(name, Kind.STRING).withTags("name:" + name, "operator:ustack"));
        text.setHidden(true, false);
        return text;
    }

    /** The name of its data source, for messages. */
    String source() {
        return field.dataSource().name();
    }

    /** Says that no stacks are taken. */
    void setEmpty() {
        addresses.setConstant("");
        buildIds.setConstant("");
        symbols.setConstant("");
    }

    /** Says where the texts come from. */
    void derive(UserStacks stacks) {
        Readers readers = new Readers(
                read("inode"),
                read("stack_id"),
                read("base_addr_hash"),
                read("tgid_level0"),
                read("pidns_level0"),
                read("pid_level1"),
                read("pidns_level1"),
                read("major"),
                read("mtime_sec"),
                read("mtime_nsec"),
                Optional.ofNullable(members.get("boot_timestamp")).map(Field::asLong),
                field.dataSource()
                        .field("proc.parent.pid")
                        .filter(parent -> parent.kind().isInteger())
                        .map(Field::asLong));
        addresses.deriveLiteral(record -> stacks.addresses(readers, record));
        buildIds.deriveLiteral(record -> stacks.buildIds(readers, record));
        symbols.deriveLiteral(record -> stacks.symbols(readers, record));
        addresses.markLocal();
        buildIds.markLocal();
        symbols.markLocal();
    }

    private LongReader read(String name) {
        Field member = members.get(name);
        if (member == null) {
            throw new IllegalStateException("member " + name + " was not checked");
        }
        return member.asLong();
    }

    /** Readers of the members. */
    record Readers(
            LongReader inode,
            LongReader stack,
            LongReader addressSpace,
            LongReader process,
            LongReader namespace,
            LongReader innerProcess,
            LongReader innerNamespace,
            LongReader major,
            LongReader modifiedSeconds,
            LongReader modifiedNanoseconds,
            Optional<LongReader> time,
            Optional<LongReader> parent) {
        Executable executable(Record record) {
            return new Executable((int) major.read(record), inode.read(record), modifiedSeconds.read(record), (int)
                    modifiedNanoseconds.read(record));
        }
    }
}
