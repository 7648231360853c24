/* Titles become roles: "街道卫生服务中心主任" is a 院长. */
#include "model/model_priv.h"

/* What titles say, by the dictionary of the column of titles: for each text the role at each level, and at no known one. */
typedef struct roles {
    kxi_seal *seal;
    const kxi_role_column *spec;
    kxi_bound_table *bound;
    const kxi_column *role, *title, *unit;
    const uint32_t *units;  /* texts of unit -> units, NULL when the level is not asked for */
    uint32_t *matches;      /* text * (levels + 1) + level */
    uint32_t *given;        /* texts of role -> codes of the new column */
    kxi_strmap folded;      /* titles and the roles' own names */
    uint32_t *heads, *next; /* folded text -> the first title with it; title -> the next, KXI_NONE */
    uint32_t *own;          /* folded text -> the role of this name, KXI_NONE */
} roles;

static size_t
stride(const roles *r)
{
    return r->seal->schema->level_count + 1;
}

/* The titles with equal folded text in a chain, in the order of the scheme. */
static kx_status
index_titles(roles *r)
{
    const kxi_schema *schema = r->seal->schema;
    kxi_arena *a = &r->seal->scratch;
    size_t most = schema->title_count + schema->role_count + 1;
    r->heads = kxi_arena_array(a, most, sizeof(*r->heads));
    r->own = kxi_arena_array(a, most, sizeof(*r->own));
    r->next = kxi_arena_array(a, most, sizeof(*r->next));
    if (!r->heads || !r->own || !r->next)
        return KX_E_NOMEM;
    memset(r->heads, 0xFF, most * sizeof(*r->heads));
    memset(r->own, 0xFF, most * sizeof(*r->own));
    uint32_t number;
    kx_status status = KX_OK;
    for (size_t i = schema->title_count; i-- > 0 && status == KX_OK;) {
        status = kxi_strmap_add(&r->folded, schema->titles[i].folded, &number, NULL);
        if (status != KX_OK)
            break;
        r->next[i] = r->heads[number];
        r->heads[number] = (uint32_t)i;
    }
    for (size_t i = schema->role_count; i-- > 0 && status == KX_OK;) {
        kxi_str name;
        status = kxi_text_fold(a, schema->roles[i], &name);
        if (status == KX_OK)
            status = kxi_strmap_add(&r->folded, name, &number, NULL);
        if (status == KX_OK)
            r->own[number] = (uint32_t)i;
    }
    return status;
}

/* The role of a title at a level: the entry for the level, then the one for all, then the role whose name it is. */
static uint32_t
match(const roles *r, uint32_t number, size_t level)
{
    const kxi_title *titles = r->seal->schema->titles;
    uint32_t general = KXI_NONE;
    for (uint32_t i = r->heads[number]; i != KXI_NONE; i = r->next[i]) {
        if (titles[i].level == level)
            return titles[i].role;
        if (titles[i].level == KXI_NONE && general == KXI_NONE)
            general = titles[i].role;
    }
    return general != KXI_NONE ? general : r->own[number];
}

static kx_status
fold_number(const roles *r, kxi_arena *scratch, kxi_str text, uint32_t *number)
{
    kxi_str folded;
    kxi_arena_reset(scratch);
    kx_status status = kxi_text_fold(scratch, text, &folded);
    *number = status == KX_OK ? kxi_strmap_find(&r->folded, folded) : KXI_NONE;
    return status;
}

static kx_status
match_titles(roles *r, kxi_arena *scratch)
{
    const kxi_dict *dict = r->title->dict;
    kx_status status = KX_OK;
    size_t cells;
    if (!kxi_mul_size((size_t)dict->count + 1, stride(r), &cells))
        return KX_E_NOMEM;
    r->matches = kxi_arena_array(&r->seal->scratch, cells, sizeof(*r->matches));
    if (!r->matches)
        return KX_E_NOMEM;
    for (uint32_t code = 0; code < dict->count && status == KX_OK; code++) {
        uint32_t number;
        status = fold_number(r, scratch, dict->texts[code], &number);
        for (size_t level = 0; level < stride(r); level++)
            r->matches[code * stride(r) + level] = number == KXI_NONE ? KXI_NONE : match(r, number, level);
    }
    return status;
}

/* What the data itself says is kept; when it is a role's name in another width or case, it is that role. */
static kx_status
take_given(roles *r, kxi_arena *scratch, kxi_intern *texts)
{
    const kxi_schema *schema = r->seal->schema;
    kx_status status = KX_OK;
    uint32_t code, number;
    for (size_t i = 0; i < schema->role_count && status == KX_OK; i++)
        status = kxi_intern_add(texts, schema->roles[i], &code);
    if (!r->role || status != KX_OK)
        return status;
    const kxi_dict *dict = r->role->dict;
    r->given = kxi_arena_array(&r->seal->scratch, (size_t)dict->count + 1, sizeof(*r->given));
    if (!r->given)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < dict->count && status == KX_OK; i++) {
        status = fold_number(r, scratch, dict->texts[i], &number);
        bool own = status == KX_OK && number != KXI_NONE && r->own[number] != KXI_NONE;
        if (status == KX_OK)
            status = kxi_intern_add(texts, own ? schema->roles[r->own[number]] : dict->texts[i], &r->given[i]);
    }
    return status;
}

/* The level of the unit a row names first, by its last version; the number of levels when it is not known. */
static size_t
level_of(const roles *r, size_t row)
{
    const kx_dataset *ds = r->seal->ds;
    size_t unknown = r->seal->schema->level_count;
    size_t value = r->units ? kxi_column_first(r->unit, row) : KXI_NO_VALUE;
    uint32_t code = value == KXI_NO_VALUE ? KXI_NONE : kxi_column_code(r->unit, value);
    uint32_t unit = code == KXI_NONE ? KXI_NONE : r->units[code];
    if (unit == KXI_NONE)
        return unknown;
    uint32_t level = ds->versions[ds->version_first[unit + 1] - 1].level;
    return level == KXI_NONE ? unknown : level;
}

static uint32_t
code_of(const kxi_column *c, size_t row)
{
    size_t value = c ? kxi_column_first(c, row) : KXI_NO_VALUE;
    return value == KXI_NO_VALUE ? KXI_NONE : kxi_column_code(c, value);
}

/* Codes of the new column are the roles' numbers, as long as their names differ. */
static kx_status
fill(roles *r, const uint32_t *role_codes, kxi_column *out, kxi_misses *misses)
{
    kx_status status = KX_OK;
    for (size_t row = 0; row < out->rows && status == KX_OK; row++) {
        uint32_t given = code_of(r->role, row), title = code_of(r->title, row), code = KXI_NONE;
        if (given != KXI_NONE)
            code = r->given[given];
        if (code == KXI_NONE && title != KXI_NONE && r->title->dict->texts[title].n) {
            uint32_t role = r->matches[title * stride(r) + level_of(r, row)];
            code = role == KXI_NONE ? KXI_NONE : role_codes[role];
            if (role == KXI_NONE)
                status = kxi_misses_add(misses, title, row);
        }
        if (code == KXI_NONE && status == KX_OK)
            status = kxi_column_set_null(r->seal->mem, out, row);
        else
            ((uint32_t *)kxi_writable(out->values))[row] = code == KXI_NONE ? 0 : code;
    }
    return status;
}

static kx_status
report_unmatched(roles *r, kxi_misses *misses)
{
    const kxi_dict *dict = r->title->dict;
    kx_status status = kxi_misses_merge(misses, dict) == KX_OK ? KX_OK : kxi_nomem(r->seal->diag);
    for (size_t i = 0; i < misses->count && status == KX_OK; i++) {
        kxi_shown shown;
        size_t row = misses->items[i].first;
        status =
            KXI_FAIL(r->seal->diag, TITLE_UNMATCHED, kxi_table_place(r->bound->table, row), KXI_A_STR(r->title->name),
                     KXI_A_ROW(row), KXI_A_STR(kxi_show(&shown, dict->texts[misses->items[i].key])),
                     KXI_A_INT(misses->items[i].count));
    }
    return status;
}

static kx_status
make_column(roles *r, kxi_intern *texts, kxi_column *out, kxi_misses *misses)
{
    const kxi_schema *schema = r->seal->schema;
    uint32_t *role_codes = kxi_arena_array(&r->seal->scratch, schema->role_count + 1, sizeof(*role_codes));
    kx_status status = role_codes ? KX_OK : KX_E_NOMEM;
    for (size_t i = 0; i < schema->role_count && status == KX_OK; i++)
        status = kxi_intern_add(texts, schema->roles[i], &role_codes[i]);
    out->name = r->seal->schema->tables[r->spec->table].columns[r->spec->role].name;
    out->type = KX_TEXT;
    out->rows = out->count = r->bound->rows;
    if (status == KX_OK)
        status = kxi_column_room(r->seal->mem, out, KX_LAYOUT_CODE32);
    if (status == KX_OK)
        status = fill(r, role_codes, out, misses);
    if (status == KX_OK)
        status = kxi_dict_take(&texts->map, &out->dict);
    return status == KX_OK ? kxi_column_narrow(r->seal->mem, out) : status;
}

static kx_status
run(roles *r, kxi_misses *misses)
{
    kxi_arena scratch;
    kxi_intern texts;
    kxi_column *out = kxi_alloc_zero(r->seal->mem, sizeof(*out));
    if (!out)
        return kxi_nomem(r->seal->diag);
    kxi_arena_init(&scratch, r->seal->mem);
    kxi_intern_init(&texts, r->seal->mem);
    kx_status status = index_titles(r);
    if (status == KX_OK)
        status = match_titles(r, &scratch);
    if (status == KX_OK)
        status = take_given(r, &scratch, &texts);
    if (status == KX_OK)
        status = make_column(r, &texts, out, misses);
    kxi_intern_free(&texts);
    kxi_arena_free(&scratch);
    if (status != KX_OK) {
        kxi_column_drop(r->seal->mem, &out);
        return kxi_nomem(r->seal->diag);
    }
    kxi_bound *bound = &r->bound->columns[r->spec->role];
    kxi_column_drop(r->seal->mem, &bound->resolved);
    bound->column = bound->resolved = out;
    return report_unmatched(r, misses);
}

kx_status
kxi_seal_roles(kxi_seal *s, const kxi_role_column *role)
{
    roles r = { .seal = s, .spec = role, .bound = &s->ds->tables[role->table] };
    r.role = kxi_bound_column(s->ds, role->table, role->role);
    r.title = kxi_bound_column(s->ds, role->table, role->title);
    r.unit = kxi_bound_column(s->ds, role->table, role->unit);
    if (!r.title)
        return KX_OK;
    if (r.unit && s->ds->version_first)
        r.units = r.bound->columns[role->unit].entities;
    kxi_misses misses;
    kxi_misses_init(&misses, s->mem);
    kxi_strmap_init(&r.folded, s->mem);
    kx_status status = run(&r, &misses);
    kxi_strmap_free(&r.folded);
    kxi_misses_free(&misses);
    return status;
}
