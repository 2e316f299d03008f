package org.junitsandbox.benchmark.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.letsPlot.commons.encoding.UnsupportedRGBEncoder;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;

/**
 * A plot with one line per side, as SVG. Bars where the axis starts at zero, points where it is logarithmic and has no
 * zero.
 *
 * <p>Lets-Plot draws it without AWT, so it needs neither a display nor fonts. Its specification is what Lets-Plot takes
 * from all languages: maps and lists, which it changes while it works.
 */
final class Plot {

    private static final int WIDTH = 760;

    private static final int HEIGHT_OF_SIDE = 46;

    private static final int HEIGHT_OF_REST = 80;

    /** A bar's thickness, as a part of what its side has. */
    private static final double BAR = 0.4;

    private static final double ABOVE_BAR = 0.36;

    private final Topic topic;
    private final List<String> labels = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();
    private final List<String> figures = new ArrayList<>();

    /** Shows the sides that were measured, in the table's order. */
    Plot(Topic topic, Results results) {
        this.topic = topic;
        topic.sides().forEach(side -> side.in(results).ifPresent(measured -> {
            double value = topic.plotted().value().applyAsDouble(measured);
            labels.add(side.label().replace("`", ""));
            values.add(value);
            figures.add(Figure.text(value));
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
                "data", map("side", labels, "value", values, "figure", figures, "start", Collections.nCopies(values.size(), axis.from)),
                "mapping", map("x", "side", "y", "value"),
                "ggtitle", map("text", topic.title()),
                "ggsize", map("width", WIDTH, "height", HEIGHT_OF_REST + HEIGHT_OF_SIDE * values.size()),
                "coord", map("name", "flip"),
                "theme", map("name", "light", "axis_text_x", "blank", "axis_ticks_x", "blank", "panel_grid_major_x", "blank"),
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
                        // Not at the axis, where Lets-Plot would cut them after twenty characters.
                        text("side", "start", ABOVE_BAR, axis.gap)));
    }

    private static Map<String, Object> text(String what, String at, double above, double beside) {
        return map(
                "geom", "text", "mapping", map("label", what, "y", at), "hjust", "left", "nudge_x", above, "nudge_y", beside);
    }

    /**
     * How values are shown.
     *
     * @param to a little beyond the largest value, so that its figure has room
     * @param gap between a point or the end of a bar and its figure, in the transformed unit
     */
    private record Axis(String transformation, double from, double to, double gap, Map<String, Object> shape) {}

    private Axis axis() {
        double least = Collections.min(values);
        double most = Collections.max(values);
        return topic.scale() == Topic.Scale.LOGARITHMIC
                ? new Axis("log10", least / 4, most * 4, 0.05, map("geom", "point", "size", 5))
                : new Axis("identity", 0, most * 1.15, most * 0.01, map("geom", "bar", "stat", "identity", "width", BAR, "size", 0));
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
