// Eigen's sparse LDL^T on a sequence of systems of one pattern; one JSON line at the end.
//
//   eigen_sequence SYSTEMS NAME [BUDGET_SECONDS [LIMIT_SECONDS]]
//
// SYSTEMS holds matrix and right-hand side in turn. The ordering and the pattern of the factor are found once, in each
// run. Residuals are recomputed, untimed. Seconds are the median of the later half of the runs.
#include <Eigen/SparseCholesky>
#include <Eigen/SparseCore>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <unistd.h>
#include <vector>

using Matrix = Eigen::SparseMatrix<double, Eigen::ColMajor, int>;
using Vector = Eigen::VectorXd;

static constexpr double TOLERANCE = 1e-8;

static void swap(int *v, size_t count) {
    for (size_t k = 0; k < count; k++) v[k] = static_cast<int>(__builtin_bswap32(static_cast<uint32_t>(v[k])));
}

static void swap(double *v, size_t count) {
    auto *bits = reinterpret_cast<uint64_t *>(v);
    for (size_t k = 0; k < count; k++) bits[k] = __builtin_bswap64(bits[k]);
}

template <class T>
static bool get(std::ifstream &in, T *v, size_t count) {
    in.read(reinterpret_cast<char *>(v), static_cast<std::streamsize>(count * sizeof(T)));
    swap(v, count);
    return static_cast<bool>(in);
}

static double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

int main(int argc, char **argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: eigen_sequence SYSTEMS NAME [BUDGET_SECONDS [LIMIT_SECONDS]]\n");
        return 2;
    }
    double budget = argc > 3 ? std::atof(argv[3]) : 10;
    alarm(static_cast<unsigned>(argc > 4 ? std::atof(argv[4]) : 300));
    std::ifstream in(argv[1], std::ios::binary);
    std::vector<Matrix> matrices;
    std::vector<Vector> sides;
    int head[4];
    while (get(in, head, 4)) {
        Matrix a(head[1], head[2]); // symmetric: its rows are its columns
        a.resizeNonZeros(head[3]);
        std::vector<int> lengths(static_cast<size_t>(head[1]));
        get(in, lengths.data(), lengths.size());
        a.outerIndexPtr()[0] = 0;
        for (int i = 0; i < head[1]; i++) a.outerIndexPtr()[i + 1] = a.outerIndexPtr()[i] + lengths[static_cast<size_t>(i)];
        get(in, a.innerIndexPtr(), static_cast<size_t>(head[3]));
        get(in, a.valuePtr(), static_cast<size_t>(head[3]));
        Vector b(head[1]);
        get(in, head, 2);
        get(in, b.data(), static_cast<size_t>(b.size()));
        matrices.push_back(std::move(a));
        sides.push_back(std::move(b));
    }
    std::vector<double> seconds;
    double spent = 0, worst = 0, setup = 0;
    size_t solved = 0;
    while (seconds.size() < 25 && (seconds.size() < 2 || spent < budget)) {
        double total = 0;
        worst = setup = 0;
        solved = 0;
        Eigen::SimplicialLDLT<Matrix> solver;
        for (size_t k = 0; k < matrices.size(); k++) {
            double t0 = now();
            if (k == 0) solver.analyzePattern(matrices[k]);
            solver.factorize(matrices[k]);
            double t1 = now();
            Vector x = solver.solve(sides[k]);
            total += now() - t0;
            setup += t1 - t0;
            double residual = (sides[k] - matrices[k] * x).norm() / sides[k].norm();
            worst = std::max(worst, residual);
            if (residual <= TOLERANCE) solved++;
        }
        seconds.push_back(total);
        spent += total;
    }
    double cold = seconds[0];
    seconds.erase(seconds.begin(), seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2));
    std::sort(seconds.begin(), seconds.end());
    std::printf("{\"sequence\":\"%s\",\"contender\":\"Eigen\",\"version\":\"%d.%d.%d\",\"configuration\":\"ldlt\",\"systems\":%zu,"
                "\"solved\":%zu,\"seconds\":%.6g,\"cold\":%.6g,\"setup\":%.6g,\"residual\":%.4g,\"runs\":%zu,\"note\":\"\"}\n",
                argv[2], EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION, matrices.size(), solved,
                (seconds[(seconds.size() - 1) / 2] + seconds[seconds.size() / 2]) / 2, cold, setup, worst, seconds.size());
    return 0;
}
