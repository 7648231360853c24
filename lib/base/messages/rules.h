/* Messages of the layer rules: codes 5000 to 5999. */
#define KXI_MESSAGES_RULES(X)
