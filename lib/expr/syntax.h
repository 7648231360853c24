/* expr/syntax.h: from a text to a tree: operators, tokens, nodes. Private to expr.
 *
 *   "a + b * 2" --lexer--> a  +  b  *  2 --parser--> ADD(a, MUL(b, 2))
 *
 * A tree is immutable and knows nothing of types or names: the same one may be compiled in several scopes. Offsets are
 * bytes of the text; lines and columns are computed when something is wrong.
 *
 * Layer: expr. May include: base, text, model.
 */
#ifndef KXI_EXPR_SYNTAX_H
#define KXI_EXPR_SYNTAX_H

#include "expr/expr.h"

#define KXI_TRY(call)            \
    do {                         \
        kx_status try_ = (call); \
        if (try_ != KX_OK)       \
            return try_;         \
    } while (0)

/* Name, text, binding power: the higher binds tighter; all are left to right, those of KXI_POWER_COMPARE do not chain. */
/* clang-format off */
#define KXI_BINARY_OPERATORS(X)                                                                                 \
    X(OR, "||", 1) X(AND, "&&", 2)                                                                              \
    X(EQ, "==", 3) X(NE, "!=", 3) X(LE, "<=", 3) X(GE, ">=", 3) X(LT, "<", 3) X(GT, ">", 3) X(IN, "in", 3)      \
    X(ADD, "+", 4) X(SUB, "-", 4) X(MUL, "*", 5) X(DIV, "/", 5) X(MOD, "%", 5)
#define KXI_UNARY_OPERATORS(X) X(NOT, "!") X(NEG, "-")
/* clang-format on */
enum { KXI_POWER_LEAST = 1, KXI_POWER_COMPARE = 3 };

enum kxi_operator {
#define X(name, text, power) KXI_OPERATOR_##name,
    KXI_BINARY_OPERATORS(X)
#undef X
#define X(name, text) KXI_OPERATOR_##name,
        KXI_UNARY_OPERATORS(X)
#undef X
            KXI_OPERATOR_COUNT
};
const char *kxi_operator_text(enum kxi_operator op);

/* Name, how it is written. */
/* clang-format off */
#define KXI_PUNCTUATION(X)                                                                                      \
    X(OPEN, "(") X(CLOSE, ")") X(LIST, "[") X(LIST_END, "]") X(COMMA, ",") X(DOT, ".") X(ASK, "?") X(COLON, ":") \
    X(NOT, "!")
/* clang-format on */

enum kxi_token_kind {
    KXI_TOKEN_END,
    KXI_TOKEN_NUMBER,
    KXI_TOKEN_TEXT,
    KXI_TOKEN_NAME,
    KXI_TOKEN_OPERATOR, /* binary ones; `-` is also unary */
#define X(name, text) KXI_TOKEN_##name,
    KXI_PUNCTUATION(X)
#undef X
};

/* What an expression was written as. Every name needs its place for the scope, and finding one from the start of a scheme
 * would take its whole length each time: places are found from the last one onwards. */
typedef struct kxi_written {
    kxi_str text;
    const kxi_node *node;                                        /* where it stands in a scheme; NULL: a plain text */
    enum { KXI_UNPLACED, KXI_PLACED, KXI_PLACED_AS_ONE } placed; /* AS_ONE: all of it at its start */
    kxi_place first, last;
    size_t last_at;
} kxi_written;

typedef struct kxi_token {
    enum kxi_token_kind kind;
    enum kxi_operator op;
    uint32_t start, end; /* bytes of the text */
    kxi_num number;
    kxi_str text; /* a name, or what a text literal says */
} kxi_token;

typedef struct kxi_lexer {
    kxi_written *source;
    size_t at;
    kxi_numctx num; /* its arena is also where texts go */
    kxi_diag *diag;
    kxi_token token; /* the current one */
} kxi_lexer;

/* Read the next token into l->token. */
kx_status kxi_lexer_next(kxi_lexer *l);
/* In ast.c. The texts of the place live in a. */
kxi_place kxi_written_place(kxi_arena *a, kxi_written *source, size_t at);

/* The code point at s and how many bytes it takes; s is valid UTF-8 and not empty. */
uint32_t kxi_char_at(kxi_str s, size_t *bytes);
bool kxi_char_is_space(uint32_t c);
bool kxi_char_is_name(uint32_t c); /* letter, digit or underscore of any script */
/* What to write instead of the character or word s begins with: "（" is "(", "and" is "&&". NULL when nothing is known;
 * *bytes says how much of s is meant. Words only match whole. */
const char *kxi_char_instead(kxi_str s, size_t *bytes);

enum kxi_ast_kind {
    KXI_AST_NUMBER,
    KXI_AST_TEXT,
    KXI_AST_BOOL,
    KXI_AST_NULL,
    KXI_AST_NAME,   /* path */
    KXI_AST_UNARY,  /* op, left */
    KXI_AST_BINARY, /* op, left, right */
    KXI_AST_COND,   /* left ? right : other */
    KXI_AST_LIST,   /* args */
    KXI_AST_CALL,   /* text(args); with left: left.text(args) */
    KXI_AST_INDEX   /* left[right] */
};

struct kxi_ast {
    enum kxi_ast_kind kind;
    enum kxi_operator op;
    bool yes;
    uint32_t start, end; /* bytes of the text, parentheses around it included */
    kxi_written *source;
    kxi_num number;
    kxi_str text;
    const kxi_str *path;
    size_t parts;
    const kxi_ast *left, *right, *other;
    const kxi_ast *const *args;
    size_t count;
    kxi_ast *next; /* while parsing: the next argument */
};

/* The whole text as one tree. Nesting deeper than c->max_depth is refused before it is met. */
kx_status kxi_parse(const kxi_compile *c, kxi_written *source, const kxi_ast **out);

#endif
