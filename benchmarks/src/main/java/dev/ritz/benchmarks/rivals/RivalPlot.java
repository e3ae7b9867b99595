package dev.ritz.benchmarks.rivals;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Seconds to 1e-8, set-up included, of each contender's fastest way, for each system; a logarithmic axis. */
final class RivalPlot {
    private static final int WIDTH = 1700;
    private static final int HEIGHT = 700;
    private static final List<String> CONTENDERS =
            List.of(RitzRival.NAME, "PETSc", "Eigen", "SciPy", "MTJ", "Commons Math", "Hipparchus", "ojAlgo", "EJML");
    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.SQUARE,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.TRIANGLE_DOWN,
        SeriesMarkers.CROSS,
        SeriesMarkers.PLUS,
        SeriesMarkers.OVAL,
        SeriesMarkers.TRAPEZOID
    };

    private RivalPlot() {}

    /**
     * Draws the picture.
     *
     * @param problems in the order of the axis; those without a solved measurement are left out
     * @param results everything measured
     * @return a PNG file
     */
    static byte[] draw(List<TestProblem> problems, List<Measurement> results) {
        return png(chart(problems, results));
    }

    static CategoryChart chart(List<TestProblem> problems, List<Measurement> results) {
        System.setProperty("java.awt.headless", "true");
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Time to a true residual of 1e-8, set-up included, each contender's fastest way")
                .yAxisTitle("seconds")
                .build();
        chart.getStyler()
                .setDefaultSeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Scatter)
                .setXAxisLabelRotation(90)
                .setYAxisLogarithmic(true)
                .setYAxisDecimalPattern("0E0")
                .setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setOverlapped(true).setMarkerSize(9);
        chart.getStyler().setXAxisTickMarkSpacingHint(20); // a label for every system
        List<String> names = problems.stream()
                .map(TestProblem::name)
                .filter(p ->
                        results.stream().anyMatch(m -> m.solved() && m.problem().equals(p)))
                .toList();
        for (int c = 0; c < CONTENDERS.size(); c++) {
            List<Double> seconds = new ArrayList<>();
            boolean some = false;
            for (String name : names) {
                OptionalDouble best = fastest(CONTENDERS.get(c), name, results);
                seconds.add(best.isPresent() ? best.getAsDouble() : null);
                some |= best.isPresent();
            }
            if (some) {
                chart.addSeries(CONTENDERS.get(c), names, seconds).setMarker(MARKERS[c]);
            }
        }
        return chart;
    }

    /** The least total of a contender's solved measurements on a problem. */
    static OptionalDouble fastest(String contender, String problem, List<Measurement> results) {
        return results.stream()
                .filter(m -> m.solved()
                        && m.contender().equals(contender)
                        && m.problem().equals(problem))
                .mapToDouble(Measurement::total)
                .min();
    }

    private static byte[] png(CategoryChart chart) {
        BufferedImage canvas = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        chart.paint(canvas.createGraphics(), WIDTH, HEIGHT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(canvas, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
