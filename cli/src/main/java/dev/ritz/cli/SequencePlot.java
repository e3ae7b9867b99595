package dev.ritz.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Iterations per system in the order of solving, with all parts and without each. */
final class SequencePlot {
    private static final int FEW = 80;

    private SequencePlot() {}

    /** The bytes of a picture, {@code svg} or {@code png}. */
    static byte[] draw(String format, String title, SequenceOutcome out) {
        Picture.headless();
        XYChart chart = new XYChartBuilder()
                .width(Picture.WIDTH)
                .height(Picture.HEIGHT)
                .title(title)
                .xAxisTitle("system, in the order of solving")
                .yAxisTitle("iterations")
                .build();
        Picture.style(chart.getStyler());
        chart.getStyler().setXAxisDecimalPattern("#");
        chart.getStyler().setYAxisDecimalPattern("#");
        chart.getStyler().setYAxisMin(0.0);
        int[] counts = new int[out.rows().length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = out.rows()[i] == null ? -1 : out.rows()[i].iterations();
        }
        add(chart, "session", counts, out.order());
        for (Map.Entry<String, int[]> e : out.without().entrySet()) {
            add(chart, e.getKey(), e.getValue(), out.order());
        }
        return Picture.bytes(format, chart);
    }

    private static void add(XYChart chart, String name, int[] counts, int[] order) {
        List<Integer> x = new ArrayList<>();
        List<Integer> y = new ArrayList<>();
        for (int k = 0; k < order.length; k++) {
            if (counts[order[k]] >= 0) {
                x.add(k);
                y.add(counts[order[k]]);
            }
        }
        if (x.isEmpty()) {
            x.add(0);
            y.add(0);
        }
        chart.addSeries(name, x, y).setMarker(x.size() > FEW ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    }
}
