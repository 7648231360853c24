/* Messages of the layer score: codes 7000 to 7999. */
#define KXI_MESSAGES_SCORE(X)
