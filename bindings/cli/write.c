/* evaluate, explain, gaps: one evaluation, one kx_result_write. */
#include "cli.h"

#include <string.h>

/* What a command writes in each format; 0: it does not know the format. */
static const struct {
    const char *command;
    int32_t text, csv, json;
} outputs[] = {
    { "evaluate", KX_WRITE_SCORES, KX_WRITE_SCORES, KX_WRITE_RESULT },
    { "explain", KX_WRITE_EXPLAIN, 0, KX_WRITE_RESULT },
    { "gaps", KX_WRITE_GAPS, KX_WRITE_GAPS, KX_WRITE_GAPS },
};

static int32_t
what_to_write(const struct cli *c)
{
    for (size_t i = 0; i < sizeof(outputs) / sizeof(outputs[0]); i++)
        if (strcmp(outputs[i].command, c->command) == 0)
            return c->format == KX_FORMAT_CSV    ? outputs[i].csv
                   : c->format == KX_FORMAT_JSON ? outputs[i].json
                                                 : outputs[i].text;
    return 0;
}

static enum exit_code
write_result(struct cli *c, int32_t what)
{
    kx_error err = KX_ERROR_INIT;
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    struct output out;
    options.what = what;
    options.format = c->format;
    options.subject = c->subject && strcmp(c->subject, "-") != 0 ? c->subject : NULL;
    options.indicator = c->indicator;
    options.bom = c->bom;
    options.width = output_width(c);
    enum exit_code code = output_open(&out, c->output);
    kx_status st = code == EXIT_DONE ? kx_result_write(c->result, &options, output_write, &out, &err) : KX_E_IO;
    enum exit_code closed = output_close(&out, st == KX_OK);
    if (code != EXIT_DONE || st == KX_OK)
        return code != EXIT_DONE ? code : closed;
    if (st != KX_E_CALLBACK) /* then the file's own error has been told */
        complain_error(&err);
    return exit_of(st);
}

enum exit_code
run_write(struct cli *c)
{
    int32_t what = what_to_write(c);
    if (!what) {
        complain(W_BAD_FORMAT, "csv");
        return EXIT_USAGE;
    }
    enum exit_code code = open_context(c);
    if (code == EXIT_DONE)
        code = open_scheme(c);
    if (code == EXIT_DONE)
        code = open_data(c, 0);
    if (code == EXIT_DONE)
        code = run_evaluation(c);
    if (code == EXIT_DONE)
        code = write_result(c, what);
    return code;
}
