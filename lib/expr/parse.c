/* The parser: one loop over binding powers for binary operators, plain descent around it (grammar in expr.h).
 *
 * What may nest (parentheses, brackets, arguments, ?:, unary operators) counts against max_depth, so the C stack is bounded
 * by it. A chain such as a + b + c does not nest: it leans to the left, and who walks a tree goes down its left side in a
 * loop. A chain of postfix operators counts too, as it is walked by recursion. */
#include "expr/syntax.h"

enum { TEXT_MAX = 1 << 20 }; /* bytes of one expression */

typedef struct parser {
    kxi_lexer lexer;
    kxi_arena *arena;
    kxi_diag *diag;
    uint32_t depth, max_depth;
    bool english;
    kxi_token previous;
} parser;

static kx_status parse_cond(parser *p, kxi_ast **out);

static kxi_place
here(parser *p)
{
    return kxi_written_place(p->arena, p->lexer.source, p->lexer.token.start);
}

static kxi_str
token_text(const parser *p)
{
    const kxi_token *t = &p->lexer.token;
    if (t->kind == KXI_TOKEN_END)
        return kxi_str_of(p->english ? "the end" : "结尾");
    return (kxi_str){ p->lexer.source->text.s + t->start, t->end - t->start };
}

/* The current token is not what the grammar wants; often the reason is a word such as `and`, here or just before. */
static kx_status
fail_expected(parser *p, const char *en, const char *zh)
{
    const kxi_token *words[] = { &p->previous, &p->lexer.token };
    for (size_t i = 0, bytes; i < 2; i++) {
        const char *write = words[i]->kind == KXI_TOKEN_NAME ? kxi_char_instead(words[i]->text, &bytes) : NULL;
        if (write)
            return KXI_FAIL(p->diag, EXPR_INSTEAD, kxi_written_place(p->arena, p->lexer.source, words[i]->start),
                            KXI_A_STR(words[i]->text), KXI_A_CSTR(write));
    }
    return KXI_FAIL(p->diag, EXPR_EXPECTED, here(p), KXI_A_CSTR(p->english ? en : zh), KXI_A_STR(token_text(p)));
}

static bool
at(const parser *p, enum kxi_token_kind kind)
{
    return p->lexer.token.kind == kind;
}

static kx_status
next(parser *p)
{
    p->previous = p->lexer.token;
    return kxi_lexer_next(&p->lexer);
}

static kx_status
expect(parser *p, enum kxi_token_kind kind, const char *text)
{
    return at(p, kind) ? next(p) : fail_expected(p, text, text);
}

static kx_status
enter(parser *p)
{
    if (p->depth >= p->max_depth)
        return KXI_FAIL(p->diag, EXPR_DEPTH, here(p), KXI_A_INT(p->max_depth));
    p->depth++;
    return KX_OK;
}

static kx_status
node_new(parser *p, enum kxi_ast_kind kind, uint32_t start, kxi_ast **out)
{
    *out = kxi_arena_new(p->arena, kxi_ast);
    if (!*out)
        return kxi_nomem(p->diag);
    (*out)->kind = kind;
    (*out)->start = start;
    (*out)->end = p->lexer.token.end;
    (*out)->source = p->lexer.source;
    return KX_OK;
}

static int
power_of(const kxi_token *t)
{
    static const int powers[KXI_OPERATOR_COUNT] = {
#define X(name, text, power) [KXI_OPERATOR_##name] = power,
        KXI_BINARY_OPERATORS(X)
#undef X
    };
    return t->kind == KXI_TOKEN_OPERATOR ? powers[t->op] : 0;
}

/* cond { "," cond } up to the closing token, which is taken; node->args. A list may be empty. */
static kx_status
parse_args(parser *p, enum kxi_token_kind close, const char *close_text, kxi_ast *node)
{
    kxi_ast *first = NULL, **last = &first;
    while (!at(p, close)) {
        KXI_TRY(parse_cond(p, last));
        last = &(*last)->next;
        node->count++;
        if (!at(p, KXI_TOKEN_COMMA))
            break;
        KXI_TRY(next(p));
        if (at(p, close))
            return fail_expected(p, "a value after ','", "“,”后的值");
    }
    node->end = p->lexer.token.end;
    KXI_TRY(expect(p, close, close_text));
    const kxi_ast **args = kxi_arena_array(p->arena, node->count, sizeof(*args));
    if (!args)
        return kxi_nomem(p->diag);
    node->args = args;
    for (kxi_ast *a = first; a; a = a->next)
        *args++ = a;
    return KX_OK;
}

/* "(" args ")" after a function's name; the current token is the parenthesis. */
static kx_status
parse_call(parser *p, const kxi_ast *receiver, kxi_str name, uint32_t start, kxi_ast **out)
{
    KXI_TRY(node_new(p, KXI_AST_CALL, start, out));
    (*out)->left = receiver;
    (*out)->text = name;
    KXI_TRY(next(p));
    return parse_args(p, KXI_TOKEN_CLOSE, ")", *out);
}

/* name { "." name }: the names of a path, without what turns out to be a function of it. */
static kx_status
parse_path(parser *p, kxi_ast **out)
{
    KXI_TRY(node_new(p, KXI_AST_NAME, p->lexer.token.start, out));
    kxi_ast *node = *out;
    kxi_str name = p->lexer.token.text, *path = NULL;
    size_t capacity = 0;
    KXI_TRY(next(p));
    for (;;) {
        if (at(p, KXI_TOKEN_OPEN))
            return parse_call(p, node->parts ? node : NULL, name, node->start, out);
        if (node->parts == capacity) {
            capacity = capacity ? capacity * 2 : 2;
            kxi_str *more = kxi_arena_array(p->arena, capacity, sizeof(*more));
            if (!more)
                return kxi_nomem(p->diag);
            for (size_t i = 0; i < node->parts; i++)
                more[i] = path[i];
            node->path = path = more;
        }
        path[node->parts++] = name;
        if (!at(p, KXI_TOKEN_DOT))
            return KX_OK;
        KXI_TRY(next(p));
        if (!at(p, KXI_TOKEN_NAME))
            return fail_expected(p, "a name after '.'", "“.”后的名称");
        name = p->lexer.token.text;
        uint32_t end = p->lexer.token.end;
        KXI_TRY(next(p));
        if (!at(p, KXI_TOKEN_OPEN))
            node->end = end;
    }
}

static kx_status
parse_literal(parser *p, kxi_ast **out)
{
    const kxi_token *t = &p->lexer.token;
    enum kxi_ast_kind kind = t->kind == KXI_TOKEN_NUMBER   ? KXI_AST_NUMBER
                             : t->kind == KXI_TOKEN_TEXT   ? KXI_AST_TEXT
                             : kxi_str_is(t->text, "null") ? KXI_AST_NULL
                                                           : KXI_AST_BOOL;
    KXI_TRY(node_new(p, kind, t->start, out));
    (*out)->number = t->number;
    (*out)->text = t->text;
    (*out)->yes = kind == KXI_AST_BOOL && kxi_str_is(t->text, "true");
    return next(p);
}

static kx_status
parse_primary(parser *p, kxi_ast **out)
{
    const kxi_token *t = &p->lexer.token;
    uint32_t start = t->start;
    switch (t->kind) {
    case KXI_TOKEN_NUMBER:
    case KXI_TOKEN_TEXT:
        return parse_literal(p, out);
    case KXI_TOKEN_NAME:
        if (kxi_str_is(t->text, "true") || kxi_str_is(t->text, "false") || kxi_str_is(t->text, "null"))
            return parse_literal(p, out);
        return parse_path(p, out);
    case KXI_TOKEN_OPEN:
        KXI_TRY(next(p));
        KXI_TRY(parse_cond(p, out));
        (*out)->start = start;
        (*out)->end = t->end;
        return expect(p, KXI_TOKEN_CLOSE, ")");
    case KXI_TOKEN_LIST:
        KXI_TRY(node_new(p, KXI_AST_LIST, start, out));
        KXI_TRY(next(p));
        return parse_args(p, KXI_TOKEN_LIST_END, "]", *out);
    default:
        return fail_expected(p, "a value, a name or '('", "值、名称或“(”");
    }
}

static kx_status
parse_index(parser *p, kxi_ast **out)
{
    kxi_ast *node, *key;
    KXI_TRY(node_new(p, KXI_AST_INDEX, (*out)->start, &node));
    KXI_TRY(next(p));
    KXI_TRY(parse_cond(p, &key));
    node->left = *out;
    node->right = key;
    node->end = p->lexer.token.end;
    *out = node;
    return expect(p, KXI_TOKEN_LIST_END, "]");
}

static kx_status
parse_method(parser *p, kxi_ast **out)
{
    KXI_TRY(next(p));
    if (!at(p, KXI_TOKEN_NAME))
        return fail_expected(p, "the name of a function after '.'", "“.”后的函数名");
    kxi_str name = p->lexer.token.text;
    kxi_place place = here(p);
    KXI_TRY(next(p));
    if (!at(p, KXI_TOKEN_OPEN))
        return KXI_FAIL(p->diag, EXPR_FIELD, place, KXI_A_STR(name));
    return parse_call(p, *out, name, (*out)->start, out);
}

static kx_status
parse_postfix(parser *p, kxi_ast **out)
{
    uint32_t depth = p->depth;
    KXI_TRY(parse_primary(p, out));
    while (at(p, KXI_TOKEN_LIST) || at(p, KXI_TOKEN_DOT)) {
        KXI_TRY(enter(p));
        KXI_TRY(at(p, KXI_TOKEN_LIST) ? parse_index(p, out) : parse_method(p, out));
    }
    p->depth = depth;
    return KX_OK;
}

/* A minus before a number is part of it. */
static kx_status
parse_unary(parser *p, kxi_ast **out)
{
    const kxi_token *t = &p->lexer.token;
    bool minus = t->kind == KXI_TOKEN_OPERATOR && t->op == KXI_OPERATOR_SUB;
    if (!minus && t->kind != KXI_TOKEN_NOT)
        return parse_postfix(p, out);
    kxi_ast *node, *operand;
    KXI_TRY(node_new(p, KXI_AST_UNARY, t->start, &node));
    node->op = minus ? KXI_OPERATOR_NEG : KXI_OPERATOR_NOT;
    KXI_TRY(enter(p));
    KXI_TRY(next(p));
    KXI_TRY(parse_unary(p, &operand));
    p->depth--;
    node->left = operand;
    node->end = operand->end;
    *out = node;
    if (!minus || operand->kind != KXI_AST_NUMBER)
        return KX_OK;
    operand->start = node->start;
    *out = operand;
    return kxi_num_neg(&p->lexer.num, operand->number, &operand->number) == KX_OK ? KX_OK : kxi_nomem(p->diag);
}

static kx_status
parse_binary(parser *p, int least, kxi_ast **out)
{
    KXI_TRY(parse_unary(p, out));
    for (;;) {
        enum kxi_operator op = p->lexer.token.op;
        int power = power_of(&p->lexer.token);
        if (power < least)
            return KX_OK;
        kxi_ast *node, *right;
        KXI_TRY(node_new(p, KXI_AST_BINARY, (*out)->start, &node));
        KXI_TRY(next(p));
        KXI_TRY(parse_binary(p, power + 1, &right));
        node->op = op;
        node->left = *out;
        node->right = right;
        node->end = right->end;
        *out = node;
        if (power == KXI_POWER_COMPARE && power_of(&p->lexer.token) == KXI_POWER_COMPARE)
            return KXI_FAIL0(p->diag, EXPR_CHAIN, here(p));
    }
}

static kx_status
parse_cond(parser *p, kxi_ast **out)
{
    KXI_TRY(enter(p));
    KXI_TRY(parse_binary(p, KXI_POWER_LEAST, out));
    if (at(p, KXI_TOKEN_ASK)) {
        kxi_ast *node, *yes, *no;
        KXI_TRY(node_new(p, KXI_AST_COND, (*out)->start, &node));
        KXI_TRY(next(p));
        KXI_TRY(parse_cond(p, &yes));
        KXI_TRY(expect(p, KXI_TOKEN_COLON, ":"));
        KXI_TRY(parse_cond(p, &no));
        node->left = *out;
        node->right = yes;
        node->other = no;
        node->end = no->end;
        *out = node;
    }
    p->depth--;
    return KX_OK;
}

kx_status
kxi_parse(const kxi_compile *c, kxi_written *source, const kxi_ast **out)
{
    parser p = { .arena = c->arena, .diag = c->diag, .max_depth = c->max_depth };
    p.lexer = (kxi_lexer){ .source = source, .num = { c->arena, c->max_digits }, .diag = c->diag };
    p.english = c->diag->language == KX_LANG_EN;
    size_t bad = kxi_utf8_check(source->text);
    if (bad < source->text.n)
        return KXI_FAIL0(c->diag, EXPR_UTF8, kxi_written_place(c->arena, source, bad));
    if (source->text.n > TEXT_MAX)
        return KXI_FAIL(c->diag, EXPR_LONG, kxi_written_place(c->arena, source, 0), KXI_A_INT(TEXT_MAX));
    KXI_TRY(next(&p));
    if (at(&p, KXI_TOKEN_END))
        return KXI_FAIL0(c->diag, EXPR_EMPTY, here(&p));
    kxi_ast *tree;
    KXI_TRY(parse_cond(&p, &tree));
    if (!at(&p, KXI_TOKEN_END))
        return fail_expected(&p, "an operator or the end", "运算符或结尾");
    *out = tree;
    return KX_OK;
}
