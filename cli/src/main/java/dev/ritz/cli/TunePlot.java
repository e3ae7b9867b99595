package dev.ritz.cli;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The value chosen for each system, and the cost so far against that of the best fixed value. */
final class TunePlot {
    private TunePlot() {}

    /** The bytes of a picture, {@code svg} or {@code png}. */
    static byte[] draw(String format, String title, TuneGrid grid, SequenceOutcome out) {
        Picture.headless();
        XYChart chart = new XYChartBuilder()
                .width(Picture.WIDTH)
                .height(Picture.HEIGHT)
                .title(title)
                .xAxisTitle("system, in the order of solving")
                .build();
        Picture.style(chart.getStyler());
        chart.getStyler().setXAxisDecimalPattern("#");
        chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        chart.setYAxisGroupTitle(0, "cost so far");
        chart.setYAxisGroupTitle(1, grid.key());
        List<String> names = out.names();
        TuneSummary summary = out.tuned(grid);
        double best = summary.best() < 0 ? 0 : summary.means()[summary.best()];
        List<Integer> x = new ArrayList<>(List.of(0));
        List<Double> cost = new ArrayList<>(List.of(0.0));
        List<Double> fixed = new ArrayList<>(List.of(0.0));
        List<Integer> at = new ArrayList<>();
        List<Double> chosen = new ArrayList<>();
        for (int k = 0; k < out.order().length; k++) {
            SequenceRow row = out.rows()[out.order()[k]];
            int arm = row == null ? -1 : names.indexOf(row.chosen());
            if (arm < 0 || !Double.isFinite(row.charge())) {
                continue;
            }
            x.add(k + 1);
            cost.add(cost.get(cost.size() - 1) + row.charge());
            fixed.add(fixed.get(fixed.size() - 1) + best);
            at.add(k + 1);
            chosen.add(height(grid.values().get(arm), arm));
        }
        chart.addSeries("tuner", x, cost).setMarker(SeriesMarkers.NONE);
        String label = summary.best() < 0 ? "nothing played" : summary.labels().get(summary.best());
        chart.addSeries("best fixed in hindsight, " + label + ", estimated", x, fixed)
                .setMarker(SeriesMarkers.NONE);
        if (!at.isEmpty()) {
            XYSeries dots = chart.addSeries("chosen", at, chosen);
            dots.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            dots.setMarker(SeriesMarkers.CIRCLE);
            dots.setYAxisGroup(1);
        }
        chart.getStyler().setMarkerSize(4);
        return Picture.bytes(format, chart);
    }

    /** The value, or its place where it is not a number. */
    private static double height(String value, int place) {
        try {
            double height = Double.parseDouble(value);
            return Double.isFinite(height) ? height : place;
        } catch (NumberFormatException e) {
            return place;
        }
    }
}
