/* The digest of the reference tables: one element a row, so that the order of rows does not matter.
 *
 *   row    table | names of the columns that are wanted | their values
 *   value  tag, then for text its length and bytes, for numbers digits and scale without zeros at the end, for lists values
 *
 * The order of columns is the scheme's; what a file calls them, and how wide it stores them, does not count. */
#include "model/model_priv.h"

static void
add_word(kxi_buf *b, uint64_t v)
{
    char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(v >> (8 * i) & 0xFF);
    kxi_buf_add(b, bytes, sizeof(bytes));
}

static void
add_text(kxi_buf *b, kxi_str s)
{
    add_word(b, s.n);
    kxi_buf_str(b, s);
}

static void
add_value(kxi_buf *b, const kxi_column *c, size_t value)
{
    if (!kxi_column_known(c, value)) {
        kxi_buf_char(b, '0');
        return;
    }
    kxi_buf_char(b, (char)('a' + c->type));
    if (c->type == KX_TEXT) {
        add_text(b, kxi_column_text(c, value));
        return;
    }
    int64_t v = kxi_column_int(c, value);
    int scale = c->scale;
    for (; scale > 0 && v % 10 == 0; scale--)
        v /= 10;
    add_word(b, (uint64_t)v);
    kxi_buf_char(b, (char)('0' + scale));
}

static void
add_cell(kxi_buf *b, const kxi_column *c, size_t row)
{
    if (!c) {
        kxi_buf_char(b, '0');
        return;
    }
    if (!c->lists) {
        add_value(b, c, row);
        return;
    }
    int64_t first = c->lists[row], end = c->lists[row + 1];
    kxi_buf_char(b, '[');
    add_word(b, (uint64_t)(end - first));
    for (int64_t i = first; i < end; i++)
        add_value(b, c, (size_t)i);
}

/* The columns that count. */
static kx_status
list_wanted(kxi_seal *s, uint32_t table, uint32_t **columns, size_t *count)
{
    size_t all = s->schema->tables[table].column_count;
    *columns = kxi_arena_array(&s->scratch, all + 1, sizeof(**columns));
    *count = 0;
    if (!*columns)
        return KX_E_NOMEM;
    for (size_t i = 0; i < all; i++)
        if (kxi_schema_wants(s->schema, table, (uint32_t)i))
            (*columns)[(*count)++] = (uint32_t)i;
    return KX_OK;
}

static kx_status
digest_table(kxi_seal *s, uint32_t table, kxi_buf *b)
{
    const kxi_table_spec *spec = &s->schema->tables[table];
    const kxi_bound_table *bound = &s->ds->tables[table];
    uint32_t *columns;
    size_t count;
    if (list_wanted(s, table, &columns, &count) != KX_OK)
        return KX_E_NOMEM;
    b->n = 0;
    add_text(b, spec->name);
    for (size_t i = 0; i < count; i++)
        add_text(b, spec->columns[columns[i]].name);
    size_t head = b->n;
    for (size_t row = 0; row < bound->rows && !b->failed; row++) {
        b->n = head;
        for (size_t i = 0; i < count; i++)
            add_cell(b, bound->columns[columns[i]].column, row);
        if (!b->failed)
            kxi_digest_add(&s->ds->digest, b->s, b->n);
    }
    return b->failed ? KX_E_NOMEM : KX_OK;
}

kx_status
kxi_seal_digest(kxi_seal *s)
{
    kxi_buf b;
    kx_status status = KX_OK;
    kxi_buf_init(&b, s->mem);
    s->ds->digest = (kxi_digest){ 0, 0 };
    for (size_t i = 0; i < s->schema->table_count && status == KX_OK; i++)
        if (s->ds->tables[i].table && s->schema->tables[i].kind == KXI_REFERENCE)
            status = digest_table(s, (uint32_t)i, &b);
    kxi_buf_free(&b);
    return status == KX_OK ? KX_OK : kxi_nomem(s->diag);
}
