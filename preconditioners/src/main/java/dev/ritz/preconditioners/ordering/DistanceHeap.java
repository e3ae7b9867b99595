package dev.ritz.preconditioners.ordering;

import java.util.Arrays;

/** A binary heap of node numbers by distance, with decrease-key: the queue of a shortest-path search. */
final class DistanceHeap {
    private final double[] distance;
    private final int[] heap;
    private final int[] place;
    private int size;

    /** @param nodes their number */
    DistanceHeap(int nodes) {
        distance = new double[nodes];
        heap = new int[nodes];
        place = new int[nodes];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
    }

    /** {@return the distance of a node, infinite when it was not reached since its last reset} */
    double distance(int node) {
        return distance[node];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Lowers the distance of a node, which joins the heap when it is new. */
    void lower(int node, double to) {
        int at = distance[node] < Double.POSITIVE_INFINITY ? place[node] : size++;
        distance[node] = to;
        while (at > 0 && distance[heap[(at - 1) / 2]] > to) {
            put(at, heap[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        put(at, node);
    }

    int top() {
        return heap[0];
    }

    /** Takes the nearest node off the heap; it keeps its distance. */
    int pop() {
        int nearest = heap[0];
        int moved = heap[--size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && distance[heap[child + 1]] < distance[heap[child]]) {
                child++;
            }
            if (distance[heap[child]] >= distance[moved]) {
                break;
            }
            put(at, heap[child]);
            at = child;
        }
        if (size > 0) {
            put(at, moved);
        }
        return nearest;
    }

    /** Empties the heap and forgets the distances of the nodes given, which are to be all that were reached. */
    void reset(int[] reached, int count) {
        for (int k = 0; k < count; k++) {
            distance[reached[k]] = Double.POSITIVE_INFINITY;
        }
        size = 0;
    }

    private void put(int at, int node) {
        heap[at] = node;
        place[node] = at;
    }
}
