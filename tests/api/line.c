#include "line.h"

#include <stdlib.h>

const char line_scheme[] =
    "{\"kexie\": 1, \"id\": \"line\", \"title\": \"一条线\", \"period\": {\"from\": \"2025-01-01\", \"to\": \"2025-12-31\"},\n"
    " \"tables\": {\"activities\": {\"columns\": {\"unit\": \"units\", \"date\": \"date\", \"kind\": \"text\", \"people\": \"number\","
    " \"severe\": \"bool?\"}, \"date\": \"date\", \"headers\": {\"单位\": \"unit\"}}},\n"
    " \"subjects\": {\"of\": \"units\", \"where\": \"level == 'county'\"},\n"
    " \"measures\": {\"heads\": {\"of\": \"posts\", \"where\": \"role == '院长'\", \"per\": [\"township\"], \"at_least\": 1},\n"
    "  \"held\": {\"of\": \"activities\"}, \"severe\": {\"of\": \"activities\", \"where\": \"severe\", \"keep\": [\"date\"]}},\n"
    " \"score\": {\"points\": 30, \"parts\": [\n"
    "  {\"id\": \"A1\", \"title\": \"三长\", \"points\": 20, \"value\": \"coverage(heads)\", \"curve\": \"ratio\","
    " \"missing\": \"zero\", \"clause\": \"一\"},\n"
    "  {\"id\": \"A2\", \"points\": 10, \"value\": \"held\", \"curve\": {\"each\": 0.5}}]},\n"
    " \"round\": {\"indicator\": {\"places\": 2, \"mode\": \"half-up\"}},\n"
    " \"rank\": {\"by\": [\"total\"], \"ties\": \"competition\"},\n"
    " \"gates\": [{\"id\": \"V1\", \"when\": \"severe > 0\", \"grade\": \"不合格\"}],\n"
    " \"grades\": [{\"name\": \"合格\", \"when\": \"total >= 10\"}, {\"name\": \"不合格\"}]}\n";

const char line_json[] =
    "{\"units\": [{\"code\": \"11\", \"name\": \"某市\", \"level\": \"city\"},\n"
    " {\"code\": \"1101\", \"name\": \"甲县\", \"level\": \"county\", \"parent\": \"11\"},\n"
    " {\"code\": \"110101\", \"name\": \"东乡\", \"level\": \"township\", \"parent\": \"1101\"},\n"
    " {\"code\": \"110102\", \"name\": \"西乡\", \"level\": \"township\", \"parent\": \"1101\"},\n"
    " {\"code\": \"1102\", \"name\": \"乙县\", \"level\": \"county\", \"parent\": \"11\"},\n"
    " {\"code\": \"110201\", \"name\": \"南乡\", \"level\": \"township\", \"parent\": \"1102\"}],\n"
    " \"posts\": {\"person\": [\"P1\", \"P2\"], \"unit\": [\"110101\", \"110201\"], \"role\": [\"院长\", \"院长\"],"
    " \"from\": [\"2024-01-01\", \"2024-01-01\"]}}\n";

const char line_csv[] = "单位,date,kind,people,severe\n"
                        "110101,2025-03-01,讲座,20,0\n"
                        "110102,2025/4/1,讲座,30.5,\n"
                        "110102,2025年5月1日,展览,7,0\n"
                        "110201,2025-06-01,讲座,100,1\n";

kx_status
line_scheme_of(struct line *l, const kx_context_options *options)
{
    *l = (struct line){ .err = KX_ERROR_INIT };
    kx_status st = kx_context_new(options, &l->ctx, &l->err);
    if (st == KX_OK)
        st = kx_scheme_parse(l->ctx, "scheme.json", line_scheme, strlen(line_scheme), &l->scheme, &l->err);
    return st;
}

kx_status
line_load(struct line *l)
{
    kx_status st = kx_dataset_new(l->scheme, &l->data, &l->err);
    if (st == KX_OK)
        st = kx_dataset_read_json(l->data, "data.json", line_json, strlen(line_json), NULL, &l->err);
    if (st == KX_OK)
        st = kx_dataset_read_csv(l->data, "activities", "activities.csv", line_csv, strlen(line_csv), NULL, &l->err);
    if (st == KX_OK)
        st = kx_dataset_seal(l->data, &l->err);
    return st;
}

kx_status
line_open(struct line *l, const kx_context_options *options)
{
    kx_status st = line_scheme_of(l, options);
    if (st == KX_OK)
        st = line_load(l);
    if (st == KX_OK)
        st = kx_evaluate(l->data, NULL, &l->result, &l->err);
    return st;
}

void
line_close(struct line *l)
{
    kx_context_unref(l->ctx);
    kx_scheme_unref(l->scheme);
    kx_dataset_unref(l->data);
    kx_result_unref(l->result);
    *l = (struct line){ .err = KX_ERROR_INIT };
}

int
keep(void *user, const char *bytes, size_t length)
{
    struct kept *k = user;
    char *grown = realloc(k->s, k->n + length + 1);
    if (!grown)
        return 1;
    k->s = grown;
    memcpy(k->s + k->n, bytes, length);
    k->n += length;
    k->s[k->n] = '\0';
    return 0;
}

char *
line_write(const kx_result *result, int32_t what, int32_t format)
{
    struct kept k = { NULL, 0 };
    kx_error err = KX_ERROR_INIT;
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    options.what = what;
    options.format = format;
    ck_assert_msg(kx_result_write(result, &options, keep, &k, &err) == KX_OK, "%s", err.message);
    return k.s;
}
