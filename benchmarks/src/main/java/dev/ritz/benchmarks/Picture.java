package dev.ritz.benchmarks;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A picture of one number per category and series, dots over a logarithmic axis. */
public final class Picture {
    private static final int WIDTH = 1300;
    private static final int HEIGHT = 620;
    private static final Marker[] MARKERS = {
        SeriesMarkers.SQUARE,
        SeriesMarkers.CIRCLE,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.TRIANGLE_DOWN,
        SeriesMarkers.CROSS
    };

    private Picture() {}

    /**
     * Draws the picture.
     *
     * @param title above it
     * @param unit of the axis
     * @param categories along it
     * @param series name to one value per category; null where there is none
     * @return a PNG file
     */
    public static byte[] dots(String title, String unit, List<String> categories, Map<String, List<Double>> series) {
        System.setProperty("java.awt.headless", "true");
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(unit)
                .build();
        chart.getStyler()
                .setDefaultSeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Scatter)
                .setXAxisLabelRotation(60)
                .setYAxisLogarithmic(true)
                .setYAxisDecimalPattern("0E0")
                .setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setOverlapped(true).setMarkerSize(10);
        chart.getStyler().setXAxisTickMarkSpacingHint(20);
        int k = 0;
        for (Map.Entry<String, List<Double>> one : series.entrySet()) {
            if (one.getValue().stream().anyMatch(v -> v != null)) {
                chart.addSeries(one.getKey(), categories, one.getValue()).setMarker(MARKERS[k++ % MARKERS.length]);
            }
        }
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
