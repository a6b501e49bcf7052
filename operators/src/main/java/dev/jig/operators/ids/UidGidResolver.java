// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ids;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceException;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.NewField;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import java.nio.file.Path;
import java.util.Optional;

/** Adds a name beside each user and group number; both are hidden. */
public final class UidGidResolver implements Operator {
    private static final String TARGET = "uidgidresolver.target";
    private static final String RAW_SUFFIX = "_raw";

    private final Path configuration;

    /**
     * @param configuration the folder of {@code passwd} and {@code group}, usually {@code /etc}
     */
    public UidGidResolver(Path configuration) {
        this.configuration = configuration;
    }

    @Override
    public String name() {
        return "UidGidResolver";
    }

    @Override
    public int priority() {
        return 5;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        IdNames users = new IdNames(configuration.resolve("passwd"), "uid:", System::nanoTime);
        IdNames groups = new IdNames(configuration.resolve("group"), "gid:", System::nanoTime);
        boolean any = false;
        for (DataSource source : context.dataSources()) {
            any |= resolve(source, "type:gadget_uid", "user", users);
            any |= resolve(source, "type:gadget_gid", "group", groups);
        }
        if (any) {
            context.onBatchEnd(users::endBatch);
            context.onBatchEnd(groups::endBatch);
        }
        return any ? Optional.of(new OperatorInstance() {}) : Optional.empty();
    }

    private static boolean resolve(DataSource source, String tag, String defaultName, IdNames names) {
        boolean any = false;
        for (Field field : source.fieldsWithTag(tag)) {
            if (field.isReferenced() && field.kind() == Kind.UINT32) {
                add(field, defaultName, names);
                any = true;
            }
        }
        return any;
    }

    private static void add(Field field, String defaultName, IdNames names) {
        try {
            field.setHidden(true, false);
            Field target = field.dataSource()
                    .addField(NewField.of(targetName(field, defaultName), Kind.STRING)
                            .beside(field));
            target.setHidden(true, false);
            LongReader id = field.asLong();
            target.deriveLiteral(record -> names.of(id.read(record)));
            target.markLocal();
        } catch (DataSourceException clash) {
            throw new GadgetException(
                    "adding a name for field \"" + field.fullName() + "\": " + clash.getMessage(), clash);
        }
    }

    private static String targetName(Field field, String defaultName) {
        String name = field.name();
        return field.annotation(TARGET)
                .orElse(
                        name.endsWith(RAW_SUFFIX)
                                ? name.substring(0, name.length() - RAW_SUFFIX.length())
                                : defaultName);
    }
}
