/* tests/model/fixture.h: a small schema, tables written as text, and a dataset made of them. All data is made up. */
#ifndef KEXIE_TESTS_MODEL_FIXTURE_H
#define KEXIE_TESTS_MODEL_FIXTURE_H

#include "model/dataset.h"
#include "support.h"

/* The tables of the schema, in this order. units, people and activities are needed only where a test says so. */
enum { UNITS, POSTS, PEOPLE, ACTIVITIES, TABLES };
/* Their columns. */
enum { U_CODE, U_NAME, U_LEVEL, U_PARENT, U_FROM, U_TO, U_INTO, U_POPULATION, U_COLUMNS };
enum { P_PERSON, P_UNIT, P_TITLE, P_ROLE, P_FROM, P_TO, P_COLUMNS };
enum { H_ID, H_BORN, H_NOTE, H_TAGS, H_COLUMNS };
enum { A_UNIT, A_DATE, A_KIND, A_PEOPLE, A_OPEN, A_LEADS, A_COUNTS, A_COLUMNS };
/* The levels, from the top; a county may be written 县 or 区, a township 乡镇 or 街道. */
enum { PROVINCE, COUNTY, TOWNSHIP, VILLAGE };
/* Roles: 卫生院院长 and 街道主任 (of townships) are 院长, 中心学校校长 is a 校长; 主任 is a 院长 at townships, else a 校长. */
enum { HEAD_OF_HOSPITAL, HEAD_OF_SCHOOL, ROLES };

struct model {
    struct fault fault;
    kx_context *ctx;
    kxi_schema schema;
    kxi_table_spec tables[TABLES];
    kx_error err;
    kxi_diag diag;
    kx_dataset *ds;
};

void model_init(struct model *m);
/* Asserts that nothing is left. */
void model_free(struct model *m);
/* On memory watched elsewhere; model_end asserts nothing. */
kx_status model_begin(struct model *m, kxi_mem *mem);
void model_end(struct model *m);
/* Another dataset instead of the one there is; the error is forgotten. */
void model_again(struct model *m);

/* A table of text columns: the first line is the header, fields are separated by commas, an empty one is null. Its rows have
 * lines, the first of them is line 2. */
kx_status table_of(struct model *m, const char *name, const char *text, kx_table **out);
/* table_of and kxi_dataset_add. */
kx_status add_text(struct model *m, uint32_t table, const char *text);
/* Add, which must go well. */
void must_add(struct model *m, uint32_t table, const char *text);
void must_seal(struct model *m);
/* A model and an empty table "t" of it; and both gone again. */
kx_table *new_table(struct model *m);
void end_table(struct model *m, kx_table *t);
/* Add a view by copy, which must go well. */
void must_view(struct model *m, kx_table *t, const kx_column *view);
/* A view of plain values. */
kx_column view_of(const char *name, int32_t type, int32_t layout, size_t rows, const void *values);

/* That a call failed with this message, at this line (0: anywhere), and that the message has all of the words: separated by
 * "|". */
void assert_failed(const struct model *m, kx_status status, enum kxi_msg msg, uint32_t line, const char *words);
/* How many findings of this kind there are; the first of them, or NULL. */
size_t findings_of(const struct model *m, enum kxi_msg msg, const kxi_finding **first);

/* The number of a unit, which must be there. */
uint32_t unit_of(const struct model *m, const char *code);
const kxi_column *column_of(const struct model *m, uint32_t table, uint32_t column);
kxi_day day(const char *text);

#endif
