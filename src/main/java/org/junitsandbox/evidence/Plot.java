package org.junitsandbox.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junitsandbox.internal.text.Markup;

/**
 * A small plot over the time of a transcript, as SVG that needs no script. Of many bars, those of the same column are
 * one, as high as the highest, so that its size is bounded.
 */
final class Plot {

    private static final int WIDTH = 1000;
    private static final int HEIGHT = 30;
    private static final int COLUMNS = 400;

    /** In units of the width, as the next. */
    private static final double MIN_BAR_WIDTH = 1.5;

    private static final double GAP = 1;

    /**
     * What is drawn of one event.
     *
     * @param begin in seconds
     * @param length in seconds
     * @param height from 0 to 1
     * @param style a class of the page's style sheet
     */
    record Bar(double begin, double length, double height, String style) {}

    private Plot() {}

    /**
     * @param label what is to be seen, as text
     * @param end the time at the right, in seconds
     */
    static String svg(String label, double end, List<Bar> bars) {
        double scale = WIDTH / Math.max(end, 0.001);
        StringBuilder svg = new StringBuilder("<svg role=\"img\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" preserveAspectRatio=\"none\" aria-label=\"" + Markup.text(label) + "\">");
        for (Bar bar : bars.size() <= COLUMNS ? bars : columns(bars, end)) {
            double height = HEIGHT * Math.min(1, Math.max(0, bar.height));
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"/>",
                    bar.begin * scale,
                    HEIGHT - height,
                    Math.max(MIN_BAR_WIDTH, bar.length * scale - GAP),
                    height,
                    Markup.text(bar.style)));
        }
        return svg.append("</svg>").toString();
    }

    private static List<Bar> columns(List<Bar> bars, double end) {
        double width = Math.max(end, 0.001) / COLUMNS;
        Bar[] highest = new Bar[COLUMNS + 1];
        for (Bar bar : bars) {
            int last = column(bar.begin + bar.length, width);
            for (int column = column(bar.begin, width); column <= last; column++) {
                if (highest[column] == null || highest[column].height < bar.height) {
                    highest[column] = new Bar(column * width, width, bar.height, bar.style);
                }
            }
        }
        List<Bar> columns = new ArrayList<>();
        for (Bar bar : highest) {
            if (bar != null) {
                columns.add(bar);
            }
        }
        return columns;
    }

    private static int column(double time, double width) {
        return (int) Math.min(COLUMNS, Math.max(0, time / width));
    }

    /** Draws a part of a whole, from 0 to 1. */
    static String gauge(double part, boolean isExact) {
        return String.format(
                Locale.ROOT,
                "<svg class=\"gauge\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                        + "<rect class=\"track\" width=\"100\" height=\"6\"/>"
                        + "<rect class=\"%s\" width=\"%.1f\" height=\"6\"/></svg>",
                isExact ? "exact" : "bound",
                100 * Math.min(1, Math.max(0, part)));
    }
}
