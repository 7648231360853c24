#include "fixture.h"

#include <stdio.h>

/* ---- scope ---- */

static bool
name_is(const kxi_str *path, size_t parts, const char *name)
{
    for (size_t i = 0; i < parts; i++) {
        size_t n = strcspn(name, ".");
        if (path[i].n != n || memcmp(path[i].s, name, n) != 0 || (name[n] == '.') != (i + 1 < parts))
            return false;
        name += n + 1;
    }
    return parts > 0;
}

static bool
bind_constant(struct fixture *f, const struct column *c, kxi_binding *out)
{
    uint8_t state;
    kxi_str lane = kxi_str_of(c->lanes);
    if (f->mode != MODE_CONST || reads_state(lane, &state))
        return false;
    switch (c->type) {
    case KXI_V_NUMBER:
        out->kind = KXI_BIND_NUMBER;
        return kxi_num_parse(&f->kit->num, lane, &out->number) == KX_OK;
    case KXI_V_TEXT:
        out->kind = KXI_BIND_TEXT;
        out->text = lane;
        return true;
    case KXI_V_DATE:
        out->kind = KXI_BIND_DATE;
        return kxi_date_parse(lane, &out->day);
    case KXI_V_BOOL:
        out->kind = KXI_BIND_BOOL;
        out->yes = kxi_str_is(lane, "true");
        return true;
    default:
        return false;
    }
}

static uint32_t
domain_of(const struct fixture *f, const struct column *c)
{
    switch (f->mode) {
    case MODE_DOMAINS:
        return c->domain;
    case MODE_TABLE:
        return KXI_DOMAIN_FIRST + 7;
    case MODE_RUN:
    case MODE_CONST:
        return KXI_DOMAIN_RUN;
    default:
        return KXI_DOMAIN_ROWS;
    }
}

static kx_status
scope_name(void *user, const kxi_str *path, size_t parts, kxi_place place, kxi_binding *out, kxi_diag *d)
{
    struct fixture *f = user;
    (void)place;
    (void)d;
    for (size_t i = 0; i < f->count; i++) {
        const struct column *c = &f->columns[i];
        if (!name_is(path, parts, c->name))
            continue;
        *out = (kxi_binding){ .kind = KXI_BIND_SLOT, .slot = (uint32_t)i, .type = c->type, .item = c->item };
        out->domain = domain_of(f, c);
        out->nullable = strstr(c->lanes, "null") || strchr(c->lanes, '?');
        bind_constant(f, c, out);
        return KX_OK;
    }
    for (size_t i = 0; i < COUNT(f->maps) && f->map_names[i]; i++)
        if (name_is(path, parts, f->map_names[i])) {
            *out = (kxi_binding){ .kind = KXI_BIND_MAP, .map = f->maps[i] };
            return KX_OK;
        }
    char name[64];
    snprintf(name, sizeof(name), "%.*s", (int)path[0].n, path[0].s);
    const kxi_node *node = f->definitions && parts == 1 ? kxi_node_get(f->definitions, name) : NULL;
    if (!node)
        return KX_E_NOTFOUND;
    *out = (kxi_binding){ .kind = KXI_BIND_NODE, .node = node };
    return KX_OK;
}

static size_t
scope_names(void *user, kxi_str *list, size_t max)
{
    struct fixture *f = user;
    size_t n = 0;
    for (size_t i = 0; i < f->count && n < max; i++)
        list[n++] = kxi_str_of(f->columns[i].name);
    for (size_t i = 0; i < COUNT(f->maps) && f->map_names[i] && n < max; i++)
        list[n++] = kxi_str_of(f->map_names[i]);
    return n;
}

kxi_compile
fixture_compiler(struct fixture *f, kxi_scope *scope)
{
    *scope = (kxi_scope){ .user = f, .name = scope_name, .names = scope_names };
    return (kxi_compile){ .arena = &f->kit->arena,
                          .scope = scope,
                          .max_depth = f->max_depth ? f->max_depth : 64,
                          .max_digits = f->kit->num.max_digits,
                          .diag = &f->kit->diag };
}

kx_status
fixture_compile(struct fixture *f, const char *text, enum kxi_vtype want, const kxi_expr **out)
{
    kxi_scope scope;
    kxi_compile c = fixture_compiler(f, &scope);
    return kxi_expr_compile_text(&c, kxi_str_of(text), want, out);
}

/* ---- source ---- */

/* Lanes [first, first + n) of the rows, out of what is written for rows or entries. */
static kx_status
column_rows(struct fixture *f, uint32_t slot, size_t first, size_t n, kxi_vec *out)
{
    const struct column *c = &f->columns[slot];
    size_t count = 0;
    kxi_str *written = split(f->kit, kxi_str_of(c->lanes), " | ", &count);
    kxi_str *lanes = kxi_arena_array(&f->kit->arena, n, sizeof(*lanes));
    if (!written || !lanes)
        return KX_E_NOMEM;
    const uint32_t *codes = c->domain >= KXI_DOMAIN_FIRST ? f->codes[c->domain - KXI_DOMAIN_FIRST] : NULL;
    for (size_t i = 0; i < n; i++)
        lanes[i] = count == 1 ? written[0] : written[codes ? codes[first + i] : first + i];
    return vec_of(f, c->type, c->item, lanes, n, out);
}

static kx_status
source_rows(void *user, uint32_t slot, size_t first, size_t n, kxi_arena *arena, kxi_vec *out)
{
    (void)arena;
    return column_rows(user, slot, first, n, out);
}

static kx_status
source_entries(void *user, uint32_t slot, uint32_t domain, kxi_arena *arena, kxi_vec *out)
{
    struct fixture *f = user;
    const struct column *c = &f->columns[slot];
    (void)arena;
    if (domain == KXI_DOMAIN_RUN)
        return column_rows(f, slot, 0, 1, out);
    if (f->mode == MODE_DOMAINS) {
        size_t count = 0;
        kxi_str *written = split(f->kit, kxi_str_of(c->lanes), " | ", &count);
        ck_assert_uint_eq(domain, c->domain);
        ck_assert_uint_eq(count, f->sizes[domain - KXI_DOMAIN_FIRST] + 1);
        return written ? vec_of(f, c->type, c->item, written, count, out) : KX_E_NOMEM;
    }
    /* MODE_TABLE: the rows, and a null nobody asks for */
    kxi_str *lanes = kxi_arena_array(&f->kit->arena, f->rows + 1, sizeof(*lanes));
    size_t count = 0;
    kxi_str *written = split(f->kit, kxi_str_of(c->lanes), " | ", &count);
    if (!lanes || !written)
        return KX_E_NOMEM;
    const uint32_t *codes = c->domain >= KXI_DOMAIN_FIRST ? f->codes[c->domain - KXI_DOMAIN_FIRST] : NULL;
    for (size_t i = 0; i < f->rows; i++)
        lanes[i] = count == 1 ? written[0] : written[codes ? codes[i] : i];
    lanes[f->rows] = KXI_STR("null");
    return vec_of(f, c->type, c->item, lanes, f->rows + 1, out);
}

static kx_status
source_codes(void *user, uint32_t domain, size_t first, size_t n, kxi_arena *arena, const uint32_t **out)
{
    struct fixture *f = user;
    if (f->mode == MODE_DOMAINS) {
        *out = f->codes[domain - KXI_DOMAIN_FIRST] + first;
        return KX_OK;
    }
    uint32_t *codes = kxi_arena_array(arena, n, sizeof(*codes));
    if (!codes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        codes[i] = (uint32_t)(first + i);
    *out = codes;
    return KX_OK;
}

static size_t
source_size(void *user, uint32_t domain)
{
    struct fixture *f = user;
    return f->mode == MODE_DOMAINS ? f->sizes[domain - KXI_DOMAIN_FIRST] : f->rows;
}

kxi_source
fixture_source(struct fixture *f)
{
    return (kxi_source){ f, source_rows, source_entries, source_codes, source_size };
}

/* ---- running ---- */

kx_status
fixture_run(struct fixture *f, const kxi_expr *e, const char **out)
{
    struct kit *kit = f->kit;
    kxi_source source = fixture_source(f);
    const kxi_prepared *p;
    kx_status st = kxi_expr_prepare(e, &source, &kit->arena, kit->num.max_digits, &p);
    kxi_buf text;
    kxi_buf_init(&text, kit->arena.mem);
    size_t step = f->batch ? f->batch : f->rows;
    for (size_t first = 0; st == KX_OK && first < f->rows; first += step) {
        size_t n = f->rows - first < step ? f->rows - first : step;
        kxi_vec v;
        st = kxi_expr_run(p, &source, first, n, &kit->arena, &v);
        for (size_t i = 0; st == KX_OK && i < n; i++) {
            if (first + i > 0)
                kxi_buf_cstr(&text, " | ");
            show_lane(kit, &v, i, &text);
        }
    }
    kxi_str copy = kxi_str_copy(&kit->arena, kxi_buf_view(&text));
    if (st == KX_OK && (text.failed || !copy.s))
        st = KX_E_NOMEM;
    kxi_buf_free(&text);
    *out = copy.s;
    return st;
}

const char *
fixture_eval(struct fixture *f, const char *text)
{
    const kxi_expr *e;
    const char *out;
    kx_status st = fixture_compile(f, text, KXI_V_NULL, &e);
    ck_assert_msg(st == KX_OK, "%s: %s, column %u", text, f->kit->err.message, f->kit->err.column);
    st = fixture_run(f, e, &out);
    ck_assert_msg(st == KX_OK, "%s: run %d", text, (int)st);
    return out;
}
