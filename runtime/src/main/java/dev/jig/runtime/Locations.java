// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.bpf.sys.Architecture;
import dev.jig.gadget.GadgetException;
import dev.jig.image.GadgetImage;
import dev.jig.image.ImageProvider;
import dev.jig.image.ImageSource;
import dev.jig.image.ImageStore;
import dev.jig.image.OciLayout;
import dev.jig.image.TrustedDigests;
import dev.jig.inspect.permission.PermissionGate;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The folders that running gadgets needs.
 *
 * @param home of the program: its headers and built-in images; nothing when it is not known
 * @param store of the user's images
 * @param cache for indexes that can be made anew at any time
 * @param given where images come from, if not from store and home
 */
public record Locations(Optional<Path> home, Path store, Optional<Path> cache, Optional<ImageProvider> given) {
    private static final Path ROOT_STORE = Path.of("/var/lib/ig/oci-store");
    private static final Path ROOT_CACHE = Path.of("/var/cache/jig");

    /**
     * @param home of the program: its headers and built-in images; nothing when it is not known
     * @param store of the user's images
     * @param cache for indexes that can be made anew at any time
     */
    public Locations(Optional<Path> home, Path store, Optional<Path> cache) {
        this(home, store, cache, Optional.empty());
    }

    /**
     * The usual folders of a user; {@code JIG_HOME} names the program's, {@code JIG_STORE} another store.
     *
     * @param variables the process's environment
     * @param root whether the effective user is root
     */
    public static Locations of(Map<String, String> variables, boolean root) {
        Path user = Path.of(System.getProperty("user.home", "/"));
        Path usualStore = root ? ROOT_STORE : user.resolve(".ig").resolve("oci-store");
        return new Locations(
                path(variables, "JIG_HOME"),
                path(variables, "JIG_STORE").orElse(usualStore),
                Optional.of(root ? ROOT_CACHE : user.resolve(".cache").resolve("jig")));
    }

    private static Optional<Path> path(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    /**
     * The folder of the program.
     *
     * @throws GadgetException when it is not known
     */
    public Path requireHome() {
        return home.orElseThrow(
                () -> new GadgetException("JIG_HOME is not set: it must name the folder of the packaged program"));
    }

    /** The folder of the headers that gadgets are compiled with. */
    public Path headers() {
        return requireHome().resolve("include");
    }

    /** The user's images. */
    public ImageStore images() {
        return new ImageStore(OciLayout.at(store), architecture());
    }

    /** The images of the user's store that were built here. */
    public TrustedDigests trusted() {
        return TrustedDigests.of(OciLayout.at(store));
    }

    /** The images that travel with the program. */
    public ImageStore builtIn() {
        return new ImageStore(OciLayout.trusted(imagesOf(requireHome())), architecture());
    }

    private static Path imagesOf(Path home) {
        return home.resolve("images");
    }

    /** Where images to run come from. */
    public ImageProvider source() {
        return given.orElseGet(() -> source(architecture()));
    }

    /** Where images come from, opened for some architecture, in OCI names. */
    public ImageProvider source(String wanted) {
        return new ImageSource(
                new ImageStore(OciLayout.at(store), wanted),
                // Without a home there are no built-in images.
                new ImageStore(OciLayout.trusted(home.map(Locations::imagesOf).orElse(store)), wanted),
                trusted());
    }

    /** The same folders with one image from elsewhere, whatever name is asked for. */
    public Locations serving(GadgetImage image) {
        return new Locations(home, store, cache, Optional.of((name, verify) -> image));
    }

    /** Decides which images may run. */
    public PermissionGate gate() {
        return new PermissionGate(images(), cache);
    }

    private static String architecture() {
        return Architecture.current().ociName();
    }
}
