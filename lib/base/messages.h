/* base/messages.h: every message of the library, one file a layer. Codes are never reused and a layer has
 * its own thousand; names are shared by all layers, so they say whose column, date or text they mean.
 *
 *   X(code, NAME, severity, status, "English with {0}", "中文 {0}")
 */
#ifndef KXI_BASE_MESSAGES_H
#define KXI_BASE_MESSAGES_H

#include "base/messages/api.h"
#include "base/messages/apportion.h"
#include "base/messages/base.h"
#include "base/messages/expr.h"
#include "base/messages/io.h"
#include "base/messages/model.h"
#include "base/messages/rules.h"
#include "base/messages/score.h"
#include "base/messages/tally.h"
#include "base/messages/text.h"

/* clang-format off */
#define KXI_MESSAGES(X) \
    KXI_MESSAGES_BASE(X) KXI_MESSAGES_TEXT(X) KXI_MESSAGES_MODEL(X) KXI_MESSAGES_EXPR(X) KXI_MESSAGES_RULES(X) \
    KXI_MESSAGES_TALLY(X) KXI_MESSAGES_SCORE(X) KXI_MESSAGES_IO(X) KXI_MESSAGES_API(X) \
    KXI_MESSAGES_APPORTION(X)
/* clang-format on */

enum kxi_msg {
    KXI_MSG_NONE,
#define X(code, name, severity, status, en, zh) KXI_MSG_##name,
    KXI_MESSAGES(X)
#undef X
        KXI_MSG_COUNT
};

#endif
