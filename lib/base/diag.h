/* base/diag.h: saying what is wrong, in Chinese or English, with its place.
 *
 * Every message of the library stands in one table (base/messages.h, assembled from one file a layer) with a stable code, a
 * severity, a status and two texts with {0} {1} .. for the arguments. A diag is where a call puts them: the first error goes
 * into the caller's kx_error; with `all`, every one is also kept as a finding and the caller goes on as far as it can.
 *
 *   return KXI_FAIL(diag, UNKNOWN_COLUMN, place, KXI_A_STR(name), KXI_A_INT(3));
 *
 * Layer: base. May include: mem, str.
 */
#ifndef KXI_BASE_DIAG_H
#define KXI_BASE_DIAG_H

#include "base/str.h"

enum kxi_severity { KXI_NOTE, KXI_WARNING, KXI_ERROR };

#include "base/messages.h" /* enum kxi_msg: KXI_MSG_<NAME> */

/* A place in an input. Layers that know more (a node, a token, a row) fill this in when something is wrong, not before. */
typedef struct kxi_place {
    kxi_str input;   /* name of the input; empty when there is none */
    kxi_str pointer; /* JSON pointer; empty when there is none */
    uint64_t offset;
    uint32_t line, column; /* 1-based; 0 when unknown */
} kxi_place;

#define KXI_NOWHERE ((kxi_place){ { 0, 0 }, { 0, 0 }, 0, 0, 0 })

typedef struct kxi_arg {
    enum { KXI_ARG_STR, KXI_ARG_INT } kind;
    kxi_str str;
    int64_t number;
} kxi_arg;
#define KXI_A_STR(s) ((kxi_arg){ KXI_ARG_STR, (s), 0 })
#define KXI_A_CSTR(s) ((kxi_arg){ KXI_ARG_STR, kxi_str_of(s), 0 })
#define KXI_A_INT(i) ((kxi_arg){ KXI_ARG_INT, { 0, 0 }, (int64_t)(i) })

typedef struct kxi_finding {
    enum kxi_msg msg;
    enum kxi_severity severity;
    kxi_place place; /* its texts live in the findings' arena */
    kxi_str text;
} kxi_finding;

/* A list of findings with a limit; what is past the limit is counted. */
typedef struct kxi_findings {
    kxi_arena arena;
    kxi_finding *items;
    size_t count, capacity, limit, left_out, errors;
} kxi_findings;

void kxi_findings_init(kxi_findings *f, kxi_mem *mem, size_t limit);
void kxi_findings_free(kxi_findings *f);

typedef struct kxi_diag {
    int32_t language;  /* KX_LANG_... */
    kx_error *err;     /* the caller's, may be NULL; written once, by the first error */
    bool failed;       /* an error was reported */
    bool collect;      /* errors are gathered in all and the work goes on where it can */
    kxi_findings *all; /* may be NULL; takes notes and warnings, and errors when collect is set */
} kxi_diag;

/* Report one message. Returns its status: KX_OK for notes and warnings, the message's negative status for errors, also when
 * collecting (whoever can go on does). KX_E_NOMEM when the finding could not be kept. */
kx_status kxi_diag_add(kxi_diag *d, enum kxi_msg msg, kxi_place place, const kxi_arg *args, size_t count);

#define KXI_FAIL(diag, name, place, ...)                                            \
    kxi_diag_add((diag), KXI_MSG_##name, (place), (const kxi_arg[]){ __VA_ARGS__ }, \
                 sizeof((const kxi_arg[]){ __VA_ARGS__ }) / sizeof(kxi_arg))
#define KXI_FAIL0(diag, name, place) kxi_diag_add((diag), KXI_MSG_##name, (place), NULL, 0)

/* For the commonest of all: fills err with KX_E_NOMEM and returns it; also over an error that was only collected, since it
 * is what ends the call. */
kx_status kxi_nomem(kxi_diag *d);

/* What the table says of a message. */
int32_t kxi_msg_code(enum kxi_msg msg);
kx_status kxi_msg_status(enum kxi_msg msg);
enum kxi_severity kxi_msg_severity(enum kxi_msg msg);
const char *kxi_msg_name(enum kxi_msg msg); /* "UNKNOWN_COLUMN" */
const char *kxi_msg_text(enum kxi_msg msg, int32_t language);
const char *kxi_severity_name(enum kxi_severity s); /* "error", "warning", "note" */

/* The name in list (NULL-terminated array of kxi_str by count) nearest to s, or an empty one when none is near. */
kxi_str kxi_nearest(kxi_str s, const kxi_str *list, size_t count);

/* Options of callers older and newer than us: *local holds the defaults; what an older caller's shorter struct lacks keeps
 * its default; an unknown tail must be zero (KX_E_UNSUPPORTED), v1 is the size of the first version (else KX_E_ARGUMENT). */
kx_status kxi_options_read(void *local, size_t known, size_t v1, const void *given);

#endif
