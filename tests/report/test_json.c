/* What was written is read again by the library's own strict reader and looked at by path. */
#include "suite.h"

#include <stdlib.h>

#include "io/json.h"

static struct fixture f;
static kxi_doc *doc;

static kxi_doc *
written_doc(int32_t what, const char *subject, const char *indicator)
{
    struct written w = { NULL, 0, 0, 0 };
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    kx_error err = KX_ERROR_INIT;
    kxi_diag d = { .language = KX_LANG_EN, .err = &err };
    kxi_doc *out;
    options.what = what;
    options.format = KX_FORMAT_JSON;
    options.subject = subject;
    options.indicator = indicator;
    ck_assert_msg(write_result(&f.score, &options, &w, &err) == KX_OK, "%s", err.message);
    ck_assert_msg(kxi_json_parse(f.ctx, KXI_STR("out"), (kxi_str){ w.s, w.n }, &d, &out) == KX_OK, "%u:%u: %s",
                  err.line, err.column, err.message);
    ck_assert_msg(w.s[w.n - 1] == '\n', "the document ends with its line");
    free(w.s);
    return out;
}

/* "subjects/1/gates/0/id" */
static const kxi_node *
node_at(const kxi_doc *from, const char *path)
{
    const kxi_node *node = from->root;
    char part[64];
    while (*path && node) {
        size_t n = strcspn(path, "/");
        memcpy(part, path, n);
        part[n] = '\0';
        path += path[n] ? n + 1 : n;
        if (node->type == KXI_NODE_ARRAY) {
            node = node->child;
            for (long skip = strtol(part, NULL, 10); skip > 0 && node; skip--)
                node = node->next;
        } else {
            node = kxi_node_get(node, part);
        }
    }
    return node;
}

static void
assert_node(const kxi_doc *from, const char *path, const char *expected)
{
    char text[256];
    const kxi_node *node = node_at(from, path);
    ck_assert_msg(node != NULL, "there is no %s", path);
    switch (node->type) {
    case KXI_NODE_NULL:
        snprintf(text, sizeof(text), "null");
        break;
    case KXI_NODE_BOOL:
        snprintf(text, sizeof(text), "%s", node->yes ? "true" : "false");
        break;
    case KXI_NODE_NUMBER:
        snprintf(text, sizeof(text), "%.*s", (int)node->text.n, node->text.s);
        break;
    case KXI_NODE_STRING:
        snprintf(text, sizeof(text), "'%.*s'", (int)node->text.n, node->text.s);
        break;
    default:
        snprintf(text, sizeof(text), "%u", node->count);
        break;
    }
    ck_assert_msg(strcmp(text, expected) == 0, "%s: %s instead of %s", path, text, expected);
}

static void
setup(void)
{
    fixture_init(&f, KX_LANG_ZH);
    doc = written_doc(KX_WRITE_RESULT, NULL, NULL);
}

static void
teardown(void)
{
    kxi_doc_free(doc);
    fixture_free(&f);
}

/* Texts stand in quotes; of arrays and objects the number of members. */
static const struct {
    const char *path, *value;
} values[] = {
    { "", "8" },
    { "format", "'kexie-result/1'" },
    { "scheme/id", "'demo'" },
    { "scheme/title", "'示范方案'" },
    { "as_of", "'2025-12-31'" },
    { "period/from", "'2025-01-01'" },
    { "nodes", "6" },
    { "nodes/2/id", "'A1'" },
    { "nodes/2/parent", "'A'" },
    { "nodes/2/curve", "'ratio'" },
    { "nodes/3/title", "'含逗号,与\"引号\"'" },
    { "nodes/0/parent", "null" },
    { "nodes/5/kind", "'deduction'" },
    { "subjects", "3" },
    { "subjects/0/subject", "'640104'" },
    { "subjects/0/total", "null" },
    { "subjects/0/complete", "false" },
    { "subjects/0/indicators", "6" },
    { "subjects/0/indicators/2/value", "0.75" },
    { "subjects/0/indicators/2/numerator", "3" },
    { "subjects/0/indicators/2/denominator", "4" },
    { "subjects/0/indicators/2/lost", "5" },
    { "subjects/0/indicators/2/gaps", "1" },
    { "subjects/0/indicators/2/gaps/0/unit_name", "'东街'" },
    { "subjects/0/indicators/2/gaps/0/to", "'2025-03-31'" },
    { "subjects/0/indicators/2/gaps/0/has", "0" },
    { "subjects/0/indicators/2/gaps/0/loss", "'5/3'" },
    { "subjects/0/indicators/2/gaps/0/responsible", "'P001'" },
    { "subjects/0/indicators/3/reason", "'null'" },
    { "subjects/0/indicators/3/points", "null" },
    { "subjects/0/indicators/3/gaps/0/kind", "'missing'" },
    { "subjects/0/indicators/3/gaps/0/needs", "null" },
    { "subjects/1/name", "'乙\"县\"'" },
    { "subjects/1/total", "25.83" },
    { "subjects/1/grade_by_score", "'合格'" },
    { "subjects/1/gates/0/effect", "'grade'" },
    { "subjects/1/gates/0/gaps/0/has", "'是'" },
    { "subjects/1/indicators/2/value", "'2/3'" },
    { "subjects/1/indicators/2/steps/0/points", "'40/3'" },
    { "subjects/1/indicators/2/steps/1/step", "'round'" },
    { "subjects/1/indicators/2/gaps/0/upper", "true" },
    { "subjects/1/indicators/3/type", "'text'" },
    { "subjects/1/indicators/3/value", "'好'" },
    { "subjects/1/indicators/3/track", "'审核'" },
    { "subjects/1/indicators/3/note", "'查阅资料'" },
    { "subjects/1/indicators/3/steps/0/row", "2" },
    { "subjects/1/indicators/4/steps/1/by", "5" },
    { "subjects/1/indicators/5/points", "-0.5" },
    { "subjects/2/name", "null" },
    { "subjects/2/tied", "true" },
    { "subjects/2/indicators/2/state", "'na'" },
    { "subjects/2/indicators/3/value", "true" },
    { "findings", "0" },
    { "findings_left_out", "0" },
};

START_TEST(value)
{
    assert_node(doc, values[_i].path, values[_i].value);
}
END_TEST

/* Every subject, indicator and gap has the same keys in the same order. */
static void
same_keys(const kxi_node *list)
{
    for (const kxi_node *item = list->child; item; item = item->next) {
        const kxi_node *a = list->child->child, *b = item->child;
        for (; a && b; a = a->next, b = b->next)
            ck_assert_msg(kxi_str_eq(a->key, b->key), "%.*s where %.*s was expected", (int)b->key.n, b->key.s,
                          (int)a->key.n, a->key.s);
        ck_assert_msg(!a && !b, "another number of keys");
    }
}

START_TEST(fixed_keys)
{
    same_keys(node_at(doc, "subjects"));
    same_keys(node_at(doc, "nodes"));
    same_keys(node_at(doc, "subjects/1/indicators"));
    kxi_doc *gaps = written_doc(KX_WRITE_GAPS, NULL, NULL);
    same_keys(node_at(gaps, "gaps"));
    assert_node(gaps, "format", "'kexie-gaps/1'");
    assert_node(gaps, "gaps", "4");
    assert_node(gaps, "gaps/3/gate", "'V1'");
    assert_node(gaps, "gaps/3/indicator", "null");
    kxi_doc_free(gaps);
}
END_TEST

START_TEST(one_subject_one_block)
{
    kxi_doc *part = written_doc(KX_WRITE_RESULT, "640105", "A");
    assert_node(part, "subjects", "1");
    assert_node(part, "subjects/0/subject", "'640105'");
    assert_node(part, "subjects/0/indicators", "3");
    assert_node(part, "subjects/0/indicators/0/id", "'A'");
    assert_node(part, "subjects/0/indicators/1/gaps", "1");
    assert_node(part, "nodes", "3");
    kxi_doc_free(part);
    part = written_doc(KX_WRITE_GAPS, "640105", "A");
    assert_node(part, "gaps", "1");
    kxi_doc_free(part);
}
END_TEST

START_TEST(findings_are_in_it)
{
    kxi_diag d = { .language = KX_LANG_EN, .collect = true, .all = &f.score.findings };
    KXI_FAIL(&d, FINDINGS_LEFT_OUT, ((kxi_place){ .input = KXI_STR("x"), .line = 3, .column = 4 }), KXI_A_INT(1),
             KXI_A_INT(2));
    kxi_doc *with = written_doc(KX_WRITE_RESULT, "640104", NULL);
    assert_node(with, "findings/0/severity", "'note'");
    assert_node(with, "findings/0/line", "3");
    assert_node(with, "findings/0/pointer", "null");
    kxi_doc_free(with);
}
END_TEST

TCase *
json_tests(void)
{
    TCase *t = tcase_create("json");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, value, 0, COUNT(values));
    tcase_add_test(t, fixed_keys);
    tcase_add_test(t, one_subject_one_block);
    tcase_add_test(t, findings_are_in_it);
    return t;
}
