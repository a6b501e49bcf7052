// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.gadget.ParamType;
import dev.jig.image.GadgetImage;
import dev.jig.image.MediaType;
import dev.jig.inspect.permission.PermissionFinder;
import dev.jig.inspect.permission.PermissionText;
import dev.jig.inspect.permission.Permissions;
import dev.jig.runtime.Locations;
import java.util.List;
import java.util.Optional;

/** {@code ig image permissions IMAGE}: what a gadget may do to a system, and what another one may do more. */
final class ImagePermissionsCommand extends SimpleCommand {
    private static final Flag DIFFERENCE =
            Flag.plain("diff", ParamType.STRING, "", "Another image: print only what it may do more (+) or less (-)");
    private static final Flag OUTPUT =
            Flag.plain("output", "o", ParamType.STRING, "text", "Output mode: text, yaml, json or jsonpretty");

    private final Locations locations;

    ImagePermissionsCommand(Console console, Locations locations) {
        super(console, "ig image permissions IMAGE", List.of(DIFFERENCE, OUTPUT));
        this.locations = locations;
    }

    @Override
    public String name() {
        return "permissions";
    }

    @Override
    public String summary() {
        return "Show what a gadget may do to a system";
    }

    @Override
    int run(FlagSet.Parsed parsed) {
        Permissions permissions = permissions(exactly(1, parsed).getFirst());
        String other = parsed.value(DIFFERENCE);
        if (!other.isEmpty()) {
            console().print(ControlCharacters.neutralise(PermissionText.difference(permissions, permissions(other))));
            return ExitCode.SUCCESS;
        }
        String mode = parsed.value(OUTPUT);
        console()
                .print(
                        mode.equals("text")
                                ? ControlCharacters.neutralise(PermissionText.table(permissions))
                                : InspectOutput.of(mode).text(PermissionText.tree(permissions)));
        return ExitCode.SUCCESS;
    }

    private Permissions permissions(String typed) {
        GadgetImage image = new ImageOpener(locations).open(typed);
        Optional<byte[]> programs = image.layer(MediaType.EBPF);
        return programs.isEmpty()
                ? new Permissions(List.of())
                : PermissionFinder.of(ObjectFile.parse(image.name().shortRepository(), programs.get()), List.of());
    }
}
