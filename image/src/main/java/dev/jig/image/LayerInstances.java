// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import dev.jig.gadget.Explanation;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import java.util.List;
import java.util.function.Consumer;

/** The operators of an image's layers, taken through their phases in the order of the layers. */
record LayerInstances(List<OperatorInstance> layers) implements OperatorInstance {
    @Override
    public List<Param> params() {
        return layers.stream().flatMap(layer -> layer.params().stream()).toList();
    }

    @Override
    public void configure(GadgetContext context) {
        layers.forEach(layer -> layer.configure(context));
    }

    @Override
    public List<Explanation> explain(GadgetContext context) {
        return layers.stream().flatMap(layer -> layer.explain(context).stream()).toList();
    }

    @Override
    public void preStart(GadgetContext context) {
        layers.forEach(layer -> layer.preStart(context));
    }

    @Override
    public void start(GadgetContext context) {
        layers.forEach(layer -> layer.start(context));
    }

    @Override
    public void started(GadgetContext context) {
        layers.forEach(layer -> layer.started(context));
    }

    @Override
    public void preStop(GadgetContext context) {
        forEach(layer -> layer.preStop(context));
    }

    @Override
    public void stop(GadgetContext context) {
        forEach(layer -> layer.stop(context));
    }

    @Override
    public void postStop(GadgetContext context) {
        forEach(layer -> layer.postStop(context));
    }

    @Override
    public void close() {
        forEach(OperatorInstance::close);
    }

    /** Every layer has its turn, whatever happens to the others; the first failure is passed on. */
    private void forEach(Consumer<OperatorInstance> action) {
        RuntimeException first = null;
        for (OperatorInstance layer : layers) {
            try {
                action.accept(layer);
            } catch (RuntimeException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
