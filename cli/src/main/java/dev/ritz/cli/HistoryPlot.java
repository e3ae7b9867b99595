package dev.ritz.cli;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Residual norms over iterations, on a logarithmic axis, with the tolerance as a dashed line. */
final class HistoryPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;
    /** More points than the picture has columns would only make the file large. */
    private static final int MAX_POINTS = 2000;

    private HistoryPlot() {}

    /** The bytes of a picture, {@code svg} or {@code png}. */
    static byte[] draw(String format, String title, SolveOutcome out, double tolerance) {
        System.setProperty("java.awt.headless", "true");
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (format.equals("svg")) {
                VectorGraphics2D canvas = new VectorGraphics2D();
                chart.paint(canvas, WIDTH, HEIGHT);
                new SVGProcessor()
                        .getDocument(canvas.getCommands(), new PageSize(0, 0, WIDTH, HEIGHT))
                        .writeTo(bytes);
            } else {
                BufferedImage canvas = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
                chart.paint(canvas.createGraphics(), WIDTH, HEIGHT);
                ImageIO.write(canvas, "png", bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void style(Styler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Vertical);
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
