// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which variants of jobs somebody asks for. */
final class HooksParam {
    static final Param HOOKS = Param.of(
                    EbpfOperator.PREFIX,
                    "hooks",
                    ParamType.STRING,
                    "",
                    "Which of several ways to do a job is taken, as job=rank, job=kind or job=name, with commas between;"
                            + " without, the first that this kernel allows")
            .withTitle("Hooks", "advanced", "group:eBPF");

    private final Map<String, String> requests;

    private HooksParam(Map<String, String> requests) {
        this.requests = requests;
    }

    /**
     * Reads a value.
     *
     * @throws GadgetException when it is malformed or asks for jobs that there are not
     */
    static HooksParam parse(String text, List<Job> jobs) {
        Map<String, String> requests = new LinkedHashMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals <= 0 || equals == part.length() - 1) {
                throw problem(text, "\"" + part + "\" is not job=rank, job=kind or job=name");
            }
            String job = part.substring(0, equals);
            if (jobs.stream().noneMatch(known -> isMeant(job, known))) {
                throw problem(
                        text,
                        jobs.isEmpty()
                                ? "this gadget has no alternatives"
                                : "no job is called \"" + job + "\", there "
                                        + (jobs.size() == 1 ? "is " : "are ")
                                        + String.join(
                                                ", ",
                                                jobs.stream().map(Job::name).toList()));
            }
            requests.put(job, part.substring(equals + 1));
        }
        return new HooksParam(requests);
    }

    /** A request may be for all jobs whose names begin so. */
    private static boolean isMeant(String job, Job known) {
        return known.name().equals(job) || known.name().startsWith(job + "_");
    }

    /**
     * The variants to try for a job, in their order. Of many jobs that are asked for by one word, those without such a variant are left out.
     *
     * @throws GadgetException when it has none of the kind that is asked for
     */
    List<Job.Variant> candidates(Job job) {
        String request = requests.get(job.name());
        for (Map.Entry<String, String> wider : requests.entrySet()) {
            request = request == null && isMeant(wider.getKey(), job) ? wider.getValue() : request;
        }
        List<Job.Variant> candidates = new ArrayList<>();
        for (Job.Variant variant : job.variants()) {
            if (request == null ? variant.rank() > 0 : variant.isCalled(request)) {
                candidates.add(variant);
            }
        }
        if (request != null && candidates.isEmpty() && !(job.optional() && !requests.containsKey(job.name()))) {
            throw problem(
                    job.name() + "=" + request,
                    "job \"" + job.name() + "\" has no such variant, only "
                            + String.join(
                                    "; ",
                                    job.variants().stream()
                                            .map(Job.Variant::describe)
                                            .toList()));
        }
        return candidates;
    }

    private static GadgetException problem(String value, String text) {
        return new GadgetException("invalid value \"" + value + "\" as \"hooks\": " + text);
    }
}
