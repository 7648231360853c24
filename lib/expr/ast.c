/* What others may ask of a tree (arguments handed to a scope unevaluated), and where its parts stand. */
#include "expr/syntax.h"

/* Where the text begins, and whether its bytes stand one by one in the input: a text written with escapes does not. */
static void
place_first(kxi_arena *a, kxi_written *source)
{
    const kxi_node *node = source->node;
    source->placed = KXI_PLACED;
    if (!node) {
        source->first = KXI_NOWHERE;
        source->first.line = source->first.column = 1;
    } else if (node->type == KXI_NODE_STRING) {
        source->first = kxi_node_place_at(a, node, 0);
        if (kxi_node_place_at(a, node, source->text.n).offset != source->first.offset + source->text.n)
            source->placed = KXI_PLACED_AS_ONE;
    } else {
        source->first = kxi_node_place(a, node);
        source->placed = KXI_PLACED_AS_ONE;
    }
    source->last = source->first;
}

kxi_place
kxi_written_place(kxi_arena *a, kxi_written *source, size_t at)
{
    uint32_t line, column;
    if (source->placed == KXI_UNPLACED)
        place_first(a, source);
    if (source->placed == KXI_PLACED_AS_ONE)
        return source->first;
    if (at < source->last_at) {
        source->last = source->first;
        source->last_at = 0;
    }
    kxi_str rest = { source->text.s + source->last_at, source->text.n - source->last_at };
    kxi_text_position(rest, at - source->last_at, &line, &column);
    source->last.column = line == 1 ? source->last.column + column - 1 : column;
    source->last.line += line - 1;
    source->last.offset += at - source->last_at;
    source->last_at = at;
    return source->last;
}

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
