#include "apportion/plan.h"

#include "apportion/read.h"

static const char *const top_keys[] = { "$schema", "kexie-seats", "id",   "title",  "source",     "as_of",  "columns",
                                        "headers", "unit",        "name", "define", "allotments", "checks", NULL };

uint32_t
kxi_plan_column_find(const kxi_plan *plan, kxi_str name)
{
    for (size_t i = 0; i < plan->column_count; i++)
        if (kxi_str_eq(plan->columns[i].name, name))
            return (uint32_t)i;
    return KXI_NONE;
}

static bool
listed(const char *const *names, kxi_str key)
{
    for (; *names; names++)
        if (kxi_str_is(key, *names))
            return true;
    return false;
}

/* Rules of one allotment say its keys at the top. */
static kx_status
check_keys(kxi_reader *r, const kxi_node *root, bool alone)
{
    size_t n = 0;
    const char **known = kxi_arena_array(r->a, 64, sizeof(*known));
    if (!known)
        return kxi_nomem(r->d);
    for (const char *const *p = top_keys; *p; p++)
        if (!alone || strcmp(*p, "allotments") != 0)
            known[n++] = *p;
    for (const char *const *p = kxi_allotment_keys; alone && *p; p++)
        if (!listed(top_keys, kxi_str_of(*p)))
            known[n++] = *p;
    return kxi_reader_keys(r, root, "kexie-seats", known);
}

static kx_status
check_version(kxi_reader *r, const kxi_node *root)
{
    const kxi_node *version = kxi_node_get(root, "kexie-seats");
    if (!version)
        return KXI_FAIL(r->d, MISSING_KEY, kxi_reader_at(r, root), KXI_A_CSTR("/"), KXI_A_CSTR("kexie-seats"));
    if (version->type != KXI_NODE_NUMBER || !kxi_str_is(version->text, "1"))
        return KXI_FAIL(r->d, SEATS_VERSION, kxi_reader_at(r, version),
                        KXI_A_STR(version->text.s ? version->text : KXI_STR("?")));
    return KX_OK;
}

/* ---- columns ---- */

static kx_status
read_column(kxi_reader *r, const kxi_node *node, kxi_plan_column *out)
{
    static const struct {
        const char *name;
        int32_t type;
    } types[] = { { "text", KX_TEXT }, { "number", KX_NUMBER }, { "date", KX_DATE }, { "bool", KX_BOOL } };
    KXI_PLAN_TRY(kxi_reader_type(r, node, KXI_NODE_STRING));
    kxi_str type = node->text;
    kx_status st = kxi_text_normalise(r->a, node->key, &out->name);
    if (st == KX_E_NOMEM)
        return kxi_nomem(r->d);
    out->node = node;
    out->optional = type.n > 1 && type.s[type.n - 1] == '?';
    type.n -= out->optional;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (kxi_str_is(type, types[i].name))
            out->type = types[i].type;
    return out->type ? KX_OK : KXI_FAIL(r->d, SEATS_COLUMN_TYPE, kxi_reader_at(r, node), KXI_A_STR(node->text));
}

static kx_status
read_columns(kxi_reader *r, const kxi_node *root, kxi_plan *plan)
{
    const kxi_node *node = kxi_reader_value(root, "columns");
    if (!node)
        return KXI_FAIL(r->d, MISSING_KEY, kxi_reader_at(r, root), KXI_A_CSTR("kexie-seats"), KXI_A_CSTR("columns"));
    KXI_PLAN_TRY(kxi_reader_type(r, node, KXI_NODE_OBJECT));
    if (node->count > KXI_PLAN_ITEMS)
        return KXI_FAIL(r->d, SEATS_LIST_LONG, kxi_reader_at(r, node), KXI_A_CSTR("columns"), KXI_A_INT(node->count),
                        KXI_A_INT(KXI_PLAN_ITEMS));
    kxi_plan_column *columns = kxi_arena_array(r->a, node->count + 1u, sizeof(*columns));
    if (!columns)
        return kxi_nomem(r->d);
    plan->columns = columns;
    kxi_node_each (member, node) {
        KXI_PLAN_TRY(read_column(r, member, &columns[plan->column_count]));
        if (kxi_plan_column_find(plan, columns[plan->column_count].name) != KXI_NONE)
            return KXI_FAIL(r->d, DUPLICATE_NAME, kxi_node_key_place(r->a, member), KXI_A_STR(member->key),
                            KXI_A_CSTR("columns"));
        plan->column_count++;
    }
    return KX_OK;
}

/* "unit" and "name": columns of text. */
static kx_status
read_naming(kxi_reader *r, const kxi_node *root, const char *key, const char *otherwise, kxi_plan *plan, kxi_str *out)
{
    const kxi_node *node = kxi_reader_value(root, key);
    KXI_PLAN_TRY(kxi_reader_text(r, root, key, out));
    if (!node)
        *out = kxi_str_of(otherwise);
    if (!out->n)
        return KX_OK;
    uint32_t column = kxi_plan_column_find(plan, *out);
    kxi_place place = kxi_reader_at(r, node ? node : kxi_node_get(root, "columns"));
    if (column != KXI_NONE)
        return plan->columns[column].type == KX_TEXT ? KX_OK : KXI_FAIL(r->d, SEATS_UNIT_TEXT, place, KXI_A_STR(*out));
    kxi_str *names = kxi_arena_array(r->a, plan->column_count + 1, sizeof(*names));
    if (!names)
        return kxi_nomem(r->d);
    for (size_t i = 0; i < plan->column_count; i++)
        names[i] = plan->columns[i].name;
    return KXI_FAIL(r->d, SEATS_NO_COLUMN, place, KXI_A_STR(*out),
                    KXI_A_STR(kxi_reader_list(r, names, plan->column_count)));
}

/* ---- lists ---- */

/* The id of an allotment is a name in expressions, so nothing else may have it. */
static kx_status
check_id(kxi_reader *r, const kxi_plan *plan, const kxi_allotment *list, size_t at, bool alone)
{
    const kxi_node *node = alone ? list[at].node : kxi_node_get(list[at].node, "id");
    const char *taken = kxi_plan_column_find(plan, list[at].id) != KXI_NONE ? "columns" : NULL;
    if (kxi_str_is(list[at].id, "as_of"))
        taken = "as_of";
    if (plan->define)
        kxi_node_each (member, plan->define)
            if (kxi_str_eq(member->key, list[at].id))
                taken = "define";
    for (size_t i = 0; i < at; i++)
        if (kxi_str_eq(list[i].id, list[at].id))
            taken = "allotments";
    return taken ? KXI_FAIL(r->d, DUPLICATE_NAME, kxi_reader_at(r, node), KXI_A_STR(list[at].id), KXI_A_CSTR(taken))
                 : KX_OK;
}

static kx_status
read_allotments(kxi_reader *r, const kxi_node *root, const kxi_node *node, kxi_plan *plan)
{
    size_t count = 1;
    if (node) {
        KXI_PLAN_TRY(kxi_reader_array(r, node));
        count = node->count;
    }
    kxi_allotment *list = kxi_arena_array(r->a, count + 1, sizeof(*list));
    if (!list)
        return kxi_nomem(r->d);
    plan->allotments = list;
    for (const kxi_node *item = node ? node->child : root; item; item = node ? item->next : NULL) {
        KXI_PLAN_TRY(kxi_plan_allotment(r, item, !node, list, plan->allotment_count, &list[plan->allotment_count]));
        KXI_PLAN_TRY(check_id(r, plan, list, plan->allotment_count, !node));
        plan->allotment_count++;
    }
    if (plan->allotment_count)
        return KX_OK;
    return KXI_FAIL(r->d, MISSING_KEY, kxi_reader_at(r, node), KXI_A_CSTR("allotments"), KXI_A_CSTR("id"));
}

static kx_status
read_checks(kxi_reader *r, const kxi_node *node, kxi_plan *plan)
{
    if (!node)
        return KX_OK;
    KXI_PLAN_TRY(kxi_reader_array(r, node));
    kxi_seat_check *list = kxi_arena_array(r->a, node->count + 1u, sizeof(*list));
    if (!list)
        return kxi_nomem(r->d);
    plan->checks = list;
    kxi_node_each (item, node) {
        kxi_seat_check *check = &list[plan->check_count];
        KXI_PLAN_TRY(kxi_plan_check(r, item, plan, check));
        for (size_t i = 0; i < plan->check_count; i++)
            if (kxi_str_eq(list[i].id, check->id))
                return KXI_FAIL(r->d, DUPLICATE_NAME, kxi_reader_at(r, item), KXI_A_STR(check->id),
                                KXI_A_CSTR("checks"));
        plan->check_count++;
    }
    return KX_OK;
}

static kx_status
read_as_of(kxi_reader *r, const kxi_node *root, kxi_plan *plan)
{
    const kxi_node *node = kxi_reader_value(root, "as_of");
    if (!node)
        return KX_OK;
    KXI_PLAN_TRY(kxi_reader_type(r, node, KXI_NODE_STRING));
    plan->has_as_of = kxi_date_parse(node->text, &plan->as_of);
    return plan->has_as_of ? KX_OK : KXI_FAIL(r->d, SCHEME_DATE, kxi_reader_at(r, node), KXI_A_STR(node->text));
}

static kx_status
read_plan(kxi_reader *r, const kxi_node *root, kxi_plan *plan)
{
    const kxi_node *allotments = kxi_node_get(root, "allotments");
    KXI_PLAN_TRY(kxi_reader_type(r, root, KXI_NODE_OBJECT));
    KXI_PLAN_TRY(check_version(r, root));
    KXI_PLAN_TRY(check_keys(r, root, !allotments));
    KXI_PLAN_TRY(kxi_reader_text(r, root, "id", &plan->id));
    KXI_PLAN_TRY(kxi_reader_text(r, root, "title", &plan->title));
    KXI_PLAN_TRY(kxi_reader_text(r, root, "source", &plan->source));
    KXI_PLAN_TRY(read_as_of(r, root, plan));
    plan->define = kxi_reader_value(root, "define");
    plan->headers = kxi_reader_value(root, "headers");
    if (plan->define)
        KXI_PLAN_TRY(kxi_reader_type(r, plan->define, KXI_NODE_OBJECT));
    KXI_PLAN_TRY(read_columns(r, root, plan));
    KXI_PLAN_TRY(read_naming(r, root, "unit", "unit", plan, &plan->unit));
    KXI_PLAN_TRY(read_naming(r, root, "name", "", plan, &plan->name));
    KXI_PLAN_TRY(read_allotments(r, root, allotments, plan));
    return read_checks(r, kxi_reader_value(root, "checks"), plan);
}

kx_status
kxi_plan_read(const kxi_node *root, kxi_arena *arena, kxi_diag *d, const kxi_plan **out)
{
    kxi_reader r = { arena, d };
    kxi_plan *plan = kxi_arena_new(arena, kxi_plan);
    *out = NULL;
    if (!plan)
        return kxi_nomem(d);
    plan->root = root;
    KXI_PLAN_TRY(read_plan(&r, root, plan));
    *out = plan;
    return KX_OK;
}
