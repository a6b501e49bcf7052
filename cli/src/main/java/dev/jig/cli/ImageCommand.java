// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.runtime.Locations;
import java.util.List;

/** {@code ig image …}. */
final class ImageCommand {
    private ImageCommand() {}

    static Command of(Console console, Environment environment) {
        Locations locations = environment.locations();
        List<Command> commands = List.of(
                new ImageBuildCommand(console, environment),
                new ImageExportCommand(console, locations),
                new ImageImportCommand(console, locations),
                new ImageInspectCommand(console, locations),
                new ImageListCommand(console, environment),
                new ImagePermissionsCommand(console, locations),
                new ImageTagCommand(console, locations),
                new ImageRemoveCommand(console, locations));
        return new GroupCommand(console, "image", new CommandGroup("ig image", "Manage gadget images", commands));
    }
}
