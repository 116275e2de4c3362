package io.ristflow.service.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Line charts as SVG, side by side on a light ground, with a legend below: as much as the bench's results need, so no library is drawn in for it. The x axis is logarithmic with the ticks it is given; the
 * y axis logarithmic or from zero.
 */
final class Svg {
    private static final int PANEL_WIDTH = 460, PANEL_HEIGHT = 340, LEFT = 62, RIGHT = 16, TOP = 40, BOTTOM = 52;
    private static final int HEAD = 58, LEGEND_LINE = 20, LEGEND_COLUMN = 260, LEAST_PANELS = 2;

    /** @param dash lengths of dashes and gaps, empty for a whole line; {@code xs} and {@code ys} as many of the one as of the other */
    record Series(String name, String colour, String dash, double[] xs, double[] ys) {}

    /** @param ticks of the x axis; the axis ends at the first and the last */
    record Panel(String title, String xName, String yName, boolean yLogarithmic, double[] ticks, List<Series> series) {}

    /** A y axis: its ends and its ticks. */
    record Axis(double low, double high, List<Double> ticks) {}

    private final StringBuilder out = new StringBuilder();

    private Svg() {}

    /** @param subtitles lines under the title */
    static String draw(String title, List<String> subtitles, List<Panel> panels) {
        return new Svg().document(title, subtitles, panels);
    }

    private String document(String title, List<String> subtitles, List<Panel> panels) {
        List<Series> legend = legend(panels);
        int width = Math.max(LEAST_PANELS, panels.size()) * PANEL_WIDTH;
        int columns = (width - LEFT) / LEGEND_COLUMN;
        int head = HEAD + 16 * Math.max(0, subtitles.size() - 1);
        int height = head + PANEL_HEIGHT + 14 + LEGEND_LINE * ((legend.size() + columns - 1) / columns);
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"system-ui, 'Liberation Sans', Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#222\">%n", width, height, width, height);
        add("<title>%s</title>%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n", escaped(title));
        add("<text x=\"%d\" y=\"24\" font-size=\"17\" font-weight=\"bold\">%s</text>%n", LEFT, escaped(title));
        for (int i = 0; i < subtitles.size(); i++) add("<text x=\"%d\" y=\"%d\" fill=\"#666\">%s</text>%n", LEFT, 43 + 16 * i, escaped(subtitles.get(i)));
        for (int i = 0; i < panels.size(); i++) panel(panels.get(i), i * PANEL_WIDTH, head);
        for (int i = 0; i < legend.size(); i++) entry(legend.get(i), LEFT + i % columns * LEGEND_COLUMN, head + PANEL_HEIGHT + 10 + i / columns * LEGEND_LINE);
        return add("</svg>%n").toString();
    }

    /** Each name once, whatever panels it is in. */
    private static List<Series> legend(List<Panel> panels) {
        List<Series> legend = new ArrayList<>();
        for (Panel panel : panels) for (Series series : panel.series()) if (legend.stream().noneMatch(known -> known.name().equals(series.name()))) legend.add(series);
        return legend;
    }

    private void panel(Panel panel, int x, int y) {
        int right = x + PANEL_WIDTH - RIGHT, bottom = y + PANEL_HEIGHT - BOTTOM, left = x + LEFT, top = y + TOP;
        Axis axis = axis(panel);
        add("<g><text x=\"%d\" y=\"%d\" font-size=\"14\" font-weight=\"bold\">%s</text>%n", left, y + 24, escaped(panel.title()));
        for (double tick : axis.ticks()) {
            double at = vertical(panel, axis, tick, top, bottom);
            add("<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#e4e4e4\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", left, at, right, at, left - 6, at + 4, Report.number(tick));
        }
        for (double tick : panel.ticks()) {
            double at = horizontal(panel, tick, left, right);
            add("<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#e4e4e4\"/><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n", at, top, at, bottom, at, bottom + 17, Report.number(tick));
        }
        add("<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#888\"/>%n", left, top, bottom, right);
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#444\">%s</text>%n", (left + right) / 2, bottom + 36, escaped(panel.xName()));
        add("<text transform=\"translate(%d %d) rotate(-90)\" text-anchor=\"middle\" fill=\"#444\">%s</text>%n", x + 16, (top + bottom) / 2, escaped(panel.yName()));
        for (Series series : panel.series()) line(panel, axis, series, left, right, top, bottom);
        add("</g>%n");
    }

    private void line(Panel panel, Axis axis, Series series, int left, int right, int top, int bottom) {
        StringBuilder points = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        for (int i = 0; i < series.xs().length; i++) {
            double at = horizontal(panel, series.xs()[i], left, right), height = vertical(panel, axis, series.ys()[i], top, bottom);
            points.append(String.format(Locale.ROOT, "%s%.1f,%.1f", i == 0 ? "" : " ", at, height));
            dots.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"><title>%s: %s at %s</title></circle>%n", at, height, series.colour(), escaped(series.name()), rounded(series.ys()[i]), Report.number(series.xs()[i])));
        }
        add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>%n", points, series.colour(), dashed(series));
        out.append(dots);
    }

    private void entry(Series series, int x, int y) {
        add("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"2\"%s/><circle cx=\"%d\" cy=\"%d\" r=\"3\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>%n", x, y, x + 30, y, series.colour(), dashed(series), x + 15, y,
                series.colour(), x + 38, y + 4, escaped(series.name()));
    }

    private static String dashed(Series series) {
        return series.dash().isEmpty() ? "" : " stroke-dasharray=\"" + series.dash() + "\"";
    }

    private static double horizontal(Panel panel, double x, int left, int right) {
        double low = Math.log(panel.ticks()[0]), high = Math.log(panel.ticks()[panel.ticks().length - 1]);
        return high == low ? (left + right) / 2.0 : left + 10 + (Math.log(x) - low) / (high - low) * (right - left - 20);
    }

    private static double vertical(Panel panel, Axis axis, double y, int top, int bottom) {
        double low = panel.yLogarithmic() ? Math.log(axis.low()) : axis.low(), high = panel.yLogarithmic() ? Math.log(axis.high()) : axis.high();
        double value = panel.yLogarithmic() ? Math.log(Math.max(axis.low(), y)) : y;
        return bottom - Math.clamp((value - low) / (high - low), 0, 1) * (bottom - top);
    }

    private static Axis axis(Panel panel) {
        double low = Double.MAX_VALUE, high = -Double.MAX_VALUE;
        for (Series series : panel.series()) {
            for (double y : series.ys()) {
                if (panel.yLogarithmic() && y <= 0) continue;
                low = Math.min(low, y);
                high = Math.max(high, y);
            }
        }
        if (high < low) return axis(panel.yLogarithmic(), 1, 10);
        return axis(panel.yLogarithmic(), low, high);
    }

    /** Ends and ticks of 1, 2 and 5 by powers of ten around what is to be seen; not logarithmic: four to eight ticks, zero among them. */
    static Axis axis(boolean logarithmic, double low, double high) {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            double tick = below(low);
            while (ticks.isEmpty() || ticks.getLast() < high) {
                ticks.add(tick);
                tick = above(tick);
            }
            if (ticks.size() == 1) ticks.add(tick);
        } else {
            double least = Math.min(0, low), span = Math.max(Math.max(0, high) - least, 1e-3), step = below(span / 4);
            for (long i = (long) Math.floor(least / step); ticks.size() < 2 || ticks.getLast() < high; i++) ticks.add(Math.rint(i * step * 1e6) / 1e6);
        }
        return new Axis(ticks.getFirst(), ticks.getLast(), ticks);
    }

    private static double below(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        double mantissa = value / power;
        return exact((mantissa >= 5 ? 5 : mantissa >= 2 ? 2 : 1) * power);
    }

    private static double above(double tick) {
        double power = Math.pow(10, Math.floor(Math.log10(tick * 1.0001)));
        double mantissa = Math.rint(tick / power);
        return exact((mantissa < 2 ? 2 : mantissa < 5 ? 5 : 10) * power);
    }

    private static double exact(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.1e", value));
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private StringBuilder add(String format, Object... arguments) {
        return out.append(String.format(Locale.ROOT, format, arguments));
    }
}
