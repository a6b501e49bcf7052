// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.page;

import dev.jig.inspect.InspectException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Gives boxes and lines their places, in pixels, by the layered algorithm of the Eclipse Layout Kernel: programs left, maps right. The same diagram gets the same
 * places each time.
 */
final class DiagramLayout {
    /** Its time grows with the square; that many lines take a second. */
    static final int MOST_LINES = 800;

    static final int MOST_BOXES = 400;

    /** Of the font in which names stand: as wide as its height, or less. */
    static final double CHARACTER = 7.2;

    static final double LABEL_CHARACTER = 6.2;
    static final int ROW = 16;
    static final int LABEL_ROW = 12;
    static final int MARGIN = 10;
    private static final int BETWEEN_LINES = 6;

    private final ElkNode graph = ElkGraphUtil.createGraph();
    private final List<ElkNode> nodes = new ArrayList<>();
    private final List<ElkEdge> edges = new ArrayList<>();

    /** A place. */
    record Point(double x, double y) {}

    /** A box or a label with the place of its upper left corner. */
    record Area(double x, double y, double width, double height) {}

    /**
     * A line from its start over its bends to its end, with the place of its label.
     *
     * @param points start, and then bends, and the end
     */
    record Route(List<Point> points, Area label) {
        Route {
            points = List.copyOf(points);
        }
    }

    /**
     * @throws InspectException when there is too much to draw
     */
    DiagramLayout(Diagram diagram) {
        if (diagram.boxes().size() > MOST_BOXES || diagram.lines().size() > MOST_LINES) {
            throw new InspectException("there are too many programs and maps to draw: "
                    + diagram.boxes().size() + " boxes and " + diagram.lines().size() + " lines, more than "
                    + MOST_BOXES + " and " + MOST_LINES);
        }
        // Outside of Eclipse, whoever uses the kernel has to tell it of its algorithms.
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
        graph.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        graph.setProperty(LayeredOptions.PADDING, new ElkPadding(MARGIN));
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE, (double) BETWEEN_LINES);
        graph.setProperty(LayeredOptions.RANDOM_SEED, 1);
        diagram.boxes().forEach(this::add);
        diagram.lines().forEach(this::add);
        new LayeredLayoutProvider().layout(graph, new BasicProgressMonitor());
    }

    private void add(Diagram.Box box) {
        int longest = 0;
        for (String text : box.texts()) {
            longest = Math.max(longest, text.length());
        }
        ElkNode node = ElkGraphUtil.createNode(graph);
        node.setDimensions(longest * CHARACTER + 2 * MARGIN, box.texts().size() * ROW + MARGIN);
        nodes.add(node);
    }

    private void add(Diagram.Line line) {
        ElkEdge edge = ElkGraphUtil.createSimpleEdge(nodes.get(line.from()), nodes.get(line.to()));
        ElkLabel label = ElkGraphUtil.createLabel(line.label(), edge);
        label.setDimensions(line.label().length() * LABEL_CHARACTER, LABEL_ROW);
        edges.add(edge);
    }

    double width() {
        return graph.getWidth();
    }

    double height() {
        return graph.getHeight();
    }

    /** Where a box of the diagram is, by its index. */
    Area box(int index) {
        ElkNode node = nodes.get(index);
        return new Area(node.getX(), node.getY(), node.getWidth(), node.getHeight());
    }

    /** Where a line of the diagram goes, by its index. */
    Route line(int index) {
        ElkEdge edge = edges.get(index);
        ElkEdgeSection section = edge.getSections().getFirst();
        List<Point> points = new ArrayList<>();
        points.add(new Point(section.getStartX(), section.getStartY()));
        for (ElkBendPoint bend : section.getBendPoints()) {
            points.add(new Point(bend.getX(), bend.getY()));
        }
        points.add(new Point(section.getEndX(), section.getEndY()));
        ElkLabel label = edge.getLabels().getFirst();
        return new Route(points, new Area(label.getX(), label.getY(), label.getWidth(), label.getHeight()));
    }
}
