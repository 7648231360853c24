/* The command line of kexie. It uses the public header only.
 *
 *   main.c     commands, options, help          input.c   scheme, data, evaluation
 *   write.c    evaluate, explain, gaps          output.c  files that are written whole or not at all
 *   check.c    check                            cells.c   reading the tables that come out
 *   words.c    what it says, in two languages
 *   apportion.c  apportion
 */
#ifndef KEXIE_CLI_H
#define KEXIE_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include <kexie/kexie.h>

/* Exit codes, as in doc/cli.md. */
enum exit_code {
    EXIT_DONE = 0,
    EXIT_FINDINGS = 1, /* the scheme or the data has errors */
    EXIT_USAGE = 2,    /* the command line is wrong, or names a subject or indicator there is not */
    EXIT_FILES = 3,    /* a file could not be read or written */
    EXIT_LIMITS = 4,   /* memory, or a limit of the library */
    EXIT_INTERNAL = 5  /* nothing of the above; a fault of kexie */
};

struct cli {
    const char *command;
    const char *scheme_path, *data_path, *subject, *indicator; /* NULL when not given */
    int32_t as_of;
    int32_t format; /* KX_FORMAT_... */
    int32_t encoding;
    uint32_t threads;
    const char *output; /* NULL: standard output */
    bool bom, quiet;
    int32_t language;
    kx_context *ctx;
    kx_scheme *scheme;
    kx_dataset *dataset;
    kx_result *result;
};

/* words.c */
#define WORDS(X)                                                                                               \
    X(NO_COMMAND, "no command given; see `kexie help`", "没有给出命令；见 `kexie help`")                       \
    X(BAD_COMMAND, "there is no command `%s`; see `kexie help`", "没有命令 `%s`；见 `kexie help`")             \
    X(BAD_OPTION, "unknown option %s; see `kexie help %s`", "未知选项 %s；见 `kexie help %s`")                 \
    X(OPTION_VALUE, "the option %s needs a value", "选项 %s 需要一个值")                                       \
    X(OPTION_NOT_HERE, "`%s` does not take the option --%s; see `kexie help %s`",                              \
      "`%s` 没有选项 --%s；见 `kexie help %s`")                                                                \
    X(ARGUMENTS, "wrong number of arguments; usage: kexie %s", "参数个数不对；用法：kexie %s")                 \
    X(BAD_FORMAT, "--format %s: use text, csv or json", "--format %s：可用 text、csv、json")                   \
    X(BAD_LANGUAGE, "--lang %s: use zh or en", "--lang %s：可用 zh、en")                                       \
    X(BAD_ENCODING, "--encoding %s: use detect, utf8 or gb18030", "--encoding %s：可用 detect、utf8、gb18030") \
    X(BAD_DATE, "--as-of %s: not a date; write it as 2025-12-31", "--as-of %s：不是日期；请写成 2025-12-31")   \
    X(BAD_THREADS, "--threads %s: use a number from 1 to 256", "--threads %s：应为 1 到 256")                  \
    X(CANNOT_READ, "cannot read %s: %s", "无法读取 %s：%s")                                                    \
    X(CANNOT_WRITE, "cannot write %s: %s", "无法写入 %s：%s")                                                  \
    X(STANDARD_OUTPUT, "standard output", "标准输出")                                                          \
    X(ERROR, "error", "错误")                                                                                  \
    X(WARNING, "warning", "警告")                                                                              \
    X(NOTE, "note", "提示")                                                                                    \
    X(MORE_WARNINGS, "%llu more warnings; `kexie check %s %s` lists them all",                                 \
      "另有 %llu 条警告；`kexie check %s %s` 全部列出")                                                        \
    X(NOTHING_FOUND, "nothing wrong was found", "没有发现问题")                                                \
    X(FOUND, "%llu errors, %llu warnings, %llu notes", "错误 %llu，警告 %llu，提示 %llu")                      \
    X(READING, "reading", "读取")                                                                              \
    X(COUNTING, "counting", "统计")
enum word {
#define X(name, en, zh) W_##name,
    WORDS(X)
#undef X
};
void words_language(int32_t language);
const char *word(enum word w);              /* may hold printf's conversions */
const char *help_text(const char *command); /* NULL for the general help; NULL when there is none */
/* "kexie: ..." on standard error, then a line end. */
void complain(enum word w, ...);
/* "kexie: input:line:column: message [STATUS code pointer]" */
void complain_error(const kx_error *err);
enum exit_code exit_of(kx_status status);

/* input.c: each returns EXIT_DONE or has complained. */
enum exit_code read_file(const char *path, char **text, size_t *length);
enum exit_code open_context(struct cli *c);
enum exit_code open_scheme(struct cli *c);
enum exit_code open_data(struct cli *c, uint32_t flags);
enum exit_code run_evaluation(struct cli *c);
void close_all(struct cli *c);

/* output.c */
struct output {
    FILE *file;
    const char *name;       /* as it was given; NULL for standard output */
    char *path, *temporary; /* NULL when written to in place */
    int error;              /* errno of the first failure */
};
enum exit_code output_open(struct output *o, const char *path);
/* A kx_write_fn; user is a struct output. */
int output_write(void *user, const char *bytes, size_t length);
/* Make what was written appear, or with ok false vanish. Returns EXIT_DONE, or complains. */
enum exit_code output_close(struct output *o, bool ok);
/* Columns of the terminal that output goes to; 0 when it is none. */
int32_t output_width(const struct cli *c);

/* cells.c */
kx_status column_named(const kx_table *table, const char *name, kx_column *out);
bool cell_known(const kx_column *c, uint64_t row);
/* Text of a row, not terminated; length 0 for null. */
const char *cell_text(const kx_column *c, uint64_t row, size_t *length);
int64_t cell_int(const kx_column *c, uint64_t row);

/* One line a finding, those of `least` and above: 0 notes, 1 warnings, 2 errors. At most `most`; returns how many there are. */
uint64_t print_findings(FILE *to, const kx_table *findings, int least, uint64_t most);
int finding_level(const kx_table *findings, uint64_t row);

/* Commands. */
enum exit_code run_write(struct cli *c);
enum exit_code run_check(struct cli *c);
enum exit_code run_apportion(struct cli *c);

#endif
