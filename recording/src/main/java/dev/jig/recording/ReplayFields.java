// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import java.util.List;
import java.util.Optional;

/** The last to look at fields before a replay starts: what others would derive from this machine is taken from the recording. */
final class ReplayFields implements Operator {
    private static final int PRIORITY = Integer.MAX_VALUE;

    private final Description description;
    private final List<ReplayedSource> sources;

    ReplayFields(Description description, List<ReplayedSource> sources) {
        this.description = description;
        this.sources = sources;
    }

    @Override
    public String name() {
        return "replay-fields";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        return Optional.of(new OperatorInstance() {
            @Override
            public void preStart(GadgetContext shared) {
                for (int i = 0; i < sources.size(); i++) {
                    sources.get(i).deriveFields(description.sources().get(i));
                }
            }
        });
    }
}
