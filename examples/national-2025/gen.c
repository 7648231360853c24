/* gen.c - synthetic, deterministic records for scheme.json over the real division tree.
 *
 *   cc -O2 -std=c11 -o gen gen.c
 *   ./gen --division DIVISION_DIR/dist --out OUT_DIR --seed 1 --activities 1000000 [--province 64]
 *
 * Only integer arithmetic (splitmix64), so the same arguments give the same bytes on every platform.
 * Every random stream is keyed by (seed, tag, unit code): posts, orgs, reports and problems of a unit
 * are the same whatever --activities and --province say; activities depend on both.
 */
/* clang-format off */ /* laid out in columns by hand */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>

/* ---------------------------------------------------------------- random */
typedef struct { uint64_t s; } rng;
static uint64_t mix64(uint64_t z) {
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}
static inline uint64_t next(rng *r) { return mix64(r->s += UINT64_C(0x9e3779b97f4a7c15)); }
static inline uint32_t below(rng *r, uint32_t n) { return (uint32_t)(((next(r) >> 32) * (uint64_t)n) >> 32); }
static inline int pm(rng *r, int permille) { return (int)below(r, 1000) < permille; }       /* chance in 1000 */
static inline int ppm(rng *r, int64_t p) { return (int64_t)below(r, 1000000) < p; }          /* chance in 1e6 */
static inline int rangei(rng *r, int lo, int hi) { return lo + (int)below(r, (uint32_t)(hi - lo + 1)); }
static uint64_t SEED;
static rng stream(uint64_t tag, uint64_t key) {
    rng r = { mix64(mix64(SEED + UINT64_C(0x9e3779b97f4a7c15) * tag) ^ mix64(key + UINT64_C(0x632be59bd9b4e019))) };
    return r;
}
static int clampi(int v, int lo, int hi) { return v < lo ? lo : v > hi ? hi : v; }

/* ---------------------------------------------------------------- dates (days since 1970-01-01) */
static int32_t days(int y, int m, int d) {
    y -= m <= 2;
    int era = y / 400, yoe = y - era * 400;
    int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}
static void civil(int32_t z, char out[11]) {
    z += 719468;
    int era = z / 146097, doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int y = yoe + era * 400, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153, d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9;
    y += m <= 2;
    out[0] = (char)('0' + y / 1000); out[1] = (char)('0' + y / 100 % 10); out[2] = (char)('0' + y / 10 % 10); out[3] = (char)('0' + y % 10);
    out[4] = '-'; out[5] = (char)('0' + m / 10); out[6] = (char)('0' + m % 10); out[7] = '-';
    out[8] = (char)('0' + d / 10); out[9] = (char)('0' + d % 10); out[10] = 0;
}

/* ---------------------------------------------------------------- buffered output */
typedef struct { FILE *f; char *b; size_t n; } out_t;
#define OUTCAP (1u << 22)
static const char *OUTDIR;
static void die(const char *what, const char *arg) {
    fprintf(stderr, "gen: %s %s: %s\n", what, arg, errno ? strerror(errno) : "bad value");
    exit(1);
}
static out_t open_out(const char *name, const char *header) {
    char p[4096];
    snprintf(p, sizeof p, "%s/%s", OUTDIR, name);
    out_t o = { fopen(p, "wb"), malloc(OUTCAP + 4096), 0 };
    if (!o.f || !o.b) die("cannot write", p);
    size_t l = strlen(header);
    memcpy(o.b, header, l); o.n = l;
    return o;
}
static void flush_out(out_t *o) { if (fwrite(o->b, 1, o->n, o->f) != o->n) die("write", OUTDIR); o->n = 0; }
static void close_out(out_t *o) { flush_out(o); if (fclose(o->f)) die("close", OUTDIR); free(o->b); }
static inline void put(out_t *o, const char *s, size_t l) { memcpy(o->b + o->n, s, l); o->n += l; }
static inline void puts_(out_t *o, const char *s) { put(o, s, strlen(s)); }
static inline void putch(out_t *o, char c) { o->b[o->n++] = c; }
static inline void putu(out_t *o, uint64_t v) {
    char t[20]; int i = 20;
    do { t[--i] = (char)('0' + v % 10); v /= 10; } while (v);
    put(o, t + i, (size_t)(20 - i));
}
static inline void putdate(out_t *o, int32_t d) { char t[11]; civil(d, t); put(o, t, 10); }
static inline void eol(out_t *o) { o->b[o->n++] = '\n'; if (o->n > OUTCAP) flush_out(o); }

/* ---------------------------------------------------------------- the division tree */
typedef struct { uint64_t code, parent; char *name; } row;
typedef struct { row *a; size_t n; } table;
static const char *DIVISION, *PROVINCE;
static table load(const char *name, int parent_col) {
    char p[4096];
    snprintf(p, sizeof p, "%s/%s", DIVISION, name);
    FILE *f = fopen(p, "rb");
    if (!f) die("cannot read", p);
    table t = { 0 };
    size_t cap = 0;
    char line[4096];
    int first = 1;
    while (fgets(line, sizeof line, f)) {
        if (first) { first = 0; continue; }
        char *fld[8] = { 0 }, *s = line;
        int n = 0;
        while (*s && n < 8) {                     /* fields may be in double quotes; no embedded quotes occur */
            if (*s == '"') { fld[n++] = ++s; while (*s && *s != '"') s++; if (*s) *s++ = 0; }
            else { fld[n++] = s; while (*s && *s != ',' && *s != '\n' && *s != '\r') s++; }
            if (*s == ',') *s++ = 0; else { if (*s) *s = 0; break; }
        }
        if (n < 2 || n <= parent_col) continue;
        if (PROVINCE && strncmp(fld[0], PROVINCE, strlen(PROVINCE))) continue;
        if (t.n == cap) { cap = cap ? cap * 2 : 1024; t.a = realloc(t.a, cap * sizeof *t.a); if (!t.a) die("memory", name); }
        t.a[t.n].code = strtoull(fld[0], 0, 10);
        t.a[t.n].parent = parent_col < 0 ? 0 : strtoull(fld[parent_col], 0, 10);
        t.a[t.n].name = malloc(strlen(fld[1]) + 1);
        if (!t.a[t.n].name) die("memory", name);
        strcpy(t.a[t.n].name, fld[1]);
        t.n++;
    }
    fclose(f);
    return t;
}
static int cmp_row(const void *x, const void *y) {
    uint64_t a = ((const row *)x)->code, b = ((const row *)y)->code;
    return a < b ? -1 : a > b;
}
static size_t find(const table *t, uint64_t code) {
    size_t lo = 0, hi = t->n;
    while (lo < hi) { size_t m = (lo + hi) / 2; if (t->a[m].code < code) lo = m + 1; else hi = m; }
    if (lo == t->n || t->a[lo].code != code) { fprintf(stderr, "gen: no unit %llu\n", (unsigned long long)code); exit(1); }
    return lo;
}
static void write_units(out_t *o, const table *t, const char *level) {
    for (size_t i = 0; i < t->n; i++) {
        const row *r = &t->a[i];
        int quote = strpbrk(r->name, ",\"\n") != 0;
        putu(o, r->code); putch(o, ',');
        if (quote) putch(o, '"');
        for (const char *s = r->name; *s; s++) { if (*s == '"') putch(o, '"'); putch(o, *s); }
        if (quote) putch(o, '"');
        putch(o, ','); puts_(o, level); putch(o, ',');
        if (r->parent) putu(o, r->parent);
        eol(o);
    }
}

/* ---------------------------------------------------------------- vocabulary */
static const char *ROLE[4] = { "院长", "校长", "站长", "其他" };
static const char *POSITION[4] = { "主席", "副主席", "常委", "委员" };
static const char *BASIS[3] = { "专职", "兼职", "挂职" };
static const char *METHOD[2] = { "选举", "增补" };
static const char *OKIND[5] = { "科协", "农技协", "学会", "企业科协", "志愿队" };
static const char *OSECTOR[5] = { "教育", "卫生", "农业", "工业", "综合" };
static const char *KIND[8] = { "青少年科技教育", "反邪教宣传", "农业技术培训", "健康义诊", "科普讲座", "科技下乡", "展览", "竞赛" };
static const char *AUDIENCE[6] = { "青少年", "农民", "产业工人", "老年人", "领导干部", "其他" };
static const char *ASECTOR[4] = { "教育", "卫生", "农业", "其他" };
static const char *GRADE[4] = { "县级", "市级", "省级", "国家级" };
static const char *HANDLED[4] = { "解决", "解释", "上报", "未处理" };

/* ---------------------------------------------------------------- county and township profiles */
enum { Q_POST, Q_FILED, Q_ORG, Q_SOC, Q_ACT, Q_AUD, Q_PEOPLE, Q_REPORT, Q_PROBLEM, Q_HOURS, NQ };
typedef struct {
    int q[NQ];                    /* quality per family, 0..1000 */
    int noreports, veto, decoy;   /* all reports missing; a severe problem in / only outside the period */
    int act;                      /* activity level, per mille of the mean */
    int aud_neglected[5], sec_neglected[3];
    int64_t aud_keep[5], sec_keep[3], national;   /* chances in 1e6 */
    uint32_t people_span, hours_ppm, hours_span;
    size_t ntown;
} county_t;
typedef struct {
    size_t county, v0, nv;        /* villages v0..v0+nv */
    uint32_t w;                   /* slots */
    int gap;                      /* quarter (0..3) that is nearly empty, or -1 */
    int64_t gap_keep;
    int ckind; int32_t cday; int cspan; int64_t cluster;   /* planned cluster: kind, first day, days, chance in 1e6 */
    uint32_t off[8]; uint32_t cnt[8];
} town_t;

static void profile(county_t *c, uint64_t code) {
    rng p = stream(1, code / 10000), r = stream(2, code);
    int prov = rangei(&p, -60, 60);
    int q = 110 + prov;
    q += (int)below(&r, 560);                     /* one random call a statement: C leaves the order of operands open */
    q += (int)below(&r, 460);                     /* roughly 0.10 .. 1.10, most at 0.4-0.9 */
    if (pm(&r, 80)) q += 150;                                          /* model counties */
    q = clampi(q, 100, 950);
    for (int i = 0; i < NQ; i++) c->q[i] = clampi(q + rangei(&r, -130, 130) * (1050 - q) / 600, 60, 1000);
    c->noreports = pm(&r, 20);
    c->veto = pm(&r, 10);
    c->decoy = !c->veto && pm(&r, 10);
    c->act = (500 + c->q[Q_ACT] * 8 / 10) * rangei(&r, 700, 1300) / 1000;
    for (int i = 0; i < 5; i++) c->aud_neglected[i] = pm(&r, (1000 - c->q[Q_AUD]) * 6 / 10);
    for (int i = 0; i < 3; i++) c->sec_neglected[i] = pm(&r, (1000 - c->q[Q_AUD]) * 6 / 10);
}

/* ---------------------------------------------------------------- main */
int main(int argc, char **argv) {
    uint64_t N = 0;
    int have_n = 0, have_seed = 0;
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 >= argc) { errno = 0; die("missing value for", argv[i]); }
        if (!strcmp(argv[i], "--division")) DIVISION = argv[i + 1];
        else if (!strcmp(argv[i], "--out")) OUTDIR = argv[i + 1];
        else if (!strcmp(argv[i], "--seed")) { SEED = strtoull(argv[i + 1], 0, 10); have_seed = 1; }
        else if (!strcmp(argv[i], "--activities")) { N = strtoull(argv[i + 1], 0, 10); have_n = 1; }
        else if (!strcmp(argv[i], "--province")) PROVINCE = argv[i + 1];
        else { errno = 0; die("unknown argument", argv[i]); }
    }
    if (!DIVISION || !OUTDIR || !have_n || !have_seed) {
        fprintf(stderr, "usage: gen --division DIR --out DIR --seed N --activities N [--province 64]\n");
        return 2;
    }
    const int32_t ASOF = days(2025, 12, 31), Y0 = days(2025, 1, 1), D0 = days(2024, 10, 1), D1 = days(2026, 1, 31);
    const uint32_t ND = (uint32_t)(D1 - D0 + 1);
    const int32_t QS[5] = { Y0, days(2025, 4, 1), days(2025, 7, 1), days(2025, 10, 1), days(2026, 1, 1) };

    table P = load("provinces.csv", -1), C = load("cities.csv", 2), A = load("areas.csv", 2), S = load("streets.csv", 2), V = load("villages.csv", 2);
    table *all[5] = { &P, &C, &A, &S, &V };
    for (int i = 0; i < 5; i++) qsort(all[i]->a, all[i]->n, sizeof(row), cmp_row);
    if (!A.n || !S.n) { errno = 0; die("no such province in", DIVISION); }

    out_t o = open_out("units.csv", "code,name,level,parent\n");
    write_units(&o, &P, "province"); write_units(&o, &C, "city"); write_units(&o, &A, "county");
    write_units(&o, &S, "township"); write_units(&o, &V, "village");
    close_out(&o);

    county_t *co = calloc(A.n, sizeof *co);
    town_t *to = calloc(S.n, sizeof *to);
    if (!co || !to) die("memory", "");
    for (size_t i = 0; i < A.n; i++) profile(&co[i], A.a[i].code);
    for (size_t i = 0; i < S.n; i++) { to[i].county = find(&A, S.a[i].parent); co[to[i].county].ntown++; }
    uint32_t *vmap = malloc(V.n * sizeof *vmap);                     /* villages grouped by township */
    if (!vmap) die("memory", "");
    {
        size_t *tv = malloc(V.n * sizeof *tv);
        if (!tv) die("memory", "");
        for (size_t i = 0; i < V.n; i++) { tv[i] = find(&S, V.a[i].parent); to[tv[i]].nv++; }
        size_t at = 0;
        for (size_t i = 0; i < S.n; i++) { to[i].v0 = at; at += to[i].nv; to[i].nv = 0; }
        for (size_t i = 0; i < V.n; i++) { town_t *t = &to[tv[i]]; vmap[t->v0 + t->nv++] = (uint32_t)i; }
        free(tv);
    }

    /* posts */
    o = open_out("posts.csv", "person,unit,role,position,basis,method,filed,from,to\n");
    for (size_t i = 0; i < S.n; i++) {
        const county_t *c = &co[to[i].county];
        rng r = stream(3, S.a[i].code);
        int seq = 0, want = 550 + c->q[Q_POST] * 45 / 100, filed = 450 + c->q[Q_FILED] * 56 / 100;
        struct { int role, basis, state; } post[16];
        int n = 0;
        for (int k = 0; k < 3; k++) {
            if (pm(&r, 150)) { post[n].role = k; post[n].basis = rangei(&r, 0, 2); post[n++].state = 2; }   /* a former one */
            if (pm(&r, want)) {
                post[n].role = k; post[n].basis = pm(&r, 700) ? 1 : 2; post[n++].state = pm(&r, 30) ? 1 : 0;
                if (pm(&r, 100)) { post[n].role = k; post[n].basis = rangei(&r, 0, 2); post[n++].state = 0; }
            } else {
                int u = (int)below(&r, 10);
                if (u < 4) continue;                                                                        /* none */
                post[n].role = k;
                post[n].basis = u < 6 ? 0 : 1 + (int)below(&r, 2);                                          /* 专职 only */
                post[n++].state = u < 6 ? 0 : u < 8 ? 2 : u == 8 ? 3 : 4;
            }
        }
        for (int k = rangei(&r, 1, 2); k > 0; k--) { post[n].role = 3; post[n].basis = rangei(&r, 0, 2); post[n++].state = pm(&r, 80) ? 2 : 0; }
        for (int k = 0; k < n; k++) {
            int32_t from = days(2021, 1, 1) + (int32_t)below(&r, (uint32_t)(ASOF - days(2021, 1, 1) + 1)), till = 0;
            switch (post[k].state) {
            case 0:                                                            /* active; term open, or ends later or on as_of */
                if (pm(&r, 300)) till = ASOF + 1 + (int32_t)below(&r, 900);
                else if (pm(&r, 30)) till = ASOF;
                break;
            case 1: from = ASOF; break;                                        /* starts on as_of: active */
            case 2: from = days(2020, 1, 1) + (int32_t)below(&r, 700); till = from + 200 + (int32_t)below(&r, 1250);
                    if (till >= ASOF) till = ASOF - 1 - (int32_t)below(&r, 300);
                    break;                                                     /* ended */
            case 3: if (from > ASOF - 2) from = ASOF - 2; till = ASOF - 1; break; /* ended the day before */
            default: from = ASOF + 1; if (pm(&r, 500)) from += (int32_t)below(&r, 60);  /* not yet begun */
            }
            putch(&o, 'P'); putu(&o, S.a[i].code); putch(&o, (char)('0' + seq / 10)); putch(&o, (char)('0' + seq % 10)); seq++;
            putch(&o, ','); putu(&o, S.a[i].code);
            putch(&o, ','); puts_(&o, ROLE[post[k].role]);
            putch(&o, ','); puts_(&o, POSITION[k == 0 ? 0 : rangei(&r, 1, 3)]);
            putch(&o, ','); puts_(&o, BASIS[post[k].basis]);
            putch(&o, ','); puts_(&o, METHOD[pm(&r, 300)]);
            putch(&o, ','); putch(&o, (char)('0' + pm(&r, filed)));
            putch(&o, ','); putdate(&o, from); putch(&o, ',');
            if (till) putdate(&o, till);
            eol(&o);
        }
    }
    close_out(&o);

    /* orgs */
    o = open_out("orgs.csv", "org,unit,kind,sector,founded,chair\n");
#define ORG(unit_, kind_, sector_, chair_) do { \
        int32_t f_ = pm(&r, 30) ? ASOF + 1 + (int32_t)below(&r, 60) : pm(&r, 15) ? ASOF : days(1985, 1, 1) + (int32_t)below(&r, 14900); \
        putch(&o, 'O'); putu(&o, unit_); putch(&o, (char)('0' + seq / 10)); putch(&o, (char)('0' + seq % 10)); seq++; \
        putch(&o, ','); putu(&o, unit_); putch(&o, ','); puts_(&o, OKIND[kind_]); putch(&o, ','); puts_(&o, OSECTOR[sector_]); \
        putch(&o, ','); putdate(&o, f_); putch(&o, ','); putch(&o, (char)('0' + (chair_))); eol(&o); } while (0)
    for (size_t i = 0; i < A.n; i++) {
        const county_t *c = &co[i];
        rng r = stream(4, A.a[i].code);
        uint64_t u = A.a[i].code;
        int seq = 0, soc = c->q[Q_SOC];
        ORG(u, 0, 4, 1);
        if (pm(&r, 300)) ORG(u, 1, 2, pm(&r, 300));
        for (int s = 0; s < 5; s++) {
            if (!pm(&r, s < 3 ? 650 + soc * 35 / 100 : 250)) continue;
            ORG(u, 2, s, pm(&r, s < 3 ? 500 + soc * 52 / 100 : 500));
            if (pm(&r, 150)) ORG(u, 2, s, pm(&r, 400));
        }
        for (int k = rangei(&r, 0, 3); k > 0; k--) ORG(u, 3, 3, pm(&r, 400));
        for (int s = 0; s < 3; s++) if (pm(&r, 500)) ORG(u, 4, s, pm(&r, 300));
    }
    for (size_t i = 0; i < S.n; i++) {
        const county_t *c = &co[to[i].county];
        rng r = stream(5, S.a[i].code);
        uint64_t u = S.a[i].code;
        int seq = 0;
        if (pm(&r, 400 + c->q[Q_ORG] * 64 / 100)) ORG(u, 0, 4, pm(&r, 500));
        if (pm(&r, 150 + c->q[Q_ORG] * 88 / 100)) { ORG(u, 1, 2, pm(&r, 300)); if (pm(&r, 60)) ORG(u, 1, 2, 0); }
        if (pm(&r, 40)) ORG(u, 2, rangei(&r, 0, 4), pm(&r, 600));       /* a society of a township: not for B1 */
        if (pm(&r, 60)) ORG(u, 3, 3, pm(&r, 200));
        if (pm(&r, 90)) ORG(u, 4, rangei(&r, 0, 4), 0);
    }
    close_out(&o);

    /* reports */
    o = open_out("reports.csv", "unit,due,submitted\n");
    for (size_t i = 0; i < A.n; i++) {
        const county_t *c = &co[i];
        rng r = stream(6, A.a[i].code);
        for (int m = 1; m <= 12; m++) {
            int32_t due = days(2025, m, 25);
            putu(&o, A.a[i].code); putch(&o, ','); putdate(&o, due); putch(&o, ',');
            int u = (int)below(&r, 1000), ok = 600 + c->q[Q_REPORT] * 41 / 100;
            int32_t on = due - (int32_t)below(&r, 11), late = due + 1;
            if (pm(&r, 500)) late += (int32_t)below(&r, 20);
            if (!c->noreports && (u < ok || pm(&r, 600))) putdate(&o, u < ok ? on : late);
            eol(&o);
        }
    }
    close_out(&o);

    /* problems */
    o = open_out("problems.csv", "id,unit,raised,handled,closed,severe\n");
    {
        uint64_t id = 1;
        size_t i = 0;
        for (; i < S.n; i++) {
            const county_t *c = &co[to[i].county];
            rng r = stream(7, S.a[i].code);
            int first = i == 0 || to[i].county != to[i - 1].county, good = 690 + c->q[Q_PROBLEM] * 31 / 100;
            for (int k = rangei(&r, 1, 5), j = 0; j < k; j++) {
                int32_t raised = D0 + (int32_t)below(&r, ND);
                int severe = 0;
                if (first && j == 0 && c->veto) { severe = 1; raised = Y0 + (int32_t)below(&r, 365); }
                if (first && j == 0 && c->decoy) { severe = 1; raised = pm(&r, 500) ? D0 + (int32_t)below(&r, 92) : QS[4] + (int32_t)below(&r, 31); }
                int h = 0, after = -1;
                if (pm(&r, good)) { h = rangei(&r, 0, 2); after = pm(&r, 30) ? 60 : (int)below(&r, 60); }
                else switch (below(&r, 10)) {
                    case 0: case 1: case 2: h = 3; break;                                   /* not handled, open */
                    case 3: h = 3; after = (int)below(&r, 60); break;                       /* not handled, yet closed */
                    case 4: case 5: h = rangei(&r, 0, 2); break;                            /* handled, still open */
                    case 6: h = rangei(&r, 0, 2); after = 61; break;                        /* a day late */
                    default: h = rangei(&r, 0, 2); after = 61 + (int)below(&r, 90); break;  /* late */
                }
                putu(&o, id++); putch(&o, ','); putu(&o, S.a[i].code); putch(&o, ','); putdate(&o, raised); putch(&o, ',');
                puts_(&o, HANDLED[h]); putch(&o, ',');
                if (after >= 0) putdate(&o, raised + after);
                putch(&o, ','); putch(&o, (char)('0' + severe)); eol(&o);
            }
        }
    }
    close_out(&o);

    /* activities: every row draws its township by weight, so the file is in random order */
    uint64_t W = 0;
    for (size_t i = 0; i < S.n; i++) {
        rng r = stream(8, S.a[i].code);
        town_t *t = &to[i];
        const county_t *c = &co[t->county];
        t->w = (uint32_t)(c->act * rangei(&r, 500, 1500) / 40000);
        if (t->w < 4) t->w = 4;
        W += t->w;
        t->gap = pm(&r, (1000 - c->q[Q_ACT]) * 85 / 100) ? (int)below(&r, 4) : -1;
        t->ckind = -1;
        if (pm(&r, 45)) {
            int u = (int)below(&r, 100);
            t->ckind = (int)below(&r, 8);
            t->cspan = u < 70 ? 7 : u < 85 ? 8 : 5;
            t->cday = u % 20 == 0 ? Y0 - rangei(&r, 1, 6) : u % 20 == 1 ? QS[4] - rangei(&r, 1, 6) : u % 20 == 2 ? D0 + rangei(&r, 0, 80) : Y0 + (int32_t)below(&r, 358);
        }
        for (int k = 0; k < 8; k++) t->off[k] = (uint32_t)next(&r);
    }
    uint32_t *slot = malloc(W * sizeof *slot);
    if (!slot) die("memory", "");
    for (size_t i = 0, at = 0; i < S.n; i++) for (uint32_t k = 0; k < to[i].w; k++) slot[at++] = (uint32_t)i;

    static const int aud_pct[6] = { 25, 25, 12, 15, 8, 15 }, sec_pct[4] = { 30, 20, 30, 20 };
    for (size_t i = 0; i < S.n; i++) {
        town_t *t = &to[i];
        int64_t per_1000 = (int64_t)(N * 1000 / W) * t->w;                      /* expected rows x 1000 */
        if (per_1000 < 1) per_1000 = 1;
        int64_t quarter = per_1000 * 91 / ND;                                   /* expected rows in a quarter x 1000 */
        t->gap_keep = quarter ? 1000000 * (int64_t)1000 / quarter : 1000000;    /* leaves about one */
        t->cluster = 7 * (int64_t)1000000 * 1000 / per_1000;                    /* about seven in the window */
        if (t->cluster > 500000) t->cluster = 500000;
    }
    uint64_t *cw = calloc(A.n, sizeof *cw);
    if (!cw) die("memory", "");
    for (size_t i = 0; i < S.n; i++) cw[to[i].county] += to[i].w;
    uint64_t county_year = N * 365 / ND / A.n, town_year = N * 365 / ND / S.n;  /* mean rows of a year */
    if (!county_year) county_year = 1;
    if (!town_year) town_year = 1;
    for (size_t i = 0; i < A.n; i++) {
        county_t *c = &co[i];
        uint64_t own = (N / 1000 + 1) * 1000 / W * cw[i] * 365 / ND + 1;        /* expected rows of this county in the year */
        if (N / W < 1000) own = (N * 1000 / W) * cw[i] / 1000 * 365 / ND + 1;
        for (int k = 0; k < 5; k++) { int64_t e = (int64_t)own * aud_pct[k] / 100; c->aud_keep[k] = e > 2 ? 2500000 / e : 1000000; }
        for (int k = 0; k < 3; k++) { int64_t e = (int64_t)own * sec_pct[k] / 100; c->sec_keep[k] = e > 11 ? 11000000 / e : 1000000; }
        c->national = (int64_t)(c->q[Q_PEOPLE] * 5) * 1000 / (int64_t)county_year;      /* about 5 x quality a county and year */
        uint64_t mean = UINT64_C(100000) / county_year * (uint64_t)(300 + c->q[Q_PEOPLE]) / 1000;
        if (county_year > 5000) mean = UINT64_C(100000) * (uint64_t)(300 + c->q[Q_PEOPLE]) / 1000 / county_year;
        c->people_span = (uint32_t)(mean < 4 ? 8 : mean > 3000 ? 6000 : mean * 2);
        uint64_t tenths = UINT64_C(1000000) / town_year * (uint64_t)(400 + c->q[Q_HOURS] * 9 / 10) / 1000;   /* mean hours x 10000 */
        if (tenths < 20000) { c->hours_ppm = (uint32_t)(tenths * 50); c->hours_span = 39; }                  /* 0.1 .. 4.0, mean 2 */
        else { c->hours_ppm = 1000000; c->hours_span = (uint32_t)(tenths > 400000 ? 800 : tenths / 500); }
    }

    char dstr[600][11];
    for (uint32_t d = 0; d < ND; d++) civil(D0 + (int32_t)d, dstr[d]);
    size_t kl[8], al[6], sl[4], gl[4];
    for (int k = 0; k < 8; k++) kl[k] = strlen(KIND[k]);
    for (int k = 0; k < 6; k++) al[k] = strlen(AUDIENCE[k]);
    for (int k = 0; k < 4; k++) { sl[k] = strlen(ASECTOR[k]); gl[k] = strlen(GRADE[k]); }
    uint8_t audt[100], sect[100];
    for (int k = 0, at = 0; k < 6; k++) for (int j = 0; j < aud_pct[k]; j++) audt[at++] = (uint8_t)k;
    for (int k = 0, at = 0; k < 4; k++) for (int j = 0; j < sec_pct[k]; j++) sect[at++] = (uint8_t)k;

    o = open_out("activities.csv", "id,unit,date,kind,audience,sector,people,hours,grade\n");
    rng r = stream(9, PROVINCE ? strtoull(PROVINCE, 0, 10) : 0);
    for (uint64_t id = 1; id <= N; id++) {
        size_t ti = slot[below(&r, (uint32_t)W)];
        town_t *t = &to[ti];
        const county_t *c = &co[t->county];
        int kind; uint32_t day;
        if (t->ckind >= 0 && ppm(&r, t->cluster)) {
            kind = t->ckind;
            day = (uint32_t)(t->cday - D0) + below(&r, (uint32_t)t->cspan);
        } else {
            kind = (int)below(&r, 8);
            /* additive recurrence: uniform over the days, yet no chance clusters within one township and kind */
            day = (uint32_t)(((uint64_t)(t->off[kind] + t->cnt[kind]++ * UINT32_C(0x9e3779b9)) * ND) >> 32);
            if (t->gap >= 0) {
                uint32_t g0 = (uint32_t)(QS[t->gap] - D0), g1 = (uint32_t)(QS[t->gap + 1] - D0);
                if (day >= g0 && day < g1 && !ppm(&r, t->gap_keep)) {
                    day = below(&r, ND - (g1 - g0));
                    if (day >= g0) day += g1 - g0;
                }
            }
        }
        int a = audt[below(&r, 100)], s = sect[below(&r, 100)];
        if (a < 5 && c->aud_neglected[a] && !ppm(&r, c->aud_keep[a])) a = 5;
        if (s < 3 && c->sec_neglected[s] && !ppm(&r, c->sec_keep[s])) s = 3;
        uint32_t people = 1 + below(&r, c->people_span);
        uint32_t hours = c->hours_ppm >= 1000000 || ppm(&r, c->hours_ppm) ? 1 + below(&r, c->hours_span) : 0;
        int g = ppm(&r, c->national) ? 3 : (int)((UINT32_C(0x21100000) >> (4 * below(&r, 8))) & 3);   /* 5/8, 2/8, 1/8 */
        putu(&o, id); putch(&o, ',');
        uint32_t pick = below(&r, 5);
        if (pick == 0 || !t->nv) putu(&o, S.a[ti].code);
        else putu(&o, V.a[vmap[t->v0 + below(&r, (uint32_t)t->nv)]].code);
        putch(&o, ','); put(&o, dstr[day], 10);
        putch(&o, ','); put(&o, KIND[kind], kl[kind]);
        putch(&o, ','); put(&o, AUDIENCE[a], al[a]);
        putch(&o, ','); put(&o, ASECTOR[s], sl[s]);
        putch(&o, ','); putu(&o, people);
        putch(&o, ','); putu(&o, hours / 10); putch(&o, '.'); putch(&o, (char)('0' + hours % 10));
        putch(&o, ','); put(&o, GRADE[g], gl[g]);
        eol(&o);
    }
    close_out(&o);
    return 0;
}
