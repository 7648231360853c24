#include "cli.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* ---- options ---- */

enum option_id { O_AS_OF = 256, O_FORMAT, O_OUTPUT, O_THREADS, O_ENCODING, O_SUBJECT, O_BOM, O_LANG, O_QUIET, O_HELP };
static const struct option options[] = {
    { "as-of", required_argument, NULL, O_AS_OF },
    { "format", required_argument, NULL, O_FORMAT },
    { "output", required_argument, NULL, O_OUTPUT },
    { "threads", required_argument, NULL, O_THREADS },
    { "encoding", required_argument, NULL, O_ENCODING },
    { "subject", required_argument, NULL, O_SUBJECT },
    { "bom", no_argument, NULL, O_BOM },
    { "lang", required_argument, NULL, O_LANG },
    { "quiet", no_argument, NULL, O_QUIET },
    { "help", no_argument, NULL, O_HELP },
    { NULL, 0, NULL, 0 },
};
enum { OPTION_COUNT = sizeof(options) / sizeof(options[0]) - 1 };
#define BIT(id) (1u << ((id)-O_AS_OF))
#define COMMON (BIT(O_LANG) | BIT(O_QUIET) | BIT(O_HELP))
#define RUNNING (COMMON | BIT(O_AS_OF) | BIT(O_FORMAT) | BIT(O_OUTPUT) | BIT(O_THREADS) | BIT(O_ENCODING) | BIT(O_BOM))

static enum exit_code run_version(struct cli *c);
static enum exit_code run_help(struct cli *c);

static const struct command {
    const char *name, *usage;
    int least, most; /* arguments */
    uint32_t options;
    enum exit_code (*run)(struct cli *c);
} commands[] = {
    { "evaluate", "evaluate SCHEME DATA", 2, 2, RUNNING | BIT(O_SUBJECT), run_write },
    { "explain", "explain SCHEME DATA SUBJECT [INDICATOR]", 3, 4, RUNNING, run_write },
    { "gaps", "gaps SCHEME DATA [SUBJECT [INDICATOR]]", 2, 4, RUNNING, run_write },
    { "check", "check SCHEME [DATA]", 1, 2, RUNNING, run_check },
    { "apportion", "apportion RULES UNITS", 2, 2, COMMON | BIT(O_FORMAT) | BIT(O_OUTPUT) | BIT(O_ENCODING) | BIT(O_BOM),
      run_apportion },
    { "version", "version", 0, 0, COMMON, run_version },
    { "help", "help [COMMAND]", 0, 1, COMMON, run_help },
};

struct choice {
    const char *name;
    int32_t value;
};
static const struct choice formats[] = { { "text", KX_FORMAT_TEXT },
                                         { "csv", KX_FORMAT_CSV },
                                         { "json", KX_FORMAT_JSON } };
static const struct choice languages[] = { { "zh", KX_LANG_ZH }, { "en", KX_LANG_EN } };
static const struct choice encodings[] = { { "detect", KX_ENCODING_DETECT },
                                           { "utf8", KX_ENCODING_UTF8 },
                                           { "utf-8", KX_ENCODING_UTF8 },
                                           { "gb18030", KX_ENCODING_GB18030 } };
#define CHOOSE(list, text, out) choose((list), sizeof(list) / sizeof((list)[0]), (text), (out))

static bool
choose(const struct choice *list, size_t count, const char *text, int32_t *out)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].name, text) == 0) {
            *out = list[i].value;
            return true;
        }
    }
    return false;
}

static bool
read_threads(const char *text, uint32_t *out)
{
    char *end;
    unsigned long n = strtoul(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end || n < 1 || n > 256)
        return false;
    *out = (uint32_t)n;
    return true;
}

/* One option with its value into c; complains when it makes no sense. */
static bool
take_option(struct cli *c, int id, const char *value)
{
    enum word wrong;
    bool good;
    switch (id) {
    case O_AS_OF:
        good = kx_date_parse(value, strlen(value), &c->as_of) == KX_OK, wrong = W_BAD_DATE;
        break;
    case O_FORMAT:
        good = CHOOSE(formats, value, &c->format), wrong = W_BAD_FORMAT;
        break;
    case O_THREADS:
        good = read_threads(value, &c->threads), wrong = W_BAD_THREADS;
        break;
    case O_ENCODING:
        good = CHOOSE(encodings, value, &c->encoding), wrong = W_BAD_ENCODING;
        break;
    case O_LANG:
        good = CHOOSE(languages, value, &c->language), wrong = W_BAD_LANGUAGE;
        words_language(c->language);
        break;
    case O_OUTPUT:
        c->output = value;
        return true;
    case O_SUBJECT:
        c->subject = value;
        return true;
    case O_BOM:
        c->bom = true;
        return true;
    default:
        c->quiet = true;
        return true;
    }
    if (!good)
        complain(wrong, value);
    return good;
}

/* English where the environment says so; the library itself never looks there. */
static int32_t
environment_language(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "en", 2) == 0 ? KX_LANG_EN : KX_LANG_ZH;
    }
    return KX_LANG_ZH;
}

static const char *
option_name(int id)
{
    for (int i = 0; i < OPTION_COUNT; i++)
        if (options[i].val == id)
            return options[i].name;
    return "?";
}

/* Options of argv[1..], argv[0] being the command; *help when its help was asked for. */
static enum exit_code
read_options(struct cli *c, const struct command *command, int argc, char **argv, bool *help)
{
    int id;
    opterr = 0;
    while ((id = getopt_long(argc, argv, ":h", options, NULL)) != -1) {
        if (id == ':' || id == '?') {
            const char *given = argv[optind - 1];
            if (id == ':')
                complain(W_OPTION_VALUE, given);
            else
                complain(W_BAD_OPTION, given, command->name);
            return EXIT_USAGE;
        }
        if (id == O_HELP || id == 'h') {
            *help = true;
        } else if (!(command->options & BIT(id))) {
            complain(W_OPTION_NOT_HERE, command->name, option_name(id), command->name);
            return EXIT_USAGE;
        } else if (!take_option(c, id, optarg)) {
            return EXIT_USAGE;
        }
    }
    return EXIT_DONE;
}

/* ---- commands ---- */

static enum exit_code
print(const char *text)
{
    struct output out;
    enum exit_code code = output_open(&out, NULL);
    output_write(&out, text, strlen(text));
    enum exit_code closed = output_close(&out, true);
    return code != EXIT_DONE ? code : closed;
}

static enum exit_code
run_version(struct cli *c)
{
    (void)c;
    enum exit_code code = print(kx_version());
    return code == EXIT_DONE ? print("\n") : code;
}

static enum exit_code
run_help(struct cli *c)
{
    const char *text = help_text(c->scheme_path);
    if (text)
        return print(text);
    complain(W_BAD_COMMAND, c->scheme_path);
    return EXIT_USAGE;
}

static const struct command *
find_command(const char *name)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static enum exit_code
run_command(struct cli *c, const struct command *command, int argc, char **argv)
{
    bool help = false;
    const char **places[] = { &c->scheme_path, &c->data_path, &c->subject, &c->indicator };
    c->command = command->name;
    enum exit_code code = read_options(c, command, argc, argv, &help);
    if (code != EXIT_DONE)
        return code;
    if (help)
        return print(help_text(command->name));
    int count = argc - optind;
    if (count < command->least || count > command->most) {
        complain(W_ARGUMENTS, command->usage);
        return EXIT_USAGE;
    }
    for (int i = 0; i < count; i++)
        *places[i] = argv[optind + i];
    code = command->run(c);
    close_all(c);
    return code;
}

int
main(int argc, char **argv)
{
    struct cli c = {
        .as_of = KX_DATE_NONE, .format = KX_FORMAT_TEXT, .threads = 1, .language = environment_language()
    };
    words_language(c.language);
    if (argc < 2) {
        complain(W_NO_COMMAND);
        return EXIT_USAGE;
    }
    /* kexie --help and --version are what a stranger tries first. */
    const char *name = strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ? "help"
                       : strcmp(argv[1], "--version") == 0                          ? "version"
                                                                                    : argv[1];
    const struct command *command = find_command(name);
    if (!command) {
        complain(W_BAD_COMMAND, argv[1]);
        return EXIT_USAGE;
    }
    return run_command(&c, command, argc - 1, argv + 1);
}
