// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.load.KernelTypes;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.ring.RingReader;
import dev.jig.datasource.Container;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Kind;
import dev.jig.datasource.StaticField;
import dev.jig.gadget.GadgetContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The elements of a map, taken out at intervals (arrays: copied). The members of key and value are fields side by side. */
final class MapFeed implements Feed {
    private static final List<Integer> TYPES = List.of(
            MapType.HASH,
            MapType.LRU_HASH,
            MapType.ARRAY,
            MapType.PERCPU_HASH,
            MapType.LRU_PERCPU_HASH,
            MapType.PERCPU_ARRAY);

    private final String map;
    private final DataSource source;
    private final MapElements.Parts parts;
    private final boolean takesOut;
    private final List<AutoCloseable> resources = new ArrayList<>();

    private MapFeed(String map, DataSource source, MapElements.Parts parts, boolean takesOut) {
        this.map = map;
        this.takesOut = takesOut;
        this.source = source;
        this.parts = parts;
    }

    /** Registers the data source of a map iterator. */
    static MapFeed bind(Marker.MapIterator marker, ObjectFile object, KernelTypes kernel, GadgetContext context) {
        String rest = marker.name() + "___" + marker.map();
        MapSpec map = MarkerReader.requireMap(object, marker.map(), rest);
        if (!TYPES.contains(map.type())) {
            throw MarkerReader.problem(rest, "map \"" + map.name() + "\" is not a hash map");
        }
        if (context.dataSource(marker.name()).isPresent()) {
            throw MarkerReader.problem(rest, "duplicate map iterator \"" + rest + "\"");
        }
        requireStruct(object.btf(), map.valueType(), map.valueSize(), map.name(), "value", rest);
        DataSource source = context.register(marker.name(), DataSourceType.ARRAY);
        Container key;
        if (isArray(map)) {
            key = source.addStaticFields(map.keySize(), List.of(number("index")));
        } else {
            requireStruct(object.btf(), map.keyType(), map.keySize(), map.name(), "key", rest);
            key = StructFields.register(object.btf(), map.keyType(), kernel, source, context.log());
        }
        Container value = StructFields.register(object.btf(), map.valueType(), kernel, source, context.log());
        Optional<Container> processor = MapType.isPerCpu(map.type())
                ? Optional.of(source.addStaticFields(Integer.BYTES, List.of(number("cpu"))))
                : Optional.empty();
        return new MapFeed(
                map.name(), source, new MapElements.Parts(key, value, processor), !isArray(map) && map.pinning() == 0);
    }

    private static boolean isArray(MapSpec map) {
        return map.type() == MapType.ARRAY || map.type() == MapType.PERCPU_ARRAY;
    }

    private static StaticField number(String name) {
        return new StaticField(
                name,
                Kind.UINT32,
                0,
                Integer.BYTES,
                StaticField.ROOT,
                0,
                List.of("name:" + name, "src:ebpf"),
                Map.of());
    }

    private static void requireStruct(Btf btf, int type, int size, String map, String part, String rest) {
        if (type == 0 || btf.kind(type) != BtfKind.STRUCT || btf.sizeOf(type) != size) {
            throw MarkerReader.problem(rest, "map \"" + map + "\" " + part + " is not a struct");
        }
    }

    DataSource source() {
        return source;
    }

    @Override
    public void adjust(GadgetContext context, ObjectLoader loader) {
        if (takesOut) {
            loader.alternate(map);
        }
    }

    @Override
    public void open(GadgetContext context, LoadedObject objects, RingReader reader, Runnable onDone) {
        List<String> sources = new ArrayList<>();
        context.dataSources().forEach(other -> sources.add(other.name()));
        String interval = FetchParam.parse(FetchParam.INTERVAL, context.value(FetchParam.INTERVAL), sources)
                .of(source.name());
        String count = FetchParam.parse(FetchParam.COUNT, context.value(FetchParam.COUNT), sources)
                .of(source.name());
        MapElements elements = new MapElements(objects.map(map).orElseThrow(), objects.alternating(map), parts);
        resources.add(elements);
        Fetches fetches =
                new Fetches(context, source, FetchSchedule.ofMap(source, interval, count), elements::readInto, onDone);
        resources.add(fetches);
        fetches.planOn(reader);
    }

    @Override
    public void close() {
        Resources.closeAll(resources);
    }
}
