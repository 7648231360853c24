/* Messages of the layer text: codes 2000 to 2999. */
#define KXI_MESSAGES_TEXT(X)
