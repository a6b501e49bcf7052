// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.page;

import dev.jig.inspect.flow.ProgramFlow;
import java.util.ArrayList;
import java.util.List;

/** A page about a gadget: picture, what it may do, maps, and programs with source lines and instructions. Nothing in it is run. */
public final class Page {
    private static final String STYLE = "body{font-family:sans-serif;margin:2em;max-width:1200px}"
            + "table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:2px 8px;text-align:left}"
            + "pre{background:#f6f6f6;padding:8px;overflow:auto;max-height:40em}.picture{overflow:auto}"
            + ".source{color:#555}";

    private final String title;
    private final String permissions;
    private final List<List<String>> maps;
    private final List<Program> programs;

    /** A program and its instructions with source lines. */
    public record Program(ProgramFlow flow, String disassembly) {}

    /**
     * @param permissions what it may do, a text
     * @param maps name, type, bytes of key and value, and entries of each
     */
    public Page(String title, String permissions, List<List<String>> maps, List<Program> programs) {
        this.title = title;
        this.permissions = permissions;
        this.maps = List.copyOf(maps);
        this.programs = List.copyOf(programs);
    }

    /** The page. */
    public String html() {
        List<ProgramFlow> flows = new ArrayList<>();
        programs.forEach(program -> flows.add(program.flow));
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
                .append(new Picture(flows).svg())
                .append("</div>\n");
        maps(page);
        page.append("<h2>Permissions</h2>\n<pre>")
                .append(Markup.escape(permissions))
                .append("</pre>\n<h2>Programs</h2>\n");
        programs.forEach(program -> program(page, program));
        return page.append("</body></html>\n").toString();
    }

    private void maps(StringBuilder page) {
        page.append("<h2>Maps</h2>\n<table><tr><th>Name</th><th>Type</th><th>Key bytes</th><th>Value bytes</th>")
                .append("<th>Entries</th></tr>\n");
        for (List<String> row : maps) {
            page.append("<tr>");
            row.forEach(cell -> page.append("<td>").append(Markup.escape(cell)).append("</td>"));
            page.append("</tr>\n");
        }
        page.append("</table>\n");
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
                .append(" bytes of stack</summary>\n<pre>");
        program.disassembly.lines().forEach(line -> {
            boolean source = line.startsWith("  ; ");
            page.append(source ? "<span class=\"source\">" : "")
                    .append(Markup.escape(line))
                    .append(source ? "</span>\n" : "\n");
        });
        page.append("</pre></details>\n");
    }
}
