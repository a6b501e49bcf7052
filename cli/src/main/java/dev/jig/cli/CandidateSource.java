// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.List;
import java.util.Optional;

/** What words may be completed to that only this machine, or a daemon, knows. Whatever fails has no candidates. */
interface CandidateSource {
    /** Names of gadgets. */
    List<Candidate> gadgets();

    /**
     * Names of gadget instances.
     *
     * @param words that were typed, with flags that say which daemons to ask
     */
    List<Candidate> instances(List<String> words);

    /** What a gadget brings, if there is one of that name. */
    Optional<GadgetOutline> gadget(String image);
}
