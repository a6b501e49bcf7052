// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.gadget.ParamType;
import dev.jig.image.BuildDescription;
import dev.jig.image.ImageBuilder;
import dev.jig.image.ImageName;
import dev.jig.image.ImageStore;
import dev.jig.image.MediaType;
import dev.jig.image.Toolchain;
import dev.jig.inspect.permission.PermissionFinder;
import dev.jig.inspect.permission.PermissionGate;
import dev.jig.inspect.permission.PermissionText;
import dev.jig.runtime.GadgetMetadata;
import dev.jig.runtime.Locations;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** {@code ig image build PATH}. */
final class ImageBuildCommand extends SimpleCommand {
    private static final Flag FILE =
            Flag.plain("file", "f", ParamType.STRING, "", "Build description; PATH/build.yaml by default");
    private static final Flag TAG = Flag.plain("tag", "t", ParamType.STRING, "", "Name of the image");
    private static final Flag LOCAL =
            Flag.plain("local", "l", ParamType.BOOL, "true", "Use the compiler of this machine (the only way here)");

    private static final Flag UPDATE = Flag.plain(
            "update-metadata", ParamType.BOOL, "false", "Complete the metadata file with what the programs have");
    private static final Flag DECLARE =
            Flag.plain("declare-permissions", ParamType.BOOL, "true", "Note beside the image what its programs may do");
    private static final Flag VALIDATE =
            Flag.plain("validate-metadata", ParamType.BOOL, "true", "Compare the metadata file with the programs");

    private final Environment environment;

    ImageBuildCommand(Console console, Environment environment) {
        super(console, "ig image build PATH", List.of(FILE, TAG, LOCAL, UPDATE, VALIDATE, DECLARE));
        this.environment = environment;
    }

    @Override
    public String name() {
        return "build";
    }

    @Override
    public String summary() {
        return "Build a gadget image";
    }

    @Override
    int run(FlagSet.Parsed parsed) {
        Path folder = Path.of(exactly(1, parsed).getFirst());
        Optional<Path> file =
                Optional.of(parsed.value(FILE)).filter(name -> !name.isEmpty()).map(Path::of);
        Optional<ImageName> name =
                Optional.of(parsed.value(TAG)).filter(tag -> !tag.isEmpty()).map(ImageName::parse);
        BuildDescription description = BuildDescription.read(folder, file);
        Toolchain tools = Toolchain.find(environment.locations().headers());
        Locations locations = environment.locations();
        String digest = new ImageBuilder(tools, created(), VersionCommand.VERSION)
                .build(
                        description,
                        locations.images(),
                        name,
                        new GadgetMetadata(parsed.isTrue(UPDATE), parsed.isTrue(VALIDATE)));
        locations.trusted().add(digest);
        if (parsed.isTrue(DECLARE)) {
            declare(locations.images(), digest, name);
        }
        String label = name.map(ImageName::toString).orElse("");
        console().note("Successfully built " + label + "@" + digest);
        return ExitCode.SUCCESS;
    }

    /** Notes beside the image what it may do, so that it may run here although it acts on the system. */
    private static void declare(ImageStore store, String digest, Optional<ImageName> name) {
        if (name.isEmpty()) {
            return;
        }
        Optional<byte[]> programs = store.open(name.get()).flatMap(image -> image.layer(MediaType.EBPF));
        programs.ifPresent(bytes -> store.attach(
                digest,
                PermissionGate.DECLARATION,
                PermissionText.declaration(PermissionFinder.of(ObjectFile.parse("gadget", bytes), List.of()))));
    }

    /** The time that the image tells: what {@code SOURCE_DATE_EPOCH} says, else now. */
    private String created() {
        Optional<String> epoch = environment.variable("SOURCE_DATE_EPOCH");
        if (epoch.isEmpty()) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                    OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS));
        }
        try {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                    Instant.ofEpochSecond(Long.parseLong(epoch.get())).atOffset(ZoneOffset.UTC));
        } catch (NumberFormatException malformed) {
            throw new CliException("invalid SOURCE_DATE_EPOCH: \"" + epoch.get() + "\" is no number of seconds");
        }
    }
}
