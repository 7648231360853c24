#include "suite.h"

#include <stdlib.h>

static struct fixture f;
static struct written w;

static const char *
written_text(int32_t language, kx_write_options options)
{
    kx_error err = KX_ERROR_INIT;
    fixture_init(&f, language);
    options.format = KX_FORMAT_TEXT;
    w = (struct written){ NULL, 0, 0, 0 };
    ck_assert_msg(write_result(&f.score, &options, &w, &err) == KX_OK, "%s", err.message);
    return w.s;
}

static void
done(void)
{
    free(w.s);
    fixture_free(&f);
}

static kx_write_options
options_for(int32_t what, const char *subject, const char *indicator, int32_t width)
{
    kx_write_options o = KX_WRITE_OPTIONS_INIT;
    o.what = what;
    o.subject = subject;
    o.indicator = indicator;
    o.width = width;
    return o;
}

START_TEST(ranking)
{
    ck_assert_str_eq(written_text(KX_LANG_ZH, options_for(0, NULL, NULL, 0)),
                     "名次  单位    名称     总分  组织建设    P1     N1  等次    备注\n"
                     "----  ------  ------  -----  --------  ----  -----  ------  --------------\n"
                     "   1  640105  乙\"县\"  25.83     21.33  5.00  -0.50  不合格  V1 重大事件\n"
                     "   2  640106          10.00     10.00  0.00   0.00  不合格  并列; 名额已满\n"
                     "   -  640104  甲县        -         -  0.00   0.00  -       不完整\n");
    done();
    ck_assert_str_eq(written_text(KX_LANG_EN, options_for(KX_WRITE_SCORES, "640104", "P1", 0)),
                     "rank  subject  name  total    P1  grade  note\n"
                     "----  -------  ----  -----  ----  -----  ----------\n"
                     "   -  640104   甲县      -  0.00  -      incomplete\n");
    done();
}
END_TEST

/* Nothing is cut without a word. */
START_TEST(ranking_in_a_narrow_terminal)
{
    const char *text = written_text(KX_LANG_ZH, options_for(0, NULL, NULL, 50));
    ck_assert(strstr(text, "组织建设") == NULL);
    ck_assert(strstr(text, "另有 3 个大类因宽度不够未列出") != NULL);
    ck_assert(strstr(text, "25.83") != NULL);
    done();
}
END_TEST

static bool
has_line(const char *text, const char *line)
{
    size_t n = strlen(line);
    for (const char *at = text; (at = strstr(at, line)); at++)
        if ((at == text || at[-1] == '\n') && (at[n] == '\n' || at[n] == '\0'))
            return true;
    return false;
}

/* Each of these has to be a whole line of the explanation. */
static const struct {
    int32_t language;
    const char *subject, *line;
} lines[] = {
    { KX_LANG_ZH, "640104", "示范方案，截至 2025-12-31，考核期 2025-01-01 至 2025-12-31" },
    { KX_LANG_ZH, "640104", "甲县 640104" },
    { KX_LANG_ZH, "640104", "总分未知，无名次" },
    { KX_LANG_ZH, "640104", "A 组织建设            未知：其组成部分未知" },
    { KX_LANG_ZH, "640104", "  A1 三长吸纳         15.00 / 20.00  失 5.00  [三(一)1]" },
    { KX_LANG_ZH, "640104", "     值 3/4 = 0.75；曲线得分 → 15" },
    { KX_LANG_ZH, "640104", "     未达标（三长）：1 处" },
    { KX_LANG_ZH, "640104",
      "       东街 640104001 / 院长  责任：P001  现有 0  需 1  2025-01-01 至 2025-03-31  失 ≈1.6667 分" },
    { KX_LANG_ZH, "640104", "  A2 含逗号,与\"引号\"  未知：没有记录" },
    { KX_LANG_ZH, "640104", "     未提供" },
    { KX_LANG_ZH, "640104", "N1                    0.00  最多扣 3.00" },
    { KX_LANG_ZH, "640105", "总分 25.83，第 1 名（共 2），等次 不合格，仅按得分为 合格" },
    { KX_LANG_ZH, "640105", "限定 V1，重大事件，等次定为 不合格  [四]" },
    { KX_LANG_ZH, "640105", "  扣分记录（severe）：1 处" },
    { KX_LANG_ZH, "640105", "    2025-06-01  责任：办公室  现有 是" },
    { KX_LANG_ZH, "640105", "     值 2/3 ≈0.6667；曲线得分 → ≈13.3333；取舍 → 13.33" },
    { KX_LANG_ZH, "640105", "     值 好；以审核为准；理由：查阅资料；曲线得分 → 8 (第 2 档)" },
    { KX_LANG_ZH, "640105", "P1                    5.00  最多加 5.00" },
    { KX_LANG_ZH, "640105", "   曲线得分 → 7；封顶 5 → 5" },
    { KX_LANG_ZH, "640106", "640106" },
    { KX_LANG_ZH, "640106", "总分 10.00，第 2 名（共 2），并列，等次 不合格，名额已满" },
    { KX_LANG_ZH, "640106", "  A1 三长吸纳         不适用，不计入满分  [三(一)1]" },
    { KX_LANG_EN, "640104", "total unknown, not ranked" },
    { KX_LANG_EN, "640104", "     value: nothing recorded" },
    { KX_LANG_EN, "640105", "Gate V1, 重大事件, grade is 不合格  [四]" },
    { KX_LANG_EN, "640105", "       640105002 / a,b  has 7  at most 5" },
    { KX_LANG_EN, "640105", "   by the curve → 7; at most 5 → 5" },
    { KX_LANG_EN, "640106", "     value yes; by the curve → 10 (no row applies)" },
};

START_TEST(explain_line)
{
    const char *text = written_text(lines[_i].language, options_for(KX_WRITE_EXPLAIN, lines[_i].subject, NULL, 0));
    ck_assert_msg(has_line(text, lines[_i].line), "the line is not there:\n%s\nin\n%s", lines[_i].line, text);
    done();
}
END_TEST

START_TEST(explain_one_indicator)
{
    ck_assert_str_eq(written_text(KX_LANG_EN, options_for(KX_WRITE_EXPLAIN, "640105", "P1", 0)),
                     "示范方案, as of 2025-12-31, period 2025-01-01 to 2025-12-31\n"
                     "\n"
                     "乙\"县\" 640105\n"
                     "total 25.83, rank 1 of 2, grade 不合格, by score alone: 合格\n"
                     "\n"
                     "P1  5.00  at most 5.00\n"
                     "   by the curve → 7; at most 5 → 5\n");
    done();
}
END_TEST

START_TEST(gaps)
{
    ck_assert_str_eq(written_text(KX_LANG_ZH, options_for(KX_WRITE_GAPS, NULL, NULL, 0)),
                     "甲县 640104\n"
                     "  A1 三长吸纳 [三(一)1]\n"
                     "    未达标（三长）：1 处\n"
                     "      东街 640104001 / 院长  责任：P001  现有 0  需 1  2025-01-01 至 2025-03-31  失 ≈1.6667 分\n"
                     "  A2 含逗号,与\"引号\"\n"
                     "    未提供\n"
                     "\n"
                     "乙\"县\" 640105\n"
                     "  A1 三长吸纳 [三(一)1]\n"
                     "    未达标（三长）：1 处\n"
                     "      640105002 / a,b  现有 7  至多 5\n"
                     "  V1 重大事件 [四]\n"
                     "    扣分记录（severe）：1 处\n"
                     "      2025-06-01  责任：办公室  现有 是\n"
                     "共 4 处缺口。\n");
    done();
    ck_assert_str_eq(written_text(KX_LANG_EN, options_for(KX_WRITE_GAPS, "640106", NULL, 0)), "Nothing is missing.\n");
    done();
}
END_TEST

/* Two cohorts: each its own table, in order, best first. */
START_TEST(two_cohorts)
{
    static const uint32_t cohorts[] = { 1, 1, 0 };
    static const kxi_str names[] = { { "川区", 6 }, { "山区", 6 } };
    kx_write_options options = options_for(0, NULL, NULL, 0);
    kx_error err = KX_ERROR_INIT;
    fixture_init(&f, KX_LANG_ZH);
    f.universe.cohorts = cohorts;
    f.universe.cohort_names = names;
    f.universe.cohort_count = 2;
    w = (struct written){ NULL, 0, 0, 0 };
    ck_assert_int_eq(write_result(&f.score, &options, &w, &err), KX_OK);
    const char *first = strstr(w.s, "同组：川区\n"), *second = strstr(w.s, "\n\n同组：山区\n");
    ck_assert(first == w.s && second != NULL);
    ck_assert(strstr(w.s, "640106") < second && strstr(w.s, "640105") > second);
    ck_assert(strstr(w.s, "640105") < strstr(w.s, "640104"));
    done();
}
END_TEST

START_TEST(no_subjects)
{
    kx_write_options options = options_for(0, NULL, NULL, 0);
    fixture_init(&f, KX_LANG_EN);
    f.score.subject_count = f.universe.count = 0;
    f.score.gap_count = 0;
    w = (struct written){ NULL, 0, 0, 0 };
    ck_assert_int_eq(write_result(&f.score, &options, &w, NULL), KX_OK);
    ck_assert(strncmp(w.s, "No subjects", 11) == 0);
    done();
}
END_TEST

/* Names come from tables: they must not reach the terminal as commands. */
START_TEST(control_characters_are_shown)
{
    kx_write_options options = options_for(KX_WRITE_EXPLAIN, "640104", NULL, 0);
    fixture_init(&f, KX_LANG_ZH);
    f.rules.title = KXI_STR("\x1b[31m红\n");
    w = (struct written){ NULL, 0, 0, 0 };
    ck_assert_int_eq(write_result(&f.score, &options, &w, NULL), KX_OK);
    ck_assert(strncmp(w.s, "\\x1B[31m红\\x0A", 15) == 0);
    ck_assert(strchr(w.s, 0x1b) == NULL);
    done();
}
END_TEST

TCase *
text_tests(void)
{
    TCase *t = tcase_create("text");
    tcase_add_test(t, ranking);
    tcase_add_test(t, ranking_in_a_narrow_terminal);
    tcase_add_loop_test(t, explain_line, 0, COUNT(lines));
    tcase_add_test(t, explain_one_indicator);
    tcase_add_test(t, gaps);
    tcase_add_test(t, two_cohorts);
    tcase_add_test(t, no_subjects);
    tcase_add_test(t, control_characters_are_shown);
    return t;
}
