package dev.ritz.cli;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;

/** What the plots have in common: their size and look, and how a chart becomes a file. */
final class Picture {
    static final int WIDTH = 900;
    static final int HEIGHT = 560;

    private Picture() {}

    /** Draws without a display; to be called before the first chart is made. */
    static void headless() {
        System.setProperty("java.awt.headless", "true");
    }

    static void style(Styler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Vertical);
    }

    /** The bytes of a picture, {@code svg} or {@code png}. */
    static byte[] bytes(String format, XYChart chart) {
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
}
