package dev.ritz.preconditioners;

/** Selection of the largest entries of a sparse row. */
final class Largest {
    private Largest() {}

    /**
     * Moves the indices with the largest sizes to the front, in no order (Hoare's FIND, pivot the median of three).
     *
     * @param index indices into {@code size}, of which the first {@code count} are rearranged
     * @param most how many are wanted
     * @param size finite numbers, at least 0
     * @return how many stand in front: the smaller of {@code count} and {@code most}
     */
    static int toFront(int[] index, int count, int most, double[] size) {
        if (most <= 0) {
            return 0;
        }
        int low = 0;
        int high = count - 1;
        while (most < count && low < high) {
            double pivot = median(size[index[low]], size[index[(low + high) >>> 1]], size[index[high]]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (size[index[i]] > pivot) {
                    i++;
                }
                while (size[index[j]] < pivot) {
                    j--;
                }
                if (i <= j) {
                    int swapped = index[i];
                    index[i++] = index[j];
                    index[j--] = swapped;
                }
            }
            // all before i are at least the pivot, all behind j at most
            if (most <= j + 1) {
                high = j;
            } else if (most > i) {
                low = i;
            } else {
                break; // the border falls among those equal to the pivot
            }
        }
        return Math.min(count, most);
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
