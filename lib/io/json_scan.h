/* io/json_scan.h: the scanner of io/json.h: the whole grammar of RFC 8259, and nodes with their places but without
 * strings.
 *
 *   value  = object / array / string / number / true / false / null
 *   object = "{" [ string ":" value *( "," string ":" value ) ] "}"
 *   array  = "[" [ value *( "," value ) ] "]"
 *   number = [ "-" ] ( "0" / 1-9 *DIGIT ) [ "." 1*DIGIT ] [ ( "e" / "E" ) [ "+" / "-" ] 1*DIGIT ]
 *   string = DQUOTE *( %x20-10FFFF but DQUOTE "\" / "\" ( one of DQUOTE "\/bfnrt" / "u" 4HEXDIG ) ) DQUOTE
 *
 * Layer: io, private.
 */
#ifndef KXI_IO_JSON_SCAN_H
#define KXI_IO_JSON_SCAN_H

#include "io/json.h"

/* Longer numbers are refused: cJSON reads no more than this in one piece. */
#define KXI_JSON_NUMBER_MAX 63

/* Scan doc->source (which is set, as is the name) and hang the nodes under doc->root. Keys and texts of strings are
 * empty; offset, end and key_offset say where they stand. */
kx_status kxi_json_scan(kx_context *ctx, kxi_doc *doc, kxi_diag *d);

/* Where the value itself begins: after a byte order mark. */
static inline size_t
kxi_json_start(kxi_str text)
{
    return text.n >= 3 && memcmp(text.s, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

#endif
