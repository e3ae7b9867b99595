"""SOR with omega = 1.65 on the shifted Laplacians of "Learning to Relax" (arXiv:2310.02246), in SciPy.

The loop that LearningToRelax --only=speed times in Ritz: n = 100, the five-point matrix (4, -1) on 10 x 10 points plus
c I, 20 c = 12 Beta(2, 6) - 3, b standard normal with norm at most sqrt(n), x = 0, ||r|| <= 1e-8 ||b||.
One thread. Three forms of the sweep: a sparse triangular solve, the factors of the lower triangle by SuperLU in natural
order once a system, and a dense inverse of it once a system.

    python3 scipy_relaxation.py [SYSTEMS]
"""
import os
import platform
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import scipy
import scipy.sparse as sp
from scipy.linalg import solve_triangular
from scipy.sparse.linalg import splu, spsolve_triangular

SIDE = 10
N = SIDE * SIDE
OMEGA = 1.65


def systems(count):
    rng = np.random.default_rng(0x1E80)
    line = sp.diags([-1.0, 2.0, -1.0], [-1, 0, 1], shape=(SIDE, SIDE))
    laplacian = sp.csr_matrix(sp.kronsum(line, line))
    for _ in range(count):
        shift = (12 * rng.beta(2, 6) - 3) / 20
        b = rng.standard_normal(N)
        while np.linalg.norm(b) > np.sqrt(N):
            b = rng.standard_normal(N)
        yield sp.csr_matrix(laplacian + shift * sp.identity(N)), b


def by_sparse_triangles(w):
    return lambda r: spsolve_triangular(w, r, lower=True)


def by_factors(w):
    return splu(sp.csc_matrix(w), permc_spec="NATURAL", diag_pivot_thresh=0, options={"SymmetricMode": True}).solve


def by_dense_inverse(w):
    inverse = solve_triangular(w.toarray(), np.identity(N), lower=True)
    return inverse.dot


def sor(a, b, prepare):
    sweep = prepare(sp.csr_matrix(sp.diags(a.diagonal() / OMEGA) + sp.tril(a, -1)))
    x = np.zeros(N)
    r = b.copy()
    target = 1e-8 * np.linalg.norm(b)
    steps = 0
    while np.linalg.norm(r) > target:
        x += sweep(r)
        r = b - a @ x
        steps += 1
    return steps


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    all_systems = list(systems(count))
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}, {count} systems")
    for name, prepare, share in (
        ("spsolve_triangular", by_sparse_triangles, 50),
        ("splu in natural order", by_factors, 1),
        ("a dense inverse of the triangle", by_dense_inverse, 1),
    ):
        chosen = all_systems[: max(1, count // share)]
        start = time.perf_counter()
        steps = sum(sor(a, b, prepare) for a, b in chosen)
        seconds = (time.perf_counter() - start) * count / len(chosen)
        print(f"{name}: {seconds:.2f} s for {count} systems"
              f"{'' if share == 1 else f' (from {len(chosen)})'}, {steps / len(chosen):.1f} iterations each")


if __name__ == "__main__":
    main()
