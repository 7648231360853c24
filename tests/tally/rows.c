#include "rows.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const units[] = { "A", "B", "C", "A1", "A2", "B1", "C1", "A11", "A12", "C11", "P", "" };
static const char *const kinds[] = { "talk", "fair", "show", "乙", "甲", "" };

#define PICK(list) (list)[next_random(random, COUNT(list))]

static const char *
random_day(uint32_t *random, char *out)
{
    if (next_random(random, 12) == 0)
        return "";
    kxi_date_print(day("2024-12-20") + (kxi_day)next_random(random, 390), out);
    return out;
}

static const char *
random_number(uint32_t *random, char *out)
{
    if (next_random(random, 8) == 0)
        return "";
    snprintf(out, 16, "%s%u.%u", next_random(random, 4) ? "" : "-", (unsigned)next_random(random, 30),
             (unsigned)next_random(random, 10));
    return out;
}

static void
make_row(const char *table, char *line, uint32_t *random)
{
    char d1[11], d2[11], n1[16], n2[16];
    const char *unit = PICK(units), *other = PICK(units), *kind = PICK(kinds), *tag = PICK(kinds);
    const char *from = random_day(random, d1), *to = random_day(random, d2);
    const char *n = random_number(random, n1), *m = random_number(random, n2);
    if (strcmp(table, "acts") == 0) {
        static const char *const yes[] = { "1", "0", "" };
        snprintf(line, ROW_LENGTH, "%s,%s,%s,%s,%s,%s,%s;%s", unit, from, kind, n, PICK(yes), to, kind, tag);
    } else if (strcmp(table, "joint") == 0) {
        snprintf(line, ROW_LENGTH, "%s;%s;%s,%s,%s,%s;%s,%s;%s", unit, other, PICK(units), from, n, kind, tag, n, m);
    } else if (strcmp(table, "terms") == 0) {
        bool turned = from[0] && to[0] && strcmp(from, to) > 0;
        snprintf(line, ROW_LENGTH, "%s,%s,%s,%s", unit, kind, turned ? to : from, turned ? from : to);
    } else {
        snprintf(line, ROW_LENGTH, "%s,%s,%s", unit, n, kind);
    }
}

void
make_rows(struct rows *r, const char *table, size_t n, uint32_t *random)
{
    static const char *const headers[][2] = { { "acts", "unit,date,kind,n,ok,due,tags" },
                                              { "joint", "crew,date,n,tags,nums" },
                                              { "terms", "unit,role,from,to" },
                                              { "plain", "unit,n,word" } };
    r->table = table;
    r->count = n;
    for (size_t i = 0; i < COUNT(headers); i++)
        if (strcmp(headers[i][0], table) == 0)
            r->header = headers[i][1];
    for (size_t i = 0; i < n; i++)
        make_row(table, r->lines[i], random);
}

void
shuffle_rows(struct rows *r, uint32_t *random)
{
    char line[ROW_LENGTH];
    for (size_t i = r->count; i > 1; i--) {
        size_t j = next_random(random, (uint32_t)i);
        memcpy(line, r->lines[i - 1], ROW_LENGTH);
        memcpy(r->lines[i - 1], r->lines[j], ROW_LENGTH);
        memcpy(r->lines[j], line, ROW_LENGTH);
    }
}

char *
rows_text(const struct rows *r, size_t of, size_t remainder)
{
    char *text = malloc(ROW_LENGTH * (r->count + 1) + 2), *at = text;
    ck_assert_ptr_nonnull(text);
    at += sprintf(at, "%s\n", r->header);
    for (size_t i = 0; i < r->count; i++)
        if (i % of == remainder)
            at += sprintf(at, "%s\n", r->lines[i]);
    return text;
}
