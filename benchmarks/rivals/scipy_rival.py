"""One SciPy solver on one system: set-up and solve from scratch, again and again, one JSON line at the end.

scipy_rival.py A.petsc b.petsc PROBLEM cg|bicgstab jacobi|ilut [BUDGET_SECONDS [LIMIT_SECONDS]]

The residual is recomputed after every solve and the tolerance tightened until it holds. Figures are medians of
the later half of the runs; a run beyond the limit ends the process by SIGALRM.
"""
import json
import math
import resource
import signal
import statistics
import sys
import time

import numpy as np
import scipy
import scipy.sparse as sparse
import scipy.sparse.linalg as linalg

TOLERANCE = 1e-8


def read_matrix(name):
    with open(name, "rb") as file:
        _, rows, cols, entries = np.fromfile(file, ">i4", 4)
        lengths = np.fromfile(file, ">i4", rows)
        indices = np.fromfile(file, ">i4", entries).astype(np.int32)
        values = np.fromfile(file, ">f8", entries).astype(np.float64)
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    return sparse.csr_matrix((values, indices, starts), shape=(rows, cols))


def read_vector(name):
    with open(name, "rb") as file:
        _, rows = np.fromfile(file, ">i4", 2)
        return np.fromfile(file, ">f8", rows).astype(np.float64)


def preconditioner(kind, a, columns):
    if kind == "jacobi":
        inverse = 1 / a.diagonal()
        return linalg.LinearOperator(a.shape, matvec=lambda r: inverse * r, dtype=np.float64)
    # the defaults (drop tolerance 1e-4, ten times the entries) spend far longer on the set-up
    factors = linalg.spilu(columns, drop_tol=1e-3, fill_factor=3)
    return linalg.LinearOperator(a.shape, matvec=factors.solve, dtype=np.float64)


def warm(seconds):
    return statistics.median(seconds[len(seconds) // 2:])


def main():
    matrix, rhs, problem, method, kind = sys.argv[1:6]
    budget = float(sys.argv[6]) if len(sys.argv) > 6 else 10.0
    limit = float(sys.argv[7]) if len(sys.argv) > 7 else 60.0
    a = read_matrix(matrix)
    columns = a.tocsc() if kind == "ilut" else None
    b = read_vector(rhs)
    solver = {"cg": linalg.cg, "bicgstab": linalg.bicgstab}[method]
    setups, solves = [], []
    result = {"problem": problem, "contender": "SciPy", "version": scipy.__version__, "processes": 1,
              "method": method, "preconditioner": kind, "n": int(a.shape[0]), "nnz": int(a.nnz),
              "outcome": "solved", "note": ""}
    cold, spent, rtol, tightened, residual, steps = None, 0.0, TOLERANCE, 0, None, 0
    # two runs at least, so that one is warm, unless the first alone took half of the limit
    while len(setups) < 99 and (not setups or spent < budget or len(setups) == 1 and spent < limit / 2):
        counter = [0]

        def count(_):
            counter[0] += 1

        signal.alarm(math.ceil(limit))
        t0 = time.perf_counter()
        try:
            m = preconditioner(kind, a, columns)
        except RuntimeError as e:
            result.update(outcome="failed", note=str(e))
            break
        t1 = time.perf_counter()
        x, info = solver(a, b, tol=rtol, atol=0, maxiter=100000, M=m, callback=count)
        t2 = time.perf_counter()
        signal.alarm(0)
        spent += t2 - t0
        cold = cold or t2 - t0
        steps = counter[0]
        residual = np.linalg.norm(b - a @ x) / np.linalg.norm(b)
        if info != 0:
            result.update(outcome="failed", note="info = %d" % info)
            break
        if not residual <= TOLERANCE:
            tightened += 1
            if tightened > 20:
                result.update(outcome="failed", note="the true residual stays above the tolerance")
                break
            rtol *= min(0.5, 0.9 * TOLERANCE / residual)
            continue
        setups.append(t1 - t0)
        solves.append(t2 - t1)
    if setups:
        result.update(setup=warm(setups), solve=warm(solves), cold=cold, iterations=steps,
                      residual=float(residual), rtol=rtol)
    result.update(runs=len(setups), peakBytes=1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
