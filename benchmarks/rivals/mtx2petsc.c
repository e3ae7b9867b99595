/* Matrix Market to PETSc's binary format, so that every program reads the same numbers quickly.
 *
 * Takes coordinate or array files with the field real or integer and the symmetry general or symmetric; a matrix comes
 * out with full rows and sorted columns. Duplicates are kept as they are: the files of the benchmark have none.
 *
 * cc -O3 -o mtx2petsc mtx2petsc.c && ./mtx2petsc in.mtx out.petsc
 */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MATRIX = 1211216, VECTOR = 1211214 }; /* PETSc's class ids of MatLoad and VecLoad */

static void die(const char *file, const char *what) {
    fprintf(stderr, "%s: %s\n", file, what);
    exit(1);
}

static void *need(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size);
    if (!memory) die("mtx2petsc", "out of memory");
    return memory;
}

static char *slurp(const char *name) {
    FILE *in = fopen(name, "rb");
    if (!in) die(name, "cannot be opened");
    fseek(in, 0, SEEK_END);
    long size = ftell(in);
    rewind(in);
    char *text = need((size_t)size + 1, 1);
    if (fread(text, 1, (size_t)size, in) != (size_t)size) die(name, "cannot be read");
    fclose(in);
    return text;
}

/* Big-endian words, through a buffer. */
static FILE *out;

static void put32(const int32_t *v, size_t count) {
    uint32_t buffer[4096];
    for (size_t at = 0; at < count; at += 4096) {
        size_t part = count - at < 4096 ? count - at : 4096;
        for (size_t k = 0; k < part; k++) buffer[k] = __builtin_bswap32((uint32_t)v[at + k]);
        if (fwrite(buffer, 4, part, out) != part) die("output", "cannot be written");
    }
}

static void put64(const double *v, size_t count) {
    uint64_t buffer[4096];
    for (size_t at = 0; at < count; at += 4096) {
        size_t part = count - at < 4096 ? count - at : 4096;
        for (size_t k = 0; k < part; k++) {
            uint64_t bits;
            memcpy(&bits, &v[at + k], 8);
            buffer[k] = __builtin_bswap64(bits);
        }
        if (fwrite(buffer, 8, part, out) != part) die("output", "cannot be written");
    }
}

/* A stable counting sort of (key, other, value) by key; returns the starts of the groups. */
static int32_t *sort(int groups, size_t count, int32_t **key, int32_t **other, double **value) {
    int32_t *start = need((size_t)groups + 1, 4);
    int32_t *next = need((size_t)groups + 1, 4);
    int32_t *newKey = need(count, 4), *newOther = need(count, 4);
    double *newValue = need(count, 8);
    for (size_t k = 0; k < count; k++) start[(*key)[k] + 1]++;
    for (int g = 0; g < groups; g++) start[g + 1] += start[g];
    memcpy(next, start, ((size_t)groups + 1) * 4);
    for (size_t k = 0; k < count; k++) {
        int32_t to = next[(*key)[k]]++;
        newKey[to] = (*key)[k];
        newOther[to] = (*other)[k];
        newValue[to] = (*value)[k];
    }
    free(*key), free(*other), free(*value), free(next);
    *key = newKey, *other = newOther, *value = newValue;
    return start;
}

int main(int argc, char **argv) {
    if (argc != 3) die("usage", "mtx2petsc in.mtx out.petsc");
    char *text = slurp(argv[1]), *at = text;
    char format[32], field[32], symmetry[32];
    if (sscanf(text, "%%%%MatrixMarket matrix %31s %31s %31s", format, field, symmetry) != 3)
        die(argv[1], "has no Matrix Market banner");
    if (strcmp(field, "real") && strcmp(field, "integer")) die(argv[1], "is neither real nor integer");
    int symmetric = !strcmp(symmetry, "symmetric");
    if (!symmetric && strcmp(symmetry, "general")) die(argv[1], "is neither general nor symmetric");
    while (*at == '%' || isspace((unsigned char)*at)) {
        if (*at == '%') at += strcspn(at, "\n");
        else at++;
    }
    long rows = strtol(at, &at, 10), cols = strtol(at, &at, 10);
    if (!(out = fopen(argv[2], "wb"))) die(argv[2], "cannot be opened");
    if (!strcmp(format, "array")) {
        if (cols != 1) die(argv[1], "is a dense matrix, expected a vector");
        double *v = need((size_t)rows, 8);
        for (long i = 0; i < rows; i++) {
            char *end;
            v[i] = strtod(at, &end);
            if (end == at) die(argv[1], "ends early");
            at = end;
        }
        put32((int32_t[]){VECTOR, (int32_t)rows}, 2);
        put64(v, (size_t)rows);
    } else {
        long entries = strtol(at, &at, 10);
        size_t room = (size_t)entries * (symmetric ? 2 : 1), count = 0;
        int32_t *row = need(room, 4), *col = need(room, 4);
        double *value = need(room, 8);
        for (long k = 0; k < entries; k++) {
            char *end;
            long i = strtol(at, &at, 10) - 1, j = strtol(at, &at, 10) - 1;
            double a = strtod(at, &end);
            if (end == at) die(argv[1], "ends early");
            if (i < 0 || i >= rows || j < 0 || j >= cols) die(argv[1], "has an index out of range");
            at = end;
            row[count] = (int32_t)i, col[count] = (int32_t)j, value[count++] = a;
            if (symmetric && i != j) row[count] = (int32_t)j, col[count] = (int32_t)i, value[count++] = a;
        }
        free(sort((int)cols, count, &col, &row, &value));
        int32_t *start = sort((int)rows, count, &row, &col, &value); /* stable: columns stay sorted */
        int32_t *lengths = need((size_t)rows, 4);
        for (long i = 0; i < rows; i++) lengths[i] = start[i + 1] - start[i];
        put32((int32_t[]){MATRIX, (int32_t)rows, (int32_t)cols, (int32_t)count}, 4);
        put32(lengths, (size_t)rows);
        put32(col, count);
        put64(value, count);
    }
    if (fclose(out)) die(argv[2], "cannot be written");
    return 0;
}
