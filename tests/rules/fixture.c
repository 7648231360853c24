#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "io/json.h"
#include "model/context.h"

/* ---- text ---- */

static const char *
part(const char *said, const char *otherwise)
{
    return said ? said : otherwise;
}

/* "name": {what}, or nothing when there is nothing in it. */
static const char *
wrap(char *out, size_t room, const char *before, const char *what, const char *after)
{
    snprintf(out, room, "%s%s%s", *what ? before : "", what, *what ? after : "");
    return out;
}

static char *
with_quotes(char *text)
{
    for (char *at = text; (at = strchr(at, '`'));)
        *at = '"';
    return text;
}

char *
scheme_text(const struct parts *p)
{
    enum { ROOM = 1 << 16 };
    static char tables[ROOM / 4], subjects[ROOM / 4], measures[ROOM / 4], nodes[ROOM / 4];
    size_t room = p->all ? strlen(p->all) + 1 : ROOM;
    char *text = malloc(room);
    ck_assert_ptr_nonnull(text);
    if (p->all)
        return with_quotes(memcpy(text, p->all, room));
    wrap(tables, sizeof(tables), "\n`tables`: {", part(p->tables, DEFAULT_TABLES), "},");
    wrap(subjects, sizeof(subjects), "\n`subjects`: ", part(p->subjects, DEFAULT_SUBJECTS), ",");
    wrap(measures, sizeof(measures), "\n`measures`: {", part(p->measures, DEFAULT_MEASURES), "},");
    wrap(nodes, sizeof(nodes), "\n`score`: {`points`: 10, `parts`: [", part(p->nodes, DEFAULT_NODES), "]},");
    int n = snprintf(text, ROOM, "{%s%s%s%s%s\n%s\n`title`: `x`}", part(p->top, DEFAULT_TOP), tables, subjects,
                     measures, nodes, part(p->more, ""));
    ck_assert(n > 0 && n < ROOM);
    return with_quotes(text);
}

/* Takes the mark out and notes where it stood: lines by \n, columns by characters. */
static void
take_mark(struct scheme *s)
{
    char *at = strstr(s->text, AT);
    s->line = s->column = 0;
    if (!at)
        return;
    s->line = s->column = 1;
    for (const char *c = s->text; c < at; c++) {
        if (*c == '\n') {
            s->line++;
            s->column = 1;
        } else if (((unsigned char)*c & 0xC0) != 0x80) {
            s->column++;
        }
    }
    memmove(at, at + strlen(AT), strlen(at + strlen(AT)) + 1);
    ck_assert_msg(!strstr(s->text, AT), "marked twice: %s", s->text);
}

/* ---- compiling ---- */

static kx_status
compile(kx_context *ctx, const char *text, size_t length, kxi_diag *d, kxi_rules **out)
{
    kxi_doc *doc;
    kx_status st = kxi_json_parse(ctx, KXI_STR("scheme.json"), (kxi_str){ text, length }, d, &doc);
    *out = NULL;
    return st == KX_OK ? kxi_rules_compile(ctx, doc, d, out) : st;
}

void
scheme_compile(struct scheme *s, const struct parts *parts, bool collect)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    memset(s, 0, sizeof(*s));
    s->fault = (struct fault)FAULT_NONE;
    s->err = (kx_error)KX_ERROR_INIT;
    options.alloc = fault_alloc;
    options.alloc_user = &s->fault;
    options.language = KX_LANG_EN;
    ck_assert_int_eq(kxi_context_new(&options, &s->ctx, NULL), KX_OK);
    kxi_findings_init(&s->findings, &s->ctx->mem, 1000);
    s->diag = (kxi_diag){ .language = KX_LANG_EN, .err = &s->err, .collect = collect, .all = &s->findings };
    s->text = scheme_text(parts);
    take_mark(s);
    s->status = compile(s->ctx, s->text, strlen(s->text), &s->diag, &s->rules);
    must(!s->rules == (s->status != KX_OK), "status %d with%s rules", (int)s->status, s->rules ? "" : "out");
}

void
scheme_must(struct scheme *s, const struct parts *parts)
{
    scheme_compile(s, parts, false);
    must(s->status == KX_OK, "%u:%u %s: %s\n%s", s->err.line, s->err.column, s->err.pointer, s->err.message, s->text);
    must(s->findings.count == 0, "%s\n%s", s->findings.items[0].text.s, s->text);
}

void
scheme_free(struct scheme *s)
{
    kxi_rules_free(s->rules);
    kxi_findings_free(&s->findings);
    kxi_context_unref(s->ctx);
    free(s->text);
    ck_assert_msg(s->fault.live == 0, "%zu blocks leak", (size_t)s->fault.live);
    ck_assert_msg(!s->fault.wrong, "a block came back with a wrong size");
}

kx_status
scheme_try(kxi_mem *mem, const char *text, size_t length)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    kx_error err = KX_ERROR_INIT;
    kx_context *ctx;
    kxi_rules *rules;
    options.alloc = mem->alloc;
    options.alloc_user = mem->user;
    kx_status st = kxi_context_new(&options, &ctx, &err);
    if (st != KX_OK)
        return st;
    kxi_diag d = { .language = KX_LANG_EN, .err = &err };
    st = compile(ctx, text, length, &d, &rules);
    ck_assert_int_eq(err.status, st);
    ck_assert(!rules == (st != KX_OK));
    kxi_rules_free(rules);
    kxi_context_unref(ctx);
    return st;
}

/* ---- looking ---- */

size_t
findings_of(const struct scheme *s, enum kxi_msg msg)
{
    size_t n = 0;
    for (size_t i = 0; i < s->findings.count; i++)
        n += s->findings.items[i].msg == msg;
    return n;
}

uint32_t
table_of(const struct scheme *s, const char *name)
{
    uint32_t table = kxi_schema_table(&s->rules->schema, kxi_str_of(name));
    ck_assert_msg(table != KXI_NONE, "no table %s", name);
    return table;
}

uint32_t
column_of(const struct scheme *s, uint32_t table, const char *name)
{
    uint32_t column = kxi_spec_column(&s->rules->schema.tables[table], kxi_str_of(name));
    ck_assert_msg(column != KXI_NONE, "no column %s", name);
    return column;
}

uint32_t
measure_of(const struct scheme *s, const char *name)
{
    for (uint32_t i = 0; i < s->rules->measure_count; i++)
        if (kxi_str_is(s->rules->measures[i].name, name))
            return i;
    ck_abort_msg("no measure %s", name);
}

uint32_t
node_of(const struct scheme *s, const char *id)
{
    for (uint32_t i = 0; i < s->rules->node_count; i++)
        if (kxi_str_is(s->rules->nodes[i].id, id))
            return i;
    ck_abort_msg("no node %s", id);
}

uint32_t
fold_of(const struct scheme *s, const char *measure, bool by_dims, uint32_t shift)
{
    uint32_t m = measure_of(s, measure);
    for (uint32_t i = 0; i < s->rules->fold_count; i++) {
        const kxi_fold *f = &s->rules->folds[i];
        if (f->measure == m && f->by_dims == by_dims && f->shift == shift)
            return i;
    }
    ck_abort_msg("no fold of %s", measure);
}

kxi_day
day(const char *text)
{
    kxi_day out;
    ck_assert_msg(kxi_date_parse(kxi_str_of(text), &out), "no date: %s", text);
    return out;
}

void
assert_num(kxi_num got, const char *expected)
{
    struct kit k;
    kxi_num wanted;
    kit_init(&k);
    ck_assert_int_eq(kxi_num_parse(&k.num, kxi_str_of(expected), &wanted), KX_OK);
    ck_assert_msg(kxi_num_eq(got, wanted), "%lld/%lld instead of %s", (long long)got.n, (long long)got.d, expected);
    kit_free(&k);
}

/* ---- bad schemes ---- */

void
assert_words(const char *message, const char *words)
{
    char word[160];
    for (const char *at = words; at && *at;) {
        size_t n = strcspn(at, "|");
        ck_assert(n < sizeof(word));
        memcpy(word, at, n);
        word[n] = '\0';
        must(strstr(message, word) != NULL, "\"%s\" is not in: %s", word, message);
        at += n + (at[n] == '|');
    }
}

void
assert_bad(const struct bad_case *c)
{
    struct scheme s;
    scheme_compile(&s, &c->parts, false);
    const char *said = s.err.message;
    must(s.status == c->status && s.err.status == c->status, "status %d (%s) instead of %d: %s\n%s", (int)s.status,
         said, (int)c->status, kxi_msg_name(c->msg), s.text);
    must(s.err.code == kxi_msg_code(c->msg), "%d (%s) instead of %s\n%s", (int)s.err.code, said, kxi_msg_name(c->msg),
         s.text);
    must(s.line != 0, "no place is marked in\n%s", s.text);
    must(s.err.line == s.line && s.err.column == s.column, "%u:%u instead of %u:%u: %s\n%s", s.err.line, s.err.column,
         s.line, s.column, said, s.text);
    must(strcmp(s.err.pointer, c->pointer) == 0, "at %s instead of %s: %s\n%s", s.err.pointer, c->pointer, said,
         s.text);
    must(strcmp(s.err.input, "scheme.json") == 0, "input %s", s.err.input);
    must(!strstr(said, "{0}") && !strstr(said, "{1}") && !strstr(said, "{2}"), "an argument is missing: %s", said);
    assert_words(said, c->words);
    scheme_free(&s);
}
