package dev.ritz.benchmarks.reproduction;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Regret over the number of systems, both axes logarithmic. */
final class RegretPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;

    private RegretPlot() {}

    /**
     * Writes both forms of the picture.
     *
     * @param stem of the files, which end in .svg and .png
     * @param systems the abscissae
     * @param regret one line for each tuner; values that are not positive are left out
     */
    static void write(Path stem, double[] systems, Map<String, double[]> regret) throws IOException {
        System.setProperty("java.awt.headless", "true");
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Iterations above the best fixed omega, shifted Laplacians, high variance")
                .xAxisTitle("systems")
                .yAxisTitle("excess iterations")
                .build();
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setXAxisDecimalPattern("#")
                .setYAxisDecimalPattern("#")
                .setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(Styler.LegendPosition.OutsideE);
        regret.forEach((name, values) -> {
            int count = 0;
            double[] x = new double[values.length];
            double[] y = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                if (values[i] > 0) {
                    x[count] = systems[i];
                    y[count++] = values[i];
                }
            }
            if (count > 0) {
                chart.addSeries(name, java.util.Arrays.copyOf(x, count), java.util.Arrays.copyOf(y, count))
                        .setMarker(SeriesMarkers.NONE);
            }
        });
        BufferedImage canvas = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        chart.paint(canvas.createGraphics(), WIDTH, HEIGHT);
        ImageIO.write(canvas, "png", Path.of(stem + ".png").toFile());
        VectorGraphics2D vector = new VectorGraphics2D();
        chart.paint(vector, WIDTH, HEIGHT);
        try (OutputStream out = Files.newOutputStream(Path.of(stem + ".svg"))) {
            new SVGProcessor()
                    .getDocument(vector.getCommands(), new PageSize(0, 0, WIDTH, HEIGHT))
                    .writeTo(out);
        }
    }
}
