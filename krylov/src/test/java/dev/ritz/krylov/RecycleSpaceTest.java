package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecycleSpaceTest {
    @TempDir
    private Path folder;

    private static RecycleSpace space(int n, int k, boolean products) {
        double[][] u = new double[k][];
        for (int j = 0; j < k; j++) {
            u[j] = Systems.random(n, 0x5bace + j);
        }
        return RecycleSpace.of(n, u, products ? u : null);
    }

    private static void checkSame(RecycleSpace a, RecycleSpace b) {
        assertThat(a.size()).isEqualTo(b.size());
        assertThat(a.dimension()).isEqualTo(b.dimension());
        assertThat(a.hasProducts()).isEqualTo(b.hasProducts());
        for (int j = 0; j < a.dimension(); j++) {
            assertThat(a.u(j)).containsExactly(b.u(j));
            if (a.hasProducts()) {
                assertThat(a.c(j)).containsExactly(b.c(j));
            }
        }
    }

    @Test
    void comesBackFromAFileWithTheSameBits() throws IOException {
        Path file = folder.resolve("space");
        for (int n : new int[] {3, 8192, 20_000}) {
            for (boolean products : new boolean[] {true, false}) {
                space(n, 3, products).save(file);
                checkSame(RecycleSpace.load(file), space(n, 3, products));
            }
        }
        RecycleSpace.empty(0).save(file);
        checkSame(RecycleSpace.load(file), RecycleSpace.empty(0));
        RecycleSpace.empty(7).save(file);
        checkSame(RecycleSpace.load(file), RecycleSpace.empty(7));
    }

    @Test
    void everyTruncationAndEveryFlippedByteIsFoundOut() throws IOException {
        Path file = folder.resolve("space");
        space(5, 2, true).save(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> RecycleSpace.load(file))
                    .as("%d bytes", length)
                    .isInstanceOf(IOException.class);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> RecycleSpace.load(file)).isInstanceOf(IOException.class);
        for (int at = 0; at < whole.length; at++) {
            for (int mask : new int[] {1, 0x40, 0xff}) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) mask;
                Files.write(file, flipped);
                assertThatThrownBy(() -> RecycleSpace.load(file))
                        .as("byte %d", at)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void headersThatCannotBeAreRefusedBeforeTheyCostMemoryOrTime() {
        assertThatThrownBy(() -> read(-5, 2)).hasMessageContaining("n = -5");
        assertThatThrownBy(() -> read(5, -2)).hasMessageContaining("k = -2");
        assertThatThrownBy(() -> read(0, Integer.MAX_VALUE)).hasMessageContaining("k = 2147483647");
        assertThatThrownBy(() -> read(Integer.MAX_VALUE, 20)).isInstanceOf(IOException.class);
    }

    @Test
    void anotherKindOfFileIsRefused() throws IOException {
        Path file = folder.resolve("space");
        Files.writeString(file, "%%MatrixMarket matrix coordinate real general");
        assertThatThrownBy(() -> RecycleSpace.load(file)).isInstanceOf(IOException.class);
        Files.write(file, new byte[1000]);
        assertThatThrownBy(() -> RecycleSpace.load(file)).isInstanceOf(IOException.class);
    }

    private static void read(int... header) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int word : header) {
            out.writeInt(word);
        }
        out.writeBoolean(false);
        RecycleSpace.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void valuesNotFiniteInAFileAreRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        space(4, 1, false).write(new DataOutputStream(bytes));
        byte[] content = bytes.toByteArray();
        content[9] = 0x7f; // the first entry becomes NaN or infinite
        content[10] = (byte) 0xf8;
        assertThatThrownBy(() -> RecycleSpace.read(new DataInputStream(new ByteArrayInputStream(content))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("u[0][0]");
    }

    @Test
    void nothingFromOutsideChangesIt() {
        double[][] u = {{1, 2, 3}};
        RecycleSpace space = RecycleSpace.of(3, u, u);
        u[0][1] = 9;
        space.u(0)[0] = 9;
        space.c(0)[0] = 9;
        assertThat(space.u(0)).containsExactly(1, 2, 3);
        assertThat(space.c(0)).containsExactly(1, 2, 3);
        assertThat(space.bytes()).isEqualTo(48);
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        double[][] u = {{1, 2, 3}};
        assertThatThrownBy(() -> RecycleSpace.empty(-1)).hasMessageContaining("n = -1");
        assertThatThrownBy(() -> RecycleSpace.of(4, u, null)).hasMessageContaining("u[0] has length 3, expected 4");
        assertThatThrownBy(() -> RecycleSpace.of(3, u, new double[0][])).hasMessageContaining("c has 0 columns");
        assertThatThrownBy(() -> RecycleSpace.of(3, u, new double[][] {{1, Double.NaN, 0}}))
                .hasMessageContaining("c[0][1] = NaN");
        assertThatThrownBy(() -> RecycleSpace.of(1, new double[][] {{1}, {2}}, null))
                .hasMessageContaining("2 columns");
        assertThatThrownBy(() -> RecycleSpace.of(3, u, null).c(0)).isInstanceOf(IllegalStateException.class);
    }
}
