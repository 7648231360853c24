/* Calls: the scope is asked first (coverage(heads, township), cohort.rank(total)), then the functions of the language. */
#include "expr/compiler.h"

/* The letter for argument i, and whether a call may have `count` of them. */
static char
letter_of(const char *takes, size_t i)
{
    size_t n = strlen(takes);
    bool open = n > 0 && takes[n - 1] == '+';
    if (open)
        n--;
    return i < n ? takes[i] : open ? takes[n - 1] : '\0';
}

static bool
takes_count(const char *takes, size_t count)
{
    size_t n = strlen(takes);
    return n > 0 && takes[n - 1] == '+' ? count >= n - 1 : count == n;
}

static enum kxi_vtype
type_of(char letter)
{
    switch (letter) {
    case 't':
    case 'M':
        return KXI_V_TEXT;
    case 'd':
        return KXI_V_DATE;
    case 'l':
        return KXI_V_LIST;
    case 'x':
        return KXI_V_NULL;
    default:
        return KXI_V_NUMBER;
    }
}

/* The row whose types fit; null fits any. */
static const kxi_function *
choose(const kxi_compiler *k, const kxi_function *rows, size_t row_count, const uint32_t *args, size_t count)
{
    for (size_t r = 0; r < row_count; r++) {
        bool fits = takes_count(rows[r].takes, count);
        for (size_t i = 0; i < count && fits; i++) {
            enum kxi_vtype want = type_of(letter_of(rows[r].takes, i)), is = k->codes[args[i]].type;
            fits = is == KXI_V_NULL || want == is || (want == KXI_V_NULL && is != KXI_V_MAP);
        }
        if (fits)
            return &rows[r];
    }
    return NULL;
}

static kx_status
fail_arguments(kxi_compiler *k, const kxi_ast *ast, const kxi_function *rows, size_t row_count, const uint32_t *args,
               size_t count)
{
    bool english = k->diag->language == KX_LANG_EN;
    kxi_buf takes, has;
    kxi_buf_init(&takes, k->mem);
    kxi_buf_init(&has, k->mem);
    for (size_t r = 0; r < row_count; r++) {
        if (r > 0)
            kxi_buf_cstr(&takes, english ? " or " : " 或 ");
        kxi_function_show(&rows[r], k->diag->language, &takes);
    }
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            kxi_buf_cstr(&has, english ? ", " : "、");
        kxi_buf_str(&has, kxi_code_kind(k, args[i]));
    }
    if (count == 0)
        kxi_buf_cstr(&has, english ? "none" : "无参数");
    kx_status st = takes.failed || has.failed
                       ? kxi_nomem(k->diag)
                       : KXI_FAIL(k->diag, EXPR_ARGUMENTS, kxi_ast_at(k, ast), KXI_A_CSTR(rows->name),
                                  KXI_A_STR(kxi_buf_view(&takes)), KXI_A_STR(kxi_buf_view(&has)));
    kxi_buf_free(&takes);
    kxi_buf_free(&has);
    return st;
}

/* An argument that has to be known now: places, a rounding mode, a step. */
static kx_status
read_constant(kxi_compiler *k, const kxi_function *f, char letter, uint32_t arg, kxi_code *code)
{
    const kxi_code *c = &k->codes[arg];
    bool english = k->diag->language == KX_LANG_EN;
    kxi_str mode;
    int64_t places;
    if (letter == 'M' && kxi_code_text(c, &mode)) {
        if (kxi_round_mode_find(mode, &code->mode) && code->mode != KXI_ROUND_NONE)
            return KX_OK;
        return KXI_FAIL(k->diag, EXPR_MODE, kxi_ast_at(k, c->ast), KXI_A_STR(mode));
    }
    if (letter == 'S' && kxi_code_number(c, &code->step) && kxi_num_sign(code->step) > 0)
        return KX_OK;
    if (letter == 'W' && kxi_code_number(c, &code->step) && kxi_num_to_int(code->step, &places) && places >= -18 &&
        places <= 18) {
        code->places = (int32_t)places;
        return KX_OK;
    }
    const char *what = letter == 'M'   ? (english ? "text, a way of rounding" : "文本（取舍方式）")
                       : letter == 'S' ? (english ? "number above 0" : "大于 0 的数")
                                       : (english ? "whole number from -18 to 18" : "整数，-18 到 18");
    return KXI_FAIL(k->diag, EXPR_CONSTANT, kxi_ast_at(k, c->ast), KXI_A_CSTR(f->name), KXI_A_CSTR(what));
}

/* All of coalesce(a, b, ..) are of one type, which nulls take on. */
static kx_status
agree(kxi_compiler *k, const kxi_ast *ast, const kxi_function *f, uint32_t *args, size_t count)
{
    uint32_t model = args[0];
    for (size_t i = 0; i < count && k->codes[model].type == KXI_V_NULL; i++)
        model = args[i];
    for (size_t i = 0; i < count; i++) {
        KXI_TRY(kxi_check_null(k, &args[i], k->codes[model].type, k->codes[model].months));
        const kxi_code *c = &k->codes[args[i]], *m = &k->codes[model];
        if (c->type != m->type || c->months != m->months || c->type == KXI_V_LIST)
            return fail_arguments(k, ast, f, 1, args, count);
    }
    return KX_OK;
}

/* The code for a row that fits. A function of many is one of two, again and again: min(min(a, b), c). */
static kx_status
apply(kxi_compiler *k, const kxi_ast *ast, const kxi_function *f, uint32_t *args, size_t count, uint32_t *out)
{
    kxi_code code = { .kernel = f->kernel, .param = f->param, .mode = (enum kxi_round_mode)f->param, .ast = ast };
    if (f->kernel == KXI_KERNEL_coalesce)
        KXI_TRY(agree(k, ast, f, args, count));
    for (size_t i = 0; i < count; i++) {
        char letter = letter_of(f->takes, i);
        if (letter >= 'A' && letter <= 'Z')
            KXI_TRY(read_constant(k, f, letter, args[i], &code));
        else if (letter == 'x' && k->codes[args[i]].type == KXI_V_NULL)
            KXI_TRY(kxi_check_null(k, &args[i], KXI_V_BOOL, false));
        else
            KXI_TRY(kxi_check_null(k, &args[i], type_of(letter), false));
        if (letter >= 'a' && letter <= 'z' && (code.count < 2 || strchr(f->takes, '+') == NULL))
            code.args[code.count++] = args[i];
    }
    code.type = f->gives == KXI_V_NULL ? k->codes[args[0]].type : f->gives;
    code.months = f->gives == KXI_V_NULL ? k->codes[args[0]].months : f->gives == KXI_V_DURATION && f->param < 0;
    bool must = f->kernel == KXI_KERNEL_date_parse || f->kernel == KXI_KERNEL_date_make ||
                f->kernel == KXI_KERNEL_duration || f->kernel == KXI_KERNEL_number;
    KXI_TRY(kxi_emit_apply(k, &code, must, out));
    for (size_t i = 2; i < count && strchr(f->takes, '+'); i++) {
        code.args[0] = *out;
        code.args[1] = args[i];
        KXI_TRY(kxi_emit_apply(k, &code, must, out));
    }
    return KX_OK;
}

static kx_status
check_builtin(kxi_compiler *k, const kxi_ast *ast, const kxi_function *rows, size_t row_count, uint32_t *out)
{
    size_t count = 0;
    uint32_t *args = kxi_arena_array(k->arena, ast->count + 1, sizeof(*args));
    if (!args)
        return kxi_nomem(k->diag);
    if (ast->left && !rows->method)
        return KXI_FAIL(k->diag, EXPR_NO_METHOD, kxi_ast_at(k, ast), KXI_A_STR(ast->text),
                        KXI_A_STR(kxi_ast_text(ast->left)));
    if (ast->left)
        KXI_TRY(kxi_check(k, ast->left, &args[count++]));
    for (size_t i = 0; i < ast->count; i++)
        KXI_TRY(kxi_check(k, ast->args[i], &args[count++]));
    const kxi_function *f = choose(k, rows, row_count, args, count);
    if (!f)
        return fail_arguments(k, ast, rows, row_count, args, count);
    return apply(k, ast, f, args, count, out);
}

/* What the scope makes of it; KX_E_NOTFOUND, unreported, when it knows no such function. */
static kx_status
ask_call(kxi_compiler *k, const kxi_ast *ast, uint32_t *out)
{
    const kxi_scope *scope = k->c->scope;
    bool dotted = ast->left && ast->left->kind == KXI_AST_NAME;
    kxi_binding b = { .kind = KXI_BIND_SLOT };
    kxi_str name;
    if (!scope || !scope->call || (ast->left && !dotted))
        return KX_E_NOTFOUND;
    KXI_TRY(kxi_path_text(k, ast->left, ast->text, &name));
    KXI_TRY(scope->call(scope->user, name, ast->args, ast->count, kxi_ast_at(k, ast), &b, k->diag));
    return kxi_check_binding(k, ast, name, &b, out);
}

static bool
is_macro(const kxi_ast *ast)
{
    static const char *const macros[] = { "exists", "exists_one", "all", "filter", "map" };
    for (size_t i = 0; ast->left && i < sizeof(macros) / sizeof(macros[0]); i++)
        if (kxi_str_is(ast->text, macros[i]))
            return true;
    return false;
}

kx_status
kxi_check_call(kxi_compiler *k, const kxi_ast *ast, uint32_t *out)
{
    size_t row_count;
    kxi_str name;
    kx_status st = ask_call(k, ast, out);
    if (st != KX_E_NOTFOUND)
        return st;
    const kxi_function *rows = kxi_function_find(ast->text, &row_count);
    if (rows)
        return check_builtin(k, ast, rows, row_count, out);
    if (is_macro(ast))
        return KXI_FAIL(k->diag, EXPR_MACRO, kxi_ast_at(k, ast), KXI_A_STR(ast->text));
    bool dotted = ast->left && ast->left->kind == KXI_AST_NAME;
    KXI_TRY(kxi_path_text(k, dotted ? ast->left : NULL, ast->text, &name));
    return kxi_fail_name(k, ast, name, true);
}
