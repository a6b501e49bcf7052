// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.containers;

import dev.jig.datasource.DataSource;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.util.List;
import java.util.Optional;

/**
 * Tells containers apart on this machine. No container runtime is looked for yet: every event counts as one of the host,
 * and events of the host are shown without being asked for.
 */
public final class LocalManager implements Operator {
    private static final Param HOST = Param.of(
            "operator.LocalManager.",
            "host",
            ParamType.BOOL,
            "false",
            "Show events of the host as well as those of containers");

    @Override
    public String name() {
        return "LocalManager";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        boolean any = false;
        for (DataSource source : context.dataSources()) {
            boolean tellsContainer = !source.fieldsWithTag("type:gadget_mntns_id", "type:gadget_netns_id")
                    .isEmpty();
            if (tellsContainer) {
                new ContainerFields(source).add();
                any = true;
            }
        }
        return any ? Optional.of(new Instance()) : Optional.empty();
    }

    private static final class Instance implements OperatorInstance {
        @Override
        public List<Param> params() {
            return List.of(HOST);
        }

        @Override
        public void preStart(GadgetContext context) {
            if (context.value(HOST).equals("true")) {
                return;
            }
            if (context.options().compat()) {
                throw new GadgetException("container-collection isn't available");
            }
            context.log().info("no container runtime is connected: events of the whole host are shown, as with --host");
        }
    }
}
