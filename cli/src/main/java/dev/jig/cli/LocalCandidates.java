// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetException;
import dev.jig.runtime.Locations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What this machine knows. */
final class LocalCandidates implements CandidateSource {
    private final Locations locations;

    LocalCandidates(Environment environment) {
        this.locations = environment.locations();
    }

    @Override
    public List<Candidate> gadgets() {
        try {
            List<Candidate> candidates = new ArrayList<>();
            for (String name : GadgetNames.in(locations)) {
                candidates.add(Candidate.of(name));
            }
            return candidates;
        } catch (GadgetException unreadable) {
            return List.of();
        }
    }

    @Override
    public List<Candidate> instances(List<String> words) {
        return List.of();
    }

    @Override
    public Optional<GadgetOutline> gadget(String image) {
        return GadgetOutline.read(locations, image);
    }
}
