#include "io/csv_priv.h"

enum { SHOWN = 40 };

void
kxi_csv_notes_init(kxi_csv_notes *n, kxi_mem *mem, size_t limit)
{
    *n = (kxi_csv_notes){ .limit = limit };
    kxi_arena_init(&n->arena, mem);
}

void
kxi_csv_notes_free(kxi_csv_notes *n)
{
    kxi_free(n->arena.mem, n->list, n->capacity * sizeof(*n->list));
    kxi_arena_free(&n->arena);
    kxi_csv_notes_init(n, n->arena.mem, n->limit);
}

/* Bytes of the character of GB18030 that begins with the two given. */
static size_t
gb18030_length(const char *s, size_t left)
{
    if ((unsigned char)s[0] < 0x80 || left < 2)
        return 1;
    return s[1] >= '0' && s[1] <= '9' ? 4 : 2;
}

/* The offset in the input of a place in the block's text. Places come in ascending order, nearly always, so that the
 * walk goes on from the last one. */
static uint64_t
input_offset(kxi_csv_reader *r, const char *at)
{
    size_t to = (size_t)(at - r->text);
    if (!r->csv->gb18030)
        return r->raw.offset + to;
    if (to < r->text_at)
        r->raw_at = r->text_at = 0;
    size_t characters = kxi_utf8_count((kxi_str){ r->text + r->text_at, to - r->text_at });
    while (characters-- && r->raw_at < r->raw.n)
        r->raw_at += gb18030_length(r->raw.s + r->raw_at, r->raw.n - r->raw_at);
    r->text_at = to;
    return r->raw.offset + r->raw_at;
}

kx_status
kxi_csv_note_add(kxi_csv_reader *r, kxi_csv_notes *n, enum kxi_msg msg, const char *record, uint32_t line,
                 const char *at, kxi_csv_note **note)
{
    uint32_t lines, column;
    *note = NULL;
    if (n->count >= n->limit) {
        n->left_out += kxi_msg_severity(msg) == KXI_ERROR;
        return KX_OK;
    }
    if (!kxi_grow(n->arena.mem, &n->list, &n->capacity, n->count + 1))
        return KX_E_NOMEM;
    kxi_text_position((kxi_str){ record, (size_t)(at - record) }, (size_t)(at - record), &lines, &column);
    *note = &n->list[n->count++];
    **note = (kxi_csv_note){ .msg = msg, .line = line + lines - 1, .column = column, .offset = input_offset(r, at) };
    return KX_OK;
}

kx_status
kxi_csv_note_text(kxi_csv_notes *n, kxi_csv_note *note, kxi_str text)
{
    kxi_str copy = kxi_str_copy(&n->arena, text);
    if (!copy.s)
        return KX_E_NOMEM;
    note->args[note->count++] = KXI_A_STR(copy);
    return KX_OK;
}

kx_status
kxi_csv_note_quoted(kxi_csv_notes *n, kxi_csv_note *note, kxi_str text)
{
    kxi_buf b;
    kxi_buf_init(&b, n->arena.mem);
    kxi_text_quote(&b, text, SHOWN);
    kx_status status = b.failed ? KX_E_NOMEM : kxi_csv_note_text(n, note, kxi_buf_view(&b));
    kxi_buf_free(&b);
    return status;
}

void
kxi_csv_note_int(kxi_csv_note *note, int64_t number)
{
    note->args[note->count++] = KXI_A_INT(number);
}

/* What the message of a splitter's fault has in its place. */
static kx_status
split_arguments(kxi_csv_reader *r, kxi_csv_notes *n, kxi_csv_note *note)
{
    const kxi_split *s = &r->split;
    switch (note->msg) {
    case KXI_MSG_CSV_FIELDS:
        kxi_csv_note_int(note, (int64_t)s->fault_fields);
        kxi_csv_note_int(note, (int64_t)s->fields);
        return KX_OK;
    case KXI_MSG_CSV_FIELD_LONG:
        kxi_csv_note_int(note, (int64_t)s->max_field);
        return KX_OK;
    case KXI_MSG_CSV_RECORD_LONG:
        kxi_csv_note_int(note, (int64_t)s->max_record);
        return KX_OK;
    case KXI_MSG_CSV_AFTER_QUOTE: {
        size_t length;
        kxi_utf8_at((kxi_str){ s->fault_at, (size_t)(s->end - s->fault_at) }, 0, &length);
        return kxi_csv_note_quoted(n, note, (kxi_str){ s->fault_at, length });
    }
    case KXI_MSG_CSV_UTF8:
    case KXI_MSG_CSV_GB18030:
        return kxi_csv_note_quoted(n, note, (kxi_str){ (const char *)&r->bad_byte, 1 });
    default:
        return KX_OK;
    }
}

kx_status
kxi_csv_note_split(kxi_csv_reader *r, kxi_csv_notes *n)
{
    kxi_csv_note *note;
    enum kxi_msg msg = r->split.msg;
    if (msg == KXI_MSG_CSV_ENCODING)
        msg = r->csv->gb18030 ? KXI_MSG_CSV_GB18030 : KXI_MSG_CSV_UTF8;
    kx_status status = kxi_csv_note_add(r, n, msg, r->split.fault_start, r->split.fault_line, r->split.fault_at, &note);
    return status || !note ? status : split_arguments(r, n, note);
}

static kx_status
note_cell(kxi_csv_reader *r, const kxi_fault *f)
{
    const kxi_csv_column *column = &r->csv->columns[f->column];
    const char *record = r->split.start[f->row], *at = kxi_split_find(&r->split, record, column->field);
    kxi_csv_notes *n = &r->info.notes;
    kxi_csv_note *note;
    kx_status status = kxi_csv_note_add(r, n, f->msg, record, r->split.lines[f->row], at, &note);
    if (status || !note)
        return status;
    note->args[note->count++] = KXI_A_STR(column->header);
    return kxi_csv_note_quoted(n, note, f->text);
}

/* Faults lie column by column; the input has them row by row. */
kx_status
kxi_csv_note_cells(kxi_csv_reader *r)
{
    const kxi_faults *f = &r->faults;
    kxi_csv_notes *n = &r->info.notes;
    size_t noted = 0;
    kx_status status = KX_OK;
    for (uint32_t row = 0; row < r->split.n && noted < f->count && n->count < n->limit; row++)
        for (size_t i = 0; i < f->count && n->count < n->limit && !status; i++) {
            if (f->list[i].row != row)
                continue;
            status = note_cell(r, &f->list[i]);
            noted++;
        }
    n->left_out += f->count - noted;
    return status;
}

kx_status
kxi_csv_notes_say(const kxi_csv *csv, const kxi_csv_notes *n, uint64_t first_line, kxi_diag *d)
{
    kx_status first = KX_OK;
    for (size_t i = 0; i < n->count; i++) {
        const kxi_csv_note *note = &n->list[i];
        uint64_t line = first_line + note->line;
        kxi_place place = { .input = csv->source->name, .offset = note->offset, .column = note->column };
        place.line = line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
        kx_status status = kxi_diag_add(d, note->msg, place, note->args, note->count);
        if (status == KX_E_NOMEM || (status && !csv->collect))
            return status;
        first = first ? first : status;
    }
    if (d->collect && d->all) {
        d->all->left_out += n->left_out;
        d->all->errors += n->left_out;
    }
    return first;
}
