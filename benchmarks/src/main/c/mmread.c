/* A Matrix Market reader written by hand for one purpose: to show what the machine can do.
 *
 * Reads a coordinate real general file into memory, parses chunks of it with POSIX threads into arrays of row, column and value, and
 * builds compressed rows from them by a counting sort on one thread. Numbers: digits eight at a time, exact by Clinger's
 * fast path up to 2^53 and 10^22, by one 128-bit division for up to 19 digits over at most 10^19, else strtod; thus
 * correctly rounded like strtod for every input. It checks index ranges
 * and the number of entries and hardly anything else: no comments among entries, no line numbers in errors.
 *
 * cc -O3 -march=native -pthread -o mmread mmread.c && ./mmread file threads repetitions
 * Prints per repetition: seconds to the three arrays, seconds with the compressed rows, sum of values.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef struct {
    const char *start, *end;
    size_t room, count;
    int *row, *col;
    double *value;
    int rows, cols, bad;
} chunk;

static const double TEN[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                             1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static const uint64_t POWER[] = {1u,
                                 10u,
                                 100u,
                                 1000u,
                                 10000u,
                                 100000u,
                                 1000000u,
                                 10000000u,
                                 100000000u,
                                 1000000000u,
                                 10000000000u,
                                 100000000000u,
                                 1000000000000u,
                                 10000000000000u,
                                 100000000000000u,
                                 1000000000000000u,
                                 10000000000000000u,
                                 100000000000000000u,
                                 1000000000000000000u,
                                 10000000000000000000u};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static inline uint64_t word(const char *p) {
    uint64_t w;
    memcpy(&w, p, 8);
    return w ^ 0x3030303030303030u;
}

static inline int eight_digits(uint64_t w) {
    return (((w + 0x7676767676767676u) | w) & 0x8080808080808080u) == 0;
}

static inline uint32_t eight(uint64_t w) {
    w = w * 2561 >> 8;
    w = (w & 0x00FF00FF00FF00FFu) * 6553601 >> 16;
    return (uint32_t)((w & 0x0000FFFF0000FFFFu) * 42949672960001u >> 32);
}

static inline const char *integer(const char *p, int *out) {
    unsigned n = 0;
    while (*p == ' ' || *p == '\t') p++;
    while ((unsigned)(*p - '0') < 10) n = 10 * n + (unsigned)(*p++ - '0');
    *out = (int)n;
    return p;
}

/* w / d correctly rounded: a quotient of 63 or 64 bits with the remainder in its last bit, rounded once */
static inline double quotient(uint64_t w, uint64_t d) {
    int a = __builtin_clzll(w), b = __builtin_clzll(d);
    d <<= b;
    unsigned __int128 n = (unsigned __int128)(w << a) << 63;
    uint64_t q = (uint64_t)(n / d);
    q |= (uint64_t)n != q * d;
    union {
        uint64_t bits;
        double value;
    } power = {(uint64_t)(1023 + b - a - 63) << 52};
    return (double)q * power.value;
}

static inline const char *real(const char *p, double *out) {
    while (*p == ' ' || *p == '\t') p++;
    const char *token = p;
    int negative = *p == '-';
    if (*p == '-' || *p == '+') p++;
    const char *first = p;
    uint64_t w = 0;
    while ((unsigned)(*p - '0') < 10) w = 10 * w + (uint64_t)(*p++ - '0');
    int digits = (int)(p - first), scale = 0;
    if (*p == '.') {
        first = ++p;
        for (uint64_t t; eight_digits(t = word(p)); p += 8) w = w * 100000000 + eight(t);
        while ((unsigned)(*p - '0') < 10) w = 10 * w + (uint64_t)(*p++ - '0');
        scale = (int)(first - p);
        digits -= scale;
    }
    if (*p == 'e' || *p == 'E') {
        int minus = *++p == '-', e = 0;
        if (*p == '-' || *p == '+') p++;
        while ((unsigned)(*p - '0') < 10) e = e < 10000 ? 10 * e + (*p - '0') : e, p++;
        scale += minus ? -e : e;
    }
    if (digits <= 19 && w >> 53 == 0 && scale >= -22 && scale <= 22) {
        double v = scale < 0 ? (double)w / TEN[-scale] : (double)w * TEN[scale];
        *out = negative ? -v : v;
    } else if (digits <= 19 && w != 0 && scale < 0 && scale >= -19) {
        double v = quotient(w, POWER[-scale]);
        *out = negative ? -v : v;
    } else {
        *out = strtod(token, NULL);
    }
    return p;
}

static void *parse(void *argument) {
    chunk *c = argument;
    size_t n = 0;
    const char *p = c->start;
    while (p < c->end) {
        int i, j;
        double v;
        p = integer(p, &i);
        p = integer(p, &j);
        p = real(p, &v);
        while (*p == ' ' || *p == '\t' || *p == '\r') p++;
        if ((unsigned)(i - 1) >= (unsigned)c->rows || (unsigned)(j - 1) >= (unsigned)c->cols || *p != '\n'
            || n >= c->room) {
            c->bad = 1;
            return NULL;
        }
        p++;
        c->row[n] = i - 1;
        c->col[n] = j - 1;
        c->value[n++] = v;
    }
    c->count = n;
    return NULL;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    int threads = atoi(argv[2]), repetitions = atoi(argv[3]);
    /* keep freed memory, so that only the first repetition pays for fresh pages, as in a warm JVM */
    mallopt(M_MMAP_THRESHOLD, 2000000000);
    mallopt(M_TRIM_THRESHOLD, 2000000000);
    mallopt(M_ARENA_MAX, 1);
    char *text = NULL;
    size_t capacity = 0;
    for (int r = 0; r < repetitions; r++) {
        double begin = now();
        int fd = open(argv[1], O_RDONLY);
        struct stat st;
        if (fd < 0 || fstat(fd, &st)) return 1;
        size_t size = (size_t)st.st_size;
        if (capacity < size + 64) text = realloc(text, capacity = size + 64);
        for (size_t have = 0; have < size;) {
            ssize_t got = read(fd, text + have, size - have);
            if (got <= 0) return 1;
            have += (size_t)got;
        }
        const char *p = text, *end = text + size;
        while (*p == '%') p = (const char *)memchr(p, '\n', (size_t)(end - p)) + 1;
        int rows, cols, entries;
        p = integer(p, &rows);
        p = integer(p, &cols);
        p = integer(p, &entries) + 1;
        chunk *c = calloc((size_t)threads, sizeof *c);
        pthread_t *id = calloc((size_t)threads, sizeof *id);
        size_t length = (size_t)(end - p);
        const char *from = p;
        for (int t = 0; t < threads; t++) {
            const char *to = t + 1 == threads ? end : p + length / (size_t)threads * (size_t)(t + 1);
            if (to < end) to = (const char *)memchr(to, '\n', (size_t)(end - to)) + 1;
            size_t room = (size_t)(to - from) / 6 + 1;
            c[t] = (chunk){from, to, room, 0, malloc(4 * room), malloc(4 * room), malloc(8 * room), rows, cols, 0};
            from = to;
            if (t > 0) pthread_create(&id[t], NULL, parse, &c[t]);
        }
        parse(&c[0]);
        size_t total = c[0].count;
        int bad = c[0].bad;
        for (int t = 1; t < threads; t++) {
            pthread_join(id[t], NULL);
            total += c[t].count;
            bad |= c[t].bad;
        }
        if (bad || total != (size_t)entries) return 1;
        double parsed = now();
        int *ptr = calloc((size_t)rows + 2, 4), *col = malloc(4 * total);
        double *value = malloc(8 * total), sum = 0;
        for (int t = 0; t < threads; t++)
            for (size_t k = 0; k < c[t].count; k++) ptr[c[t].row[k] + 2]++;
        for (int i = 0; i < rows; i++) ptr[i + 2] += ptr[i + 1];
        for (int t = 0; t < threads; t++)
            for (size_t k = 0; k < c[t].count; k++) {
                int at = ptr[c[t].row[k] + 1]++;
                col[at] = c[t].col[k];
                value[at] = c[t].value[k];
            }
        double built = now();
        for (size_t k = 0; k < total; k++) sum += value[k];
        printf("%.6f %.6f %.17g\n", parsed - begin, built - begin, sum);
        for (int t = 0; t < threads; t++) free(c[t].row), free(c[t].col), free(c[t].value);
        free(c), free(id), free(ptr), free(col), free(value);
        close(fd);
    }
    return 0;
}
