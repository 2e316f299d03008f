package org.junitsandbox.benchmark.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.letsPlot.commons.encoding.UnsupportedRGBEncoder;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;

/**
 * A plot with one line per row of the table, as SVG. It has bars on a linear axis, and points on a logarithmic one,
 * which has no zero.
 *
 * <p>Lets-Plot draws it without AWT, so it needs neither a display nor fonts. The specification is made of maps and
 * lists, which Lets-Plot modifies.
 */
final class Plot {

    private static final int WIDTH = 760;

    private static final int ROW_HEIGHT = 46;

    private static final int OTHER_HEIGHT = 80;

    /** The thickness of a bar relative to its line. */
    private static final double BAR_THICKNESS = 0.4;

    private static final double ABOVE_BAR = 0.36;

    private final Topic topic;
    private final List<String> labels = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();
    private final List<String> figures = new ArrayList<>();

    /** Shows the rows that were measured, in the order of the table. */
    Plot(Topic topic, Results results) {
        this.topic = topic;
        topic.rows().forEach(row -> row.in(results).ifPresent(measured -> {
            double value = topic.plotted().value().applyAsDouble(measured);
            labels.add(row.label().replace("`", ""));
            values.add(value);
            figures.add(NumberText.text(value));
        }));
        // The axis runs upwards.
        Collections.reverse(labels);
        Collections.reverse(values);
        Collections.reverse(figures);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    String svg() {
        return PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(
                specification(), null, new UnsupportedRGBEncoder(), false);
    }

    private Map<String, Object> specification() {
        Axis axis = axis();
        return map(
                "kind", "plot",
                "data", map(
                        "row", labels,
                        "value", values,
                        "figure", figures,
                        "start", Collections.nCopies(values.size(), axis.from)),
                "mapping", map("x", "row", "y", "value"),
                "ggtitle", map("text", topic.title()),
                "ggsize", map("width", WIDTH, "height", OTHER_HEIGHT + ROW_HEIGHT * values.size()),
                "coord", map("name", "flip"),
                "theme", map(
                        "name", "light",
                        "axis_text_x", "blank",
                        "axis_ticks_x", "blank",
                        "panel_grid_major_x", "blank"),
                "scales", list(
                        map("aesthetic", "x", "discrete", true, "name", ""),
                        map(
                                "aesthetic", "y",
                                "name", topic.plotted().title(),
                                "trans", axis.transformation,
                                "limits", list(axis.from, axis.to),
                                "expand", list(0.0, 0.0))),
                "layers", list(
                        axis.shape,
                        text("figure", "value", 0.0, axis.gap),
                        // Not as labels of the axis, which Lets-Plot would cut after twenty characters.
                        text("row", "start", ABOVE_BAR, axis.gap)));
    }

    private static Map<String, Object> text(String what, String at, double above, double beside) {
        return map(
                "geom", "text",
                "mapping", map("label", what, "y", at),
                "hjust", "left",
                "nudge_x", above,
                "nudge_y", beside);
    }

    /**
     * How values are drawn.
     *
     * @param to a little beyond the largest value, as room for its number
     * @param gap the distance between a value and its number, in the transformed unit
     */
    private record Axis(String transformation, double from, double to, double gap, Map<String, Object> shape) {}

    private Axis axis() {
        double min = Collections.min(values);
        double max = Collections.max(values);
        return topic.scale() == Topic.Scale.LOGARITHMIC
                ? new Axis("log10", min / 4, max * 4, 0.05, map("geom", "point", "size", 5))
                : new Axis(
                        "identity",
                        0,
                        max * 1.15,
                        max * 0.01,
                        map("geom", "bar", "stat", "identity", "width", BAR_THICKNESS, "size", 0));
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static List<Object> list(Object... items) {
        return new ArrayList<>(List.of(items));
    }
}
