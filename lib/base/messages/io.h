/* Messages of the layer io: codes 8000 to 8999. */
#define KXI_MESSAGES_IO(X)
