/* Slopes, steps and lines with random numbers, against the same computed here in whole numbers; and what holds for every fact. */
#include "suite.h"

#include <stdio.h>

static uint32_t
next_random(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(*state >> 8) * below) >> 24);
}

static int64_t
between(uint32_t *state, int64_t low, int64_t high)
{
    return low + (int64_t)next_random(state, (uint32_t)(high - low + 1));
}

enum { SUBJECTS = 30, ROUNDS = 25, STEPS = 4 };

/* x in hundredths; everything else is whole. */
struct drawn {
    uint32_t random;
    int64_t x[SUBJECTS], full, at, base, q, up, down;
    bool whole;
    int64_t bound[STEPS], points[STEPS];
};

static void
draw(struct drawn *d, uint32_t seed)
{
    d->random = seed * 7919u + 17u;
    for (int i = 0; i < SUBJECTS; i++)
        d->x[i] = between(&d->random, -2000, 4000);
    d->full = between(&d->random, 1, 20);
    d->at = between(&d->random, -5, 20);
    d->base = between(&d->random, 0, d->full);
    d->q = between(&d->random, 1, 7);
    d->up = between(&d->random, -3, 3);
    d->down = between(&d->random, -3, 3);
    d->whole = next_random(&d->random, 2);
    for (int k = 0; k < STEPS; k++) {
        d->bound[k] = k ? d->bound[k - 1] - between(&d->random, 1, 12) : between(&d->random, 20, 35);
        d->points[k] = between(&d->random, 0, d->full);
    }
}

static void
score_of(struct course *c, const struct drawn *d)
{
    char parts[1024], data[4096];
    size_t n = (size_t)snprintf(data, sizeof(data), "\"units\": [");
    for (int i = 0; i < SUBJECTS; i++) {
        int64_t x = d->x[i] < 0 ? -d->x[i] : d->x[i];
        n += (size_t)snprintf(data + n, sizeof(data) - n,
                              "%s{\"code\": \"u%02d\", \"level\": \"county\", \"x\": %s%d.%02d}", i ? "," : "", i,
                              d->x[i] < 0 ? "-" : "", (int)(x / 100), (int)(x % 100));
    }
    snprintf(data + n, sizeof(data) - n, "]");
    n = (size_t)snprintf(
        parts, sizeof(parts),
        "{\"id\": \"S\", \"points\": %d, \"value\": \"subject.x\", \"missing\": \"zero\", \"curve\": {\"at\": %d,"
        " \"base\": %d, \"up\": [%d, %d], \"down\": [%d, %d], \"whole\": %s}}, ",
        (int)d->full, (int)d->at, (int)d->base, (int)d->q, (int)d->up, (int)d->q, (int)d->down,
        d->whole ? "true" : "false");
    for (int line = 0; line < 2; line++) {
        n += (size_t)snprintf(parts + n, sizeof(parts) - n,
                              "%s{\"id\": \"%c\", \"points\": %d, \"value\": \"subject.x\","
                              " \"missing\": \"zero\", \"curve\": {\"%s\": [",
                              line ? ", " : "", line ? 'L' : 'T', (int)d->full, line ? "line" : "steps");
        for (int k = 0; k < STEPS; k++) {
            int at = line ? STEPS - 1 - k : k;
            n += (size_t)snprintf(parts + n, sizeof(parts) - n, "%s[%d, %d]", k ? ", " : "", (int)d->bound[at],
                                  (int)d->points[at]);
        }
        n += (size_t)snprintf(parts + n, sizeof(parts) - n, "]}}");
    }
    course_run(c, parts, "", data);
}

/* Points as above / below, clamped to [0, full]. */
static kxi_num
clamped(struct course *c, int64_t above, int64_t below, int64_t full)
{
    kxi_num n;
    above = above < 0 ? 0 : above > full * below ? full * below : above;
    ck_assert_int_eq(kxi_num_ratio(&c->score->num, above, below, &n), KX_OK);
    return n;
}

static kxi_num
by_slope(struct course *c, const struct drawn *d, int64_t x)
{
    int64_t away = x - 100 * d->at, rate = away < 0 ? d->down : d->up;
    away = away < 0 ? -away : away;
    if (d->whole)
        return clamped(c, d->base + away / (100 * d->q) * rate, 1, d->full);
    return clamped(c, d->base * 100 * d->q + away * rate, 100 * d->q, d->full);
}

static kxi_num
by_steps(struct course *c, const struct drawn *d, int64_t x)
{
    for (int k = 0; k < STEPS; k++)
        if (x >= 100 * d->bound[k])
            return clamped(c, d->points[k], 1, d->full);
    return kxi_num_int(0);
}

static kxi_num
by_line(struct course *c, const struct drawn *d, int64_t x)
{
    if (x >= 100 * d->bound[0])
        return clamped(c, d->points[0], 1, d->full);
    for (int k = 1; k < STEPS; k++)
        if (x >= 100 * d->bound[k]) {
            int64_t width = 100 * (d->bound[k - 1] - d->bound[k]);
            return clamped(c, d->points[k] * width + (x - 100 * d->bound[k]) * (d->points[k - 1] - d->points[k]), width,
                           d->full);
        }
    return kxi_num_int(0);
}

/* Lost and got are all there is; the last step says the points; the score is the sum of its parts. */
static void
check_facts(struct course *c, uint32_t subject)
{
    kxi_num sum = kxi_num_int(0), all;
    for (uint32_t n = c->rules->node_count; n-- > 0;) {
        const kxi_fact *f = kxi_score_fact(c->score, n, subject);
        must(f->state == KXI_FACT_KNOWN && f->step_count, "node %u of %u", n, subject);
        must(kxi_num_eq(f->steps[f->step_count - 1].points, f->points), "the last step of %u", subject);
        ck_assert_int_eq(kxi_num_add(&c->score->num, f->points, f->lost, &all), KX_OK);
        must(kxi_num_eq(all, f->full), "points and lost of %u", subject);
        if (n)
            ck_assert_int_eq(kxi_num_add(&c->score->num, sum, f->points, &sum), KX_OK);
        else
            must(kxi_num_eq(sum, f->points), "the sum of %u", subject);
    }
}

START_TEST(curves)
{
    struct drawn d;
    struct course c;
    draw(&d, (uint32_t)_i);
    course_init(&c);
    score_of(&c, &d);
    ck_assert_uint_eq(c.score->subject_count, SUBJECTS);
    for (uint32_t i = 0; i < SUBJECTS; i++) {
        must(kxi_num_eq(kxi_score_fact(c.score, 1, i)->points, by_slope(&c, &d, d.x[i])), "slope, seed %d, x %d", _i,
             (int)d.x[i]);
        must(kxi_num_eq(kxi_score_fact(c.score, 2, i)->points, by_steps(&c, &d, d.x[i])), "steps, seed %d, x %d", _i,
             (int)d.x[i]);
        must(kxi_num_eq(kxi_score_fact(c.score, 3, i)->points, by_line(&c, &d, d.x[i])), "line, seed %d, x %d", _i,
             (int)d.x[i]);
        check_facts(&c, i);
    }
    course_free(&c);
}
END_TEST

TCase *
random_tests(void)
{
    TCase *tc = tcase_create("random");
    tcase_add_loop_test(tc, curves, 0, ROUNDS);
    return tc;
}
