// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ustack;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.operators.LoadedGadget;
import java.util.List;
import java.util.Optional;

/** The user stacks of one run. While none are taken, nothing is made for them. */
final class UserStackInstance implements OperatorInstance {
    private static final String COLLECT = "operator.oci.ebpf.collect-ustack";

    private final List<StackField> fields;
    private Optional<UserStacks> stacks = Optional.empty();

    UserStackInstance(List<StackField> fields) {
        this.fields = List.copyOf(fields);
    }

    @Override
    public void preStart(GadgetContext context) {
        Symbolizers symbolizers = Symbolizers.parse(context.value(UserStackOperator.SYMBOLIZERS));
        if (!isCollecting(context)) {
            fields.forEach(StackField::setEmpty);
            return;
        }
        UserStacks made = new UserStacks(
                symbolizers,
                context.value(UserStackOperator.CACHE_PATH),
                fields.getFirst().source(),
                context.log());
        stacks = Optional.of(made);
        fields.forEach(field -> field.derive(made));
    }

    /** An object without such a param may take stacks always. */
    private static boolean isCollecting(GadgetContext context) {
        for (Param param : context.params()) {
            if (param.qualifiedName().equals(COLLECT)) {
                return Boolean.parseBoolean(context.value(param));
            }
        }
        return true;
    }

    @Override
    public void start(GadgetContext context) {
        stacks.ifPresent(made -> context.find(LoadedGadget.KEY).ifPresent(loaded -> made.open(loaded.object())));
    }

    @Override
    public void postStop(GadgetContext context) {
        stacks.ifPresent(UserStacks::report);
    }

    @Override
    public void close() {
        stacks.ifPresent(UserStacks::close);
        stacks = Optional.empty();
    }
}
