/* tests/expr/fixture.h: made-up data to compile and run expressions against.
 *
 * A lane is written as text: `12`, `1/3`, `-0.5`, `true`, `2025-01-31`, `abc`, a list `a;b;null`, `null`, or an unknown one
 * by its reason, `?DIVISION`. The same text is what an evaluated lane is shown as, so cases read as they are meant.
 */
#ifndef KEXIE_TESTS_EXPR_FIXTURE_H
#define KEXIE_TESTS_EXPR_FIXTURE_H

#include "expr/expr.h"
#include "support.h"

struct column {
    const char *name;
    enum kxi_vtype type, item;
    /* Separated by ` | `: a single one stands for all rows; on a domain one for each entry and null. */
    const char *lanes;
    uint32_t domain; /* 0: a lane a row; else of fixture.codes */
};

/* How the same data are handed out; none of this may change a result. */
enum mode {
    MODE_ROWS,    /* arrays, integers where they fit */
    MODE_NUMS,    /* every number a rational */
    MODE_SCALED,  /* every integer number at scale 6 if it fits */
    MODE_DOMAINS, /* columns on a domain through codes; the others as rows */
    MODE_TABLE,   /* every column varies on one domain, whose entries are the rows */
    MODE_RUN,     /* one constant lane: only for data of a single row */
    MODE_CONST,   /* bound as constants where the language has such: only for data of a single row */
    MODE_COUNT
};

struct fixture {
    struct kit *kit;
    const struct column *columns;
    size_t count, rows;
    enum mode mode;
    const uint32_t *const *codes; /* by domain - KXI_DOMAIN_FIRST */
    const uint32_t *sizes;
    const kxi_map *maps[4];
    const char *map_names[4];
    const kxi_node *definitions; /* an object, or NULL */
    size_t batch;                /* rows of one run; 0: all */
    uint32_t max_depth;
};

kx_status fixture_compile(struct fixture *f, const char *text, enum kxi_vtype want, const kxi_expr **out);
kxi_compile fixture_compiler(struct fixture *f, kxi_scope *scope);
kxi_source fixture_source(struct fixture *f);
/* All rows, shown and separated by ` | `; in the kit's arena. */
kx_status fixture_run(struct fixture *f, const kxi_expr *e, const char **out);
/* Compile and run; the test fails when that does. */
const char *fixture_eval(struct fixture *f, const char *text);
/* lanes.c: whether a text names a state; the pieces of a text between separators, in the arena (*count 0: all of them);
 * lanes out of pieces of text, in the fixture's mode. */
bool reads_state(kxi_str s, uint8_t *state);
kxi_str *split(struct kit *kit, kxi_str s, const char *separator, size_t *count);
kx_status vec_of(struct fixture *f, enum kxi_vtype type, enum kxi_vtype item, const kxi_str *lanes, size_t n,
                 kxi_vec *out);
/* One lane as text. */
void show_lane(struct kit *kit, const kxi_vec *v, size_t i, kxi_buf *out);
/* A constant table out of "key=value;key=value" with ascending keys. */
const kxi_map *make_map(struct kit *kit, const char *text);
/* An object as io would make it of JSON: members "name=value", the value a string, a number or true, written as in JSON
 * (escapes are not decoded but taken for what stands after `~`: "a=\"x\\u0041\"~xA"). */
const kxi_node *make_object(struct kit *kit, const char *const *members, size_t count);

/* The one row of values that cases are written against: fixture_single. */
extern const struct column single_columns[];
extern const size_t single_count;
void fixture_single(struct fixture *f, struct kit *kit);

#endif
