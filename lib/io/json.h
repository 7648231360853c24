/* io/json.h: JSON text (RFC 8259, strictly) into nodes that know their place.
 *
 *   text --own scanner: grammar, UTF-8, depth, numbers, places--> nodes without strings
 *        --cJSON: decodes strings---------------------------------> nodes complete; its tree is freed at once
 *
 * Refused with a place: invalid UTF-8, a key twice in an object (compared decoded), \u0000, lone surrogates, control
 * characters in strings, 01, .5, 1., +1, NaN, trailing commas, comments, anything after the end. A UTF-8 BOM is
 * accepted. Limits: max_text, max_depth of the context.
 *
 * Layer: io. May include: base, text, model. The only one that sees cJSON is json.c.
 */
#ifndef KXI_IO_JSON_H
#define KXI_IO_JSON_H

#include "model/context.h"
#include "text/node.h"

/* name and text are copied. *out lies in its own arena: kxi_doc_free gives all of it back. Strings and keys are
 * decoded and terminated, otherwise as written (neither normalised nor trimmed); a number's text is its digits as
 * written. KX_E_SYNTAX, KX_E_LIMIT or KX_E_NOMEM; *out is then NULL. */
kx_status kxi_json_parse(kx_context *ctx, kxi_str name, kxi_str text, kxi_diag *d, kxi_doc **out);

#endif
