"""SciPy's GCROT(m, k) on a sequence of systems, its space recycled from each to the next; one JSON line at the end.

scipy_sequence.py SYSTEMS NAME gcrotmk|gcrotmk-alone jacobi|ilu [BUDGET_SECONDS [LIMIT_SECONDS]]

SYSTEMS holds matrix and right-hand side in turn. discard_C lets the products of the recycled vectors be formed anew for
each matrix. The factors are SuperLU's with a drop tolerance; the library has none on the pattern of the matrix.
Residuals are recomputed, untimed. Seconds are the median of the later half of the runs, set-up included.
"""
import json
import math
import signal
import statistics
import sys
import time

import numpy as np
import scipy
import scipy.sparse as sparse
import scipy.sparse.linalg as linalg

TOLERANCE = 1e-8
MOST_RUNS = 25


def systems_of(name):
    with open(name, "rb") as file:
        while True:
            head = np.fromfile(file, ">i4", 4)
            if head.size < 4:
                return
            _, rows, cols, entries = head
            lengths = np.fromfile(file, ">i4", rows)
            indices = np.fromfile(file, ">i4", entries).astype(np.int32)
            values = np.fromfile(file, ">f8", entries).astype(np.float64)
            starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
            np.fromfile(file, ">i4", 2)
            b = np.fromfile(file, ">f8", rows).astype(np.float64)
            yield sparse.csr_matrix((values, indices, starts), shape=(rows, cols)), b


def preconditioner(kind, a):
    if kind == "jacobi":
        inverse = 1 / a.diagonal()
        return linalg.LinearOperator(a.shape, matvec=lambda r: inverse * r.ravel(), dtype=np.float64)
    factors = linalg.spilu(a.tocsc(), drop_tol=1e-3, fill_factor=3)
    return linalg.LinearOperator(a.shape, matvec=factors.solve, dtype=np.float64)


def through(systems, kind, recycles, rtol):
    """Returns seconds, seconds of set-up, products, systems solved, and the largest residual."""
    total = setup = worst = 0.0
    products = solved = 0
    space = []
    for a, b in systems:
        counter = [0]

        def product(v, a=a, counter=counter):
            counter[0] += 1
            return a @ v

        t0 = time.perf_counter()
        m = preconditioner(kind, a)
        t1 = time.perf_counter()
        operator = linalg.LinearOperator(a.shape, matvec=product, dtype=np.float64)
        if not recycles:
            space = []
        x, _ = linalg.gcrotmk(operator, b, rtol=rtol, atol=0, maxiter=2000, M=m, m=20, k=20, CU=space, discard_C=True)
        t2 = time.perf_counter()
        total += t2 - t0
        setup += t1 - t0
        products += counter[0]
        residual = np.linalg.norm(b - a @ x) / np.linalg.norm(b)
        worst = max(worst, residual)
        solved += bool(residual <= TOLERANCE * 1.001)
    return total, setup, products, solved, worst


def main():
    name, sequence, method, kind = sys.argv[1:5]
    budget = float(sys.argv[5]) if len(sys.argv) > 5 else 10.0
    signal.alarm(math.ceil(float(sys.argv[6]) if len(sys.argv) > 6 else 300.0))
    systems = list(systems_of(name))
    seconds, spent, rtol, tightened = [], 0.0, TOLERANCE, 0
    while len(seconds) < MOST_RUNS and (not seconds or spent < budget):
        total, setup, products, solved, worst = through(systems, kind, method == "gcrotmk", rtol)
        spent += total
        if solved < len(systems) and tightened < 4:
            tightened += 1
            rtol *= max(1e-3, min(0.5, 0.9 * TOLERANCE / worst))
            continue
        seconds.append(total)
    print(json.dumps({
        "sequence": sequence, "contender": "SciPy", "version": scipy.__version__,
        "configuration": ("gcrotmk recycled " if method == "gcrotmk" else "gcrotmk alone ") + kind,
        "systems": len(systems), "solved": solved, "seconds": statistics.median(seconds[len(seconds) // 2:]),
        "cold": seconds[0], "setup": setup, "products": products, "residual": float(worst), "runs": len(seconds),
        "note": "" if solved == len(systems) else "the true residual stays above the tolerance"}))


main()
