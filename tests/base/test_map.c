#include <stdio.h>

#include "suite.h"

enum { MANY = 20000 };

static kxi_str
name_of(char *space, size_t size, uint32_t i)
{
    snprintf(space, size, "unit %u", (unsigned)(i * 2654435761u));
    return kxi_str_of(space);
}

START_TEST(numbers_come_in_order_of_first_use)
{
    struct kit k;
    char space[40];
    kxi_strmap m;
    kit_init(&k);
    kxi_strmap_init(&m, &k.mem);
    ck_assert_uint_eq(kxi_strmap_find(&m, KXI_STR("x")), KXI_NONE);
    for (uint32_t i = 0; i < MANY; i++) {
        uint32_t number;
        bool added;
        must(kxi_strmap_add(&m, name_of(space, sizeof(space), i), &number, &added) == KX_OK, "%u", i);
        must(added && number == i, "%u", i);
        must(kxi_strmap_add(&m, name_of(space, sizeof(space), i / 2), &number, &added) == KX_OK, "%u", i);
        must(!added && number == i / 2, "%u", i);
    }
    for (uint32_t i = 0; i < MANY; i++) {
        kxi_str name = name_of(space, sizeof(space), i);
        must(kxi_strmap_find(&m, name) == i, "%u", i);
        must(kxi_str_eq(m.keys[i], name), "%s", space);
        must(m.keys[i].s[m.keys[i].n] == 0, "%s", space);
    }
    ck_assert_uint_eq(m.count, MANY);
    ck_assert_uint_eq(kxi_strmap_find(&m, KXI_STR("nobody")), KXI_NONE);
    kxi_strmap_free(&m);
    kit_free(&k);
}
END_TEST

START_TEST(empty_and_binary_keys)
{
    static const kxi_str keys[] = { { NULL, 0 },  { "\0", 1 },       { "\0\0", 2 },      { "a", 1 },
                                    { "a\0", 2 }, { "abcdefgh", 8 }, { "abcdefgh\0", 9 } };
    struct kit k;
    kxi_strmap m;
    kit_init(&k);
    kxi_strmap_init(&m, &k.mem);
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 0; i < COUNT(keys); i++) {
            uint32_t number;
            ck_assert_int_eq(kxi_strmap_add(&m, keys[i], &number, NULL), KX_OK);
            ck_assert_uint_eq(number, i);
        }
    kxi_strmap_free(&m);
    kit_free(&k);
}
END_TEST

START_TEST(keys_of_words) /* _i words each */
{
    struct kit k;
    kxi_keymap m;
    size_t words = (size_t)_i;
    uint32_t many = words ? MANY : 1;
    kit_init(&k);
    kxi_keymap_init(&m, &k.mem, words);
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 0; i < many; i++) {
            uint64_t key[4] = { i, 0, i, UINT64_MAX - i };
            uint32_t number;
            bool added;
            must(kxi_keymap_find(&m, key) == (round ? i : KXI_NONE), "%u", i);
            must(kxi_keymap_add(&m, key, &number, &added) == KX_OK, "%u", i);
            must(number == i, "%u", i);
            must(added == (round == 0), "%u", i);
            for (size_t w = 0; w < words; w++)
                must(kxi_keymap_key(&m, number)[w] == key[w], "%u", i);
        }
    ck_assert_uint_eq(m.count, many);
    kxi_keymap_free(&m);
    kit_free(&k);
}
END_TEST

/* After a refused addition the map still knows all it knew, and can go on. */
static kx_status
map_scenario(kxi_mem *mem, void *user)
{
    (void)user;
    char space[40];
    kxi_strmap s;
    kxi_keymap w;
    kx_status status = KX_OK;
    uint32_t n, number;
    kxi_strmap_init(&s, mem);
    kxi_keymap_init(&w, mem, 2);
    for (n = 0; n < 200 && status == KX_OK; n++) {
        uint64_t key[2] = { n, n };
        status = kxi_strmap_add(&s, name_of(space, sizeof(space), n), &number, NULL);
        if (status == KX_OK)
            status = kxi_keymap_add(&w, key, &number, NULL);
    }
    for (uint32_t i = 0; i < s.count; i++)
        must(kxi_strmap_find(&s, name_of(space, sizeof(space), i)) == i, "%u", i);
    for (uint32_t i = 0; i < w.count; i++)
        must(kxi_keymap_find(&w, (uint64_t[]){ i, i }) == i, "%u", i);
    kxi_strmap_free(&s);
    kxi_keymap_free(&w);
    return status;
}

START_TEST(maps_survive_faults)
{
    fault_each(_i == 1, map_scenario, NULL);
}
END_TEST

START_TEST(digest_does_not_know_order)
{
    kxi_digest a = { 0, 0 }, b = { 0, 0 }, c = { 0, 0 };
    kxi_digest_add(&a, "one", 3);
    kxi_digest_add(&a, "two", 3);
    kxi_digest_add(&b, "two", 3);
    ck_assert(!kxi_digest_eq(a, b));
    kxi_digest_add(&b, "one", 3);
    ck_assert(kxi_digest_eq(a, b));
    kxi_digest_add(&c, "onet", 4);
    kxi_digest_add(&c, "wo", 2);
    ck_assert(!kxi_digest_eq(a, c));
    kxi_digest_add(&b, "", 0);
    ck_assert(!kxi_digest_eq(a, b)); /* an empty element is an element */
}
END_TEST

TCase *
map_tests(void)
{
    TCase *group = tcase_create("map");
    tcase_set_timeout(group, 60);
    tcase_add_test(group, numbers_come_in_order_of_first_use);
    tcase_add_test(group, empty_and_binary_keys);
    tcase_add_loop_test(group, keys_of_words, 0, 5);
    tcase_add_loop_test(group, maps_survive_faults, 0, 2);
    tcase_add_test(group, digest_does_not_know_order);
    return group;
}
