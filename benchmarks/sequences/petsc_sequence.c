/* One PETSc solver on a sequence of systems, one after the other, again and again; one JSON line at the end.
 *
 *   petsc_sequence -systems FILE -sequence NAME -method cg|bicgstab|gmres -preconditioner jacobi|ic0|ilu0|boomeramg
 *                  [-budget SECONDS] [-limit SECONDS]
 *
 * FILE holds matrix and right-hand side in turn. The solver object is kept; PETSc reuses what the common pattern allows.
 * The stopping test is the norm of b - A x; residuals are recomputed, untimed, and the tolerance is tightened until all
 * hold. One process. Seconds are the median of the later half of the runs through the whole sequence, set-up included.
 */
#include <math.h>
#include <petscksp.h>
#include <unistd.h>

static const double TOLERANCE = 1e-8;
enum { MOST_RUNS = 25, MOST_SYSTEMS = 1000 };

static int byValue(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double warm(const double *v, int count) {
    double copy[MOST_RUNS];
    v += count / 2;
    count -= count / 2;
    memcpy(copy, v, (size_t)count * sizeof(double));
    qsort(copy, (size_t)count, sizeof(double), byValue);
    return (copy[(count - 1) / 2] + copy[count / 2]) / 2;
}

static const char *ofPetsc(const char *name) {
    if (!strcmp(name, "bicgstab")) return KSPBCGS;
    if (!strcmp(name, "ic0")) return PCICC;
    if (!strcmp(name, "ilu0")) return PCILU;
    if (!strcmp(name, "boomeramg")) return PCHYPRE;
    return name;
}

int main(int argc, char **argv) {
    static Mat a[MOST_SYSTEMS];
    static Vec b[MOST_SYSTEMS];
    char file[4096], sequence[256], method[64], preconditioner[64];
    double budget = 10, limit = 300, rtol = TOLERANCE, seconds[MOST_RUNS], setup = 0, spent = 0, worst = 0;
    int systems = 0, solved = 0, runs = 0, tightened = 0;
    long long iterations = 0;
    const char *note = "";
    PetscViewer in;
    Vec x, r;

    PetscCall(PetscInitialize(&argc, &argv, NULL, NULL));
    PetscCall(PetscOptionsGetString(NULL, NULL, "-systems", file, sizeof file, NULL));
    PetscCall(PetscOptionsGetString(NULL, NULL, "-sequence", sequence, sizeof sequence, NULL));
    PetscCall(PetscOptionsGetString(NULL, NULL, "-method", method, sizeof method, NULL));
    PetscCall(PetscOptionsGetString(NULL, NULL, "-preconditioner", preconditioner, sizeof preconditioner, NULL));
    PetscCall(PetscOptionsGetReal(NULL, NULL, "-budget", &budget, NULL));
    PetscCall(PetscOptionsGetReal(NULL, NULL, "-limit", &limit, NULL));

    PetscCall(PetscViewerBinaryOpen(PETSC_COMM_WORLD, file, FILE_MODE_READ, &in));
    for (; systems < MOST_SYSTEMS; systems++) {
        int descriptor, header;
        PetscCall(PetscViewerBinaryGetDescriptor(in, &descriptor));
        if (read(descriptor, &header, sizeof header) != (ssize_t)sizeof header) break; /* the end of the file */
        lseek(descriptor, -(off_t)sizeof header, SEEK_CUR);
        PetscCall(MatCreate(PETSC_COMM_WORLD, &a[systems]));
        PetscCall(MatSetType(a[systems], MATAIJ));
        PetscCall(MatLoad(a[systems], in));
        if (!strcmp(method, "cg")) PetscCall(MatSetOption(a[systems], MAT_SYMMETRIC, PETSC_TRUE));
        PetscCall(VecCreate(PETSC_COMM_WORLD, &b[systems]));
        PetscCall(VecLoad(b[systems], in));
    }
    PetscCall(PetscViewerDestroy(&in));
    PetscCall(MatCreateVecs(a[0], &x, &r));

    alarm((unsigned)ceil(limit));
    while (runs < MOST_RUNS && (runs < 2 || spent < budget)) {
        KSP ksp;
        PC pc;
        double total = 0;
        setup = 0;
        worst = 0;
        iterations = 0;
        solved = 0;
        PetscCall(KSPCreate(PETSC_COMM_WORLD, &ksp));
        PetscCall(KSPSetType(ksp, ofPetsc(method)));
        PetscCall(KSPGetPC(ksp, &pc));
        PetscCall(PCSetType(pc, ofPetsc(preconditioner)));
        if (!strcmp(preconditioner, "boomeramg")) PetscCall(PCHYPRESetType(pc, "boomeramg"));
        if (strcmp(method, "cg")) PetscCall(KSPSetPCSide(ksp, PC_RIGHT));
        PetscCall(KSPSetNormType(ksp, KSP_NORM_UNPRECONDITIONED));
        PetscCall(KSPSetTolerances(ksp, rtol, 1e-300, 1e8, 100000));
        PetscCall(KSPSetFromOptions(ksp));
        for (int k = 0; k < systems; k++) {
            PetscInt its;
            PetscReal left, norm;
            double t0 = MPI_Wtime(), t1, t2;
            PetscCall(KSPSetOperators(ksp, a[k], a[k]));
            PetscCall(KSPSetUp(ksp));
            t1 = MPI_Wtime();
            PetscCall(VecZeroEntries(x));
            PetscCall(KSPSolve(ksp, b[k], x));
            t2 = MPI_Wtime();
            total += t2 - t0;
            setup += t1 - t0;
            PetscCall(KSPGetIterationNumber(ksp, &its));
            iterations += its;
            PetscCall(MatMult(a[k], x, r));
            PetscCall(VecAYPX(r, -1, b[k]));
            PetscCall(VecNorm(r, NORM_2, &left));
            PetscCall(VecNorm(b[k], NORM_2, &norm));
            worst = PetscMax(worst, left / norm);
            if (left <= TOLERANCE * norm * 1.001) solved++;
        }
        PetscCall(KSPDestroy(&ksp));
        if (solved < systems && ++tightened <= 8) {
            rtol *= PetscMax(1e-3, PetscMin(0.5, 0.9 * TOLERANCE / worst));
            continue;
        }
        seconds[runs++] = total;
        spent += total;
        if (solved < systems) {
            note = "the true residual stays above the tolerance";
            break;
        }
    }
    printf("{\"sequence\":\"%s\",\"contender\":\"PETSc\",\"version\":\"%d.%d.%d\",\"configuration\":\"%s %s\","
           "\"systems\":%d,\"solved\":%d,\"seconds\":%.6g,\"cold\":%.6g,\"setup\":%.6g,\"iterations\":%lld,"
           "\"residual\":%.4g,\"runs\":%d,\"note\":\"%s\"}\n",
           sequence, PETSC_VERSION_MAJOR, PETSC_VERSION_MINOR, PETSC_VERSION_SUBMINOR, method, preconditioner, systems,
           solved, warm(seconds, runs), seconds[0], setup, iterations, worst, runs, note);
    PetscCall(PetscFinalize());
    return 0;
}
