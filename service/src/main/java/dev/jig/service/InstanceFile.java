// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.Json;
import dev.jig.wire.Api;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stored instance in protobuf's JSON form, the one that upstream's daemon writes and reads: 64-bit numbers are texts, zeros are left out. */
final class InstanceFile {
    private InstanceFile() {}

    static byte[] write(Api.CreateGadgetInstanceRequest request) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("gadgetInstance", instance(request.getGadgetInstance()));
        put(tree, "eventBufferLength", request.getEventBufferLength());
        return Json.write(tree);
    }

    private static Map<String, Object> instance(Api.GadgetInstance instance) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "id", instance.getId());
        tree.put("gadgetConfig", config(instance.getGadgetConfig()));
        put(tree, "tags", instance.getTagsList());
        put(tree, "timeCreated", text(instance.getTimeCreated()));
        put(tree, "nodes", instance.getNodesList());
        put(tree, "name", instance.getName());
        return tree;
    }

    private static Map<String, Object> config(Api.GadgetRunRequest request) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "imageName", request.getImageName());
        if (request.getParamValuesCount() > 0) {
            tree.put("paramValues", request.getParamValuesMap());
        }
        put(tree, "args", request.getArgsList());
        put(tree, "version", Integer.toUnsignedLong(request.getVersion()));
        put(tree, "logLevel", Integer.toUnsignedLong(request.getLogLevel()));
        put(tree, "timeout", text(request.getTimeout()));
        return tree;
    }

    private static String text(long number) {
        return number == 0 ? "" : String.valueOf(number);
    }

    private static void put(Map<String, Object> tree, String key, Object value) {
        boolean empty = value.equals("") || value.equals(0) || value.equals(0L) || value.equals(List.of());
        if (!empty) {
            tree.put(key, value);
        }
    }

    /**
     * Reads a stored instance.
     *
     * @param source what is read, for messages
     * @throws dev.jig.gadget.GadgetException when it is malformed, or has a key that is not known
     */
    static Api.CreateGadgetInstanceRequest read(byte[] bytes, String source) {
        Reader root = new Reader(Json.readObject(bytes, source), source);
        Reader instance = root.below("gadgetInstance");
        Reader config = instance.below("gadgetConfig");
        Api.GadgetRunRequest.Builder run = Api.GadgetRunRequest.newBuilder()
                .setImageName(config.text("imageName"))
                .putAllParamValues(config.below("paramValues").texts())
                .addAllArgs(config.list("args"))
                .setVersion((int) config.number("version"))
                .setLogLevel((int) config.number("logLevel"))
                .setTimeout(config.number("timeout"));
        Api.GadgetInstance.Builder built = Api.GadgetInstance.newBuilder()
                .setId(instance.text("id"))
                .setGadgetConfig(run)
                .addAllTags(instance.list("tags"))
                .setTimeCreated(instance.number("timeCreated"))
                .addAllNodes(instance.list("nodes"))
                .setName(instance.text("name"));
        instance.ignore("state");
        int length = (int) root.number("eventBufferLength");
        config.requireNothingElse();
        instance.requireNothingElse();
        root.requireNothingElse();
        return Api.CreateGadgetInstanceRequest.newBuilder()
                .setGadgetInstance(built)
                .setEventBufferLength(length)
                .build();
    }

    /** Takes members out of an object, so that those nobody asked for are left. */
    private static final class Reader {
        private final Map<String, Object> tree;
        private final String source;

        Reader(Map<String, Object> tree, String source) {
            this.tree = new LinkedHashMap<>(tree);
            this.source = source;
        }

        Reader below(String key) {
            Object value = tree.remove(key);
            Map<String, Object> members = new LinkedHashMap<>();
            if (value instanceof Map<?, ?> map) {
                map.forEach((name, member) -> members.put(name.toString(), member));
            } else if (value != null) {
                throw wrong(key);
            }
            return new Reader(members, source);
        }

        String text(String key) {
            Object value = tree.remove(key);
            if (value == null) {
                return "";
            }
            if (value instanceof String text) {
                return text;
            }
            throw wrong(key);
        }

        long number(String key) {
            Object value = tree.remove(key);
            if (value == null) {
                return 0;
            }
            try {
                return Long.parseLong(value.toString());
            } catch (NumberFormatException malformed) {
                throw wrong(key);
            }
        }

        List<String> list(String key) {
            Object value = tree.remove(key);
            List<String> texts = new ArrayList<>();
            if (value instanceof List<?> list) {
                list.forEach(element -> texts.add(element.toString()));
            } else if (value != null) {
                throw wrong(key);
            }
            return texts;
        }

        Map<String, String> texts() {
            Map<String, String> texts = new LinkedHashMap<>();
            tree.forEach((key, value) -> texts.put(key, value.toString()));
            return texts;
        }

        void ignore(String key) {
            tree.remove(key);
        }

        void requireNothingElse() {
            if (!tree.isEmpty()) {
                throw new ServiceException(
                        source + ": unknown key \"" + tree.keySet().iterator().next() + "\"");
            }
        }

        private ServiceException wrong(String key) {
            return new ServiceException(source + ": \"" + key + "\" has a value of the wrong type");
        }
    }
}
