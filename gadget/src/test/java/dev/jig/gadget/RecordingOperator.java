// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.util.List;
import java.util.Optional;

/** An operator that notes which of its methods are called; it fails in one phase if it is told to. */
record RecordingOperator(String name, int priority, List<String> calls, String failing) implements Operator {
    static final Param INSTANCE = Param.of("operator.fake.", "instance", ParamType.STRING, "i", "");
    static final Param OWN = Param.of("operator.fake.", "own", ParamType.STRING, "o", "");

    private void note(String phase) {
        calls.add(name + "." + phase);
        if (phase.equals(failing)) {
            throw new GadgetException("broken " + phase);
        }
    }

    @Override
    public List<Param> instanceParams() {
        return List.of(INSTANCE);
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        note("instantiate");
        return failing.equals("absent") ? Optional.empty() : Optional.of(new Instance());
    }

    private final class Instance implements OperatorInstance {
        @Override
        public List<Param> params() {
            return List.of(OWN);
        }

        @Override
        public void preStart(GadgetContext context) {
            note("preStart");
        }

        @Override
        public void start(GadgetContext context) {
            note("start");
        }

        @Override
        public void started(GadgetContext context) {
            note("started");
        }

        @Override
        public void preStop(GadgetContext context) {
            note("preStop");
        }

        @Override
        public void stop(GadgetContext context) {
            note("stop");
        }

        @Override
        public void postStop(GadgetContext context) {
            note("postStop");
        }

        @Override
        public void close() {
            note("close");
        }
    }
}
