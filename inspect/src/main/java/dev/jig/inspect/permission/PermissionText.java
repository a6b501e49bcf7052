// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.permission;

import dev.jig.gadget.Json;
import dev.jig.inspect.InspectException;
import dev.jig.inspect.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Permissions as JSON and back. */
public final class PermissionText {
    private static final int VERSION = 1;

    private PermissionText() {}

    /** A tree with a list for each kind. */
    public static Map<String, Object> tree(Permissions permissions) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("version", (long) VERSION);
        tree.put("acts", permissions.sentences(true));
        List<String> observes = permissions.all().stream()
                .filter(permission -> !permission.acts() && permission.kind() == Permission.Kind.HELPER)
                .map(Permission::meaning)
                .filter(meaning -> !meaning.isEmpty())
                .distinct()
                .toList();
        tree.put("observes", observes);
        for (Permission.Kind kind : Permission.Kind.values()) {
            List<Object> list = new ArrayList<>();
            for (Permission permission : permissions.of(kind)) {
                Map<String, Object> member = Members.of("name", permission.subject());
                if (!permission.meaning().isEmpty()) {
                    member.put("means", permission.meaning());
                }
                if (permission.acts()) {
                    member.put("acts", true);
                }
                list.add(member);
            }
            if (!list.isEmpty()) {
                tree.put(kind.word(), list);
            }
        }
        tree.put("capabilities", capabilities(permissions));
        return tree;
    }

    /** The smallest sets: until Linux 5.8 there was one capability for all (kernel: {@code bpf_capable()}). */
    private static List<Object> capabilities(Permissions permissions) {
        List<Object> since = new ArrayList<>();
        permissions.of(Permission.Kind.CAPABILITY).forEach(permission -> since.add(permission.subject()));
        List<Object> before = new ArrayList<>(List.of("CAP_SYS_ADMIN"));
        if (since.contains("CAP_NET_ADMIN")) {
            before.add("CAP_NET_ADMIN");
        }
        return List.of(
                Members.of("kernel", "5.8 and later", "needs", since),
                Members.of("kernel", "before 5.8", "needs", before));
    }

    /** The declaration that is stored beside an image. */
    public static byte[] declaration(Permissions permissions) {
        return Json.write(tree(permissions));
    }

    /**
     * Reads a declaration.
     *
     * @throws dev.jig.image.ImageException when it is no JSON
     * @throws InspectException when it is of a later version
     */
    public static Permissions read(byte[] declaration, String source) {
        Map<String, Object> tree = Json.readObject(declaration, source);
        if (!Long.valueOf(VERSION).equals(tree.get("version"))) {
            throw new InspectException(source + ": version " + tree.get("version") + " is not " + VERSION);
        }
        List<Permission> permissions = new ArrayList<>();
        for (Permission.Kind kind : Permission.Kind.values()) {
            if (tree.get(kind.word()) instanceof List<?> list) {
                for (Object member : list) {
                    if (member instanceof Map<?, ?> map && map.get("name") instanceof String name) {
                        String meaning = map.get("means") instanceof String means ? means : "";
                        permissions.add(new Permission(kind, name, meaning, Boolean.TRUE.equals(map.get("acts"))));
                    }
                }
            }
        }
        return new Permissions(permissions);
    }

    /** A text for people. */
    public static String table(Permissions permissions) {
        StringBuilder text = new StringBuilder();
        List<String> acts = permissions.sentences(true);
        text.append(acts.isEmpty() ? "It only observes.\n" : "It acts on the system:\n");
        acts.forEach(sentence -> text.append("  ").append(sentence).append('\n'));
        for (Permission.Kind kind : Permission.Kind.values()) {
            List<Permission> list = permissions.of(kind);
            if (!list.isEmpty()) {
                text.append(title(kind)).append(":\n");
                for (Permission permission : list) {
                    text.append(permission.acts() ? "! " : "  ").append(permission.subject());
                    text.append(permission.meaning().isEmpty() ? "" : "  " + permission.meaning())
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    private static String title(Permission.Kind kind) {
        return switch (kind) {
            case TYPE -> "Program types";
            case HOOK -> "Attached to";
            case VERDICT -> "Verdicts";
            case HELPER -> "Helpers";
            case KERNEL_FUNCTION -> "Kernel functions called";
            case FIELD -> "Kernel types and fields";
            case MAP -> "Maps";
            case WASM -> "Functions of the host for Wasm";
            case CAPABILITY -> "Capabilities (Linux 5.8 and later)";
        };
    }

    /** What one gadget may do more, and less, than another; empty if there is no difference. */
    public static String difference(Permissions before, Permissions after) {
        StringBuilder text = new StringBuilder();
        for (Permission permission : after.without(before)) {
            text.append("+ ").append(permission.sentence()).append('\n');
        }
        for (Permission permission : before.without(after)) {
            text.append("- ").append(permission.sentence()).append('\n');
        }
        return text.toString();
    }
}
