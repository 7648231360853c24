#include "model/schema.h"

uint32_t
kxi_schema_table(const kxi_schema *s, kxi_str name)
{
    for (size_t i = 0; i < s->table_count; i++)
        if (kxi_str_eq(s->tables[i].name, name))
            return (uint32_t)i;
    return KXI_NONE;
}

uint32_t
kxi_spec_column(const kxi_table_spec *t, kxi_str name)
{
    for (size_t i = 0; i < t->column_count; i++)
        if (kxi_str_eq(t->columns[i].name, name))
            return (uint32_t)i;
    return KXI_NONE;
}

kx_status
kxi_spec_header(const kxi_table_spec *t, kxi_arena *scratch, kxi_str header, uint32_t *column)
{
    kxi_str folded, name;
    *column = kxi_spec_column(t, header);
    if (*column != KXI_NONE)
        return KX_OK;
    kx_status status = kxi_text_fold(scratch, header, &folded);
    if (status != KX_OK)
        return status;
    for (size_t i = 0; i < t->header_count; i++)
        if (kxi_str_eq(t->headers[i].folded, folded)) {
            *column = t->headers[i].column;
            return KX_OK;
        }
    for (size_t i = 0; i < t->column_count; i++) {
        status = kxi_text_fold(scratch, t->columns[i].name, &name);
        if (status != KX_OK)
            return status;
        if (kxi_str_eq(name, folded)) {
            *column = (uint32_t)i;
            return KX_OK;
        }
    }
    return KX_OK;
}

/* Whether the folded text is this level's name or one of its aliases. */
static kx_status
level_is(const kxi_level *level, kxi_arena *scratch, kxi_str folded, bool *yes)
{
    kxi_str name;
    kx_status status = kxi_text_fold(scratch, level->name, &name);
    if (status != KX_OK)
        return status;
    *yes = kxi_str_eq(name, folded);
    for (size_t i = 0; i < level->alias_count && !*yes; i++)
        *yes = kxi_str_eq(level->aliases[i], folded);
    return KX_OK;
}

kx_status
kxi_schema_level(const kxi_schema *s, kxi_arena *scratch, kxi_str text, uint32_t *level)
{
    kxi_str folded;
    *level = KXI_NONE;
    kx_status status = kxi_text_fold(scratch, text, &folded);
    for (size_t i = 0; i < s->level_count && status == KX_OK; i++) {
        bool yes = false;
        status = level_is(&s->levels[i], scratch, folded, &yes);
        if (status == KX_OK && yes) {
            *level = (uint32_t)i;
            return KX_OK;
        }
    }
    return status;
}

static bool
is_one_of(uint32_t column, const uint32_t *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (columns[i] == column)
            return true;
    return false;
}

bool
kxi_schema_wants(const kxi_schema *s, uint32_t table, uint32_t column)
{
    const kxi_table_spec *t = &s->tables[table];
    if (t->columns[column].used)
        return true;
    if (is_one_of(column, (const uint32_t[]){ t->key, t->date, t->from, t->to }, 4))
        return true;
    const kxi_units_spec *u = &s->units;
    if (table == u->table &&
        is_one_of(column, (const uint32_t[]){ u->code, u->level, u->parent, u->from, u->to, u->into }, 6))
        return true;
    for (size_t i = 0; i < s->role_column_count; i++) {
        const kxi_role_column *r = &s->role_columns[i];
        if (r->table == table && is_one_of(column, (const uint32_t[]){ r->role, r->title, r->unit }, 3))
            return true;
    }
    return false;
}
