// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.page;

import dev.jig.inspect.flow.ProgramFlow;
import java.util.List;

/** Programs on the left, maps on the right, lines between them; lines of what does not always happen are dashed. */
public final class Picture {
    private static final int LONGEST_NAME = 48;
    private static final int LONGEST_LABEL = 40;
    private static final int CORNER = 4;

    private final Diagram diagram;
    private final StringBuilder svg = new StringBuilder();

    public Picture(List<ProgramFlow> programs) {
        this.diagram = Diagram.of(programs).shortened(LONGEST_NAME, LONGEST_LABEL);
    }

    /**
     * The picture as a document of its own.
     *
     * @throws dev.jig.inspect.InspectException when there is too much to draw
     */
    public String svg() {
        DiagramLayout layout = new DiagramLayout(diagram);
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
        number(layout.width()).append("\" height=\"");
        number(layout.height()).append("\" viewBox=\"0 0 ");
        number(layout.width()).append(' ');
        number(layout.height()).append("\" font-family=\"monospace\" font-size=\"12\">\n");
        // Lines first: labels and boxes lie on them.
        for (int i = 0; i < diagram.lines().size(); i++) {
            path(diagram.lines().get(i), layout.line(i).points());
        }
        for (int i = 0; i < diagram.lines().size(); i++) {
            label(diagram.lines().get(i), layout.line(i).label());
        }
        for (int i = 0; i < diagram.boxes().size(); i++) {
            box(diagram.boxes().get(i), layout.box(i));
        }
        return svg.append("</svg>\n").toString();
    }

    /** Whole pixels do, and make documents that can be compared. */
    private StringBuilder number(double value) {
        return svg.append(Math.round(value));
    }

    private void path(Diagram.Line line, List<DiagramLayout.Point> points) {
        String step = "<path d=\"M";
        for (DiagramLayout.Point point : points) {
            svg.append(step);
            number(point.x()).append(' ');
            number(point.y());
            step = " L";
        }
        svg.append("\" fill=\"none\" stroke=\"#88a\"")
                .append(line.always() ? "" : " stroke-dasharray=\"4 3\"")
                .append("/>\n");
    }

    private void label(Diagram.Line line, DiagramLayout.Area area) {
        svg.append("<rect x=\"");
        number(area.x()).append("\" y=\"");
        number(area.y()).append("\" width=\"");
        number(area.width()).append("\" height=\"");
        number(area.height()).append("\" fill=\"#fff\"/><text font-size=\"10\" fill=\"#335\" x=\"");
        text(area.x(), area.y() + DiagramLayout.LABEL_ROW - 3, line.label(), DiagramLayout.LABEL_CHARACTER);
        svg.append("</text>\n");
    }

    private void box(Diagram.Box box, DiagramLayout.Area area) {
        boolean map = box.kind() == Diagram.Kind.MAP;
        svg.append("<g><title>").append(Markup.escape(box.title())).append("</title><rect x=\"");
        number(area.x()).append("\" y=\"");
        number(area.y()).append("\" width=\"");
        number(area.width()).append("\" height=\"");
        number(area.height()).append("\" rx=\"").append(map ? 2 * CORNER : CORNER);
        svg.append("\" fill=\"").append(map ? "#ffe9c9" : "#dbe9ff").append("\" stroke=\"#666\"/>");
        double y = area.y();
        for (String text : box.texts()) {
            y += DiagramLayout.ROW;
            svg.append("<text x=\"");
            text(area.x() + DiagramLayout.MARGIN, y, text, DiagramLayout.CHARACTER);
            svg.append("</text>");
        }
        svg.append("</g>\n");
    }

    /** Whatever font a browser takes, a text is as wide as the room that was made for it. */
    private void text(double x, double y, String text, double character) {
        number(x).append("\" y=\"");
        number(y).append("\" textLength=\"");
        number(text.length() * character)
                .append("\" lengthAdjust=\"spacingAndGlyphs\">")
                .append(Markup.escape(text));
    }
}
