/* The functions of the language, one row for each way to call them. doc/expressions.md tells what they do; a test holds
 * both together. */
#include "expr/compiler.h"

/* name, takes, gives, kernel, method, param (rounding: the mode unless one is given; durations: days, or months below 0) */
#define FUNCTIONS(X)                                                 \
    X("has", "x", BOOL, has, false, 0)                               \
    X("coalesce", "xx+", NULL, coalesce, false, 0)                   \
    X("size", "t", NUMBER, size_text, true, 0)                       \
    X("size", "l", NUMBER, size_list, true, 0)                       \
    X("contains", "tt", BOOL, contains, true, 0)                     \
    X("startsWith", "tt", BOOL, starts, true, 0)                     \
    X("endsWith", "tt", BOOL, ends, true, 0)                         \
    X("number", "t", NUMBER, number, false, 0)                       \
    X("abs", "n", NUMBER, abs, false, 0)                             \
    X("min", "nn+", NUMBER, min, false, 0)                           \
    X("min", "dd+", DATE, min, false, 0)                             \
    X("max", "nn+", NUMBER, max, false, 0)                           \
    X("max", "dd+", DATE, max, false, 0)                             \
    X("floor", "n", NUMBER, round, false, KXI_ROUND_FLOOR)           \
    X("ceil", "n", NUMBER, round, false, KXI_ROUND_CEIL)             \
    X("round", "nW", NUMBER, round, false, KXI_ROUND_HALF_UP)        \
    X("round", "nWM", NUMBER, round, false, KXI_ROUND_HALF_UP)       \
    X("round_to", "nS", NUMBER, round_to, false, KXI_ROUND_HALF_UP)  \
    X("round_to", "nSM", NUMBER, round_to, false, KXI_ROUND_HALF_UP) \
    X("days", "n", DURATION, duration, false, 1)                     \
    X("weeks", "n", DURATION, duration, false, 7)                    \
    X("months", "n", DURATION, duration, false, -1)                  \
    X("years", "n", DURATION, duration, false, -12)                  \
    X("date", "t", DATE, date_parse, false, 0)                       \
    X("date", "nnn", DATE, date_make, false, 0)                      \
    X("year", "d", NUMBER, date_part, false, KXI_PART_YEAR)          \
    X("half", "d", NUMBER, date_part, false, KXI_PART_HALF)          \
    X("quarter", "d", NUMBER, date_part, false, KXI_PART_QUARTER)    \
    X("month", "d", NUMBER, date_part, false, KXI_PART_MONTH)        \
    X("day", "d", NUMBER, date_part, false, KXI_PART_DAY)            \
    X("weekday", "d", NUMBER, date_part, false, KXI_PART_WEEKDAY)

static const kxi_function functions[] = {
#define X(name, takes, gives, kernel, method, param) { name, takes, KXI_V_##gives, KXI_KERNEL_##kernel, method, param },
    FUNCTIONS(X)
#undef X
};
enum { FUNCTION_COUNT = sizeof(functions) / sizeof(functions[0]) };

static bool
first_of_name(size_t i)
{
    return i == 0 || strcmp(functions[i - 1].name, functions[i].name) != 0;
}

const kxi_function *
kxi_function_find(kxi_str name, size_t *count)
{
    const kxi_function *first = NULL;
    *count = 0;
    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        if (!kxi_str_is(name, functions[i].name))
            continue;
        first = first ? first : &functions[i];
        ++*count;
    }
    return first;
}

size_t
kxi_function_names(kxi_str *list, size_t max, bool method)
{
    size_t count = 0;
    for (size_t i = 0; i < FUNCTION_COUNT && count < max; i++)
        if (first_of_name(i) && (functions[i].method || !method))
            list[count++] = kxi_str_of(functions[i].name);
    return count;
}

static const char *
show_letter(char letter, bool english)
{
    switch (letter) {
    case 'n':
        return english ? "number" : "数";
    case 't':
        return english ? "text" : "文本";
    case 'd':
        return english ? "date" : "日期";
    case 'l':
        return english ? "list" : "列表";
    case 'W':
        return english ? "whole number" : "整数";
    case 'M':
        return english ? "mode" : "取舍方式";
    case 'S':
        return english ? "number above 0" : "大于 0 的数";
    default:
        return english ? "value" : "值";
    }
}

void
kxi_function_show(const kxi_function *f, int32_t language, kxi_buf *out)
{
    kxi_buf_cstr(out, f->name);
    kxi_buf_char(out, '(');
    for (const char *t = f->takes; *t; t++) {
        if (t > f->takes)
            kxi_buf_cstr(out, ", ");
        kxi_buf_cstr(out, *t == '+' ? "..." : show_letter(*t, language == KX_LANG_EN));
    }
    kxi_buf_char(out, ')');
}
