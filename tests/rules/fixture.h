/* tests/rules/fixture.h: schemes written as text, compiled. All schemes here are made up.
 *
 * A scheme is put together from parts, each with a default, so that a case shows only what it is about. ` stands for ".
 * Where an error is expected the text has the mark AT, which is taken out before the text is compiled: the error has to name
 * that line and column. */
#ifndef KEXIE_TESTS_RULES_FIXTURE_H
#define KEXIE_TESTS_RULES_FIXTURE_H

#include "rules/rules.h"
#include "support.h"

#define AT "@@"

/* Parts of a scheme, as JSON; NULL is the default, "" leaves the part out. */
struct parts {
    const char *top;      /* kexie, id, period, with a comma at the end */
    const char *tables;   /* members of "tables" */
    const char *subjects; /* value of "subjects" */
    const char *measures; /* members of "measures" */
    const char *nodes;    /* items of score.parts */
    const char *more;     /* further members of the scheme */
    const char *all;      /* the whole text instead */
};
/* The defaults.
 *
 *   acts    events: unit, date, kind text, people number, ok bool, tags text[]
 *   things  reference: code, unit, size, made date          visits  events: thing -> things, date
 *   duties  states: lead units, help units, from, to        notes   every row counts: unit, text, day date
 *   free    events: date, n (leads to no unit)
 *
 *   measures n (count of acts) and cov (township x quarter, at_least 1); one indicator A1 of 10 points with the value n */
#define DEFAULT_TOP "`kexie`: 1, `id`: `t`, `period`: {`from`: `2025-01-01`, `to`: `2025-12-31`},"
#define DEFAULT_TABLES                                                                                             \
    "`acts`: {`columns`: {`unit`: `units`, `date`: `date`, `kind`: `text`, `people`: `number`,"                    \
    " `ok`: `bool`, `tags`: `text[]`}, `date`: `date`},\n"                                                         \
    "`things`: {`columns`: {`code`: `text`, `unit`: `units`, `size`: `number`, `made`: `date`}, `key`: `code`},\n" \
    "`visits`: {`columns`: {`thing`: `things`, `date`: `date`}, `date`: `date`},\n"                                \
    "`duties`: {`columns`: {`lead`: `units`, `help`: `units`, `from`: `date?`, `to`: `date?`},"                    \
    " `valid`: [`from`, `to`]},\n"                                                                                 \
    "`notes`: {`columns`: {`unit`: `units`, `text`: `text`, `day`: `date`}, `date`: null},\n"                      \
    "`free`: {`columns`: {`date`: `date`, `n`: `number`}, `date`: `date`}"
#define DEFAULT_SUBJECTS "{`of`: `units`, `where`: `level == 'county'`, `cohort`: [`province`]}"
#define DEFAULT_MEASURES "`n`: {`of`: `acts`}, `cov`: {`of`: `acts`, `per`: [`township`, `quarter`], `at_least`: 1}"
#define DEFAULT_NODES "{`id`: `A1`, `points`: 10, `value`: `n`}"

/* A scheme being compiled, and what came of it. Messages are in English. */
struct scheme {
    struct fault fault;
    kx_context *ctx;
    kx_error err;
    kxi_findings findings; /* warnings; errors too when all were asked for */
    kxi_diag diag;
    char *text;
    uint32_t line, column; /* of AT */
    kx_status status;
    kxi_rules *rules;
};

/* collect: gather all errors. Assertions are left to the caller. */
void scheme_compile(struct scheme *s, const struct parts *parts, bool collect);
/* The same, which must go well without a warning. */
void scheme_must(struct scheme *s, const struct parts *parts);
/* Asserts that nothing is left. */
void scheme_free(struct scheme *s);
/* On memory watched elsewhere; out of memory shows in the status. text is the whole scheme. */
kx_status scheme_try(kxi_mem *mem, const char *text, size_t length);
/* The text of a scheme from its parts, the mark still in it; release with free(). */
char *scheme_text(const struct parts *parts);

/* How many findings of this kind there are. */
size_t findings_of(const struct scheme *s, enum kxi_msg msg);

/* By name; the test fails when there is none. */
uint32_t table_of(const struct scheme *s, const char *name);
uint32_t column_of(const struct scheme *s, uint32_t table, const char *name);
uint32_t measure_of(const struct scheme *s, const char *name);
uint32_t node_of(const struct scheme *s, const char *id);
uint32_t fold_of(const struct scheme *s, const char *measure, bool by_dims, uint32_t shift);
kxi_day day(const char *text);
void assert_num(kxi_num got, const char *expected);

/* One scheme that is refused: the status, the message, the JSON pointer, and the place that AT marks. words: separated by |,
 * all of them in the message. */
struct bad_case {
    struct parts parts;
    kx_status status;
    enum kxi_msg msg;
    const char *pointer, *words;
};
void assert_bad(const struct bad_case *c);
void assert_words(const char *message, const char *words);

/* The tables of the four files of bad schemes, which together reach every message of the layer; and of warnings. */
struct bad_list {
    const struct bad_case *cases;
    size_t count;
};
struct bad_list bad_tables(void);
struct bad_list bad_measures(void);
struct bad_list bad_nodes(void);
struct bad_list bad_decisions(void);
struct bad_list warned(void);

#endif
