// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import dev.jig.bpf.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds what a function of the kernel is called here: compilers make copies that are fit for some of its callers, and call them {@code name.isra.0}, {@code
 * name.constprop.0} or {@code name.part.0}.
 *
 * @param variant the name of such a copy
 * @param nearest the name that is most like the wanted one, if any is alike
 */
public record KernelFunctionNames(Optional<String> variant, String nearest) {
    /** Looks for a function that the kernel does not know by its own name; finds nothing where symbols are hidden. */
    public static KernelFunctionNames of(String function) {
        return in(KernelSymbols.FILE, function);
    }

    static KernelFunctionNames in(Path file, String function) {
        String[] variant = new String[1];
        NearestName nearest = new NearestName(function);
        try (InputStream symbols = Files.newInputStream(file)) {
            SymbolLines.read(symbols, (address, bytes, start, end) -> {
                String name = new String(bytes, start, end - start, StandardCharsets.UTF_8);
                if (name.startsWith(function) && isCopy(name, function.length())) {
                    variant[0] = name;
                }
                nearest.consider(name);
                return variant[0] == null;
            });
        } catch (IOException unreadable) {
            return new KernelFunctionNames(Optional.empty(), "");
        }
        return new KernelFunctionNames(Optional.ofNullable(variant[0]), nearest.hint());
    }

    private static boolean isCopy(String name, int end) {
        return name.startsWith(".isra.", end) || name.startsWith(".constprop.", end) || name.startsWith(".part.", end);
    }
}
