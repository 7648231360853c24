#include "cli.h"

#include <stdarg.h>
#include <string.h>

static int32_t spoken = KX_LANG_ZH;

void
words_language(int32_t language)
{
    spoken = language;
}

const char *
word(enum word w)
{
    static const char *const texts[][2] = {
#define X(name, en, zh) { zh, en },
        WORDS(X)
#undef X
    };
    return texts[w][spoken == KX_LANG_EN];
}

void
complain(enum word w, ...)
{
    va_list arguments;
    fputs("kexie: ", stderr);
    va_start(arguments, w);
    vfprintf(stderr, word(w), arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

void
complain_error(const kx_error *err)
{
    fputs("kexie: ", stderr);
    if (err->input[0])
        fprintf(stderr, "%s:", err->input);
    if (err->line)
        fprintf(stderr, "%u:%u:", err->line, err->column);
    fprintf(stderr, "%s%s [%s %d%s%s]\n", err->input[0] ? " " : "", err->message, kx_status_name(err->status),
            (int)err->code, err->pointer[0] ? " " : "", err->pointer);
}

enum exit_code
exit_of(kx_status status)
{
    switch (status) {
    case KX_OK:
        return EXIT_DONE;
    case KX_E_SYNTAX:
    case KX_E_SCHEME:
    case KX_E_DATA:
    case KX_E_MISMATCH:
    case KX_E_UNSUPPORTED:
        return EXIT_FINDINGS;
    case KX_E_NOTFOUND:
        return EXIT_USAGE;
    case KX_E_IO:
    case KX_E_CALLBACK:
        return EXIT_FILES;
    case KX_E_NOMEM:
    case KX_E_LIMIT:
        return EXIT_LIMITS;
    default:
        return EXIT_INTERNAL;
    }
}

/* ---- help ---- */

/* clang-format off */
#define OPTIONS_EN \
    "  --as-of DATE       the day of the evaluation; without it the scheme's own date, else the\n" \
    "                     last day of its period; never today\n" \
    "  --encoding NAME    of CSV files: detect (default), utf8, gb18030\n" \
    "  --threads N        threads that read and count, 1 (default) to 256; the output is the same\n" \
    "  --lang zh|en       language of messages and text; without it English when LC_ALL, LC_MESSAGES\n" \
    "                     or LANG begins with \"en\", else Chinese\n" \
    "  --quiet            no warnings and no progress on standard error\n"
#define OUTPUT_EN \
    "  --output FILE      write to FILE, whole or not at all, instead of standard output\n" \
    "  --bom              CSV begins with a byte order mark, for spreadsheets\n"
#define OPTIONS_ZH \
    "  --as-of DATE       评价日；不给则用方案自己的日期，否则用考核期最后一天，绝不取当天\n" \
    "  --encoding NAME    CSV 的编码：detect（默认）、utf8、gb18030\n" \
    "  --threads N        读取与统计的线程数，1（默认）到 256；结果相同\n" \
    "  --lang zh|en       消息与文本的语言；不给则当 LC_ALL、LC_MESSAGES 或 LANG 以 en 开头时用英文，否则用中文\n" \
    "  --quiet            标准错误上不显示警告与进度\n"
#define OUTPUT_ZH \
    "  --output FILE      写入 FILE（要么完整写成，要么不写），而不是标准输出\n" \
    "  --bom              CSV 以字节序标记开头，供电子表格使用\n"
/* clang-format on */

static const struct help {
    const char *command, *en, *zh;
} helps[] = {
    { "",
      "usage: kexie COMMAND ...\n\n"
      "  evaluate SCHEME DATA                     score every subject: the ranking\n"
      "  explain SCHEME DATA SUBJECT [INDICATOR]  one subject, with the reasons for every point\n"
      "  gaps SCHEME DATA [SUBJECT]               what falls short: who, what, has, needs, by when\n"
      "  check SCHEME [DATA]                      everything that is wrong with a scheme and its data\n"
      "  apportion RULES UNITS                    seats for units by rules of apportionment\n"
      "  version                                  the version of the library\n"
      "  help [COMMAND]                           this text, or that of a command\n\n"
      "SCHEME is a JSON file; DATA is a folder of CSV files, one a table, or a JSON file.\n"
      "Exit codes: 0 done; 1 errors in the scheme or the data; 2 wrong command line; 3 a file could not be\n"
      "read or written; 4 memory or a limit; 5 a fault of kexie.\n",
      "用法：kexie 命令 ...\n\n"
      "  evaluate SCHEME DATA                     给每个被考核单位计分：排名\n"
      "  explain SCHEME DATA SUBJECT [INDICATOR]  说明一个单位每一分的由来\n"
      "  gaps SCHEME DATA [SUBJECT]               缺口：谁、什么、现有、需要、何时之前\n"
      "  check SCHEME [DATA]                      方案及其数据的全部问题\n"
      "  apportion RULES UNITS                    按分配规则给各单位分名额\n"
      "  version                                  库的版本\n"
      "  help [COMMAND]                           本说明，或某个命令的说明\n\n"
      "SCHEME 是 JSON 文件；DATA 是 CSV 文件夹（一表一文件）或 JSON 文件。\n"
      "退出码：0 完成；1 方案或数据有错误；2 命令行有误；3 文件读写失败；4 内存或上限；5 kexie 自身的故障。\n" },
    { "evaluate",
      "usage: kexie evaluate SCHEME DATA [OPTIONS]\n\n"
      "  --format FORMAT    text (default): the ranking; csv: a line a subject; json: all of kexie-result/1\n"
      "  --subject KEY      only this subject\n" OUTPUT_EN OPTIONS_EN,
      "用法：kexie evaluate SCHEME DATA [选项]\n\n"
      "  --format FORMAT    text（默认）：排名；csv：每单位一行；json：完整的 kexie-result/1\n"
      "  --subject KEY      只看这个单位\n" OUTPUT_ZH OPTIONS_ZH },
    { "explain",
      "usage: kexie explain SCHEME DATA SUBJECT [INDICATOR] [OPTIONS]\n\n"
      "SUBJECT is the key of a subject, or - for all; INDICATOR the id of an indicator or block.\n\n"
      "  --format FORMAT    text (default) or json (kexie-result/1)\n" OUTPUT_EN OPTIONS_EN,
      "用法：kexie explain SCHEME DATA SUBJECT [INDICATOR] [选项]\n\n"
      "SUBJECT 是单位的编码，- 表示全部；INDICATOR 是指标或大类的编号。\n\n"
      "  --format FORMAT    text（默认）或 json（kexie-result/1）\n" OUTPUT_ZH OPTIONS_ZH },
    { "gaps",
      "usage: kexie gaps SCHEME DATA [SUBJECT [INDICATOR]] [OPTIONS]\n\n"
      "SUBJECT is the key of a subject, or - for all; INDICATOR the id of an indicator or block.\n\n"
      "  --format FORMAT    text (default), csv or json\n" OUTPUT_EN OPTIONS_EN,
      "用法：kexie gaps SCHEME DATA [SUBJECT [INDICATOR]] [选项]\n\n"
      "SUBJECT 是单位的编码，- 表示全部；INDICATOR 是指标或大类的编号。\n\n"
      "  --format FORMAT    text（默认）、csv 或 json\n" OUTPUT_ZH OPTIONS_ZH },
    { "check",
      "usage: kexie check SCHEME [DATA] [OPTIONS]\n\n"
      "Lists every finding, not only the first; with DATA also those of the data and of an evaluation.\n\n"
      "  --format FORMAT    text (default), csv or json\n" OUTPUT_EN OPTIONS_EN,
      "用法：kexie check SCHEME [DATA] [选项]\n\n"
      "列出全部问题，而不只是第一个；给出 DATA 时还包括数据与一次评价中的问题。\n\n"
      "  --format FORMAT    text（默认）、csv 或 json\n" OUTPUT_ZH OPTIONS_ZH },
    { "apportion",
      "usage: kexie apportion RULES UNITS [OPTIONS]\n\n"
      "RULES is a JSON file (\"kexie-seats\"), UNITS a CSV file or a JSON file {\"units\": [..]}. Ties and checks that do\n"
      "not hold are told on standard error.\n\n"
      "  --format FORMAT    text (default), csv: a line an allotment and unit; json: all of kexie-seats/1\n" OUTPUT_EN
      "  --encoding NAME    of a CSV file: detect (default), utf8, gb18030\n"
      "  --lang zh|en       language of messages and text\n"
      "  --quiet            nothing on standard error but errors\n",
      "用法：kexie apportion RULES UNITS [选项]\n\n"
      "RULES 是 JSON 文件（\"kexie-seats\"），UNITS 是 CSV 文件或 JSON 文件 {\"units\": [..]}。\n"
      "并列与不成立的检查写到标准错误。\n\n"
      "  --format FORMAT    text（默认）；csv：每项名额的每个单位一行；json：完整的 kexie-seats/1\n" OUTPUT_ZH
      "  --encoding NAME    CSV 的编码：detect（默认）、utf8、gb18030\n"
      "  --lang zh|en       消息与文本的语言\n"
      "  --quiet            标准错误上只显示错误\n" },
    { "version", "usage: kexie version\n", "用法：kexie version\n" },
    { "help", "usage: kexie help [COMMAND]\n", "用法：kexie help [命令]\n" },
};

const char *
help_text(const char *command)
{
    for (size_t i = 0; i < sizeof(helps) / sizeof(helps[0]); i++)
        if (strcmp(helps[i].command, command ? command : "") == 0)
            return spoken == KX_LANG_EN ? helps[i].en : helps[i].zh;
    return NULL;
}
