// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import dev.jig.image.BuildDescription;
import dev.jig.image.ImageException;
import dev.jig.image.MetadataStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Completes and checks the metadata of a gadget that is being built.
 *
 * @param update whether the file is completed with what the programs have
 * @param validate whether its params are compared with the programs' variables
 */
public record GadgetMetadata(boolean update, boolean validate) implements MetadataStep {
    private static final String DEFAULT_FILE = "gadget.yaml";

    @Override
    public Optional<Path> apply(BuildDescription description, Optional<byte[]> object) {
        Optional<Path> file = description.metadata();
        if (update) {
            file = Optional.of(complete(description, object));
        }
        if (validate && file.isPresent() && object.isPresent()) {
            check(file.get(), object.get());
        }
        return file;
    }

    private static Path complete(BuildDescription description, Optional<byte[]> object) {
        byte[] bytes = object.orElseThrow(() -> new ImageException(
                "updating metadata file: loading spec: no eBPF object file found: file does not exist"));
        Path file = description.metadata().orElse(description.folder().resolve(DEFAULT_FILE));
        try {
            String before = description.metadata().isPresent() ? Files.readString(file) : "";
            String after = new MetadataUpdater(types(bytes)).update(before);
            if (!after.equals(before)) {
                Files.writeString(file, after);
            }
            return file;
        } catch (IOException refused) {
            throw new ImageException("updating metadata file: " + refused.getMessage(), refused);
        } catch (GadgetException wrong) {
            throw new ImageException("updating metadata file: " + wrong.getMessage(), wrong);
        }
    }

    private static void check(Path file, byte[] object) {
        try {
            Configuration metadata = Configuration.parse(Files.readString(file), file.toString());
            List<String> problems = new MetadataValidator(types(object)).problems(metadata);
            if (!problems.isEmpty()) {
                throw new ImageException("validating metadata file: " + String.join("\n", problems));
            }
        } catch (IOException unreadable) {
            throw new ImageException("validating metadata file: " + unreadable.getMessage(), unreadable);
        }
    }

    private static Btf types(byte[] object) {
        try {
            return ObjectFile.parse("gadget", object).btf();
        } catch (BpfException malformed) {
            throw new ImageException("loading spec: " + malformed.getMessage(), malformed);
        }
    }
}
