// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.page;

import static java.util.Objects.requireNonNull;

import dev.jig.inspect.flow.ProgramFlow;
import dev.jig.inspect.listing.Disassembly;
import java.util.List;
import java.util.Map;

/**
 * A page about a gadget: picture, what it may do, data sources, maps, and programs with source lines and instructions side by side. Nothing in it is run.
 *
 * @param picture as SVG, or a sentence that says why there is none, as HTML
 * @param permissions what it may do, a text
 * @param texts of diagrams by title
 * @param sources data sources with their fields
 * @param maps with their sizes
 */
public record Page(
        String title,
        String picture,
        String permissions,
        Map<String, String> texts,
        List<Table> sources,
        Table maps,
        List<Program> programs) {
    private static final String STYLE = "body{font-family:sans-serif;margin:2em;max-width:1400px}"
            + "table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:2px 8px;text-align:left;vertical-align:top}"
            + "pre{background:#f6f6f6;padding:8px;overflow:auto;max-height:40em}.picture{overflow:auto}"
            + ".code{width:100%;table-layout:fixed}.code td{font-family:monospace;font-size:12px;white-space:pre-wrap;"
            + "overflow-wrap:anywhere}.code td:first-child{width:45%;color:#335}.code i{color:#777;font-style:normal}"
            + "summary{cursor:pointer;padding:2px 0}";

    /** A program and its instructions with source lines. */
    public record Program(ProgramFlow flow, List<Disassembly.Part> parts) {
        public Program {
            parts = List.copyOf(parts);
        }
    }

    public Page {
        requireNonNull(title, "title is null");
        texts = Map.copyOf(texts);
        sources = List.copyOf(sources);
        programs = List.copyOf(programs);
    }

    /** The page. */
    public String html() {
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                // Whatever names a stranger gives to things: nothing is loaded, nothing is run.
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
                .append("<title>")
                .append(Markup.escape(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(Markup.escape(title))
                .append(
                        "</h1>\n<h2>Programs and maps</h2>\n<p>Dashed lines: not in each run.</p>\n<div class=\"picture\">")
                .append(picture)
                .append("</div>\n");
        texts.keySet().stream().sorted().forEach(name -> text(page, name));
        page.append("<h2>Permissions</h2>\n<pre>")
                .append(Markup.escape(permissions))
                .append("</pre>\n<h2>Data sources</h2>\n");
        sources.forEach(source -> source.write(page));
        if (sources.isEmpty()) {
            page.append("<p>None.</p>\n");
        }
        page.append("<h2>Maps</h2>\n");
        maps.write(page);
        page.append("<h2>Programs</h2>\n");
        programs.forEach(program -> program(page, program));
        return page.append("</body></html>\n").toString();
    }

    private void text(StringBuilder page, String name) {
        page.append("<details><summary>")
                .append(Markup.escape(name))
                .append("</summary><pre>")
                .append(Markup.escape(texts.getOrDefault(name, "")))
                .append("</pre></details>\n");
    }

    private static void program(StringBuilder page, Program program) {
        ProgramFlow flow = program.flow;
        page.append("<details><summary><b>")
                .append(Markup.escape(flow.name()))
                .append("</b> ")
                .append(Markup.escape(flow.program().section().text()))
                .append(", ")
                .append(flow.instructions())
                .append(" instructions, at most ")
                .append(flow.stack())
                .append(
                        " bytes of stack</summary>\n<table class=\"code\"><tr><th>Source</th><th>Instructions</th></tr>\n");
        program.parts.forEach(part -> part(page, part));
        page.append("</table></details>\n");
    }

    private static void part(StringBuilder page, Disassembly.Part part) {
        page.append("<tr><td>");
        part.function()
                .ifPresent(
                        name -> page.append("<b>").append(Markup.escape(name)).append(":</b>\n"));
        part.line()
                .ifPresent(line -> page.append("<i title=\"")
                        .append(Markup.escape(line.file()))
                        .append("\">")
                        .append(Markup.escape(line.file().substring(line.file().lastIndexOf('/') + 1)))
                        .append(':')
                        .append(line.line())
                        .append("</i> ")
                        .append(Markup.escape(line.text().strip())));
        page.append("</td><td>")
                .append(Markup.escape(part.text().stripTrailing()))
                .append("</td></tr>\n");
    }
}
