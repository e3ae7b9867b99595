// One Eigen solver on one system: set-up and solve from scratch, again and again, one JSON line at the end.
//
//   eigen_rival A.petsc b.petsc PROBLEM cg|bicgstab|ldlt jacobi|ic|ilut|none [BUDGET_SECONDS [LIMIT_SECONDS]]
//
// Rows are stored by rows, so that Eigen's OpenMP product runs on every core; on small systems, where the threads'
// meetings cost more than they save, on one. The residual is recomputed after every solve and the tolerance tightened
// until it holds. Figures are medians of the later half of the runs; a run beyond the limit ends the process by SIGALRM.
#include <Eigen/IterativeLinearSolvers>
#include <Eigen/SparseCholesky>
#include <Eigen/SparseCore>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

using Rows = Eigen::SparseMatrix<double, Eigen::RowMajor, int>;
using Columns = Eigen::SparseMatrix<double, Eigen::ColMajor, int>;
using Vector = Eigen::VectorXd;

static constexpr double TOLERANCE = 1e-8;
static constexpr long SMALL = 300000;

class BinaryFile {
    std::ifstream in;

public:
    explicit BinaryFile(const std::string &name) : in(name, std::ios::binary) {
        if (!in) {
            std::fprintf(stderr, "%s: cannot be opened\n", name.c_str());
            std::exit(1);
        }
    }

    void read(int *v, size_t count) {
        in.read(reinterpret_cast<char *>(v), 4 * static_cast<std::streamsize>(count));
        for (size_t k = 0; k < count; k++) v[k] = static_cast<int>(__builtin_bswap32(static_cast<uint32_t>(v[k])));
    }

    void read(double *v, size_t count) {
        in.read(reinterpret_cast<char *>(v), 8 * static_cast<std::streamsize>(count));
        auto *bits = reinterpret_cast<uint64_t *>(v);
        for (size_t k = 0; k < count; k++) bits[k] = __builtin_bswap64(bits[k]);
    }
};

static Rows readMatrix(const std::string &name) {
    BinaryFile file(name);
    int header[4];
    file.read(header, 4);
    Rows a(header[1], header[2]);
    a.resizeNonZeros(header[3]);
    std::vector<int> lengths(static_cast<size_t>(header[1]));
    file.read(lengths.data(), lengths.size());
    a.outerIndexPtr()[0] = 0;
    for (int i = 0; i < header[1]; i++) a.outerIndexPtr()[i + 1] = a.outerIndexPtr()[i] + lengths[static_cast<size_t>(i)];
    file.read(a.innerIndexPtr(), static_cast<size_t>(header[3]));
    file.read(a.valuePtr(), static_cast<size_t>(header[3]));
    return a;
}

static Vector readVector(const std::string &name) {
    BinaryFile file(name);
    int header[2];
    file.read(header, 2);
    Vector b(header[1]);
    file.read(b.data(), static_cast<size_t>(header[1]));
    return b;
}

static double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// The median of the later half.
static double warm(std::vector<double> v) {
    v.erase(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2));
    std::sort(v.begin(), v.end());
    size_t half = v.size() / 2;
    return v.size() % 2 ? v[half] : (v[half - 1] + v[half]) / 2;
}

struct Run {
    double setup = 0, solve = 0;
    long iterations = 0;
    bool ok = false;
};

template <class Solver>
static void prepare(Solver &, double) {}

template <class M, int U, class P>
static void prepare(Eigen::ConjugateGradient<M, U, P> &s, double rtol) {
    s.setTolerance(rtol);
    s.setMaxIterations(100000);
}

template <class M, class P>
static void prepare(Eigen::BiCGSTAB<M, P> &s, double rtol) {
    s.setTolerance(rtol);
    s.setMaxIterations(100000);
}

template <class M>
static void prepare(Eigen::BiCGSTAB<M, Eigen::IncompleteLUT<double>> &s, double rtol) {
    s.setTolerance(rtol);
    s.setMaxIterations(100000);
    // the defaults (no dropping, ten times the entries) spend minutes on the set-up
    s.preconditioner().setDroptol(1e-3);
    s.preconditioner().setFillfactor(2);
}

template <class Solver>
static long iterations(const Solver &s) {
    return s.iterations();
}

static long iterations(const Eigen::SimplicialLDLT<Columns> &) {
    return 0;
}

template <class Solver, class Form>
static Run run(const Form &a, const Vector &b, double rtol, Vector &x) {
    Run result;
    Solver solver;
    double t0 = now();
    prepare(solver, rtol);
    solver.compute(a);
    double t1 = now();
    if (solver.info() != Eigen::Success) return result;
    x = solver.solve(b);
    double t2 = now();
    result.setup = t1 - t0;
    result.solve = t2 - t1;
    result.iterations = iterations(solver);
    result.ok = solver.info() == Eigen::Success;
    return result;
}

static Run dispatch(const std::string &method, const std::string &preconditioner, const Rows &a, const Columns &c,
                    const Vector &b, double rtol, Vector &x) {
    using namespace Eigen;
    constexpr int BOTH = Lower | Upper; // the whole matrix is stored: the threaded product
    if (method == "cg" && preconditioner == "jacobi")
        return run<ConjugateGradient<Rows, BOTH, DiagonalPreconditioner<double>>>(a, b, rtol, x);
    if (method == "cg" && preconditioner == "ic")
        return run<ConjugateGradient<Rows, BOTH, IncompleteCholesky<double, Lower, NaturalOrdering<int>>>>(a, b, rtol, x);
    if (method == "bicgstab" && preconditioner == "jacobi")
        return run<BiCGSTAB<Rows, DiagonalPreconditioner<double>>>(a, b, rtol, x);
    if (method == "bicgstab" && preconditioner == "ilut")
        return run<BiCGSTAB<Rows, IncompleteLUT<double>>>(a, b, rtol, x);
    if (method == "ldlt") return run<SimplicialLDLT<Columns>>(c, b, rtol, x);
    std::fprintf(stderr, "%s with %s: not offered\n", method.c_str(), preconditioner.c_str());
    std::exit(2);
}

int main(int argc, char **argv) {
    if (argc < 6) {
        std::fprintf(stderr, "usage: eigen_rival A.petsc b.petsc PROBLEM METHOD PRECONDITIONER [BUDGET_SECONDS [LIMIT_SECONDS]]\n");
        return 2;
    }
    Rows a = readMatrix(argv[1]);
    Vector b = readVector(argv[2]);
    std::string problem = argv[3], method = argv[4], preconditioner = argv[5];
    double budget = argc > 6 ? std::atof(argv[6]) : 10, limit = argc > 7 ? std::atof(argv[7]) : 60;
    if (a.nonZeros() < SMALL) Eigen::setNbThreads(1);
    Columns c;
    if (method == "ldlt") c = a;
    Vector x;
    std::vector<double> setups, solves;
    double cold = -1, residual = NAN, rtol = TOLERANCE, spent = 0;
    long its = 0;
    int tightened = 0;
    std::string outcome = "solved", note;
    // two runs at least, so that one is warm, unless the first alone took half of the limit
    while (setups.size() < 99 && (setups.empty() || spent < budget || (setups.size() == 1 && spent < limit / 2))) {
        alarm(static_cast<unsigned>(std::ceil(limit)));
        Run r = dispatch(method, preconditioner, a, c, b, rtol, x);
        alarm(0);
        spent += r.setup + r.solve;
        if (cold < 0) cold = r.setup + r.solve;
        if (!r.ok) {
            outcome = "failed";
            note = "Eigen reports no success";
            break;
        }
        residual = (b - a * x).norm() / b.norm();
        its = r.iterations;
        if (!(residual <= TOLERANCE)) {
            if (++tightened > 20 || method == "ldlt") {
                outcome = "failed";
                note = "the true residual stays above the tolerance";
                break;
            }
            rtol *= std::min(0.5, 0.9 * TOLERANCE / residual);
            continue;
        }
        setups.push_back(r.setup);
        solves.push_back(r.solve);
    }
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    std::printf("{\"problem\":\"%s\",\"contender\":\"Eigen\",\"version\":\"%d.%d.%d\",\"processes\":1,\"method\":\"%s\","
                "\"preconditioner\":\"%s\",\"n\":%ld,\"nnz\":%ld,\"outcome\":\"%s\",\"note\":\"%s\"",
                problem.c_str(), EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION, method.c_str(),
                preconditioner.c_str(), static_cast<long>(a.rows()), static_cast<long>(a.nonZeros()), outcome.c_str(),
                note.c_str());
    if (!setups.empty())
        std::printf(",\"setup\":%.6g,\"solve\":%.6g,\"cold\":%.6g,\"iterations\":%ld,\"residual\":%.4g,\"rtol\":%.4g",
                    warm(setups), warm(solves), cold, its, residual, rtol);
    std::printf(",\"runs\":%zu,\"peakBytes\":%lld}\n", setups.size(), 1024LL * usage.ru_maxrss);
    return 0;
}
