/* What others may ask of a tree: arguments handed to a scope unevaluated. */
#include "expr/syntax.h"

bool
kxi_ast_name(const kxi_ast *ast, kxi_str *name)
{
    if (ast->kind != KXI_AST_NAME || ast->parts != 1)
        return false;
    *name = ast->path[0];
    return true;
}

size_t
kxi_ast_path(const kxi_ast *ast, const kxi_str **path)
{
    if (ast->kind != KXI_AST_NAME)
        return 0;
    *path = ast->path;
    return ast->parts;
}

bool
kxi_ast_string(const kxi_ast *ast, kxi_str *text)
{
    if (ast->kind != KXI_AST_TEXT)
        return false;
    *text = ast->text;
    return true;
}

bool
kxi_ast_number(const kxi_ast *ast, kxi_num *number)
{
    if (ast->kind != KXI_AST_NUMBER)
        return false;
    *number = ast->number;
    return true;
}

kxi_str
kxi_ast_text(const kxi_ast *ast)
{
    return (kxi_str){ ast->source->text.s + ast->start, ast->end - ast->start };
}

kxi_place
kxi_ast_place(kxi_arena *a, const kxi_ast *ast)
{
    return kxi_written_place(a, ast->source, ast->start);
}
