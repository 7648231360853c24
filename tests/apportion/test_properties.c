/* What holds for every contest, over many that are drawn at random from a fixed seed. */
#include "suite.h"

#include "apportion/seats.h"

enum { MOST = 24, ROUNDS = 150 };

static uint64_t
draw(uint64_t *state, uint64_t below)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (*state >> 33) % below;
}

struct contest {
    kxi_claim claims[MOST];
    kxi_award awards[MOST];
    kxi_contest contest;
    kxi_verdict verdict;
};

/* Few different claims, so that ties are common; bounds that leave the seats possible. */
static void
make(struct contest *c, uint64_t *state, bool bounds)
{
    size_t count = 1 + draw(state, MOST);
    int64_t sum = 0;
    uint64_t kinds = draw(state, 2) ? 10 : 1000000;
    for (size_t i = 0; i < count; i++) {
        c->claims[i] = (kxi_claim){ kxi_num_int((int64_t)(1 + draw(state, kinds))), 0, KXI_SEATS_MOST, 0 };
        if (bounds) {
            c->claims[i].lo = (int64_t)draw(state, 4);
            c->claims[i].hi = c->claims[i].lo + 3 + (int64_t)draw(state, 40);
        }
        sum += c->claims[i].lo ? c->claims[i].lo : 1;
    }
    c->contest = (kxi_contest){ draw(state, KXI_SEAT_METHOD_COUNT),    KXI_QUOTA_HARE, KXI_BOUND_QUOTAS,
                                sum + (int64_t)draw(state, 2 * count), c->claims,      count };
}

static void
award(struct kit *k, struct contest *c)
{
    must(kxi_seats_award(&k->num, &c->contest, c->awards, &c->verdict) == KX_OK, "award failed");
    must(!c->verdict.fault, "fault %d", (int)c->verdict.fault);
}

/* The seats add up, with those a tie leaves open; a tie has more claims than seats; bounds hold. */
START_TEST(seats_add_up)
{
    uint64_t state = 1;
    static struct contest c;
    struct kit k;
    kit_init(&k);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t sum = 0, tied = 0;
        make(&c, &state, true);
        award(&k, &c);
        for (size_t i = 0; i < c.contest.count; i++) {
            must(c.awards[i].seats >= c.claims[i].lo && c.awards[i].seats <= c.claims[i].hi, "round %d: bounds", round);
            sum += c.awards[i].seats;
            tied += c.awards[i].tied;
        }
        must(sum + c.verdict.open == c.contest.seats, "round %d: %d seats", round, (int)sum);
        must(c.verdict.open == 0 ? tied == 0 : tied > c.verdict.open, "round %d: %d tied", round, (int)tied);
        kxi_arena_reset(&k.arena);
    }
    kit_free(&k);
}
END_TEST

/* One seat more never takes one away, with a divisor method; and equal claims in other places have equal seats. */
START_TEST(house_grows)
{
    uint64_t state = 2;
    static struct contest c;
    struct kit k;
    kit_init(&k);
    for (int round = 0; round < ROUNDS; round++) {
        kxi_award before[MOST];
        make(&c, &state, false);
        if (c.contest.method == KXI_SEAT_LARGEST_REMAINDER)
            c.contest.method = KXI_SEAT_DHONDT;
        award(&k, &c);
        for (int more = 0; more < 30; more++) {
            memcpy(before, c.awards, sizeof(before));
            c.contest.seats++;
            award(&k, &c);
            for (size_t i = 0; i < c.contest.count; i++)
                must(c.awards[i].seats >= before[i].seats, "round %d: a seat is lost", round);
        }
        kxi_arena_reset(&k.arena);
    }
    kit_free(&k);
}
END_TEST

/* The largest remainder gives floor or ceiling of the quota: with bounds, of the quota within them. */
START_TEST(quota_rule)
{
    uint64_t state = 3;
    static struct contest c;
    struct kit k;
    kit_init(&k);
    for (int round = 0; round < ROUNDS; round++) {
        kxi_num sum = kxi_num_int(0);
        make(&c, &state, round % 2);
        c.contest.method = KXI_SEAT_LARGEST_REMAINDER;
        award(&k, &c);
        for (size_t i = 0; i < c.contest.count; i++) {
            kxi_num off;
            int low, high;
            ck_assert(kxi_num_sub(&k.num, kxi_num_int(c.awards[i].seats), c.awards[i].quota, &off) == KX_OK &&
                      kxi_num_cmp(&k.num, off, kxi_num_int(-1), &low) == KX_OK &&
                      kxi_num_cmp(&k.num, off, kxi_num_int(1), &high) == KX_OK &&
                      kxi_num_add(&k.num, sum, c.awards[i].quota, &sum) == KX_OK);
            must(low > 0 && high < 0, "round %d: claim %zu leaves its quota", round, i);
        }
        must(kxi_num_eq(sum, kxi_num_int(c.contest.seats)), "round %d: quotas do not add up", round);
        kxi_arena_reset(&k.arena);
    }
    kit_free(&k);
}
END_TEST

/* Whoever stands where: the awards go with the claims. */
START_TEST(order_does_not_matter)
{
    uint64_t state = 4;
    static struct contest c, turned;
    struct kit k;
    kit_init(&k);
    for (int round = 0; round < ROUNDS; round++) {
        make(&c, &state, round % 2);
        award(&k, &c);
        turned = c;
        turned.contest.claims = turned.claims;
        size_t n = c.contest.count, by = draw(&state, n);
        for (size_t i = 0; i < n; i++)
            turned.claims[(n - 1 - i + by) % n] = c.claims[i];
        award(&k, &turned);
        must(turned.verdict.open == c.verdict.open, "round %d: open seats differ", round);
        for (size_t i = 0; i < n; i++) {
            const kxi_award *x = &c.awards[i], *y = &turned.awards[(n - 1 - i + by) % n];
            must(x->seats == y->seats && x->tied == y->tied && x->at_lo == y->at_lo && x->at_hi == y->at_hi &&
                     kxi_num_eq(x->quota, y->quota) && x->has_worth == y->has_worth,
                 "round %d: claim %zu depends on its place", round, i);
        }
        kxi_arena_reset(&k.arena);
    }
    kit_free(&k);
}
END_TEST

/* Claims in another measure, say in tens of thousands: the same seats. */
START_TEST(scale_does_not_matter)
{
    uint64_t state = 5;
    static struct contest c;
    struct kit k;
    kit_init(&k);
    for (int round = 0; round < ROUNDS; round++) {
        kxi_award before[MOST];
        kxi_num tenth;
        make(&c, &state, round % 2);
        award(&k, &c);
        memcpy(before, c.awards, sizeof(before));
        ck_assert_int_eq(kxi_num_ratio(&k.num, 7, 10000, &tenth), KX_OK);
        for (size_t i = 0; i < c.contest.count; i++)
            ck_assert_int_eq(kxi_num_mul(&k.num, c.claims[i].weight, tenth, &c.claims[i].weight), KX_OK);
        award(&k, &c);
        for (size_t i = 0; i < c.contest.count; i++)
            must(c.awards[i].seats == before[i].seats && c.awards[i].tied == before[i].tied, "round %d", round);
        kxi_arena_reset(&k.arena);
    }
    kit_free(&k);
}
END_TEST

TCase *
seat_property_tests(void)
{
    TCase *tc = tcase_create("properties");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, seats_add_up);
    tcase_add_test(tc, house_grows);
    tcase_add_test(tc, quota_rule);
    tcase_add_test(tc, order_does_not_matter);
    tcase_add_test(tc, scale_does_not_matter);
    return tc;
}
