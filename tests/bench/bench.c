/* How long an evaluation takes, beside one plain read of the same columns in the same run.
 *
 *   bench [ROWS..] [--threads N] [--example FOLDER]      default: 1 000 000 and 10 000 000 rows, 1 and 2 threads
 *
 * The rows are made up: activities spread over some 43 000 townships of 3 069 counties, in random order; nothing is read from
 * a file but the example for the small evaluation. Only the public header is used. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <kexie/kexie.h>

static const char scheme_text[] =
    "{\"kexie\": 1, \"id\": \"bench\", \"period\": {\"from\": \"2025-01-01\", \"to\": \"2025-12-31\"},"
    "\"tables\": {\"activities\": {\"columns\": {\"unit\": \"units\", \"date\": \"date\", \"kind\": \"text\","
    "  \"audience\": \"text\", \"sector\": \"text\", \"people\": \"number\", \"hours\": \"number\", \"grade\": \"text\"},"
    "  \"date\": \"date\"}},"
    "\"subjects\": {\"of\": \"units\", \"where\": \"level == 'county'\", \"cohort\": [\"province\"]},"
    "\"measures\": {"
    "  \"townships\": {\"of\": \"units\", \"where\": \"level == 'township'\"},"
    "  \"teams\": {\"of\": \"activities\", \"per\": [{\"sector\": [\"教育\", \"卫生\", \"农业\"]}], \"at_least\": 12},"
    "  \"regular\": {\"of\": \"activities\", \"per\": [\"township\", \"quarter\"], \"at_least\": 2},"
    "  \"groups\": {\"of\": \"activities\", \"at_least\": 3,"
    "    \"per\": [{\"audience\": [\"青少年\", \"农民\", \"产业工人\", \"老年人\", \"领导干部\"]}]},"
    "  \"served\": {\"of\": \"activities\", \"sum\": \"people\"},"
    "  \"hours\": {\"of\": \"activities\", \"sum\": \"hours\"},"
    "  \"national\": {\"of\": \"activities\", \"where\": \"grade == '国家级'\"},"
    "  \"crowd\": {\"of\": \"activities\", \"peak\": 7, \"per\": [\"township\", \"kind\"], \"at_most\": 5}},"
    "\"score\": {\"floor\": 0, \"cap\": null, \"parts\": ["
    "  {\"id\": \"B2\", \"points\": 5, \"value\": \"met(teams) / 3\", \"curve\": \"ratio\"},"
    "  {\"id\": \"C1\", \"points\": 15, \"value\": \"coverage(regular, township)\", \"curve\": \"ratio\", \"missing\": \"zero\"},"
    "  {\"id\": \"C2\", \"points\": 10, \"value\": \"met(groups)\", \"curve\": {\"each\": 2}},"
    "  {\"id\": \"C3\", \"points\": 5, \"value\": \"served\", \"curve\": {\"each\": [10000, 0.5], \"whole\": true}},"
    "  {\"id\": \"D3\", \"points\": 6, \"value\": \"hours / townships / 100\", \"curve\": \"ratio\", \"missing\": \"zero\"},"
    "  {\"id\": \"P1\", \"kind\": \"bonus\", \"points\": 5, \"value\": \"national\", \"curve\": {\"each\": 0.5}}%s]},"
    "\"round\": {\"indicator\": {\"places\": 2, \"mode\": \"half-up\"}},"
    "\"rank\": {\"by\": [\"total\"], \"ties\": \"competition\"}}";
/* Most rows in seven days running: the only rule here that needs more of a row than to count it. */
static const char window_rule[] =
    ", {\"id\": \"N1\", \"kind\": \"deduction\", \"points\": 3, \"value\": \"short(crowd, township)\","
    " \"curve\": {\"each\": -0.5}}";

static void
fail(const char *what, const kx_error *err)
{
    fprintf(stderr, "bench: %s: %s %s\n", what, err ? kx_status_name(err->status) : "", err ? err->message : "");
    exit(1);
}

static void
need(kx_status st, const char *what, const kx_error *err)
{
    if (st != KX_OK)
        fail(what, err);
}

static void *
room(size_t n, size_t size)
{
    void *p = malloc(n * size + 1);
    if (!p)
        fail("out of memory", NULL);
    return p;
}

static double
now(void)
{
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static uint64_t
next_random(uint64_t *state) /* splitmix64 */
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* ---- pools of strings ---- */

struct pool {
    int64_t *offsets;
    char *bytes;
    size_t count, used;
};

static struct pool
pool_new(size_t strings, size_t bytes)
{
    struct pool p = { room(strings + 1, sizeof(int64_t)), room(bytes, 1), 0, 0 };
    p.offsets[0] = 0;
    return p;
}

static void
pool_add(struct pool *p, const char *s)
{
    size_t n = strlen(s);
    memcpy(p->bytes + p->used, s, n);
    p->used += n;
    p->offsets[++p->count] = (int64_t)p->used;
}

static struct pool
pool_of(const char *const *words)
{
    struct pool p = pool_new(16, 512);
    for (; *words; words++)
        pool_add(&p, *words);
    return p;
}

static void
pool_free(struct pool *p)
{
    free(p->offsets);
    free(p->bytes);
}

/* ---- columns ---- */

struct columns {
    size_t rows;
    int32_t *unit;
    int16_t *date, *people, *hours;
    int8_t *kind, *audience, *sector, *grade;
    struct pool units, kinds, audiences, sectors, grades;
};

static const char *const kind_words[] = { "青少年科技教育", "反邪教宣传", "农业技术培训", "健康义诊", "科普讲座",
                                          "科技下乡",       "展览",       "竞赛",         NULL };
static const char *const audience_words[] = { "青少年", "农民", "产业工人", "老年人", "领导干部", "其他", NULL };
static const char *const sector_words[] = { "教育", "卫生", "农业", "其他", NULL };
static const char *const grade_words[] = { "县级", "市级", "省级", "国家级", NULL };

enum { PROVINCES = 31, CITIES = 11, COUNTIES = 9, TOWNSHIPS = 14 };
enum { TOWNSHIP_COUNT = PROVINCES * CITIES * COUNTIES * TOWNSHIPS };
enum { ROW_BYTES = 4 + 3 * 2 + 4 * 1 };

static void
make_columns(struct columns *c, size_t rows)
{
    uint64_t random = 1;
    *c = (struct columns){ rows,
                           room(rows, 4),
                           room(rows, 2),
                           room(rows, 2),
                           room(rows, 2),
                           room(rows, 1),
                           room(rows, 1),
                           room(rows, 1),
                           room(rows, 1),
                           pool_new(TOWNSHIP_COUNT, (size_t)TOWNSHIP_COUNT * 10),
                           pool_of(kind_words),
                           pool_of(audience_words),
                           pool_of(sector_words),
                           pool_of(grade_words) };
    for (int i = 0; i < TOWNSHIP_COUNT; i++) {
        char code[16];
        int county = i / TOWNSHIPS, city = county / COUNTIES;
        snprintf(code, sizeof(code), "%02d%02d%02d%03d", 10 + city / CITIES, city % CITIES + 1, county % COUNTIES + 1,
                 i % TOWNSHIPS + 1);
        pool_add(&c->units, code);
    }
    for (size_t i = 0; i < rows; i++) {
        uint64_t r = next_random(&random), s = next_random(&random);
        c->unit[i] = (int32_t)((r >> 32) % TOWNSHIP_COUNT);
        c->date[i] = (int16_t)(20089 + (r & 0xFFFF) % 365); /* of 2025 */
        c->people[i] = (int16_t)((s & 0xFFFF) % 300);
        c->hours[i] = (int16_t)((s >> 16 & 0xFFFF) % 80);
        c->kind[i] = (int8_t)((s >> 32 & 0xFF) % 8);
        c->audience[i] = (int8_t)((s >> 40 & 0xFF) % 6);
        c->sector[i] = (int8_t)((s >> 48 & 0xFF) % 4);
        c->grade[i] = (int8_t)((s >> 56) < 8 ? 3 : (s >> 56) % 3);
    }
}

static void
free_columns(struct columns *c)
{
    void *const blocks[] = { c->unit, c->date, c->people, c->hours, c->kind, c->audience, c->sector, c->grade };
    for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
        free(blocks[i]);
    pool_free(&c->units);
    pool_free(&c->kinds);
    pool_free(&c->audiences);
    pool_free(&c->sectors);
    pool_free(&c->grades);
}

static uint64_t
sum_words(const void *block, size_t bytes)
{
    const unsigned char *p = block;
    uint64_t sum = 0, word;
    for (; bytes >= sizeof(word); bytes -= sizeof(word), p += sizeof(word)) {
        memcpy(&word, p, sizeof(word));
        sum += word;
    }
    return sum;
}

/* Every byte of every column once. */
static uint64_t
plain_read(const struct columns *c)
{
    return sum_words(c->unit, c->rows * 4) + sum_words(c->date, c->rows * 2) + sum_words(c->people, c->rows * 2) +
           sum_words(c->hours, c->rows * 2) + sum_words(c->kind, c->rows) + sum_words(c->audience, c->rows) +
           sum_words(c->sector, c->rows) + sum_words(c->grade, c->rows);
}

static void
nothing(void *user)
{
    (void)user;
}

static void
add_column(kx_table *t, const char *name, int32_t type, int32_t layout, size_t rows, const void *values,
           const struct pool *pool, int32_t scale)
{
    kx_column c = KX_COLUMN_INIT;
    kx_error err = KX_ERROR_INIT;
    c.name = name;
    c.type = type;
    c.layout = layout;
    c.scale = scale;
    c.rows = rows;
    c.values = values;
    if (pool) {
        c.pool = pool->count;
        c.pool_offsets = pool->offsets;
        c.pool_bytes = pool->bytes;
    }
    need(kx_table_add_column(t, &c, rows ? nothing : NULL, NULL, &err), name, &err); /* rows are lent, not copied */
}

/* ---- tables ---- */

static void
add_unit(kx_table *t, const char *code, const char *level, const char *parent)
{
    kx_error err = KX_ERROR_INIT;
    const kx_value row[] = { { KX_TEXT, 0, 0, code, strlen(code) },
                             { KX_TEXT, 0, 0, level, strlen(level) },
                             { parent[0] ? KX_TEXT : 0, 0, 0, parent, strlen(parent) } };
    need(kx_table_append(t, row, 3, sizeof(row[0]), &err), "unit", &err);
}

static kx_table *
make_units(kx_context *ctx)
{
    kx_table *t;
    kx_error err = KX_ERROR_INIT;
    char code[4][24];
    need(kx_table_new(ctx, "units", &t, &err), "units", &err);
    add_column(t, "code", KX_TEXT, KX_LAYOUT_CSTR, 0, NULL, NULL, 0);
    add_column(t, "level", KX_TEXT, KX_LAYOUT_CSTR, 0, NULL, NULL, 0);
    add_column(t, "parent", KX_TEXT, KX_LAYOUT_CSTR, 0, NULL, NULL, 0);
    for (int i = 0; i < TOWNSHIP_COUNT; i++) {
        int county = i / TOWNSHIPS, city = county / COUNTIES, province = city / CITIES;
        snprintf(code[0], 8, "%02d", 10 + province);
        snprintf(code[1], sizeof(code[1]), "%.4s%02d", code[0], city % CITIES + 1);
        snprintf(code[2], sizeof(code[2]), "%.6s%02d", code[1], county % COUNTIES + 1);
        snprintf(code[3], sizeof(code[3]), "%.8s%03d", code[2], i % TOWNSHIPS + 1);
        if (i % (TOWNSHIPS * COUNTIES * CITIES) == 0)
            add_unit(t, code[0], "province", "");
        if (i % (TOWNSHIPS * COUNTIES) == 0)
            add_unit(t, code[1], "city", code[0]);
        if (i % TOWNSHIPS == 0)
            add_unit(t, code[2], "county", code[1]);
        add_unit(t, code[3], "township", code[2]);
    }
    return t;
}

static kx_table *
make_activities(kx_context *ctx, const struct columns *c)
{
    kx_table *t;
    kx_error err = KX_ERROR_INIT;
    need(kx_table_new(ctx, "activities", &t, &err), "activities", &err);
    add_column(t, "unit", KX_TEXT, KX_LAYOUT_CODE32, c->rows, c->unit, &c->units, 0);
    add_column(t, "date", KX_DATE, KX_LAYOUT_I16, c->rows, c->date, NULL, 0);
    add_column(t, "kind", KX_TEXT, KX_LAYOUT_CODE8, c->rows, c->kind, &c->kinds, 0);
    add_column(t, "audience", KX_TEXT, KX_LAYOUT_CODE8, c->rows, c->audience, &c->audiences, 0);
    add_column(t, "sector", KX_TEXT, KX_LAYOUT_CODE8, c->rows, c->sector, &c->sectors, 0);
    add_column(t, "people", KX_NUMBER, KX_LAYOUT_I16, c->rows, c->people, NULL, 0);
    add_column(t, "hours", KX_NUMBER, KX_LAYOUT_I16, c->rows, c->hours, NULL, 1);
    add_column(t, "grade", KX_TEXT, KX_LAYOUT_CODE8, c->rows, c->grade, &c->grades, 0);
    return t;
}

static kx_dataset *
make_dataset(kx_context *ctx, const struct columns *c, const char *extra)
{
    char text[sizeof(scheme_text) + sizeof(window_rule)];
    kx_scheme *scheme;
    kx_dataset *ds;
    kx_error err = KX_ERROR_INIT;
    int n = snprintf(text, sizeof(text), scheme_text, extra);
    need(kx_scheme_parse(ctx, "bench", text, (size_t)n, &scheme, &err), "scheme", &err);
    need(kx_dataset_new(scheme, &ds, &err), "dataset", &err);
    kx_table *units = make_units(ctx), *activities = make_activities(ctx, c);
    need(kx_dataset_add(ds, "units", units, &err), "units", &err);
    need(kx_dataset_add(ds, "activities", activities, &err), "activities", &err);
    need(kx_dataset_seal(ds, &err), "seal", &err);
    kx_table_unref(units);
    kx_table_unref(activities);
    kx_scheme_unref(scheme);
    return ds;
}

/* ---- measuring ---- */

struct took {
    double wall, cpu; /* seconds; cpu of all threads, which other work on the machine changes little */
};

static double
cpu_now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static struct took
least(struct took a, struct took b)
{
    return (struct took){ a.wall < b.wall ? a.wall : b.wall, a.cpu < b.cpu ? a.cpu : b.cpu };
}

static struct took
evaluate_once(kx_dataset *ds, uint32_t threads)
{
    kx_eval_options options = KX_EVAL_OPTIONS_INIT;
    kx_error err = KX_ERROR_INIT;
    kx_result *result;
    options.threads = threads;
    double start = now(), cpu = cpu_now();
    need(kx_evaluate(ds, &options, &result, &err), "evaluate", &err);
    struct took t = { now() - start, cpu_now() - cpu };
    kx_result_unref(result);
    return t;
}

/* The best of a few. */
static struct took
best_read(const struct columns *c, uint64_t *sum)
{
    struct took best = { 1e9, 1e9 };
    for (int i = 0; i < 7; i++) {
        double start = now(), cpu = cpu_now();
        *sum += plain_read(c);
        best = least(best, (struct took){ now() - start, cpu_now() - cpu });
    }
    return best;
}

static void
print_row(const char *name, size_t rows, uint32_t threads, struct took t, struct took read, uint64_t memory)
{
    printf("%-9s %9zu rows %u threads %8.1f ms %7.1f Mrows/s  cpu %8.1f ms  read %5.1f ms  ratio %5.1f (cpu %5.1f)"
           "  memory %6.1f MB, columns %.0f MB\n",
           name, rows, (unsigned)threads, t.wall * 1e3, (double)rows / t.wall * 1e-6, t.cpu * 1e3, read.wall * 1e3,
           t.wall / read.wall, t.cpu / read.cpu, (double)memory * 1e-6, (double)rows * ROW_BYTES * 1e-6);
    fflush(stdout);
}

static void
measure(size_t rows, uint32_t threads, const char *name, const char *extra, uint64_t *sum)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    kx_context *ctx;
    kx_error err = KX_ERROR_INIT;
    struct columns columns;
    uint64_t peak, before;
    options.language = KX_LANG_EN;
    need(kx_context_new(&options, &ctx, &err), "context", &err);
    make_columns(&columns, rows);
    kx_dataset *ds = make_dataset(ctx, &columns, extra);
    before = kx_context_memory(ctx, NULL);
    struct took read = best_read(&columns, sum), best = { 1e9, 1e9 };
    for (int i = 0; i < 5; i++)
        best = least(best, evaluate_once(ds, threads));
    kx_context_memory(ctx, &peak);
    print_row(name, rows, threads, best, read, peak > before ? peak - before : 0);
    kx_dataset_unref(ds);
    free_columns(&columns);
    kx_context_unref(ctx);
}

static char *
read_file(const char *folder, const char *name, size_t *n)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    char *text = room(1 << 24, 1);
    *n = f ? fread(text, 1, 1 << 24, f) : 0;
    if (!f)
        fail(path, NULL);
    fclose(f);
    return text;
}

/* The 22 counties of the example: from a sealed dataset to a result, many times over. */
static void
measure_small(const char *folder)
{
    enum { TIMES = 200 };
    kx_context *ctx;
    kx_scheme *scheme;
    kx_dataset *ds;
    kx_error err = KX_ERROR_INIT;
    char path[4096];
    size_t n;
    char *text = read_file(folder, "scheme.json", &n);
    need(kx_context_new(NULL, &ctx, &err), "context", &err);
    need(kx_scheme_parse(ctx, "scheme.json", text, n, &scheme, &err), "scheme", &err);
    need(kx_dataset_new(scheme, &ds, &err), "dataset", &err);
    snprintf(path, sizeof(path), "%s/data", folder);
    need(kx_dataset_load(ds, path, NULL, &err), "load", &err);
    need(kx_dataset_seal(ds, &err), "seal", &err);
    struct took best = { 1e9, 1e9 };
    double total = 0;
    for (int i = 0; i < TIMES; i++) {
        struct took t = evaluate_once(ds, 1);
        total += t.cpu;
        best = least(best, t);
    }
    printf("small     22 counties: best %.3f ms, cpu %.3f ms on average\n", best.wall * 1e3, total / TIMES * 1e3);
    kx_dataset_unref(ds);
    kx_scheme_unref(scheme);
    kx_context_unref(ctx);
    free(text);
}

int
main(int argc, char **argv)
{
    size_t sizes[16] = { 1000000, 10000000 }, count = 0;
    uint32_t threads = 0;
    const char *example = NULL;
    uint64_t sum = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--threads") == 0 && i + 1 < argc)
            threads = (uint32_t)strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--example") == 0 && i + 1 < argc)
            example = argv[++i];
        else if (count < 16)
            sizes[count++] = (size_t)strtoull(argv[i], NULL, 10);
    }
    count = count ? count : 2;
    for (size_t i = 0; i < count; i++)
        for (uint32_t t = threads ? threads : 1; t <= (threads ? threads : 2); t++) {
            measure(sizes[i], t, "counters", "", &sum);
            measure(sizes[i], t, "windows", window_rule, &sum);
        }
    if (example)
        measure_small(example);
    fprintf(stderr, "checksum %" PRIx64 "\n", sum); /* so that the plain read is not left out */
    return 0;
}
