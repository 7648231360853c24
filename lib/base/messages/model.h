/* Messages of the layer model: codes 3000 to 3999. */
#define KXI_MESSAGES_MODEL(X)
