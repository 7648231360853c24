#include "suite.h"

static const struct {
    const char *a, *b;
    size_t limit, distance;
} distances[] = {
    { "", "", 3, 0 },
    { "level", "level", 0, 0 },
    { "level", "levle", 3, 1 },  /* neighbours swapped */
    { "level", "lvel", 3, 1 },   /* one lost */
    { "level", "levvel", 3, 1 }, /* one too many */
    { "level", "lexel", 3, 1 },  /* one wrong */
    { "abcd", "badc", 4, 2 },    /* two swaps */
    { "kitten", "sitting", 5, 3 },
    { "kitten", "sitting", 3, 3 },
    { "kitten", "sitting", 2, 3 }, /* past the limit is limit + 1 */
    { "abc", "xyz", 1, 2 },
    { "", "abc", 5, 3 },
    { "abc", "", 2, 3 },
    { "单位", "单价", 9, 2 }, /* bytes, not characters */
};

START_TEST(distance_case)
{
    size_t got = kxi_str_distance(kxi_str_of(distances[_i].a), kxi_str_of(distances[_i].b), distances[_i].limit);
    ck_assert_msg(got == distances[_i].distance, "%s, %s: %zu", distances[_i].a, distances[_i].b, got);
    got = kxi_str_distance(kxi_str_of(distances[_i].b), kxi_str_of(distances[_i].a), distances[_i].limit);
    ck_assert_msg(got == distances[_i].distance, "%s, %s: %zu the other way", distances[_i].a, distances[_i].b, got);
}
END_TEST

START_TEST(distance_of_long_names)
{
    char a[600], b[600];
    memset(a, 'x', sizeof(a));
    memset(b, 'x', sizeof(b));
    b[300] = 'y';
    ck_assert_uint_eq(kxi_str_distance((kxi_str){ a, 600 }, (kxi_str){ b, 600 }, 5), 1);
    b[0] = b[599] = 'y';
    ck_assert_uint_eq(kxi_str_distance((kxi_str){ a, 600 }, (kxi_str){ b, 600 }, 5), 6); /* too long to say */
}
END_TEST

START_TEST(order_is_of_bytes)
{
    ck_assert_int_eq(kxi_str_cmp(KXI_STR("a"), KXI_STR("b")), -1);
    ck_assert_int_eq(kxi_str_cmp(KXI_STR("ab"), KXI_STR("a")), 1);
    ck_assert_int_eq(kxi_str_cmp(KXI_STR(""), KXI_STR("")), 0);
    ck_assert_int_eq(kxi_str_cmp((kxi_str){ NULL, 0 }, KXI_STR("a")), -1);
    ck_assert_int_eq(kxi_str_cmp(KXI_STR("z"), KXI_STR("县")), -1);
    ck_assert_int_eq(kxi_str_cmp(KXI_STR("乡"), KXI_STR("县")), -1); /* U+4E61, U+53BF */
}
END_TEST

START_TEST(buffer_collects)
{
    struct kit k;
    kit_init(&k);
    kxi_buf b;
    kxi_buf_init(&b, &k.mem);
    kxi_buf_add(&b, NULL, 0);
    kxi_buf_cstr(&b, "共 ");
    kxi_buf_int(&b, INT64_MIN);
    kxi_buf_char(&b, '|');
    kxi_buf_int(&b, 0);
    kxi_buf_char(&b, '|');
    kxi_buf_int(&b, INT64_MAX);
    kxi_buf_repeat(&b, '-', 3);
    kxi_buf_str(&b, KXI_STR("end"));
    assert_str(kxi_buf_view(&b), "共 -9223372036854775808|0|9223372036854775807---end");
    ck_assert_int_eq(b.s[b.n], 0);
    for (int i = 0; i < 10000; i++)
        kxi_buf_char(&b, 'x');
    ck_assert(!b.failed);
    ck_assert_uint_eq(strlen(b.s), b.n);
    kxi_buf_free(&b);
    kit_free(&k);
}
END_TEST

static kx_status
buffer_scenario(kxi_mem *mem, void *user)
{
    (void)user;
    kxi_buf b;
    kxi_buf_init(&b, mem);
    for (int i = 0; i < 200; i++)
        kxi_buf_int(&b, i);
    kxi_buf_repeat(&b, ' ', 1000);
    kx_status status = b.failed ? KX_E_NOMEM : KX_OK;
    kxi_buf_free(&b);
    return status;
}

START_TEST(buffer_remembers_a_fault)
{
    fault_each(_i == 1, buffer_scenario, NULL);
}
END_TEST

TCase *
str_tests(void)
{
    TCase *group = tcase_create("str");
    tcase_add_loop_test(group, distance_case, 0, COUNT(distances));
    tcase_add_test(group, distance_of_long_names);
    tcase_add_test(group, order_is_of_bytes);
    tcase_add_test(group, buffer_collects);
    tcase_add_loop_test(group, buffer_remembers_a_fault, 0, 2);
    return group;
}
