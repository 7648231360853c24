/* Messages of the layer expr: codes 4000 to 4999. */
#define KXI_MESSAGES_EXPR(X)
