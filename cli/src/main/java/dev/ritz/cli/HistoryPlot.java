package dev.ritz.cli;

import java.awt.Color;
import java.util.Arrays;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Residual norms over iterations, on a logarithmic axis, with the tolerance as a dashed line. */
final class HistoryPlot {
    /** More points than the picture has columns would only make the file large. */
    private static final int MAX_POINTS = 2000;

    private HistoryPlot() {}

    /** The bytes of a picture, {@code svg} or {@code png}. */
    static byte[] draw(String format, String title, SolveOutcome out, double tolerance) {
        Picture.headless();
        XYChart chart = new XYChartBuilder()
                .width(Picture.WIDTH)
                .height(Picture.HEIGHT)
                .title(title)
                .xAxisTitle("iteration")
                .yAxisTitle("norm of b - A x")
                .build();
        style(chart.getStyler());
        int at = 0;
        boolean empty = true;
        for (SolveOutcome.Stretch stretch : out.stretches) {
            empty &= !add(chart, out, stretch, at);
            at += Math.max(0, stretch.to() - stretch.from() - 1);
        }
        if (empty) {
            chart.addSeries("no residual above zero", new double[] {0}, new double[] {1});
        }
        if (tolerance > 0 && Double.isFinite(tolerance)) {
            dashed(chart, at, tolerance);
        }
        return Picture.bytes(format, chart);
    }

    private static void style(Styler styler) {
        Picture.style(styler);
        ((org.knowm.xchart.style.AxesChartStyler) styler).setYAxisLogarithmic(true);
        ((org.knowm.xchart.style.AxesChartStyler) styler).setYAxisDecimalPattern("0E0");
        ((org.knowm.xchart.style.AxesChartStyler) styler).setXAxisDecimalPattern("#");
    }

    /** One line for an attempt; a logarithm has no place for zero, infinity and NaN. */
    private static boolean add(XYChart chart, SolveOutcome out, SolveOutcome.Stretch stretch, int at) {
        double[] history = out.history();
        int length = stretch.to() - stretch.from();
        int step = Math.max(1, (length + MAX_POINTS - 1) / MAX_POINTS);
        double[] k = new double[length];
        double[] norm = new double[length];
        int points = 0;
        for (int i = 0; i < length; i++) {
            double value = history[stretch.from() + i];
            if ((i % step == 0 || i == length - 1) && value > 0 && Double.isFinite(value)) {
                k[points] = at + i;
                norm[points++] = value;
            }
        }
        if (points > 0) {
            Attempt attempt = out.attempts.get(stretch.attempt());
            String name = (stretch.attempt() + 1) + ": " + attempt.method() + " with " + attempt.preconditioner();
            chart.addSeries(name, Arrays.copyOf(k, points), Arrays.copyOf(norm, points))
                    .setMarker(points > 60 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
        }
        return points > 0;
    }

    private static void dashed(XYChart chart, int end, double tolerance) {
        chart.addSeries("tolerance", new double[] {0, Math.max(1, end)}, new double[] {tolerance, tolerance})
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Color.GRAY)
                .setLineStyle(org.knowm.xchart.style.lines.SeriesLines.DASH_DASH);
    }
}
