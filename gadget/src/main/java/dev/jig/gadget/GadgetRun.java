// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * One run of a gadget: its operators, taken through their phases.
 *
 * <pre>
 *   prepare ──▶ start ──▶ (data flows) ──▶ stop ──▶ close
 *       └─────▶ explain ────────────────────────────▶ close
 * </pre>
 */
public final class GadgetRun implements AutoCloseable {
    /** Values that only the gadget gives a meaning are known a little later; to people it is the same. */
    private static final String INSTANTIATING = "initializing and preparing operators: instantiating operator";

    private final GadgetContext context;
    private final List<Operator> operators;
    private final List<Member> members = new ArrayList<>();
    private int started;

    private record Member(String name, OperatorInstance instance) {}

    /**
     * @param operators in any order
     */
    public GadgetRun(GadgetContext context, Collection<? extends Operator> operators) {
        this.context = context;
        this.operators = new ArrayList<>(operators);
        this.operators.sort(GadgetRun::compare);
    }

    private static int compare(Operator a, Operator b) {
        int byPriority = Integer.compare(a.priority(), b.priority());
        return byPriority != 0 ? byPriority : a.name().compareTo(b.name());
    }

    /** What the operators share. */
    public GadgetContext context() {
        return context;
    }

    /**
     * Instantiates the operators. Afterwards the data sources, their fields and the params are known; nothing runs yet.
     *
     * @throws GadgetException when the gadget or a param's value is wrong
     */
    public void prepare() {
        for (Operator operator : operators) {
            instantiate(operator);
        }
        for (Member member : members) {
            context.declare(member.instance.params());
        }
    }

    private void configure() {
        for (Member member : members) {
            inPhase(INSTANTIATING, member, OperatorInstance::configure);
        }
    }

    private void instantiate(Operator operator) {
        try {
            operator.instantiate(context).ifPresent(instance -> {
                context.declare(operator.instanceParams());
                members.add(new Member(operator.name(), instance));
            });
        } catch (GadgetException wrong) {
            throw new GadgetException(INSTANTIATING + " \"" + operator.name() + "\": " + wrong.getMessage(), wrong);
        }
    }

    /**
     * What a run would do to this machine, without running.
     *
     * @throws GadgetException when it could not start
     */
    public List<Explanation> explain() {
        configure();
        List<Explanation> sections = new ArrayList<>();
        for (Member member : members) {
            inPhase(
                    "explaining operators: explaining operator",
                    member,
                    (instance, shared) -> sections.addAll(instance.explain(shared)));
        }
        return sections;
    }

    /**
     * Starts the operators; data flows when this returns.
     *
     * @throws GadgetException when one cannot start; those that had are stopped again
     */
    public void start() {
        configure();
        for (Member member : members) {
            inPhase("pre-starting operators: pre-starting operator", member, OperatorInstance::preStart);
        }
        context.startDataSources();
        try {
            for (Member member : members) {
                inPhase("starting operators: starting operator", member, OperatorInstance::start);
                started++;
            }
            for (Member member : members) {
                inPhase("starting operators: starting operator", member, OperatorInstance::started);
            }
        } catch (RuntimeException failure) {
            stopAfter(failure);
            throw failure;
        }
    }

    private void inPhase(String phase, Member member, BiConsumer<OperatorInstance, GadgetContext> action) {
        try {
            action.accept(member.instance, context);
        } catch (GadgetException wrong) {
            throw new GadgetException(phase + " \"" + member.name + "\": " + wrong.getMessage(), wrong);
        }
    }

    private void stopAfter(RuntimeException failure) {
        try {
            stopStarted(OperatorInstance::stop);
            stopStarted(OperatorInstance::postStop);
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }

    /**
     * Stops the operators, last started first. Every one is stopped, whatever happens to the others.
     *
     * @throws RuntimeException the first failure, with the others suppressed in it
     */
    public void stop() {
        List<RuntimeException> failures = new ArrayList<>();
        collect(failures, OperatorInstance::preStop);
        collect(failures, OperatorInstance::stop);
        collect(failures, OperatorInstance::postStop);
        started = 0;
        throwFirst(failures);
    }

    private void collect(List<RuntimeException> failures, BiConsumer<OperatorInstance, GadgetContext> action) {
        try {
            stopStarted(action);
        } catch (RuntimeException failure) {
            failures.add(failure);
        }
    }

    private void stopStarted(BiConsumer<OperatorInstance, GadgetContext> action) {
        List<RuntimeException> failures = new ArrayList<>();
        for (int i = started - 1; i >= 0; i--) {
            try {
                action.accept(members.get(i).instance, context);
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }
        throwFirst(failures);
    }

    private static void throwFirst(List<RuntimeException> failures) {
        if (failures.isEmpty()) {
            return;
        }
        RuntimeException first = failures.getFirst();
        for (RuntimeException other : failures.subList(1, failures.size())) {
            first.addSuppressed(other);
        }
        throw first;
    }

    @Override
    public void close() {
        for (Member member : members.reversed()) {
            try {
                member.instance.close();
            } catch (RuntimeException failure) {
                context.log().warn("closing operator \"" + member.name + "\": " + failure.getMessage());
            }
        }
        members.clear();
    }
}
