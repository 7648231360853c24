/* Messages of the layer tally: codes 6000 to 6999. */
#define KXI_MESSAGES_TALLY(X)
