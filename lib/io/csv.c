#include "io/csv_priv.h"

#include "io/team.h"

/* ---- one attempt: all blocks read in one encoding ---- */

static void
attempt_begin(kxi_csv *csv, bool gb18030)
{
    kxi_mem *mem = &csv->ctx->mem;
    csv->gb18030 = gb18030;
    kxi_arena_init(&csv->arena, mem);
    kxi_csv_notes_init(&csv->header_notes, mem, csv->ctx->max_findings);
    csv->columns = NULL;
    csv->column_count = csv->field_count = 0;
    csv->usable = false;
    csv->header_line = 1;
    csv->terms = NULL;
    csv->readers = 0;
    csv->blocks = NULL;
    csv->infos = NULL;
    csv->block_count = csv->block_capacity = csv->info_capacity = csv->errors = 0;
    csv->rows = csv->done = csv->reported = 0;
    csv->stop = csv->ended = csv->cancelled = csv->bad_encoding = false;
    csv->failure = KX_OK;
}

static void
attempt_end(kxi_csv *csv)
{
    kxi_mem *mem = &csv->ctx->mem;
    for (size_t i = 0; i < csv->block_count; i++)
        kxi_csv_block_free(csv, i);
    kxi_free(mem, csv->blocks, csv->block_capacity * sizeof(*csv->blocks));
    kxi_free(mem, csv->infos, csv->info_capacity * sizeof(*csv->infos));
    for (size_t i = 0; csv->terms && i < csv->readers * csv->column_count; i++)
        kxi_terms_free(&csv->terms[i]);
    kxi_free(mem, csv->terms, csv->readers * csv->column_count * sizeof(*csv->terms));
    kxi_csv_notes_free(&csv->header_notes);
    kxi_arena_free(&csv->arena);
}

static kx_status
make_terms(kxi_csv *csv)
{
    size_t n = csv->readers * csv->column_count;
    if (!n)
        return KX_OK;
    csv->terms = kxi_alloc_array(&csv->ctx->mem, n, sizeof(*csv->terms));
    for (size_t i = 0; csv->terms && i < n; i++)
        kxi_terms_init(&csv->terms[i], &csv->ctx->mem);
    return csv->terms ? KX_OK : KX_E_NOMEM;
}

/* A block of nothing but blank lines before the header is forgotten. */
static void
forget_block(kxi_csv *csv, kxi_csv_reader *r)
{
    csv->header_line += r->split.line;
    csv->block_count = 0;
}

/* Until the header is found; *any is false when the input ends first or cannot be read. */
static kx_status
find_header(kxi_csv *csv, kxi_csv_reader *r, bool *any)
{
    bool found = false;
    kx_status status = kxi_csv_take(r, any);
    while (!status && *any && !r->info.stops) {
        status = kxi_csv_header(csv, r, &found);
        if (status || found)
            return status;
        forget_block(csv, r);
        status = kxi_csv_take(r, any);
    }
    return status;
}

struct crew {
    kxi_csv *csv;
    kxi_csv_reader *first;
};

static void
work(void *user, uint32_t number)
{
    struct crew *crew = user;
    kxi_csv_reader r;
    if (number == 0) {
        kxi_csv_read_blocks(crew->first, true);
        return;
    }
    kxi_csv_reader_init(&r, crew->csv, number);
    kx_status status = kxi_csv_reader_columns(&r);
    if (status)
        kxi_csv_fail(crew->csv, status);
    else
        kxi_csv_read_blocks(&r, false);
    kxi_csv_reader_free(&r);
}

/* More readers than blocks would only stand around. */
static uint32_t
crew_size(const kxi_csv *csv)
{
    uint64_t blocks = csv->source->size / csv->source->block + 1;
    uint32_t threads = csv->threads < KXI_TEAM_MAX ? csv->threads : KXI_TEAM_MAX;
    return blocks < threads ? (uint32_t)blocks : threads;
}

static kx_status
read_all(kxi_csv *csv, kxi_csv_reader *r)
{
    bool any;
    struct crew crew = { csv, r };
    kx_status status = find_header(csv, r, &any);
    if (status || !any || !csv->usable || r->info.stops)
        return status;
    csv->readers = crew_size(csv);
    status = make_terms(csv);
    if (!status)
        status = kxi_csv_reader_columns(r);
    if (status)
        return status;
    kxi_team_run(csv->readers, work, &crew);
    kxi_csv_progress(csv); /* of what other threads did last */
    return KX_OK;
}

/* KX_OK also when the data has faults: they are in the notes. */
static kx_status
attempt(kxi_input *in, kxi_csv *csv)
{
    kxi_csv_reader *r = kxi_alloc(&csv->ctx->mem, sizeof(*r));
    if (!r)
        return kxi_nomem(in->failed);
    kxi_csv_reader_init(r, csv, 0);
    kx_status status = read_all(csv, r);
    int error = r->info.error;
    kxi_csv_reader_free(r);
    kxi_free(&csv->ctx->mem, r, sizeof(*r));
    if (!status)
        status = csv->failure;
    for (size_t i = 0; i < csv->block_count && !status && csv->usable; i++) {
        status = csv->infos[i].status;
        error = csv->infos[i].error;
        if (csv->infos[i].stops)
            break;
    }
    if (status == KX_E_IO)
        return kxi_input_error(in->failed, csv->source->name, error);
    if (status == KX_E_LIMIT)
        return KXI_FAIL(&in->found, TEXTS_LIMIT, ((kxi_place){ .input = csv->source->name }),
                        KXI_A_STR(csv->spec->name), KXI_A_INT(INT32_MAX));
    if (status)
        return kxi_nomem(in->failed);
    return csv->cancelled ? KXI_FAIL0(in->failed, READ_CANCELLED, KXI_NOWHERE) : KX_OK;
}

/* ---- what the input is written in ---- */

/* Whether all of the input can be decoded as it was in this attempt, whatever else is wrong with it. */
static kx_status
is_sound(kxi_input *in, kxi_csv *csv, bool gb18030, bool *sound, kxi_place *bad, unsigned char *byte)
{
    int error;
    kx_status status = kxi_source_check(csv->source, gb18030, sound, bad, byte, &error);
    if (status == KX_E_IO)
        return kxi_input_error(in->failed, csv->source->name, error);
    return status ? kxi_nomem(in->failed) : KX_OK;
}

static kx_status
attempt_is_sound(kxi_input *in, kxi_csv *csv, bool *sound)
{
    kxi_place bad;
    unsigned char byte;
    *sound = !csv->bad_encoding;
    if (csv->bad_encoding || (csv->ended && !csv->stop))
        return KX_OK; /* every block was decoded, or one was not */
    return is_sound(in, csv, csv->gb18030, sound, &bad, &byte);
}

static kx_status
fail_encoding(kxi_input *in, kxi_csv *csv)
{
    kxi_place bad;
    unsigned char byte = 0;
    char hex[] = "\\x00";
    bool sound;
    kx_status status = is_sound(in, csv, false, &sound, &bad, &byte);
    if (status)
        return status;
    hex[2] = "0123456789ABCDEF"[byte >> 4];
    hex[3] = "0123456789ABCDEF"[byte & 15];
    return KXI_FAIL(&in->found, CSV_ENCODING, bad, KXI_A_CSTR(hex));
}

/* UTF-8 when all of the input is that, else GB18030 when all of it is that. Reading begins without knowing. */
static kx_status
attempt_detecting(kxi_input *in, kxi_csv *csv)
{
    bool sound = true;
    int error;
    attempt_begin(csv, false);
    kx_status status = attempt(in, csv);
    if (!status)
        status = attempt_is_sound(in, csv, &sound);
    if (status || sound)
        return status;
    attempt_end(csv);
    attempt_begin(csv, true);
    if (kxi_source_rewind(csv->source, &error))
        return kxi_input_error(in->failed, csv->source->name, error);
    status = attempt(in, csv);
    if (!status)
        status = attempt_is_sound(in, csv, &sound);
    return status || sound ? status : fail_encoding(in, csv);
}

static kx_status
check_utf16(kxi_input *in, kxi_csv *csv, bool *refused)
{
    char first[2];
    int error;
    kx_status status = kxi_source_peek(csv->source, first, sizeof(first), refused, &error);
    if (status)
        return kxi_input_error(in->failed, csv->source->name, error);
    *refused = *refused && (memcmp(first, "\xFF\xFE", 2) == 0 || memcmp(first, "\xFE\xFF", 2) == 0);
    if (!*refused)
        return KX_OK;
    return KXI_FAIL0(&in->found, CSV_UTF16, ((kxi_place){ .input = csv->source->name, .line = 1, .column = 1 }));
}

static kx_status
read_table(kxi_input *in, kxi_csv *csv, kx_table **out)
{
    bool refused;
    kx_status status = check_utf16(in, csv, &refused);
    if (status || refused)
        return status;
    if (csv->detect) {
        status = attempt_detecting(in, csv);
    } else {
        attempt_begin(csv, in->opt->encoding == KX_ENCODING_GB18030);
        status = attempt(in, csv);
    }
    if (!status)
        status = kxi_csv_finish(in, csv, out);
    attempt_end(csv);
    return status;
}

kx_status
kxi_csv_table(kxi_input *in, uint32_t table, kxi_source *source, kx_table **out)
{
    kx_context *ctx = in->ds->ctx;
    kxi_csv csv = {
        .ctx = ctx, .ds = in->ds, .table = table, .spec = &in->ds->schema->tables[table], .source = source
    };
    *out = NULL;
    csv.collect = in->ds->collect;
    csv.detect = in->opt->encoding == KX_ENCODING_DETECT;
    csv.threads = in->opt->threads ? in->opt->threads : 1;
    csv.progress = in->opt->progress;
    csv.progress_user = in->opt->progress_user;
    csv.progress_base = in->progress_base;
    csv.progress_total = in->progress_total ? in->progress_total : source->size;
    if (in->opt->block)
        source->block = in->opt->block;
    source->max_record =
        ctx->max_field < UINT64_MAX / KXI_RECORD_FIELDS / 2 ? ctx->max_field * KXI_RECORD_FIELDS : UINT64_MAX / 2;
    if (pthread_mutex_init(&csv.lock, NULL) != 0)
        return kxi_nomem(in->failed);
    kx_status status = read_table(in, &csv, out);
    pthread_mutex_destroy(&csv.lock);
    return status;
}

kx_status
kxi_csv_read(kx_dataset *ds, uint32_t table, kxi_str input, kxi_str text, const struct kxi_load *opt, kxi_diag *d)
{
    kxi_input in;
    kxi_source source;
    kx_table *made = NULL;
    kx_status status = kxi_input_begin(&in, ds, opt, d);
    if (!status)
        status = kxi_input_check(&in, table, input);
    if (!status) {
        kxi_source_text(&source, &ds->ctx->mem, input, text);
        status = kxi_csv_table(&in, table, &source, &made);
        kxi_source_free(&source);
        if (kxi_input_goes_on(&in, status) || !status)
            status = kxi_input_keep(&in, table, made);
        kxi_table_unref(made);
    }
    return kxi_input_end(&in, kxi_input_goes_on(&in, status) ? KX_OK : status);
}
