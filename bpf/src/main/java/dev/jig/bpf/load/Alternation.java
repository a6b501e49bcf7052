// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.MapSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which maps of an object have a twin, and the selector through which programs find the one to fill. */
final class Alternation {
    /** Names of maps in the kernel have fifteen characters; these are for the loader. */
    private static final String TWIN_SUFFIX = ".twin";

    private static final String SELECTOR_SUFFIX = ".selector";

    private final Set<String> maps;
    private final MapRedirection redirection;

    Alternation(Set<String> maps) {
        this.maps = maps;
        Map<String, String> selectors = new LinkedHashMap<>();
        maps.forEach(map -> selectors.put(map, map + SELECTOR_SUFFIX));
        this.redirection = new MapRedirection(selectors);
    }

    /** Whether all programs can be made to use the selectors; if one cannot, none may. */
    boolean isPossible(List<LinkedProgram> programs) {
        return programs.stream().allMatch(redirection::canRedirect);
    }

    List<LinkedProgram> redirect(List<LinkedProgram> programs) {
        List<LinkedProgram> redirected = new ArrayList<>();
        programs.forEach(program -> redirected.add(redirection.redirect(program)));
        return redirected;
    }

    /** The maps to be made, twins and selectors among them. */
    Map<String, MapSpec> with(Map<String, MapSpec> specs) {
        Map<String, MapSpec> all = new LinkedHashMap<>(specs);
        for (String map : maps) {
            MapSpec spec = specs.get(map);
            if (spec != null) {
                all.put(map + TWIN_SUFFIX, spec.withName(map + TWIN_SUFFIX));
                all.put(map + SELECTOR_SUFFIX, spec.selector(map + SELECTOR_SUFFIX));
            }
        }
        return all;
    }

    void register(LoadedObject loaded) {
        for (String map : maps) {
            AlternatingMap alternating = new AlternatingMap(
                    loaded.requireMap(map + SELECTOR_SUFFIX),
                    loaded.requireMap(map),
                    loaded.requireMap(map + TWIN_SUFFIX));
            loaded.add(alternating, map);
        }
    }
}
