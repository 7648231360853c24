/* Tables worked out by hand, and ones that are printed in the literature. */
#include "suite.h"

#include "apportion/seats.h"

enum { MOST = 8 };

static const struct {
    const char *name;
    enum kxi_seat_method method;
    enum kxi_seat_quota quota;
    int64_t seats;
    size_t count;
    int64_t claims[MOST], expected[MOST];
} tables[] = {
    /* The table most introductions show: quotients of 100000, 80000, 30000, 20000 for 8 seats. D'Hondt: 100, 80, 50, 40, 33.3,
     * 30, 26.7, 25. Sainte-Lague: 100, 80, 33.3, 30, 26.7, 20, 20, 16: the third seats of both large ones and the first of the
     * smallest. */
    { "dhondt 8", KXI_SEAT_DHONDT, KXI_QUOTA_HARE, 8, 4, { 100000, 80000, 30000, 20000 }, { 4, 3, 1, 0 } },
    { "sainte-lague 8", KXI_SEAT_SAINTE_LAGUE, KXI_QUOTA_HARE, 8, 4, { 100000, 80000, 30000, 20000 }, { 3, 3, 1, 1 } },
    /* Quotas 3.478, 2.783, 1.043, 0.696: whole 3, 2, 1, 0, remainders .783 and .696 win. */
    { "hare 8", KXI_SEAT_LARGEST_REMAINDER, KXI_QUOTA_HARE, 8, 4, { 100000, 80000, 30000, 20000 }, { 3, 3, 1, 1 } },
    /* One seat is 230000 / 9 + 1 = 25556: 3.913, 3.130, 1.174, 0.783. */
    { "droop 8", KXI_SEAT_LARGEST_REMAINDER, KXI_QUOTA_DROOP, 8, 4, { 100000, 80000, 30000, 20000 }, { 4, 3, 1, 0 } },
    /* First seats for all, then 100, 80, 50, 40: 20000 / 1 < 33.3 */
    { "adams 8", KXI_SEAT_ADAMS, KXI_QUOTA_HARE, 8, 4, { 100000, 80000, 30000, 20000 }, { 3, 3, 1, 1 } },
    /* Balinski and Young, Fair Representation: one contest in which the methods all differ. Quotas 9.061, 7.179, 5.259, 3.319,
     * 1.182. */
    { "26 adams", KXI_SEAT_ADAMS, KXI_QUOTA_HARE, 26, 5, { 9061, 7179, 5259, 3319, 1182 }, { 9, 7, 5, 3, 2 } },
    { "26 hill", KXI_SEAT_HUNTINGTON_HILL, KXI_QUOTA_HARE, 26, 5, { 9061, 7179, 5259, 3319, 1182 }, { 9, 7, 6, 3, 1 } },
    { "26 webster", KXI_SEAT_SAINTE_LAGUE, KXI_QUOTA_HARE, 26, 5, { 9061, 7179, 5259, 3319, 1182 }, { 9, 8, 5, 3, 1 } },
    { "26 jefferson", KXI_SEAT_DHONDT, KXI_QUOTA_HARE, 26, 5, { 9061, 7179, 5259, 3319, 1182 }, { 10, 7, 5, 3, 1 } },
    { "26 hamilton",
      KXI_SEAT_LARGEST_REMAINDER,
      KXI_QUOTA_HARE,
      26,
      5,
      { 9061, 7179, 5259, 3319, 1182 },
      { 9, 7, 5, 4, 1 } },
    /* The Alabama paradox in small: claims 6, 6, 2; with 10 seats 4.29, 4.29, 1.43, with 11 4.71, 4.71, 1.57. */
    { "paradox 10", KXI_SEAT_LARGEST_REMAINDER, KXI_QUOTA_HARE, 10, 3, { 6, 6, 2 }, { 4, 4, 2 } },
    { "paradox 11", KXI_SEAT_LARGEST_REMAINDER, KXI_QUOTA_HARE, 11, 3, { 6, 6, 2 }, { 5, 5, 1 } },
    { "nobody", KXI_SEAT_DHONDT, KXI_QUOTA_HARE, 0, 0, { 0 }, { 0 } },
    { "no seats", KXI_SEAT_LARGEST_REMAINDER, KXI_QUOTA_HARE, 0, 2, { 3, 5 }, { 0, 0 } },
    { "no seats, droop", KXI_SEAT_LARGEST_REMAINDER, KXI_QUOTA_DROOP, 0, 2, { 3, 5 }, { 0, 0 } },
};

static void
make_claims(const int64_t *weights, size_t count, int64_t hi, kxi_claim *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = (kxi_claim){ kxi_num_int(weights[i]), 0, hi, 0 };
}

START_TEST(table)
{
    kxi_claim claims[MOST];
    kxi_award awards[MOST];
    kxi_verdict v;
    struct kit k;
    kit_init(&k);
    make_claims(tables[_i].claims, tables[_i].count, KXI_SEATS_MOST, claims);
    kxi_contest contest = { tables[_i].method, tables[_i].quota, KXI_BOUND_QUOTAS,
                            tables[_i].seats,  claims,           tables[_i].count };
    ck_assert_int_eq(kxi_seats_award(&k.num, &contest, awards, &v), KX_OK);
    ck_assert_int_eq(v.fault, KXI_FAULT_NONE);
    ck_assert_int_eq(v.open, 0);
    for (size_t i = 0; i < contest.count; i++)
        ck_assert_msg(awards[i].seats == tables[_i].expected[i], "%s: claim %zu has %d seats", tables[_i].name, i,
                      (int)awards[i].seats);
    kit_free(&k);
}
END_TEST

static void
assert_num(struct kit *k, kxi_num x, const char *expected)
{
    kxi_str text;
    ck_assert_int_eq(kxi_num_print(&k->num, x, &text), KX_OK);
    assert_str(text, expected);
}

/* 7 seats for 60, 30, 15 by D'Hondt: 60, 30, 30, 20, 15, 15, 15 and the eighth would be 12: no tie. For 6 seats, two of the
 * three quotients of 15 are seats: none is given, and all three are tied. */
START_TEST(tie_is_left_open)
{
    const int64_t weights[] = { 60, 30, 15 };
    kxi_claim claims[3];
    kxi_award awards[3];
    kxi_verdict v;
    struct kit k;
    kit_init(&k);
    make_claims(weights, 3, 100, claims);
    kxi_contest contest = { KXI_SEAT_DHONDT, KXI_QUOTA_HARE, KXI_BOUND_QUOTAS, 7, claims, 3 };
    ck_assert_int_eq(kxi_seats_award(&k.num, &contest, awards, &v), KX_OK);
    ck_assert(v.open == 0 && awards[0].seats == 4 && awards[1].seats == 2 && awards[2].seats == 1);
    contest.seats = 6;
    ck_assert_int_eq(kxi_seats_award(&k.num, &contest, awards, &v), KX_OK);
    ck_assert_int_eq(v.open, 2);
    ck_assert(awards[0].seats == 3 && awards[1].seats == 1 && awards[2].seats == 0);
    ck_assert(awards[0].tied && awards[1].tied && awards[2].tied);
    assert_num(&k, v.last, "20");
    assert_num(&k, v.next, "15");
    kit_free(&k);
}
END_TEST

/* The same tie broken: by three ranks, by two (one of the later two stays open), not at all when one has none. */
START_TEST(ranks_break_a_tie)
{
    static const struct {
        uint32_t ranks[3];
        int64_t open, seats[3];
        bool tied[3];
    } cases[] = {
        { { 2, 1, 3 }, 0, { 4, 2, 0 }, { false, false, false } },
        { { 2, 1, 2 }, 1, { 3, 2, 0 }, { true, false, true } },
        { { KXI_RANK_NONE, 1, 2 }, 2, { 3, 1, 0 }, { true, true, true } },
    };
    const int64_t weights[] = { 60, 30, 15 };
    kxi_claim claims[3];
    kxi_award awards[3];
    kxi_verdict v;
    struct kit k;
    kit_init(&k);
    make_claims(weights, 3, 100, claims);
    kxi_contest contest = { KXI_SEAT_DHONDT, KXI_QUOTA_HARE, KXI_BOUND_QUOTAS, 6, claims, 3 };
    for (size_t c = 0; c < COUNT(cases); c++) {
        for (size_t i = 0; i < 3; i++)
            claims[i].rank = cases[c].ranks[i];
        ck_assert_int_eq(kxi_seats_award(&k.num, &contest, awards, &v), KX_OK);
        ck_assert_int_eq(v.open, cases[c].open);
        for (size_t i = 0; i < 3; i++) {
            ck_assert_int_eq(awards[i].seats, cases[c].seats[i]);
            ck_assert(awards[i].tied == cases[c].tied[i] && awards[i].ordered == !cases[c].tied[i]);
        }
    }
    kit_free(&k);
}
END_TEST

/* 10 seats for 50, 30, 15, 5 where the last has at least 2 and the first at most 4. Quotas 5, 3, 1.5, 0.5. Within bounds: 4
 * and 2 are set, 4 seats stay for 45, so 30 has 2.667 and 15 has 1.333: 4, 3, 1, 2. Bounding seats instead: whole 4 (cut), 3,
 * 1, 2 (lifted) are 10 already. */
START_TEST(bounds_of_quotas)
{
    kxi_claim claims[] = { { kxi_num_int(50), 0, 4, 0 },
                           { kxi_num_int(30), 0, 99, 0 },
                           { kxi_num_int(15), 0, 99, 0 },
                           { kxi_num_int(5), 2, 99, 0 } };
    kxi_award awards[4];
    kxi_verdict v;
    struct kit k;
    kit_init(&k);
    kxi_contest contest = { KXI_SEAT_LARGEST_REMAINDER, KXI_QUOTA_HARE, KXI_BOUND_QUOTAS, 10, claims, 4 };
    for (int i = 0; i < 2; i++) {
        contest.bounds = i ? KXI_BOUND_SEATS : KXI_BOUND_QUOTAS;
        ck_assert_int_eq(kxi_seats_award(&k.num, &contest, awards, &v), KX_OK);
        ck_assert(awards[0].seats == 4 && awards[1].seats == 3 && awards[2].seats == 1 && awards[3].seats == 2);
        ck_assert(awards[0].at_hi && !awards[1].at_hi && !awards[2].at_lo && awards[3].at_lo);
        assert_num(&k, awards[1].quota, i ? "3" : "8/3");
    }
    kit_free(&k);
}
END_TEST

/* Divisor methods mark a bound only when it decided. 4 seats for 90 and 10: D'Hondt gives 4 and 0; with at least 1 for the
 * second it is held up; with at least 1 for the first nothing changes. */
START_TEST(bounds_that_decide)
{
    kxi_claim claims[] = { { kxi_num_int(90), 1, 9, 0 }, { kxi_num_int(10), 1, 9, 0 } };
    kxi_award awards[2];
    kxi_verdict v;
    struct kit k;
    kit_init(&k);
    kxi_contest contest = { KXI_SEAT_DHONDT, KXI_QUOTA_HARE, KXI_BOUND_QUOTAS, 4, claims, 2 };
    ck_assert_int_eq(kxi_seats_award(&k.num, &contest, awards, &v), KX_OK);
    ck_assert(awards[0].seats == 3 && awards[1].seats == 1);
    ck_assert(!awards[0].at_lo && !awards[0].at_hi && awards[1].at_lo);
    assert_num(&k, v.last, "30");
    assert_num(&k, v.next, "22.5");
    assert_num(&k, awards[1].quota, "0.4");
    claims[0].hi = 2;
    ck_assert_int_eq(kxi_seats_award(&k.num, &contest, awards, &v), KX_OK);
    ck_assert(awards[0].seats == 2 && awards[1].seats == 2 && awards[0].at_hi && !awards[1].at_lo);
    /* 60 and 40 with at least 1 for the first: it has just that, and would have it anyhow. */
    claims[0] = (kxi_claim){ kxi_num_int(60), 1, 9, 0 };
    claims[1] = (kxi_claim){ kxi_num_int(40), 0, 9, 0 };
    contest.seats = 2;
    ck_assert_int_eq(kxi_seats_award(&k.num, &contest, awards, &v), KX_OK);
    ck_assert(awards[0].seats == 1 && awards[1].seats == 1 && !awards[0].at_lo);
    kit_free(&k);
}
END_TEST

/* Seats by the million million go by the jump; the claims are in their exact proportion. */
START_TEST(many_seats)
{
    const int64_t weights[] = { 500, 300, 200 };
    kxi_claim claims[3];
    kxi_award awards[3];
    kxi_verdict v;
    struct kit k;
    kit_init(&k);
    make_claims(weights, 3, KXI_SEATS_MOST, claims);
    for (int method = 0; method < KXI_SEAT_METHOD_COUNT; method++) {
        kxi_contest contest = { method, KXI_QUOTA_HARE, KXI_BOUND_QUOTAS, KXI_SEATS_MOST, claims, 3 };
        ck_assert_int_eq(kxi_seats_award(&k.num, &contest, awards, &v), KX_OK);
        ck_assert_int_eq(v.open, 0);
        for (int i = 0; i < 3; i++)
            ck_assert_int_eq(awards[i].seats, KXI_SEATS_MOST / 1000 * weights[i]);
    }
    kit_free(&k);
}
END_TEST

static kx_status
award_all(kxi_mem *mem, void *user)
{
    static const char *const weights[] = { "123456789012345678901234567890", "1/3", "0", "77777777777777777777" };
    kxi_claim claims[COUNT(weights)];
    kxi_award awards[COUNT(weights)];
    kxi_verdict v;
    struct kit k;
    kx_status st = KX_OK;
    (void)user;
    kit_begin(&k, mem);
    for (size_t i = 0; i < COUNT(weights) && st == KX_OK; i++) {
        claims[i] = (kxi_claim){ .lo = i, .hi = 1000, .rank = (uint32_t)i };
        st = kxi_num_parse(&k.num, kxi_str_of(weights[i]), &claims[i].weight);
    }
    for (int method = 0; method < KXI_SEAT_METHOD_COUNT && st == KX_OK; method++) {
        kxi_contest contest = { method, KXI_QUOTA_HARE, KXI_BOUND_QUOTAS, 400, claims, COUNT(weights) };
        st = kxi_seats_award(&k.num, &contest, awards, &v);
    }
    kit_end(&k);
    return st;
}

START_TEST(memory_may_fail)
{
    fault_each(_i == 1, award_all, NULL);
}
END_TEST

TCase *
seats_tests(void)
{
    TCase *tc = tcase_create("seats");
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, table, 0, COUNT(tables));
    tcase_add_test(tc, tie_is_left_open);
    tcase_add_test(tc, ranks_break_a_tie);
    tcase_add_test(tc, bounds_of_quotas);
    tcase_add_test(tc, bounds_that_decide);
    tcase_add_test(tc, many_seats);
    tcase_add_loop_test(tc, memory_may_fail, 0, 2);
    return tc;
}
