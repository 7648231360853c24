#include "model/fixture.h"

#include <stdlib.h>

#define TEXT_COLUMN(text, is_used)                                                                   \
    {                                                                                                \
        .name = { (text), sizeof(text) - 1 }, .type = KX_TEXT, .target = KXI_NONE, .used = (is_used) \
    }
#define COLUMN(text, kind, ...)                                                                             \
    {                                                                                                       \
        .name = { (text), sizeof(text) - 1 }, .type = (kind), .target = KXI_NONE, .used = true, __VA_ARGS__ \
    }
#define HEADER(text, number)                                       \
    {                                                              \
        .folded = { (text), sizeof(text) - 1 }, .column = (number) \
    }

static const kxi_column_spec units_columns[U_COLUMNS] = {
    [U_CODE] = COLUMN("code", KX_TEXT, .required = true),
    [U_NAME] = TEXT_COLUMN("name", true),
    [U_LEVEL] = COLUMN("level", KX_TEXT, .required = true),
    [U_PARENT] = { .name = { "parent", 6 }, .type = KX_TEXT, .target = UNITS, .used = true },
    [U_FROM] = COLUMN("from", KX_DATE, .list = false),
    [U_TO] = COLUMN("to", KX_DATE, .list = false),
    [U_INTO] = { .name = { "into", 4 }, .type = KX_TEXT, .target = UNITS },
    [U_POPULATION] = COLUMN("population", KX_NUMBER, .list = false),
};
static const kxi_header units_headers[] = {
    HEADER("单位编码", U_CODE),
    HEADER("名称", U_NAME),
    HEADER("层级", U_LEVEL),
    HEADER("上级单位", U_PARENT),
};
static const kxi_column_spec posts_columns[P_COLUMNS] = {
    [P_PERSON] = { .name = { "person", 6 }, .type = KX_TEXT, .target = PEOPLE, .used = true },
    [P_UNIT] = { .name = { "unit", 4 }, .type = KX_TEXT, .target = UNITS, .used = true, .required = true },
    [P_TITLE] = TEXT_COLUMN("title", false),
    [P_ROLE] = TEXT_COLUMN("role", true),
    [P_FROM] = COLUMN("from", KX_DATE, .list = false),
    [P_TO] = COLUMN("to", KX_DATE, .list = false),
};
static const kxi_column_spec people_columns[H_COLUMNS] = {
    [H_ID] = COLUMN("id", KX_TEXT, .required = true),
    [H_BORN] = COLUMN("born", KX_DATE, .list = false),
    [H_NOTE] = TEXT_COLUMN("note", false),
    [H_TAGS] = COLUMN("tags", KX_TEXT, .list = true),
};
static const kxi_column_spec activities_columns[A_COLUMNS] = {
    [A_UNIT] = { .name = { "unit", 4 }, .type = KX_TEXT, .target = UNITS, .used = true, .list = true },
    [A_DATE] = COLUMN("date", KX_DATE, .list = false),
    [A_KIND] = COLUMN("kind", KX_TEXT, .list = false),
    [A_PEOPLE] = COLUMN("people", KX_NUMBER, .list = false),
    [A_OPEN] = COLUMN("open", KX_BOOL, .list = false),
    [A_LEADS] = { .name = { "leads", 5 }, .type = KX_TEXT, .target = PEOPLE, .used = true },
    [A_COUNTS] = COLUMN("counts", KX_NUMBER, .list = true),
};
static const kxi_header activities_headers[] = { HEADER("日期", A_DATE), HEADER("举办日期", A_DATE) };

static const kxi_table_spec tables[TABLES] = {
    [UNITS] = { .name = { "units", 5 },
                .kind = KXI_REFERENCE,
                .columns = units_columns,
                .column_count = U_COLUMNS,
                .headers = units_headers,
                .header_count = COUNT(units_headers),
                .key = U_CODE,
                .date = KXI_NONE,
                .from = U_FROM,
                .to = U_TO },
    [POSTS] = { .name = { "posts", 5 },
                .kind = KXI_STATES,
                .columns = posts_columns,
                .column_count = P_COLUMNS,
                .key = KXI_NONE,
                .date = KXI_NONE,
                .from = P_FROM,
                .to = P_TO },
    [PEOPLE] = { .name = { "people", 6 },
                 .kind = KXI_REFERENCE,
                 .columns = people_columns,
                 .column_count = H_COLUMNS,
                 .key = H_ID,
                 .date = KXI_NONE,
                 .from = KXI_NONE,
                 .to = KXI_NONE },
    [ACTIVITIES] = { .name = { "activities", 10 },
                     .kind = KXI_EVENTS,
                     .columns = activities_columns,
                     .column_count = A_COLUMNS,
                     .headers = activities_headers,
                     .header_count = COUNT(activities_headers),
                     .key = KXI_NONE,
                     .date = A_DATE,
                     .from = KXI_NONE,
                     .to = KXI_NONE },
};

static const kxi_str county_aliases[] = { { "县", 3 }, { "区", 3 } };
static const kxi_str township_aliases[] = { { "乡镇", 6 }, { "街道", 6 } };
static const kxi_level levels[] = {
    [PROVINCE] = { { "province", 8 }, NULL, 0 },
    [COUNTY] = { { "county", 6 }, county_aliases, 2 },
    [TOWNSHIP] = { { "township", 8 }, township_aliases, 2 },
    [VILLAGE] = { { "village", 7 }, NULL, 0 },
};
static const kxi_str roles[ROLES] = { { "院长", 6 }, { "校长", 6 } };
#define TITLE(text, its_role, its_level)                                                 \
    {                                                                                    \
        .folded = { (text), sizeof(text) - 1 }, .role = (its_role), .level = (its_level) \
    }
static const kxi_title titles[] = {
    TITLE("卫生院院长", HEAD_OF_HOSPITAL, KXI_NONE), TITLE("街道主任", HEAD_OF_HOSPITAL, TOWNSHIP),
    TITLE("主任", HEAD_OF_SCHOOL, KXI_NONE),         TITLE("主任", HEAD_OF_HOSPITAL, TOWNSHIP),
    TITLE("中心学校校长", HEAD_OF_SCHOOL, KXI_NONE), TITLE("lead", HEAD_OF_SCHOOL, KXI_NONE),
    TITLE("lead", HEAD_OF_HOSPITAL, KXI_NONE),
};
static const kxi_role_column role_columns[] = { { POSTS, P_ROLE, P_TITLE, P_UNIT } };

kx_status
model_begin(struct model *m, kxi_mem *mem)
{
    kx_context_options o = KX_CONTEXT_OPTIONS_INIT;
    kx_error err = KX_ERROR_INIT;
    o.alloc = mem->alloc;
    o.alloc_user = mem->user;
    o.language = KX_LANG_EN;
    memcpy(m->tables, tables, sizeof(tables));
    m->schema = (kxi_schema){
        .tables = m->tables,
        .table_count = TABLES,
        .units = { UNITS, U_CODE, U_NAME, U_LEVEL, U_PARENT, U_FROM, U_TO, U_INTO },
        .levels = levels,
        .level_count = COUNT(levels),
        .roles = roles,
        .role_count = ROLES,
        .titles = titles,
        .title_count = COUNT(titles),
        .role_columns = role_columns,
        .role_column_count = COUNT(role_columns),
    };
    m->ds = NULL;
    m->err = err;
    kx_status status = kxi_context_new(&o, &m->ctx, &m->err);
    if (status != KX_OK)
        return status;
    m->diag = kxi_context_diag(m->ctx, &m->err);
    return kxi_dataset_new(m->ctx, &m->schema, NULL, NULL, &m->ds, &m->diag);
}

void
model_end(struct model *m)
{
    kxi_dataset_unref(m->ds);
    kxi_context_unref(m->ctx);
    m->ds = NULL;
    m->ctx = NULL;
}

void
model_init(struct model *m)
{
    m->fault = (struct fault)FAULT_NONE;
    kxi_mem mem;
    kxi_mem_init(&mem, fault_alloc, &m->fault, 0);
    ck_assert_int_eq(model_begin(m, &mem), KX_OK);
}

void
model_free(struct model *m)
{
    model_end(m);
    ck_assert_uint_eq(m->fault.live, 0);
    ck_assert(!m->fault.wrong);
}

void
model_again(struct model *m)
{
    kx_error err = KX_ERROR_INIT;
    kxi_dataset_unref(m->ds);
    m->err = err;
    m->diag = kxi_context_diag(m->ctx, &m->err);
    ck_assert_int_eq(kxi_dataset_new(m->ctx, &m->schema, NULL, NULL, &m->ds, &m->diag), KX_OK);
}

/* The next field of *text, which ends at a comma, a line's end or the text's. */
static kxi_str
field(const char **text)
{
    size_t n = strcspn(*text, ",\n");
    kxi_str s = { *text, n };
    *text += n;
    if (**text)
        ++*text;
    return s;
}

static size_t
lines_of(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

/* Column `wanted` of the text as a pool. */
static kx_status
add_pool(kx_table *t, const char *name, const char *text, size_t columns, size_t wanted, kxi_diag *d)
{
    size_t rows = lines_of(text);
    int64_t *offsets = malloc((rows + 1) * sizeof(*offsets));
    char *bytes = malloc(strlen(text) + 1);
    offsets[0] = 0;
    for (size_t row = 0; row < rows; row++)
        for (size_t i = 0; i < columns; i++) {
            kxi_str s = field(&text);
            if (i != wanted)
                continue;
            memcpy(bytes + offsets[row], s.s, s.n);
            offsets[row + 1] = offsets[row] + (int64_t)s.n;
        }
    kx_column view = KX_COLUMN_INIT;
    view.name = name;
    view.type = KX_TEXT;
    view.layout = KX_LAYOUT_POOL;
    view.rows = view.pool = rows;
    view.pool_offsets = offsets;
    view.pool_bytes = bytes;
    kx_status status = kxi_table_add_view(t, &view, NULL, NULL, d);
    free(offsets);
    free(bytes);
    return status;
}

kx_status
table_of(struct model *m, const char *name, const char *text, kx_table **out)
{
    char names[16][64];
    size_t columns = 0;
    const char *end = strchr(text, '\n') + 1;
    while (text < end) {
        kxi_str s = field(&text);
        ck_assert(columns < 16 && s.n < 64);
        memcpy(names[columns], s.s, s.n);
        names[columns++][s.n] = '\0';
    }
    kx_status status = kxi_table_new(m->ctx, kxi_str_of(name), out, &m->diag);
    for (size_t i = 0; i < columns && status == KX_OK; i++)
        status = add_pool(*out, names[i], text, columns, i, &m->diag);
    if (status == KX_OK)
        kxi_table_set_lines(*out, 2, NULL, 0);
    return status;
}

kx_status
add_text(struct model *m, uint32_t table, const char *text)
{
    kx_table *t;
    kx_status status =
        table_of(m, (const char *[]){ "units.csv", "posts.csv", "people.csv", "activities.csv" }[table], text, &t);
    if (status == KX_OK)
        status = kxi_dataset_add(m->ds, table, t, &m->diag);
    kxi_table_unref(t);
    return status;
}

void
must_add(struct model *m, uint32_t table, const char *text)
{
    kx_status status = add_text(m, table, text);
    ck_assert_msg(status == KX_OK, "%s", m->err.message);
}

void
must_seal(struct model *m)
{
    kx_status status = kxi_dataset_seal(m->ds, &m->diag);
    ck_assert_msg(status == KX_OK, "%s", m->err.message);
    ck_assert(m->ds->sealed);
}

kx_table *
new_table(struct model *m)
{
    kx_table *t;
    model_init(m);
    ck_assert_int_eq(kxi_table_new(m->ctx, KXI_STR("t"), &t, &m->diag), KX_OK);
    return t;
}

void
end_table(struct model *m, kx_table *t)
{
    kxi_table_unref(t);
    model_free(m);
}

void
must_view(struct model *m, kx_table *t, const kx_column *view)
{
    kx_status status = kxi_table_add_view(t, view, NULL, NULL, &m->diag);
    ck_assert_msg(status == KX_OK, "%s", m->err.message);
}

kx_column
view_of(const char *name, int32_t type, int32_t layout, size_t rows, const void *values)
{
    kx_column view = KX_COLUMN_INIT;
    view.name = name;
    view.type = type;
    view.layout = layout;
    view.rows = rows;
    view.values = values;
    return view;
}

void
assert_failed(const struct model *m, kx_status status, enum kxi_msg msg, uint32_t line, const char *words)
{
    ck_assert_msg(status == kxi_msg_status(msg), "%d instead of %s: %s", (int)status, kxi_msg_name(msg),
                  m->err.message);
    ck_assert_msg(m->err.code == kxi_msg_code(msg), "%d instead of %s: %s", (int)m->err.code, kxi_msg_name(msg),
                  m->err.message);
    ck_assert_int_eq(m->err.status, status);
    if (line)
        ck_assert_msg(m->err.line == line, "line %u: %s", m->err.line, m->err.message);
    for (const char *w = words; *w;) {
        char word[128];
        size_t n = strcspn(w, "|");
        memcpy(word, w, n);
        word[n] = '\0';
        ck_assert_msg(strstr(m->err.message, word) != NULL, "no \"%s\" in: %s", word, m->err.message);
        w += n + (w[n] == '|');
    }
}

size_t
findings_of(const struct model *m, enum kxi_msg msg, const kxi_finding **first)
{
    size_t n = 0;
    for (size_t i = m->ds->findings.count; i-- > 0;)
        if (m->ds->findings.items[i].msg == msg) {
            n++;
            if (first)
                *first = &m->ds->findings.items[i];
        }
    return n;
}

uint32_t
unit_of(const struct model *m, const char *code)
{
    uint32_t unit = kxi_entities_find(kxi_dataset_units(m->ds), kxi_str_of(code));
    ck_assert_msg(unit != KXI_NONE, "no unit %s", code);
    return unit;
}

const kxi_column *
column_of(const struct model *m, uint32_t table, uint32_t column)
{
    return m->ds->tables[table].columns[column].column;
}

kxi_day
day(const char *text)
{
    kxi_day d;
    ck_assert(kxi_date_parse(kxi_str_of(text), &d));
    return d;
}
