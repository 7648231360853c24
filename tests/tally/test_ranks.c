/* Sorting, against the obvious. */
#include "suite.h"
#include "tally/ranks.h"

static const size_t sizes[] = { 0, 1, 2, 3, 7, KXI_SHORT, KXI_SHORT + 1, 300, 5000 };

START_TEST(numbers_case)
{
    static uint32_t items[5000], scratch[5000];
    uint32_t random = (uint32_t)_i, below[] = { 2, 300, 70000, 0 };
    size_t n = sizes[_i / 4];
    uint64_t sum = 0, after = 0;
    for (size_t i = 0; i < n; i++)
        sum += items[i] = next_random(&random, below[_i % 4]);
    kxi_order_numbers(items, scratch, n);
    for (size_t i = 0; i < n; i++) {
        after += items[i];
        ck_assert(i == 0 || items[i - 1] <= items[i]);
    }
    ck_assert_uint_eq(sum, after);
}
END_TEST

/* Keys of one and of three words, many of them equal: ascending, and equal ones as they came. */
START_TEST(keys_case)
{
    static uint64_t keys[15000];
    static uint32_t items[5000], scratch[5000];
    static bool seen[5000];
    uint32_t random = (uint32_t)_i;
    size_t n = sizes[_i / 2], words = _i % 2 ? 3 : 1;
    memset(seen, 0, sizeof(seen));
    for (size_t i = 0; i < n * words; i++)
        keys[i] = (uint64_t)next_random(&random, 5) << 62 | next_random(&random, 3);
    for (size_t i = 0; i < n; i++)
        items[i] = (uint32_t)i;
    kxi_order_keys(items, scratch, n, keys, words);
    for (size_t i = 0; i < n; i++) {
        ck_assert(!seen[items[i]]);
        seen[items[i]] = true;
        if (i == 0)
            continue;
        int order = kxi_compare_words(keys + items[i - 1] * words, keys + items[i] * words, words);
        ck_assert(order < 0 || (order == 0 && items[i - 1] < items[i]));
    }
}
END_TEST

START_TEST(texts)
{
    const kxi_str list[] = { KXI_STR("乙"), KXI_STR("b"), KXI_STR(""), KXI_STR("a"), KXI_STR("ab"), KXI_STR("a") };
    uint32_t items[] = { 0, 1, 2, 3, 4, 5 }, scratch[6];
    const uint32_t expected[] = { 2, 3, 5, 4, 1, 0 };
    kxi_order_texts(items, scratch, 6, list);
    for (size_t i = 0; i < 6; i++)
        ck_assert_uint_eq(items[i], expected[i]);
}
END_TEST

TCase *
ranks_tests(void)
{
    TCase *tc = tcase_create("ranks");
    tcase_add_loop_test(tc, numbers_case, 0, 4 * COUNT(sizes));
    tcase_add_loop_test(tc, keys_case, 0, 2 * COUNT(sizes));
    tcase_add_test(tc, texts);
    return tc;
}
