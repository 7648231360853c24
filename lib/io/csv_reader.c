#include "io/csv_priv.h"

void
kxi_csv_reader_init(kxi_csv_reader *r, kxi_csv *csv, uint32_t number)
{
    kxi_mem *mem = &csv->ctx->mem;
    memset(r, 0, sizeof(*r));
    r->csv = csv;
    r->number = number;
    r->faults.mem = mem;
    kxi_raw_init(&r->raw, mem);
    kxi_buf_init(&r->decoded, mem);
    kxi_arena_init(&r->copies, mem);
    kxi_csv_notes_init(&r->info.notes, mem, 0);
}

static void
drop_info(kxi_mem *mem, kxi_csv_block *info)
{
    kxi_free(mem, info->jumps, info->jump_capacity * sizeof(*info->jumps));
    kxi_csv_notes_free(&info->notes);
}

void
kxi_csv_reader_free(kxi_csv_reader *r)
{
    kxi_mem *mem = &r->csv->ctx->mem;
    size_t columns = r->csv->column_count;
    for (size_t i = 0; r->cells && i < columns; i++)
        kxi_cells_free(&r->cells[i]);
    kxi_free(mem, r->cells, columns * sizeof(*r->cells));
    kxi_free(mem, r->fields, (columns + 1) * KXI_CELLS_BATCH * sizeof(*r->fields));
    kxi_free(mem, r->slots, r->csv->field_count * sizeof(*r->slots));
    kxi_free(mem, r->faults.list, r->faults.capacity * sizeof(*r->faults.list));
    drop_info(mem, &r->info);
    kxi_raw_free(&r->raw);
    kxi_buf_free(&r->decoded);
    kxi_arena_free(&r->copies);
}

kx_status
kxi_csv_reader_columns(kxi_csv_reader *r)
{
    const kxi_csv *csv = r->csv;
    kxi_mem *mem = &csv->ctx->mem;
    size_t columns = csv->column_count;
    if (columns) {
        r->cells = kxi_alloc_array(mem, columns, sizeof(*r->cells));
        if (!r->cells)
            return KX_E_NOMEM;
    }
    for (size_t i = 0; i < columns; i++) {
        const kxi_column_spec *spec = csv->columns[i].spec;
        kxi_cells_init(&r->cells[i], mem, spec->type, spec->list, (uint32_t)i, &csv->terms[r->number * columns + i]);
    }
    r->fields = kxi_alloc_array(mem, (columns + 1) * KXI_CELLS_BATCH, sizeof(*r->fields));
    r->slots = kxi_alloc_array(mem, csv->field_count, sizeof(*r->slots));
    if (!r->fields || !r->slots)
        return KX_E_NOMEM;
    for (size_t i = 0; i < csv->field_count; i++)
        r->slots[i] = r->fields + columns * KXI_CELLS_BATCH;
    for (size_t i = 0; i < columns; i++)
        r->slots[csv->columns[i].field] = r->fields + i * KXI_CELLS_BATCH;
    r->split.slots = r->slots;
    r->split.fields = csv->field_count;
    return KX_OK;
}

void
kxi_csv_fail(kxi_csv *csv, kx_status status)
{
    pthread_mutex_lock(&csv->lock);
    if (!csv->failure)
        csv->failure = status;
    csv->stop = true;
    pthread_mutex_unlock(&csv->lock);
}

/* Under the lock: the next number, with room for what is to be said about it. */
static kx_status
number_block(kxi_csv_reader *r)
{
    kxi_csv *csv = r->csv;
    kxi_mem *mem = &csv->ctx->mem;
    size_t limit = csv->ctx->max_findings;
    if (csv->block_count >= UINT32_MAX)
        return KX_E_LIMIT;
    if (!kxi_grow(mem, &csv->blocks, &csv->block_capacity, csv->block_count + 1) ||
        !kxi_grow(mem, &csv->infos, &csv->info_capacity, csv->block_count + 1))
        return KX_E_NOMEM;
    /* What is found past the limit is only counted; blocks that are done all come before this one. */
    limit = !csv->collect ? 1 : csv->errors < limit ? limit - csv->errors : 0;
    r->block = (uint32_t)csv->block_count++;
    r->cells_out = (kxi_block){ .reader = r->number };
    memset(&r->info, 0, sizeof(r->info));
    kxi_csv_notes_init(&r->info.notes, mem, limit);
    csv->blocks[r->block] = r->cells_out;
    csv->infos[r->block] = r->info;
    return KX_OK;
}

/* Bytes are read under the lock, so that blocks have the order of the input. */
static bool
next_block(kxi_csv_reader *r)
{
    kxi_csv *csv = r->csv;
    bool any = false;
    pthread_mutex_lock(&csv->lock);
    if (!csv->stop && !csv->ended) {
        int error = 0;
        kx_status read = kxi_source_next(csv->source, &r->raw, &error);
        csv->ended = !read && r->raw.n == 0;
        kx_status numbered = csv->ended ? KX_OK : number_block(r);
        any = !csv->ended && !numbered;
        r->info.status = read;
        r->info.error = error;
        if (numbered)
            csv->failure = numbered;
        if (read || numbered)
            csv->stop = true;
    }
    pthread_mutex_unlock(&csv->lock);
    return any;
}

static void
found_bad_encoding(kxi_csv *csv)
{
    pthread_mutex_lock(&csv->lock);
    csv->bad_encoding = true;
    csv->stop = true;
    pthread_mutex_unlock(&csv->lock);
}

/* The text ends before the byte at `bad` of the block. */
static void
cut_encoding(kxi_csv_reader *r, size_t bad)
{
    if (r->csv->detect) {
        found_bad_encoding(r->csv);
        r->info.stops = true;
    }
    r->bad_byte = (unsigned char)r->raw.s[bad];
    r->split.cut = KXI_CUT_ENCODING;
}

static kx_status
decode_gb18030(kxi_csv_reader *r, kxi_str *text)
{
    size_t used, bad;
    r->decoded.n = 0;
    kx_status status = kxi_gb18030_decode_part((kxi_str){ r->raw.s, r->raw.n }, &r->decoded, &used, &bad);
    *text = kxi_buf_view(&r->decoded);
    if (status == KX_E_SYNTAX || (!status && used < r->raw.n && r->raw.cut == KXI_CUT_NONE))
        cut_encoding(r, used);
    kxi_buf_repeat(&r->decoded, '\n', KXI_SPLIT_PAD);
    text->s = r->decoded.s;
    return r->decoded.failed ? KX_E_NOMEM : KX_OK;
}

static void
check_utf8(kxi_csv_reader *r, kxi_str *text)
{
    *text = (kxi_str){ r->raw.s, r->raw.n };
    size_t bad = kxi_utf8_check(*text);
    if (bad == text->n)
        return;
    if (r->raw.cut == KXI_CUT_NONE || text->n - bad >= 4) /* else a character was cut in two */
        cut_encoding(r, bad);
    text->n = bad;
    memset(r->raw.s + bad, '\n', KXI_SPLIT_PAD);
}

static kx_status
decode(kxi_csv_reader *r)
{
    kxi_csv *csv = r->csv;
    kxi_split *s = &r->split;
    kxi_str text;
    kx_status status = KX_OK;
    s->cut = r->raw.cut;
    if (csv->gb18030)
        status = decode_gb18030(r, &text);
    else
        check_utf8(r, &text);
    if (status)
        return status;
    bool bom = r->raw.offset == 0 && text.n >= 3 && memcmp(text.s, "\xEF\xBB\xBF", 3) == 0;
    r->text = text.s;
    r->raw_at = r->text_at = 0;
    s->p = text.s + (bom ? 3 : 0);
    s->end = text.s + text.n;
    s->line = 0;
    s->max_field = csv->ctx->max_field;
    s->max_record = csv->source->max_record;
    s->copies = &r->copies;
    s->msg = KXI_MSG_NONE;
    return KX_OK;
}

kx_status
kxi_csv_take(kxi_csv_reader *r, bool *any)
{
    *any = next_block(r);
    if (*any && !r->info.status)
        r->info.status = decode(r);
    return *any ? r->info.status : KX_OK;
}

static kx_status
convert_batch(kxi_csv_reader *r)
{
    kx_status status = KX_OK;
    for (size_t i = 0; i < r->csv->column_count && !status; i++)
        status = kxi_cells_add(&r->cells[i], r->fields + i * KXI_CELLS_BATCH, r->split.n, r->block, &r->faults);
    if (!status && r->faults.count) {
        status = kxi_csv_note_cells(r);
        r->info.stops = !r->csv->collect;
    }
    r->faults.count = 0;
    return status;
}

/* Rows of the batch whose line is not the one after the row before. */
static kx_status
note_jumps(kxi_csv_reader *r)
{
    kxi_csv_block *info = &r->info;
    for (size_t i = 0; i < r->split.n; i++) {
        uint32_t line = r->split.lines[i];
        if (line != r->next_line) {
            if (!kxi_grow(r->raw.mem, &info->jumps, &info->jump_capacity, info->jump_count + 1))
                return KX_E_NOMEM;
            info->jumps[info->jump_count++] = (kxi_csv_jump){ (uint32_t)(r->cells_out.rows + i), line };
        }
        r->next_line = line + 1;
    }
    return KX_OK;
}

static kx_status
read_batch(kxi_csv_reader *r)
{
    kxi_split *s = &r->split;
    if (r->copies.head)
        kxi_arena_reset(&r->copies);
    kx_status status = kxi_split_batch(s);
    if (!status)
        status = convert_batch(r);
    if (!status)
        status = note_jumps(r);
    r->cells_out.rows += s->n;
    if (status || !s->msg || r->info.stops)
        return status;
    r->info.stops = !r->csv->collect || s->msg != KXI_MSG_CSV_FIELDS;
    return kxi_csv_note_split(r, &r->info.notes);
}

static kx_status
pack_block(kxi_csv_reader *r)
{
    size_t columns = r->csv->column_count;
    kx_status status = KX_OK;
    if (!columns)
        return KX_OK;
    r->cells_out.parts = kxi_alloc_array(r->raw.mem, columns, sizeof(*r->cells_out.parts));
    if (!r->cells_out.parts)
        return KX_E_NOMEM;
    for (size_t i = 0; i < columns && !status; i++)
        status = kxi_cells_pack(&r->cells[i], &r->cells_out.parts[i]);
    return status;
}

static void
read_block(kxi_csv_reader *r)
{
    kx_status status = r->info.status;
    r->next_line = UINT32_MAX; /* the first row of a block always jumps */
    while (!status && !r->info.stops && (r->split.p < r->split.end || r->split.cut == KXI_CUT_ENCODING))
        status = read_batch(r);
    r->info.lines = r->split.line;
    if (!status)
        status = pack_block(r);
    r->info.status = status;
}

/* Hand over what was read. */
static void
finish_block(kxi_csv_reader *r)
{
    kxi_csv *csv = r->csv;
    pthread_mutex_lock(&csv->lock);
    csv->blocks[r->block] = r->cells_out;
    csv->infos[r->block] = r->info;
    csv->errors += r->info.notes.count + r->info.notes.left_out;
    csv->rows += r->cells_out.rows;
    csv->done += r->raw.n;
    if (r->info.stops || r->info.status || csv->rows > csv->ctx->max_rows)
        csv->stop = true;
    pthread_mutex_unlock(&csv->lock);
    r->cells_out = (kxi_block){ .reader = r->number };
    memset(&r->info, 0, sizeof(r->info));
    kxi_csv_notes_init(&r->info.notes, r->raw.mem, 0);
}

void
kxi_csv_progress(kxi_csv *csv)
{
    if (!csv->progress)
        return;
    pthread_mutex_lock(&csv->lock);
    uint64_t done = csv->progress_base + csv->done;
    bool news = csv->done != csv->reported;
    csv->reported = csv->done;
    pthread_mutex_unlock(&csv->lock);
    if (!news)
        return;
    uint64_t total = csv->progress_total > done ? csv->progress_total : done;
    if (csv->progress(csv->progress_user, done, total) == 0)
        return;
    pthread_mutex_lock(&csv->lock);
    csv->cancelled = csv->stop = true;
    pthread_mutex_unlock(&csv->lock);
}

void
kxi_csv_read_blocks(kxi_csv_reader *r, bool taken)
{
    bool any = taken;
    if (!taken)
        kxi_csv_take(r, &any);
    while (any) {
        read_block(r);
        finish_block(r);
        if (r->number == 0)
            kxi_csv_progress(r->csv);
        kxi_csv_take(r, &any);
    }
}
