package org.junitsandbox.benchmark.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.letsPlot.commons.encoding.UnsupportedRGBEncoder;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;

/**
 * A plot with one line per side, as SVG. Bars where the axis starts at zero, points where it is logarithmic and has no zero.
 *
 * <p>Lets-Plot draws it without AWT, so it needs neither a display nor fonts. Its specification is what Lets-Plot takes from all
 * languages: maps and lists, which it changes while it works.
 */
final class Plot {

    private static final int WIDTH = 760;

    private static final int HEIGHT_OF_SIDE = 34;

    private static final int HEIGHT_OF_REST = 80;

    private final Topic topic;
    private final List<Object> labels = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private final List<Object> figures = new ArrayList<>();

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
        boolean logarithmic = topic.scale() == Topic.Scale.LOGARITHMIC;
        return map(
                "kind", "plot",
                "data", map("side", labels, "value", values, "figure", figures),
                "mapping", map("x", "side", "y", "value"),
                "ggtitle", map("text", topic.title()),
                "ggsize", map("width", WIDTH, "height", HEIGHT_OF_REST + HEIGHT_OF_SIDE * values.size()),
                "coord", map("name", "flip"),
                "theme", map("name", "light", "axis_title_y", "blank"),
                "scales",
                        list(
                                map("aesthetic", "x", "discrete", true, "name", ""),
                                map(
                                        "aesthetic", "y",
                                        "name", topic.plotted().title(),
                                        "trans", logarithmic ? "log10" : "identity",
                                        "expand", list(logarithmic ? 0.05 : 0.0, 0.0, 0.15, 0.0))),
                "layers",
                        list(
                                map("geom", logarithmic ? "point" : "bar", "stat", "identity", "size", logarithmic ? 5 : 0),
                                map("geom", "text", "mapping", map("label", "figure"), "hjust", logarithmic ? -0.4 : -0.15)));
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
