#include "table.h"

#include <stdlib.h>

/* The next field of a line that ends with a tab or the line. */
static char *
field(char **at)
{
    char *start = *at, *tab = strchr(start, '\t');
    if (tab)
        *tab = '\0';
    *at = tab ? tab + 1 : start + strlen(start);
    return start;
}

static void
read_column(struct table *t, char *line)
{
    static const struct {
        const char *name;
        enum kxi_vtype type, item;
    } kinds[] = {
        { "number", KXI_V_NUMBER, KXI_V_NULL }, { "bool", KXI_V_BOOL, KXI_V_NULL },
        { "text", KXI_V_TEXT, KXI_V_NULL },     { "date", KXI_V_DATE, KXI_V_NULL },
        { "texts", KXI_V_LIST, KXI_V_TEXT },    { "numbers", KXI_V_LIST, KXI_V_NUMBER },
    };
    ck_assert_uint_lt(t->column_count, COUNT(t->columns));
    struct column *c = &t->columns[t->column_count++];
    c->name = field(&line);
    const char *kind = field(&line);
    size_t k = 0;
    while (k < COUNT(kinds) && strcmp(kind, kinds[k].name) != 0)
        k++;
    ck_assert_msg(k < COUNT(kinds), "unknown kind %s", kind);
    c->type = kinds[k].type;
    c->item = kinds[k].item;
    c->domain = (uint32_t)strtoul(field(&line), NULL, 10);
    c->lanes = line;
}

static void
read_codes(struct table *t, char *line)
{
    unsigned long domain = strtoul(field(&line), NULL, 10) - KXI_DOMAIN_FIRST;
    ck_assert_uint_lt(domain, 2);
    t->sizes[domain] = (uint32_t)strtoul(field(&line), NULL, 10);
    for (size_t i = 0; i < t->rows; i++)
        t->codes[domain][i] = (uint32_t)strtoul(line, &line, 10);
    t->code_lists[domain] = t->codes[domain];
}

static void
read_line(struct table *t, char *line)
{
    if (line[0] == '#' || line[0] == '\0')
        return;
    if (line[0] != '@') {
        t->vectors = realloc(t->vectors, (t->vector_count + 1) * sizeof(*t->vectors));
        ck_assert_ptr_nonnull(t->vectors);
        struct vector *v = &t->vectors[t->vector_count++];
        v->text = field(&line);
        v->value = line;
        return;
    }
    const char *what = field(&line);
    if (strcmp(what, "@rows") == 0)
        t->rows = strtoul(line, NULL, 10);
    else if (strcmp(what, "@codes") == 0)
        read_codes(t, line);
    else if (strcmp(what, "@column") == 0)
        read_column(t, line);
    else if (strcmp(what, "@map") == 0)
        t->map = line + strlen("worth") + 1;
    else
        ck_abort_msg("unknown line %s", what);
}

void
table_read(struct table *t)
{
    size_t n;
    *t = (struct table){ .file = test_read("expr/oracle.tsv", &n) };
    for (char *at = t->file, *end; *at; at = end) {
        end = strchr(at, '\n');
        ck_assert_ptr_nonnull(end);
        *end++ = '\0';
        read_line(t, at);
    }
    ck_assert_uint_le(t->rows, COUNT(t->codes[0]));
    ck_assert(t->rows > 0 && t->column_count > 0 && t->vector_count > 0 && t->map);
}

void
table_free(struct table *t)
{
    free(t->vectors);
    free(t->file);
}

void
table_fixture(const struct table *t, struct kit *kit, struct fixture *f)
{
    *f = (struct fixture){ .kit = kit, .columns = t->columns, .count = t->column_count, .rows = t->rows };
    f->codes = t->code_lists;
    f->sizes = t->sizes;
    f->maps[0] = make_map(kit, t->map);
    f->map_names[0] = "worth";
}
