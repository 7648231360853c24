/* Random rows, folded a second time by a loop over plain arrays that shares nothing with the library: where units are, what
 * counts and what a fold is are written down again here, from the description of the rules. */
#include "suite.h"

#include "rows.h"

#include <stdio.h>
#include <stdlib.h>

/* One row of acts as text has it; -1 is null. */
struct act {
    char unit[8], kind[16];
    int day; /* of the year 2025, 1 .. 365; 0: undated; negative or more: outside */
    bool dated;
    bool has_n;
    int n;  /* tenths */
    int ok; /* -1, 0, 1 */
};

enum { MOST = ROWS_MOST };
static struct act acts[MOST];
static size_t act_count;

static const int month_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

/* "2025-03-01" -> 60; 2024 -> 0 and below, 2026 -> 366 and above. */
static int
day_of_year(const char *text)
{
    int year = atoi(text), month = atoi(text + 5), at = atoi(text + 8) + (year - 2025) * 365;
    for (int m = 1; m < month; m++)
        at += month_days[m - 1];
    return at;
}

static void
read_acts(const struct rows *r)
{
    act_count = r->count;
    for (size_t i = 0; i < r->count; i++) {
        struct act *a = &acts[i];
        char line[ROW_LENGTH], *fields[7], *at = line;
        memcpy(line, r->lines[i], ROW_LENGTH);
        for (size_t f = 0; f < 7; f++) {
            fields[f] = at;
            at += strcspn(at, ",");
            if (*at)
                *at++ = '\0';
        }
        snprintf(a->unit, sizeof(a->unit), "%s", fields[0]);
        snprintf(a->kind, sizeof(a->kind), "%s", fields[2]);
        a->dated = fields[1][0] != '\0';
        a->day = a->dated ? day_of_year(fields[1]) : 0;
        a->has_n = fields[3][0] != '\0';
        a->n = 0;
        if (a->has_n) {
            const char *digits = fields[3] + (fields[3][0] == '-');
            a->n = atoi(digits) * 10 + atoi(strchr(digits, '.') + 1);
            a->n = fields[3][0] == '-' ? -a->n : a->n;
        }
        a->ok = fields[4][0] ? fields[4][0] == '1' : -1;
    }
}

/* ---- what rows belong to: in these units the code says it all ---- */

static bool
in_county(const struct act *a, char county)
{
    return a->unit[0] == county; /* "A", "A1", "A11"; "P" and "" are in none */
}

static bool
in_township(const struct act *a, const char *township)
{
    return strncmp(a->unit, township, 2) == 0;
}

static int
quarter(const struct act *a)
{
    return a->day <= 90 ? 0 : a->day <= 181 ? 1 : a->day <= 273 ? 2 : 3;
}

/* ---- one cell: the rows in it ---- */

static const struct act *cell[MOST];
static size_t cell_count;
enum { AS_OF = 319 }; /* 2025-11-15 */

static void
collect(char county, const char *township, int q, const char *kind)
{
    cell_count = 0;
    for (size_t i = 0; i < act_count; i++) {
        const struct act *a = &acts[i];
        if (!a->dated || a->day < 1 || a->day > AS_OF || !in_county(a, county) ||
            (township && !in_township(a, township)) || (q >= 0 && quarter(a) != q) ||
            (kind && strcmp(a->kind, kind) != 0))
            continue;
        cell[cell_count++] = a;
    }
}

/* ---- the folds ---- */

static void
print_tenths(char *out, long v)
{
    long whole = labs(v) / 10, rest = labs(v) % 10;
    if (rest)
        sprintf(out, "%s%ld.%ld", v < 0 ? "-" : "", whole, rest);
    else
        sprintf(out, "%s%ld", v < 0 ? "-" : "", whole);
}

static long
gcd(long a, long b)
{
    return b ? gcd(b, a % b) : labs(a);
}

/* n / d exactly: a decimal when that ends, which with these it does when only 2 and 5 divide d. */
static void
print_ratio(char *out, long n, long d)
{
    long g = gcd(n, d), scale = 1;
    int places = 0;
    n /= g;
    d /= g;
    while (scale % d && places < 18) {
        scale *= 10;
        places++;
    }
    if (scale % d) {
        sprintf(out, "%ld/%ld", n, d);
        return;
    }
    long v = n * (scale / d);
    if (places)
        sprintf(out, "%s%ld.%0*ld", v < 0 ? "-" : "", labs(v) / scale, places, labs(v) % scale);
    else
        sprintf(out, "%ld", v);
}

static size_t
null_numbers(void)
{
    size_t n = 0;
    for (size_t i = 0; i < cell_count; i++)
        n += !cell[i]->has_n;
    return n;
}

static void
fold_count(char *out, size_t *nulls)
{
    *nulls = 0;
    sprintf(out, "%zu", cell_count);
}

static void
fold_sum(char *out, size_t *nulls)
{
    long sum = 0;
    for (size_t i = 0; i < cell_count; i++)
        sum += cell[i]->n;
    *nulls = null_numbers();
    print_tenths(out, sum);
}

static void
fold_mean(char *out, size_t *nulls)
{
    long sum = 0, n;
    char number[64];
    for (size_t i = 0; i < cell_count; i++)
        sum += cell[i]->n;
    *nulls = null_numbers();
    n = (long)(cell_count - *nulls);
    if (n == 0) {
        strcpy(out, "no rows to fold");
        return;
    }
    print_ratio(out, sum, 10 * n);
    print_tenths(number, sum);
    sprintf(out + strlen(out), " of %s/%ld", number, n);
}

static void
fold_share(char *out, size_t *nulls)
{
    long yes = 0, n = 0;
    for (size_t i = 0; i < cell_count; i++) {
        n += cell[i]->ok >= 0;
        yes += cell[i]->ok == 1;
    }
    *nulls = cell_count - (size_t)n;
    if (n == 0) {
        strcpy(out, "no rows to fold");
        return;
    }
    print_ratio(out, yes, n);
    sprintf(out + strlen(out), " of %ld/%ld", yes, n);
}

static void
fold_extreme(char *out, size_t *nulls, int sign)
{
    bool any = false;
    long best = 0;
    for (size_t i = 0; i < cell_count; i++)
        if (cell[i]->has_n && (!any || sign * cell[i]->n > sign * best)) {
            best = cell[i]->n;
            any = true;
        }
    *nulls = null_numbers();
    if (any)
        print_tenths(out, best);
    else
        strcpy(out, "no rows to fold");
}

static void
fold_min(char *out, size_t *nulls)
{
    fold_extreme(out, nulls, -1);
}

static void
fold_max(char *out, size_t *nulls)
{
    fold_extreme(out, nulls, 1);
}

/* The kind of the last row that has one; of several on that day the one with the greatest n, none being least. */
static void
fold_latest(char *out, size_t *nulls)
{
    const struct act *best = NULL;
    bool tied = false;
    *nulls = 0;
    for (size_t i = 0; i < cell_count; i++) {
        const struct act *a = cell[i];
        if (!a->kind[0]) {
            (*nulls)++;
            continue;
        }
        long key = a->has_n ? a->n : -1000000, was = best && best->has_n ? best->n : -1000000;
        if (!best || a->day > best->day || (a->day == best->day && key > was)) {
            best = a;
            tied = false;
        } else if (a->day == best->day && key == was && strcmp(a->kind, best->kind) != 0) {
            tied = true;
        }
    }
    strcpy(out, !best ? "no rows to fold" : tied ? "several records are equally late" : best->kind);
}

static void
fold_one(char *out, size_t *nulls)
{
    bool any = false, tied = false;
    long value = 0;
    for (size_t i = 0; i < cell_count; i++)
        if (cell[i]->has_n) {
            tied |= any && value != cell[i]->n;
            value = cell[i]->n;
            any = true;
        }
    *nulls = null_numbers();
    if (tied || !any)
        strcpy(out, any ? "several records are equally late" : "no rows to fold");
    else
        print_tenths(out, value);
}

static void
fold_distinct(char *out, size_t *nulls)
{
    size_t n = 0;
    *nulls = 0;
    for (size_t i = 0; i < cell_count; i++) {
        bool known = !cell[i]->kind[0];
        *nulls += known;
        for (size_t k = 0; k < i; k++)
            known |= strcmp(cell[k]->kind, cell[i]->kind) == 0;
        n += !known;
    }
    sprintf(out, "%zu", n);
}

/* Most rows in 9 days running. */
static void
fold_peak(char *out, size_t *nulls)
{
    size_t most = 0;
    *nulls = 0;
    for (int from = -8; from <= 365; from++) {
        size_t n = 0;
        for (size_t i = 0; i < cell_count; i++)
            n += cell[i]->day >= from && cell[i]->day <= from + 8;
        most = n > most ? n : most;
    }
    sprintf(out, "%zu", most);
}

static const struct {
    const char *rule;
    void (*fold)(char *out, size_t *nulls);
} ops[] = {
    { "\"count\": true", fold_count },
    { "\"sum\": \"n\"", fold_sum },
    { "\"mean\": \"n\"", fold_mean },
    { "\"share\": \"ok\"", fold_share },
    { "\"min\": \"n\"", fold_min },
    { "\"max\": \"n\"", fold_max },
    { "\"latest\": \"kind\", \"then\": \"n\"", fold_latest },
    { "\"one\": \"n\"", fold_one },
    { "\"distinct\": \"kind\"", fold_distinct },
    { "\"peak\": 9", fold_peak },
};

/* ---- all cells of one shape, in order ---- */

static char expected[1 << 16];

static void
print_cell(size_t op, const char *key)
{
    char value[128];
    size_t nulls;
    if (cell_count == 0)
        return;
    ops[op].fold(value, &nulls);
    sprintf(expected + strlen(expected), "%s = %s r%zu n%zu\n", key, value, cell_count, nulls);
}

static void
by_subject(size_t op)
{
    for (const char *c = "ABC"; *c; c++) {
        const char key[] = { *c, '\0' };
        collect(*c, NULL, -1, NULL);
        print_cell(op, key);
    }
}

static void
by_township_and_quarter(size_t op)
{
    static const char *const townships[] = { "A1", "A2", "B1", "C1" };
    char key[32];
    for (size_t t = 0; t < COUNT(townships); t++)
        for (int q = 0; q < 4; q++) {
            collect(townships[t][0], townships[t], q, NULL);
            sprintf(key, "%c|%s|2025-Q%d", townships[t][0], townships[t], q + 1);
            print_cell(op, key);
        }
}

static void
by_kind(size_t op)
{
    static const char *const kinds[] = { "fair", "show", "talk", "乙", "甲" }; /* in order of bytes */
    char key[32];
    for (const char *c = "ABC"; *c; c++)
        for (size_t k = 0; k < COUNT(kinds); k++) {
            collect(*c, NULL, -1, kinds[k]);
            sprintf(key, "%c|%s", *c, kinds[k]);
            print_cell(op, key);
        }
}

static const struct {
    const char *per;
    bool by_dims;
    void (*cells)(size_t op);
} shapes[] = { { "[\"half\"]", false, by_subject },
               { "[\"township\", \"quarter\"]", true, by_township_and_quarter },
               { "[\"kind\"]", true, by_kind } };

START_TEST(oracle_case)
{
    static struct rows r;
    size_t op = (size_t)_i % COUNT(ops), shape = (size_t)_i / COUNT(ops) % COUNT(shapes);
    uint32_t random = (uint32_t)_i + 99;
    for (int round = 0; round < 6; round++) {
        struct world w;
        char measure[256];
        world_init(&w);
        w.dense_limit = round % 2 ? 0 : KXI_DENSE_DEFAULT;
        snprintf(measure, sizeof(measure), "\"m\": {\"of\": \"acts\", %s, \"per\": %s}", ops[op].rule,
                 shapes[shape].per);
        world_scheme(&w, measure);
        make_rows(&r, "acts", 1 + next_random(&random, round < 3 ? 30 : MOST - 1), &random);
        read_acts(&r);
        char *text = rows_text(&r, 1, 0);
        world_table(&w, "acts", text);
        world_tally(&w, "2025-11-15");
        expected[0] = '\0';
        shapes[shape].cells(op);
        assert_fold(&w, "m", shapes[shape].by_dims, expected);
        free(text);
        world_free(&w);
    }
}
END_TEST

TCase *
oracle_tests(void)
{
    TCase *tc = tcase_create("oracle");
    tcase_add_loop_test(tc, oracle_case, 0, COUNT(ops) * COUNT(shapes));
    tcase_set_timeout(tc, 60);
    return tc;
}
