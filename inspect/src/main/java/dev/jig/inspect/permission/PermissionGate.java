// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.permission;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.image.Digest;
import dev.jig.image.GadgetImage;
import dev.jig.image.ImageGate;
import dev.jig.image.ImageStore;
import dev.jig.image.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * Lets only those images run that do what they may do. What an image may do is worked out once; then a small file named after the digests of image, declaration and
 * policy says that it may run. Images that travel with the program are a part of it, and are looked at only if there is a policy.
 */
public final class PermissionGate implements ImageGate {
    /** The type of declarations beside images. */
    public static final String DECLARATION = "application/vnd.jig.permissions.v1+json";

    private static final Param POLICY = Param.of(
            "operator.oci.",
            "permissions-policy",
            ParamType.STRING,
            "",
            "File of what gadgets may do: lists allow and deny of patterns such as helper:bpf_send_signal");

    private static final String OWNER_ONLY = "rwx------";

    private final ImageStore store;
    private final Optional<Path> cache;

    /**
     * @param store that has the declarations
     * @param cache folder for what was found out; only its owner may write there
     */
    public PermissionGate(ImageStore store, Optional<Path> cache) {
        this.store = store;
        this.cache = cache.map(folder -> folder.resolve("permissions"));
    }

    @Override
    public List<Param> params() {
        return List.of(POLICY);
    }

    @Override
    public void check(GadgetImage image, GadgetContext context) {
        String policyFile = context.value(POLICY);
        if (image.travelsWithProgram() && policyFile.isEmpty()) {
            return;
        }
        byte[] policy = policyFile.isEmpty() ? new byte[0] : read(Path.of(policyFile));
        Optional<byte[]> declaration = store.attached(image.digest(), DECLARATION);
        Path known = place(image, policy, declaration);
        Optional<String> announcement = known(known);
        if (announcement.isEmpty()) {
            announcement = Optional.of(decide(image, policy, declaration, policyFile));
            note(known, announcement.get());
        }
        if (!announcement.get().isEmpty()) {
            context.log().warn(announcement.get());
        }
    }

    /** What there is to say about an image that may run; empty if it only observes. */
    private static String decide(
            GadgetImage image, byte[] policyText, Optional<byte[]> declaration, String policyFile) {
        Optional<byte[]> programs = image.layer(MediaType.EBPF);
        if (programs.isEmpty()) {
            return "";
        }
        ObjectFile object = ObjectFile.parse(image.name().shortRepository(), programs.get());
        PermissionPolicy policy = policyText.length == 0
                ? PermissionPolicy.DEFAULT
                : PermissionPolicy.parse(new String(policyText, StandardCharsets.UTF_8), policyFile);
        boolean looksHarmless = declaration.isEmpty() && policy.deny().isEmpty();
        if (looksHarmless && PermissionFinder.plainlyObserves(object)) {
            return "";
        }
        Permissions derived = PermissionFinder.of(object, List.of());
        Optional<Permissions> declared =
                declaration.map(bytes -> PermissionText.read(bytes, "declaration of " + image.name()));
        List<String> objections = policy.objections(derived, declared);
        if (!objections.isEmpty()) {
            throw new GadgetException("\"" + image.name() + "\" may do more than it is allowed to:\n  "
                    + String.join("\n  ", objections)
                    + "\nallow it by --permissions-policy, or build it here, which declares what it does");
        }
        List<String> acts = derived.sentences(true);
        return acts.isEmpty() ? "" : "this gadget acts on the system: " + String.join("; ", acts);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new GadgetException("reading the permissions policy " + file + ": " + unreadable.getMessage());
        }
    }

    private Path place(GadgetImage image, byte[] policy, Optional<byte[]> declaration) {
        Path folder = cache.orElse(Path.of(""));
        StringBuilder name = new StringBuilder(Digest.hex(image.digest()).substring(0, 32));
        if (policy.length > 0) {
            name.append('-').append(Digest.hex(Digest.of(policy)), 0, 16);
        }
        declaration.ifPresent(bytes -> name.append('+').append(Digest.hex(Digest.of(bytes)), 0, 16));
        return folder.resolve(name.toString());
    }

    private Optional<String> known(Path file) {
        try {
            return cache.isEmpty() ? Optional.empty() : Optional.of(Files.readString(file));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private void note(Path file, String announcement) {
        if (cache.isEmpty()) {
            return;
        }
        Path folder = cache.get();
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OWNER_ONLY));
            Files.writeString(file, announcement);
        } catch (IOException notKept) {
            // It is worked out again the next time.
            assert !Files.exists(file) : notKept;
        }
    }
}
