#include "io/csv_priv.h"

/* The header while columns are being looked for. */
struct header {
    kxi_csv *csv;
    kxi_csv_reader *reader;
    kxi_str *names;    /* normalised */
    uint32_t *columns; /* of the spec, or KXI_NONE */
    uint32_t *fields;  /* of the spec's columns, or KXI_NONE */
    const char *record;
    size_t count;
    bool usable;
};

static kx_status
note_at(struct header *h, enum kxi_msg msg, size_t field, kxi_csv_note **note)
{
    const char *at = kxi_split_find(&h->reader->split, h->record, field);
    if (kxi_msg_severity(msg) == KXI_ERROR)
        h->usable = false;
    return kxi_csv_note_add(h->reader, &h->csv->header_notes, msg, h->record, h->reader->split.lines[0], at, note);
}

/* Lines that end in carriage returns make one long header. */
static kx_status
check_line_ends(struct header *h, size_t field, kxi_str raw)
{
    kxi_csv_note *note;
    const char *at = kxi_split_find(&h->reader->split, h->record, field);
    if (*at == '"' || raw.n == 0 || !memchr(raw.s, '\r', raw.n))
        return KX_OK;
    return note_at(h, KXI_MSG_CSV_CARRIAGE_RETURN, field, &note);
}

static kx_status
match_field(struct header *h, size_t field)
{
    kxi_csv_note *note;
    uint32_t column;
    kx_status status = kxi_spec_header(h->csv->spec, &h->csv->arena, h->names[field], &column);
    h->columns[field] = column;
    if (status || column == KXI_NONE)
        return status;
    if (h->fields[column] == KXI_NONE) {
        h->fields[column] = (uint32_t)field;
        return KX_OK;
    }
    status = note_at(h, KXI_MSG_COLUMNS_SAME, field, &note);
    if (status || !note)
        return status;
    status = kxi_csv_note_quoted(&h->csv->header_notes, note, h->names[h->fields[column]]);
    if (!status)
        status = kxi_csv_note_quoted(&h->csv->header_notes, note, h->names[field]);
    if (!status)
        status = kxi_csv_note_text(&h->csv->header_notes, note, h->csv->spec->columns[column].name);
    return status;
}

/* The nearest of the names that stand for columns not in the header: their own and those the scheme maps; folded. */
static kx_status
near_column(struct header *h, kxi_str name, kxi_str *out)
{
    const kxi_table_spec *spec = h->csv->spec;
    kxi_str *names = kxi_arena_array(&h->csv->arena, spec->column_count + spec->header_count + 1, sizeof(*names));
    size_t count = 0;
    *out = (kxi_str){ NULL, 0 };
    if (!names)
        return KX_E_NOMEM;
    kx_status status = kxi_text_fold(&h->csv->arena, name, &name);
    for (size_t i = 0; i < spec->column_count && !status; i++)
        if (h->fields[i] == KXI_NONE)
            status = kxi_text_fold(&h->csv->arena, spec->columns[i].name, &names[count++]);
    for (size_t i = 0; i < spec->header_count; i++)
        if (h->fields[spec->headers[i].column] == KXI_NONE)
            names[count++] = spec->headers[i].folded;
    if (!status)
        *out = kxi_nearest(name, names, count);
    return status;
}

static kx_status
note_extra(struct header *h, size_t field)
{
    kxi_csv_notes *n = &h->csv->header_notes;
    kxi_csv_note *note;
    kxi_str near;
    if (h->columns[field] != KXI_NONE || h->names[field].n == 0)
        return KX_OK;
    kx_status status = near_column(h, h->names[field], &near);
    if (!status)
        status = note_at(h, near.n ? KXI_MSG_COLUMN_EXTRA_NEAR : KXI_MSG_COLUMN_EXTRA, field, &note);
    if (status || !note)
        return status;
    status = kxi_csv_note_quoted(n, note, h->names[field]);
    return status || !near.n ? status : kxi_csv_note_text(n, note, near);
}

/* The header nobody matched that is nearest to a column's name. */
static kx_status
near_header(struct header *h, uint32_t column, kxi_str *out)
{
    kxi_str *folded = kxi_arena_array(&h->csv->arena, h->count, sizeof(*folded)), name;
    kx_status status = folded ? kxi_text_fold(&h->csv->arena, h->csv->spec->columns[column].name, &name) : KX_E_NOMEM;
    *out = (kxi_str){ NULL, 0 };
    for (size_t i = 0; i < h->count && !status; i++)
        if (h->columns[i] == KXI_NONE)
            status = kxi_text_fold(&h->csv->arena, h->names[i], &folded[i]);
    if (status)
        return status;
    kxi_str near = kxi_nearest(name, folded, h->count);
    for (size_t i = 0; i < h->count && near.n; i++)
        if (kxi_str_eq(folded[i], near))
            *out = h->names[i];
    return KX_OK;
}

static kx_status
check_required(struct header *h, uint32_t column)
{
    kxi_csv *csv = h->csv;
    kxi_csv_notes *n = &csv->header_notes;
    kxi_csv_note *note;
    kxi_str near;
    if (h->fields[column] != KXI_NONE || !csv->spec->columns[column].required ||
        !kxi_schema_wants(csv->ds->schema, csv->table, column))
        return KX_OK;
    kx_status status = near_header(h, column, &near);
    if (!status)
        status = note_at(h, near.n ? KXI_MSG_COLUMN_MISSING_NEAR : KXI_MSG_COLUMN_MISSING, 0, &note);
    if (status || !note)
        return status;
    status = kxi_csv_note_text(n, note, csv->spec->name);
    if (!status)
        status = kxi_csv_note_text(n, note, csv->spec->columns[column].name);
    return status || !near.n ? status : kxi_csv_note_quoted(n, note, near);
}

/* The columns some rule reads, by field. */
static kx_status
choose_columns(struct header *h)
{
    kxi_csv *csv = h->csv;
    csv->field_count = h->count;
    csv->columns = kxi_arena_array(&csv->arena, h->count, sizeof(*csv->columns));
    if (!csv->columns)
        return KX_E_NOMEM;
    for (size_t i = 0; i < h->count; i++) {
        uint32_t column = h->columns[i];
        if (column != KXI_NONE && kxi_schema_wants(csv->ds->schema, csv->table, column))
            csv->columns[csv->column_count++] =
                (kxi_csv_column){ &csv->spec->columns[column], (uint32_t)i, h->names[i] };
    }
    return KX_OK;
}

static kx_status
match_header(struct header *h, const kxi_str *raw)
{
    kx_status status = KX_OK;
    for (size_t i = 0; i < h->count && !status; i++) {
        status = check_line_ends(h, i, raw[i]);
        if (!status)
            status = kxi_text_normalise(&h->csv->arena, raw[i], &h->names[i]);
        if (!status)
            h->names[i] = kxi_str_copy(&h->csv->arena, h->names[i]);
        if (!status && !h->names[i].s)
            status = KX_E_NOMEM;
        if (!status)
            status = match_field(h, i);
    }
    for (uint32_t i = 0; i < h->csv->spec->column_count && !status; i++)
        status = check_required(h, i);
    for (size_t i = 0; i < h->count && !status; i++)
        status = note_extra(h, i); /* last, so that no errors are crowded out */
    return status ? status : choose_columns(h);
}

static kx_status
read_header(struct header *h, const kxi_str *raw)
{
    kxi_arena *a = &h->csv->arena;
    size_t columns = h->csv->spec->column_count;
    h->record = h->reader->split.start[0];
    h->names = kxi_arena_array(a, h->count, sizeof(*h->names));
    h->columns = kxi_arena_array(a, h->count, sizeof(*h->columns));
    h->fields = kxi_arena_array(a, columns + 1, sizeof(*h->fields));
    if (!h->names || !h->columns || !h->fields)
        return KX_E_NOMEM;
    for (size_t i = 0; i < columns; i++)
        h->fields[i] = KXI_NONE;
    return match_header(h, raw);
}

kx_status
kxi_csv_header(kxi_csv *csv, kxi_csv_reader *r, bool *found)
{
    struct header h = { .csv = csv, .reader = r, .usable = true };
    kxi_str *raw;
    kx_status status = kxi_split_header(&r->split, &csv->arena, &raw, &h.count);
    *found = h.count > 0 || r->split.msg;
    if (status || !*found)
        return status;
    h.usable = !r->split.msg;
    status = h.usable ? read_header(&h, raw) : kxi_csv_note_split(r, &csv->header_notes);
    csv->usable = h.usable;
    return status;
}
