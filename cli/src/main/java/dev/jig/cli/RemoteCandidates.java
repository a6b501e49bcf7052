// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.service.RemoteRuntime;
import dev.jig.wire.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What daemons know: their instances. Gadgets are those of this machine, which usually has the same ones. */
final class RemoteCandidates implements CandidateSource {
    private final Environment environment;
    private final LocalCandidates local;

    RemoteCandidates(Environment environment) {
        this.environment = environment;
        this.local = new LocalCandidates(environment);
    }

    @Override
    public List<Candidate> gadgets() {
        return local.gadgets();
    }

    @Override
    public List<Candidate> instances(List<String> words) {
        List<Candidate> candidates = new ArrayList<>();
        try {
            FlagSet flags = new FlagSet().addAll(RemoteFlags.ALL).addAll(GlobalFlags.all());
            FlagSet.Parsed parsed = flags.parse(words, FlagSet.Unknown.SKIPPED);
            Settings settings = Settings.load(environment, parsed.value(GlobalFlags.CONFIG));
            try (RemoteRuntime remote = RemoteFlags.connect(parsed, settings)) {
                ResolvedInstances instances =
                        new ResolvedInstances(remote.instances().list().instances());
                for (Api.GadgetInstance instance : instances.merged()) {
                    candidates.add(new Candidate(
                            instance.getName().isEmpty() ? instance.getId() : instance.getName(),
                            instance.getGadgetConfig().getImageName()));
                }
            }
        } catch (RuntimeException unreachable) {
            // Somebody types: a missing daemon is told when the command is run.
            return candidates;
        }
        return candidates;
    }

    @Override
    public Optional<GadgetOutline> gadget(String image) {
        return local.gadget(image);
    }
}
