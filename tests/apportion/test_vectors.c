/* The awards of vectors.txt, which make_vectors.py finds by trying every way to deal out the seats. */
#include "suite.h"

#include <stdlib.h>

#include "apportion/seats.h"

enum { MOST = 16 };

/* The next word of a line, terminated in place; NULL at its end. */
static char *
word(char **at)
{
    char *start = *at + strspn(*at, " ");
    size_t n = strcspn(start, " ");
    if (n == 0)
        return NULL;
    *at = start + n + (start[n] == ' ');
    start[n] = '\0';
    return start;
}

static int64_t
whole(char **at)
{
    char *w = word(at), *end = w;
    int64_t v = w ? strtoll(w, &end, 10) : 0;
    must(w && *end == '\0', "a whole number is missing");
    return v;
}

static void
read_claim(struct kit *k, char **at, kxi_claim *claim)
{
    char *weight = word(at);
    must(weight && kxi_num_parse(&k->num, kxi_str_of(weight), &claim->weight) == KX_OK, "bad claim %s", weight);
    claim->lo = whole(at);
    claim->hi = whole(at);
    const char *rank = word(at);
    claim->rank = rank && *rank == '-' ? KXI_RANK_NONE : (uint32_t)(rank ? atoi(rank) : 0);
}

static void
read_contest(struct kit *k, char **at, kxi_contest *contest, kxi_claim *claims)
{
    const char *method = word(at), *quota = word(at), *bounds = word(at);
    must(kxi_seat_method_find(kxi_str_of(method), &contest->method), "no method %s", method);
    contest->quota = strcmp(quota, "droop") == 0 ? KXI_QUOTA_DROOP : KXI_QUOTA_HARE;
    contest->bounds = strcmp(bounds, "seats") == 0 ? KXI_BOUND_SEATS : KXI_BOUND_QUOTAS;
    contest->seats = whole(at);
    contest->count = (size_t)whole(at);
    must(contest->count <= MOST, "more than %d claims", MOST);
    contest->claims = claims;
    for (size_t i = 0; i < contest->count; i++)
        read_claim(k, at, &claims[i]);
}

static void
check_line(struct kit *k, char *line, size_t number)
{
    kxi_claim claims[MOST];
    kxi_award awards[MOST];
    kxi_contest contest;
    kxi_verdict v;
    read_contest(k, &line, &contest, claims);
    kx_status st = kxi_seats_award(&k->num, &contest, awards, &v);
    must(st == KX_OK, "line %zu: status %d", number, (int)st);
    int64_t fault = whole(&line), open = whole(&line);
    must((int64_t)v.fault == fault, "line %zu: fault %d instead of %d", number, (int)v.fault, (int)fault);
    if (fault)
        return;
    must(v.open == open, "line %zu: %d seats open instead of %d", number, (int)v.open, (int)open);
    for (size_t i = 0; i < contest.count; i++) {
        int64_t seats = whole(&line), tied = whole(&line);
        must(awards[i].seats == seats, "line %zu, claim %zu: %d seats instead of %d", number, i, (int)awards[i].seats,
             (int)seats);
        must(awards[i].tied == (tied != 0), "line %zu, claim %zu: tied %d", number, i, (int)awards[i].tied);
    }
}

START_TEST(vectors)
{
    size_t n, number = 0;
    char *text = test_read("apportion/vectors.txt", &n), *next;
    struct kit k;
    kit_init(&k);
    for (char *line = text; *line; line = next) {
        next = line + strcspn(line, "\n");
        if (*next)
            *next++ = '\0';
        check_line(&k, line, ++number);
        kxi_arena_reset(&k.arena);
    }
    must(number > 1000, "only %zu lines", number);
    kit_free(&k);
    free(text);
}
END_TEST

TCase *
seat_vector_tests(void)
{
    TCase *tc = tcase_create("vectors");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, vectors);
    return tc;
}
