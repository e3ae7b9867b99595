/* One PETSc solver on one system: set-up and solve from scratch, again and again, one JSON line at the end.
 *
 *   petsc_rival -matrix A.petsc -rhs b.petsc -problem NAME -method cg|bicgstab|gmres -preconditioner jacobi|ic0|ilu0|gamg|hypre|ml
 *               [-budget SECONDS] [-limit SECONDS]
 *
 * The stopping test is the norm of b - A x, never a preconditioned one; the residual is recomputed after every solve
 * and the tolerance tightened until it holds. Figures are medians of the later half of the runs; a run beyond the limit
 * ends the process by SIGALRM. With several processes the incomplete factorisations are PETSc's usual
 * ones, of each process's diagonal block.
 */
#include <math.h>
#include <petscksp.h>
#include <sys/resource.h>
#include <unistd.h>

static const double TOLERANCE = 1e-8;
enum { MOST_RUNS = 99 };

static int byValue(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median of the later half. */
static double warm(const double *v, int count) {
    double copy[MOST_RUNS];
    v += count / 2;
    count -= count / 2;
    memcpy(copy, v, (size_t)count * sizeof(double));
    qsort(copy, (size_t)count, sizeof(double), byValue);
    return count % 2 ? copy[count / 2] : (copy[count / 2 - 1] + copy[count / 2]) / 2;
}

static PetscErrorCode load(const char *file, Mat *a, Vec *b) {
    PetscViewer in;
    PetscFunctionBeginUser;
    PetscCall(PetscViewerBinaryOpen(PETSC_COMM_WORLD, file, FILE_MODE_READ, &in));
    if (a) {
        PetscCall(MatCreate(PETSC_COMM_WORLD, a));
        PetscCall(MatSetType(*a, MATAIJ));
        PetscCall(MatLoad(*a, in));
    } else {
        PetscCall(VecLoad(*b, in));
    }
    PetscCall(PetscViewerDestroy(&in));
    PetscFunctionReturn(0);
}

/* The names of the benchmark, and PETSc's. */
static const char *ofPetsc(const char *name) {
    if (!strcmp(name, "bicgstab")) return KSPBCGS;
    if (!strcmp(name, "ic0")) return PCICC;
    if (!strcmp(name, "ilu0")) return PCILU;
    return name;
}

static PetscErrorCode newSolver(Mat a, const char *method, const char *preconditioner, double rtol, KSP *ksp) {
    PC pc;
    PetscMPIInt processes;
    PetscFunctionBeginUser;
    PetscCallMPI(MPI_Comm_size(PETSC_COMM_WORLD, &processes));
    PetscCall(KSPCreate(PETSC_COMM_WORLD, ksp));
    PetscCall(KSPSetOperators(*ksp, a, a));
    PetscCall(KSPSetType(*ksp, ofPetsc(method)));
    PetscCall(KSPGetPC(*ksp, &pc));
    /* point Jacobi and multigrid know several processes themselves */
    if (processes > 1 && strcmp(preconditioner, "jacobi") && strcmp(preconditioner, PCGAMG)
        && strcmp(preconditioner, PCHYPRE) && strcmp(preconditioner, PCML)) {
        PetscCall(PCSetType(pc, PCBJACOBI));
        PetscCall(PetscOptionsSetValue(NULL, "-sub_pc_type", ofPetsc(preconditioner)));
    } else {
        PetscCall(PCSetType(pc, ofPetsc(preconditioner)));
    }
    if (strcmp(method, "cg")) PetscCall(KSPSetPCSide(*ksp, PC_RIGHT));
    PetscCall(KSPSetNormType(*ksp, KSP_NORM_UNPRECONDITIONED));
    PetscCall(KSPSetTolerances(*ksp, rtol, 1e-300, 1e8, 100000));
    PetscCall(KSPSetFromOptions(*ksp));
    PetscFunctionReturn(0);
}

int main(int argc, char **argv) {
    char matrix[4096], rhs[4096], problem[256], method[64], preconditioner[64];
    double budget = 10, limit = 60, rtol = TOLERANCE, setups[MOST_RUNS], solves[MOST_RUNS], cold = NAN, residual = NAN, spent = 0;
    int runs = 0, tightened = 0;
    PetscInt n, iterations = 0;
    PetscMPIInt rank, processes;
    Mat a;
    Vec b, x, r;
    PetscReal norm;
    MatInfo info;
    const char *outcome = "solved", *reason = "";

    PetscCall(PetscInitialize(&argc, &argv, NULL, NULL));
    PetscCallMPI(MPI_Comm_rank(PETSC_COMM_WORLD, &rank));
    PetscCallMPI(MPI_Comm_size(PETSC_COMM_WORLD, &processes));
    PetscCall(PetscOptionsGetString(NULL, NULL, "-matrix", matrix, sizeof matrix, NULL));
    PetscCall(PetscOptionsGetString(NULL, NULL, "-rhs", rhs, sizeof rhs, NULL));
    PetscCall(PetscOptionsGetString(NULL, NULL, "-problem", problem, sizeof problem, NULL));
    PetscCall(PetscOptionsGetString(NULL, NULL, "-method", method, sizeof method, NULL));
    PetscCall(PetscOptionsGetString(NULL, NULL, "-preconditioner", preconditioner, sizeof preconditioner, NULL));
    PetscCall(PetscOptionsGetReal(NULL, NULL, "-budget", &budget, NULL));
    PetscCall(PetscOptionsGetReal(NULL, NULL, "-limit", &limit, NULL));

    PetscCall(load(matrix, &a, NULL));
    if (!strcmp(method, "cg")) PetscCall(MatSetOption(a, MAT_SYMMETRIC, PETSC_TRUE));
    PetscCall(MatCreateVecs(a, &x, &b));
    PetscCall(VecDuplicate(b, &r));
    PetscCall(load(rhs, NULL, &b));
    PetscCall(VecNorm(b, NORM_2, &norm));
    PetscCall(MatGetSize(a, &n, NULL));
    PetscCall(MatGetInfo(a, MAT_GLOBAL_SUM, &info));

    /* two runs at least, so that one is warm, unless the first alone took half of the limit */
    while (runs < MOST_RUNS && (runs == 0 || spent < budget || (runs == 1 && spent < limit / 2))) {
        KSP ksp;
        KSPConvergedReason why;
        PetscReal left;
        alarm((unsigned)ceil(limit));
        PetscCallMPI(MPI_Barrier(PETSC_COMM_WORLD));
        double t0 = MPI_Wtime();
        PetscCall(newSolver(a, method, preconditioner, rtol, &ksp));
        PetscCall(KSPSetUp(ksp));
        PetscCall(KSPSetUpOnBlocks(ksp));
        PetscCallMPI(MPI_Barrier(PETSC_COMM_WORLD));
        double t1 = MPI_Wtime();
        PetscCall(VecZeroEntries(x));
        PetscCall(KSPSolve(ksp, b, x));
        PetscCallMPI(MPI_Barrier(PETSC_COMM_WORLD));
        double t2 = MPI_Wtime();
        alarm(0);
        PetscCall(KSPGetConvergedReason(ksp, &why));
        PetscCall(KSPGetIterationNumber(ksp, &iterations));
        PetscCall(KSPDestroy(&ksp));
        PetscCall(MatMult(a, x, r));
        PetscCall(VecAYPX(r, -1, b));
        PetscCall(VecNorm(r, NORM_2, &left));
        residual = left / norm;
        spent += t2 - t0;
        PetscCallMPI(MPI_Bcast(&spent, 1, MPI_DOUBLE, 0, PETSC_COMM_WORLD)); /* all stop together */
        if (isnan(cold)) cold = t2 - t0;
        if (why < 0) {
            outcome = "failed";
            reason = KSPConvergedReasons[why];
            break;
        }
        if (!(residual <= TOLERANCE)) {
            if (++tightened > 20) {
                outcome = "failed";
                reason = "the true residual stays above the tolerance";
                break;
            }
            rtol *= PetscMin(0.5, 0.9 * TOLERANCE / residual);
            continue;
        }
        setups[runs] = t1 - t0;
        solves[runs++] = t2 - t1;
    }

    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    long long mine = 1024LL * usage.ru_maxrss, peak = 0;
    PetscCallMPI(MPI_Reduce(&mine, &peak, 1, MPI_LONG_LONG, MPI_SUM, 0, PETSC_COMM_WORLD));
    if (rank == 0) {
        printf("{\"problem\":\"%s\",\"contender\":\"PETSc\",\"version\":\"%d.%d.%d\",\"processes\":%d,\"method\":\"%s\","
               "\"preconditioner\":\"%s\",\"n\":%lld,\"nnz\":%lld,\"outcome\":\"%s\",\"note\":\"%s\"",
               problem, PETSC_VERSION_MAJOR, PETSC_VERSION_MINOR, PETSC_VERSION_SUBMINOR, processes, method,
               preconditioner, (long long)n, (long long)info.nz_used, outcome, reason);
        if (runs > 0)
            printf(",\"setup\":%.6g,\"solve\":%.6g,\"cold\":%.6g,\"iterations\":%lld,\"residual\":%.4g,\"rtol\":%.4g",
                   warm(setups, runs), warm(solves, runs), cold, (long long)iterations, residual, rtol);
        printf(",\"runs\":%d,\"peakBytes\":%lld}\n", runs, peak);
    }
    PetscCall(MatDestroy(&a));
    PetscCall(VecDestroy(&b));
    PetscCall(VecDestroy(&x));
    PetscCall(VecDestroy(&r));
    PetscCall(PetscFinalize());
    return 0;
}
