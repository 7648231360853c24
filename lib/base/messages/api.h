/* Messages of the layer api: codes 9000 to 9999. */
#define KXI_MESSAGES_API(X)
