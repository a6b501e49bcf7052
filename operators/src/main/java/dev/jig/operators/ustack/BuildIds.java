// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ustack;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.user.FunctionTable;
import dev.jig.datasource.LongTextMemo;
import dev.jig.datasource.Utf8Literal;
import dev.jig.gadget.Log;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The places of stacks in files, which the kernel tells by build ids: {@code struct bpf_stack_build_id}, {@code status s32, build id 20 bytes, offset or address
 * u64}.
 */
final class BuildIds implements AutoCloseable {
    private static final String MAP = "ig_build_id";
    private static final int FRAME_SIZE = 32;
    private static final int MAP_VALUE_SIZE = 127 * FRAME_SIZE;
    private static final int ID_OFFSET = 4;
    private static final int ID_SIZE = 20;
    private static final int PLACE_OFFSET = 24;
    private static final int VALID = 1;
    private static final int ADDRESS = 2;
    private static final int MOST_TEXTS = 1024;
    private static final int MOST_FILES = 64;

    private final LongTextMemo texts = new LongTextMemo(MOST_TEXTS, this::textOf);
    private final Map<String, Optional<FunctionTable>> tables = new HashMap<>();
    private final boolean usesCache;
    private final Path cache;
    private final Log log;
    private Optional<BpfMap> map = Optional.empty();

    /**
     * @param usesCache whether to find names in what debuginfod has fetched
     * @param cachePath where that is; empty for debuginfod's default
     */
    BuildIds(boolean usesCache, String cachePath, Log log) {
        this.usesCache = usesCache;
        this.cache = cachePath.isEmpty() ? defaultCache() : Path.of(cachePath);
        this.log = log;
    }

    /** As {@code debuginfod_find_debuginfo(3)} has it. */
    private static Path defaultCache() {
        Optional<String> own = Optional.ofNullable(System.getenv("DEBUGINFOD_CACHE_PATH"));
        Optional<String> caches = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"));
        return own.map(Path::of)
                .or(() -> caches.map(path -> Path.of(path, "debuginfod_client")))
                .orElseGet(() -> Path.of(System.getProperty("user.home", "/root"), ".cache", "debuginfod_client"));
    }

    /** Takes the map from what was loaded, if build ids are kept. */
    void open(LoadedObject loaded) {
        map = loaded.map(MAP)
                .filter(found -> found.definition().valueSize() == MAP_VALUE_SIZE
                        && found.definition().maxEntries() > 1);
    }

    Utf8Literal text(int stack) {
        return map.isPresent() ? texts.of(stack) : Utf8Literal.EMPTY;
    }

    private Optional<ByteBuffer> frames(int stack) {
        byte[] key = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(stack)
                .array();
        return map.flatMap(found -> found.lookup(key))
                .map(bytes -> ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
    }

    private Utf8Literal textOf(long stack) {
        Optional<ByteBuffer> found = frames((int) stack);
        if (found.isEmpty()) {
            log.warn("no build ids of user stack " + stack + " are kept: map " + MAP
                    + " is full (a larger one: --ig_build_id_max_entries)");
            return Utf8Literal.EMPTY;
        }
        ByteBuffer frames = found.get();
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < frames.capacity(); at += FRAME_SIZE) {
            int status = frames.getInt(at);
            if (status != VALID && status != ADDRESS) {
                break;
            }
            if (status == VALID) {
                text.append(id(frames, at)).append(" +");
            }
            text.append(Long.toHexString(frames.getLong(at + PLACE_OFFSET))).append("; ");
        }
        return Utf8Literal.of(text.toString());
    }

    private static String id(ByteBuffer frames, int at) {
        byte[] id = new byte[ID_SIZE];
        frames.get(at + ID_OFFSET, id);
        return HexFormat.of().formatHex(id);
    }

    /** The function of a frame of a stack, by what debuginfod has fetched; empty if it has none. */
    String nameOf(int stack, int frame) {
        Optional<ByteBuffer> found = usesCache ? frames(stack) : Optional.empty();
        int at = frame * FRAME_SIZE;
        if (found.isEmpty() || at >= found.get().capacity() || found.get().getInt(at) != VALID) {
            return "";
        }
        Optional<FunctionTable> table = table(id(found.get(), at));
        long place = found.get().getLong(at + PLACE_OFFSET) - (frame == 0 ? 0 : 1);
        try {
            return table.isPresent() ? table.get().nameAt(place).orElse("") : "";
        } catch (BpfException contradiction) {
            return "";
        }
    }

    private Optional<FunctionTable> table(String id) {
        Optional<FunctionTable> known = tables.get(id);
        if (known == null) {
            if (tables.size() >= MOST_FILES) {
                close();
            }
            known = read(id);
            tables.put(id, known);
        }
        return known;
    }

    private Optional<FunctionTable> read(String id) {
        Path file = cache.resolve(id).resolve("debuginfo");
        if (!Files.exists(file)) {
            log.warn("no debug information for build id " + id + ": DEBUGINFOD_CACHE_PATH=" + cache
                    + " DEBUGINFOD_URLS=https://debuginfod.elfutils.org debuginfod-find debuginfo " + id
                    + " fetches it");
            return Optional.empty();
        }
        try {
            return Optional.of(FunctionTable.open(file));
        } catch (BpfException unreadable) {
            log.warn("debug information for build id " + id + " is of no use: " + unreadable.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        tables.values().forEach(table -> table.ifPresent(FunctionTable::close));
        tables.clear();
    }
}
