#include "suite.h"

#include "text/align.h"
#include "text/text.h"

enum { COLUMNS = 3 };
static const enum kxi_align_side sides[COLUMNS] = { KXI_ALIGN_LEFT, KXI_ALIGN_RIGHT, KXI_ALIGN_LEFT };

/* A row of "|" is a rule. */
static const struct {
    const char *rows[4][COLUMNS];
    size_t width;
    const char *text;
} cases[] = {
    { { { "" } }, 0, "\n" },
    { { { "单位", "得分", "等次" }, { "|" }, { "金凤区", "98.5", "优秀" }, { "盐池县大水坑镇", "7", "合格" } },
      0,
      "单位            得分  等次\n"
      "--------------  ----  ----\n"
      "金凤区          98.5  优秀\n"
      "盐池县大水坑镇     7  合格\n" },
    /* the widest left column gives way first, numbers never */
    { { { "单位", "得分", "等次" }, { "|" }, { "金凤区", "98.5", "优秀" }, { "盐池县大水坑镇", "7", "合格" } },
      22,
      "单位        得分  等次\n"
      "----------  ----  ----\n"
      "金凤区      98.5  优秀\n"
      "盐池县大…      7  合格\n" },
    /* just wide enough */
    { { { "盐池县大水坑镇", "7", "合格" } }, 23, "盐池县大水坑镇  7  合格\n" },
    { { { "盐池县大水坑镇", "7", "合格" } }, 22, "盐池县大水坑…  7  合格\n" },
    /* both give way, down to the least, then lines stay too wide */
    { { { "abcdefghijklmnopqrst", "12", "ABCDEFGHIJKLMNOP" } }, 30, "abcdefghijk…  12  ABCDEFGHIJK…\n" },
    { { { "abcdefghijklmnopqrst", "12", "ABCDEFGHIJKLMNOP" } }, 5, "abcdefgh…  12  ABCDEFGH…\n" },
    { { { "a", "1234567890", "b" } }, 4, "a  1234567890  b\n" },
    /* no spaces at the end of a line, whatever is empty */
    { { { "a", "", "" }, { "", "", "c" }, { "", "2", "" }, { "", "", "" } }, 0, "a\n      c\n   2\n\n" },
    /* what has no width or too much of it */
    { { { "e\u0301", "1", "x" }, { "ee", "1", "x" } }, 0, "e\u0301   1  x\nee  1  x\n" },
    { { { "a\nb", "1", "\x1B[0m" } }, 0, "a\\x0Ab  1  \\x1B[0m\n" },
    { { { "x", "甲", "y" }, { "x", "22", "y" }, { "x", "1", "y" } }, 0, "x  甲  y\nx  22  y\nx   1  y\n" },
};

static void
fill(kxi_align *t, int number)
{
    for (size_t r = 0; r < 4 && cases[number].rows[r][0]; r++) {
        const char *const *row = cases[number].rows[r];
        kxi_str cells[COLUMNS];
        for (size_t i = 0; i < COLUMNS; i++)
            cells[i] = kxi_str_of(row[i]);
        if (strcmp(row[0], "|") == 0)
            kxi_align_rule(t);
        else
            kxi_align_row(t, cells);
    }
}

START_TEST(table_case)
{
    struct kit k;
    kxi_align t;
    kxi_buf out;
    kit_init(&k);
    kxi_buf_init(&out, &k.mem);
    ck_assert_int_eq(kxi_align_init(&t, &k.mem, sides, COLUMNS), KX_OK);
    fill(&t, _i);
    ck_assert_int_eq(kxi_align_print(&t, cases[_i].width, &out), KX_OK);
    assert_str(kxi_buf_view(&out), cases[_i].text);
    out.n = 0; /* printing leaves the table as it was */
    ck_assert_int_eq(kxi_align_print(&t, cases[_i].width, &out), KX_OK);
    assert_str(kxi_buf_view(&out), cases[_i].text);
    kxi_align_free(&t);
    kxi_buf_free(&out);
    kit_free(&k);
}
END_TEST

START_TEST(no_rows_no_lines)
{
    struct kit k;
    kxi_align t;
    kxi_buf out;
    kit_init(&k);
    kxi_buf_init(&out, &k.mem);
    ck_assert_int_eq(kxi_align_init(&t, &k.mem, sides, 1), KX_OK);
    ck_assert_int_eq(kxi_align_print(&t, 0, &out), KX_OK);
    ck_assert_uint_eq(out.n, 0);
    kxi_align_free(&t);
    kit_free(&k);
}
END_TEST

/* With every width at which a table can fit, no line is wider, nor is anything cut that need not be. */
START_TEST(every_width)
{
    struct kit k;
    kxi_align t;
    kxi_buf out;
    size_t widest = 4 + 14 + 4 + 4; /* of case 1 */
    kit_init(&k);
    kxi_buf_init(&out, &k.mem);
    ck_assert_int_eq(kxi_align_init(&t, &k.mem, sides, COLUMNS), KX_OK);
    fill(&t, 1);
    for (size_t width = 4 + KXI_ALIGN_LEAST + 8; width < 40; width++) {
        out.n = 0;
        ck_assert_int_eq(kxi_align_print(&t, width, &out), KX_OK);
        ck_assert((strstr(out.s, "…") != NULL) == (width < widest));
        for (char *line = out.s; *line; line = strchr(line, '\n') + 1) {
            size_t n = strcspn(line, "\n");
            ck_assert_uint_le(kxi_text_width((kxi_str){ line, n }), width);
            ck_assert(n == 0 || line[n - 1] != ' ');
        }
    }
    kxi_align_free(&t);
    kxi_buf_free(&out);
    kit_free(&k);
}
END_TEST

static kx_status
scenario(kxi_mem *mem, void *user)
{
    (void)user;
    kxi_align t;
    kxi_buf out;
    kxi_buf_init(&out, mem);
    kx_status status = kxi_align_init(&t, mem, sides, COLUMNS);
    for (int i = 0; i < 50 && !status; i++)
        fill(&t, 1 + i % 2);
    if (!status)
        status = kxi_align_print(&t, 22, &out);
    kxi_align_free(&t);
    kxi_buf_free(&out);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    fault_each(_i == 1, scenario, NULL);
}
END_TEST

TCase *
align_tests(void)
{
    TCase *group = tcase_create("align");
    tcase_add_loop_test(group, table_case, 0, COUNT(cases));
    tcase_add_test(group, no_rows_no_lines);
    tcase_add_test(group, every_width);
    tcase_add_loop_test(group, every_allocation_may_fail, 0, 2);
    return group;
}
