// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import dev.jig.bpf.map.MapTypeNames;
import dev.jig.bpf.object.DataSection;
import dev.jig.bpf.object.Linker;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.Variable;
import dev.jig.inspect.diagram.Diagrams;
import dev.jig.inspect.flow.FlowDiagrams;
import dev.jig.inspect.flow.FlowTree;
import dev.jig.inspect.flow.ObjectFlow;
import dev.jig.inspect.flow.ProgramFlow;
import dev.jig.inspect.listing.Disassembly;
import dev.jig.inspect.listing.FlatProgram;
import dev.jig.inspect.listing.ProgramLister;
import dev.jig.inspect.listing.ProgramText;
import dev.jig.inspect.page.Markup;
import dev.jig.inspect.page.Page;
import dev.jig.inspect.page.Picture;
import dev.jig.inspect.page.Table;
import dev.jig.inspect.permission.PermissionFinder;
import dev.jig.operators.ebpf.Job;
import dev.jig.operators.ebpf.JobReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What an eBPF object says. */
final class ObjectFacts {
    private final ObjectFile object;
    private final Analysis analysis;
    private Optional<List<FlatProgram>> programs = Optional.empty();
    private Optional<List<ProgramFlow>> flows = Optional.empty();

    ObjectFacts(ObjectFile object, Analysis analysis) {
        this.object = object;
        this.analysis = analysis;
    }

    void addTo(Map<String, Supplier<Entry>> listed, Map<String, Supplier<Entry>> further) {
        listed.put("ebpf.sections", () -> Entry.json(sections()));
        listed.put("ebpf.maps", () -> Entry.json(maps()));
        listed.put("ebpf.variables", () -> Entry.json(variables()));
        listed.put("ebpf.programs", () -> Entry.json(programTexts()));
        boolean precise = analysis.precise();
        listed.put(
                "ebpf.flowchart",
                () -> Entry.mermaid(
                        precise ? flowDiagrams().flowchart() : diagrams().flowchart()));
        listed.put(
                "ebpf.sequence",
                () -> Entry.mermaid(
                        precise ? flowDiagrams().sequence() : diagrams().sequence()));
        further.put("ebpf.disasm", () -> Entry.text(disassembly(false)));
        further.put("ebpf.disasm.source", () -> Entry.text(disassembly(true)));
        further.put("precise.flowchart", () -> Entry.mermaid(flowDiagrams().flowchart()));
        further.put("precise.sequence", () -> Entry.mermaid(flowDiagrams().sequence()));
        further.put("precise.dot", () -> new Entry(flowDiagrams().dot(), "text/vnd.graphviz"));
        further.put("precise.programs", () -> Entry.json(FlowTree.of(flows())));
        further.put("jig.jobs", () -> Entry.json(jobs()));
    }

    private List<FlatProgram> programs() {
        if (programs.isEmpty()) {
            programs = Optional.of(new ProgramLister(object).programs());
        }
        return programs.get();
    }

    private List<ProgramFlow> flows() {
        if (flows.isEmpty()) {
            flows = Optional.of(ObjectFlow.of(object, analysis.given()));
        }
        return flows.get();
    }

    /** All programs with their sizes; of alternatives, too. */
    private String disassembly(boolean withSource) {
        Linker linker = Linker.asCompiled(object);
        StringBuilder text = new StringBuilder();
        for (ProgramFlow flow : flows()) {
            text.append("program ")
                    .append(flow.name())
                    .append(" (")
                    .append(flow.program().section().text())
                    .append("), ")
                    .append(flow.instructions())
                    .append(" instructions, at most ")
                    .append(flow.stack())
                    .append(" bytes of stack\n")
                    .append(new Disassembly(linker.link(flow.program())).text(withSource))
                    .append('\n');
        }
        return text.toString();
    }

    /**
     * A page of all that is known, for a browser.
     *
     * @param sources tables of the data sources
     */
    String page(String title, String permissions, List<Table> sources) {
        Linker linker = Linker.asCompiled(object);
        List<Page.Program> programs = new ArrayList<>();
        for (ProgramFlow flow : flows()) {
            programs.add(new Page.Program(flow, new Disassembly(linker.link(flow.program())).parts()));
        }
        FlowDiagrams diagrams = flowDiagrams();
        Map<String, String> texts = Map.of(
                "Flowchart in Mermaid", diagrams.flowchart(), "Sequence diagram in Mermaid", diagrams.sequence());
        return new Page(title, pictureOrReason(), permissions, texts, sources, mapTable(), programs).html();
    }

    private String pictureOrReason() {
        try {
            return picture();
        } catch (InspectException tooMuch) {
            return "<p>No picture: " + Markup.escape(String.valueOf(tooMuch.getMessage())) + ".</p>";
        }
    }

    /** The diagram of the page alone. */
    String picture() {
        return new Picture(flows()).svg();
    }

    private Table mapTable() {
        List<List<String>> rows = new ArrayList<>();
        for (MapSpec map : object.maps()) {
            long bytes = PermissionFinder.bytes(map);
            rows.add(List.of(
                    map.name(),
                    MapTypeNames.of(map.type()),
                    String.valueOf(map.keySize()),
                    String.valueOf(map.valueSize()),
                    String.valueOf(Integer.toUnsignedLong(map.maxEntries())),
                    bytes == 0 ? "" : String.valueOf(bytes)));
        }
        List<String> head = List.of("Name", "Type", "Key bytes", "Value bytes", "Entries", "Bytes at most");
        return new Table("Maps", head, rows);
    }

    private FlowDiagrams flowDiagrams() {
        return new FlowDiagrams(mapTypes(), flows());
    }

    private Diagrams diagrams() {
        return new Diagrams(List.copyOf(mapTypes().keySet()), programs());
    }

    private List<Object> sections() {
        List<Object> sections = new ArrayList<>();
        object.elf().sections().forEach(section -> sections.add(section.name()));
        return sections;
    }

    private List<Object> programTexts() {
        List<Object> texts = new ArrayList<>();
        for (FlatProgram program : programs()) {
            ProgramText text = ProgramText.of(program);
            texts.add(Members.of(
                    "Section",
                    program.section(),
                    "Source",
                    text.source(),
                    "SourceWithRelocation",
                    text.withRelocations()));
        }
        return texts;
    }

    /** Types of the maps by name; without the two that nearly every object has. */
    private Map<String, String> mapTypes() {
        Map<String, String> sorted = new TreeMap<>();
        for (MapSpec map : object.maps()) {
            sorted.put(map.name(), MapTypeNames.of(map.type()));
        }
        for (DataSection section : object.dataSections()) {
            boolean listed = section.kind() != DataSection.Kind.KERNEL_CONFIGURATION
                    && !section.name().equals(".rodata")
                    && !section.name().equals(".bss");
            if (listed) {
                sorted.put(section.name(), "Array");
            }
        }
        return sorted;
    }

    private List<Object> maps() {
        List<Object> maps = new ArrayList<>();
        mapTypes().forEach((name, type) -> maps.add(Members.of("Name", name, "Type", type)));
        return maps;
    }

    private List<Object> variables() {
        List<Variable> variables = new ArrayList<>();
        for (DataSection section : object.dataSections()) {
            if (section.kind() != DataSection.Kind.KERNEL_CONFIGURATION) {
                section.variables().stream().filter(Variable::global).forEach(variables::add);
            }
        }
        variables.sort(Comparator.comparing(Variable::name));
        List<Object> result = new ArrayList<>();
        for (Variable variable : variables) {
            result.add(Members.of(
                    "Name",
                    variable.name(),
                    "Offset",
                    (long) variable.offset(),
                    "Size",
                    (long) variable.size(),
                    "Map",
                    variable.section()));
        }
        return result;
    }

    /** What can be done in several ways, and how. */
    private List<Object> jobs() {
        List<Object> result = new ArrayList<>();
        for (Job job : JobReader.read(object)) {
            List<Object> variants = new ArrayList<>();
            for (Job.Variant variant : job.variants()) {
                List<Object> parts = new ArrayList<>();
                for (Job.Part part : variant.parts()) {
                    parts.add(Members.of("kind", part.kind(), "target", part.target(), "program", part.function()));
                }
                variants.add(Members.of(
                        "rank", (long) variant.rank(), "name", variant.name().orElse(""), "programs", parts));
            }
            result.add(Members.of("name", job.name(), "optional", job.optional(), "variants", variants));
        }
        return result;
    }
}
