/* Messages of the layer text: codes 2000 to 2999. None so far: text says where it is wrong, the layers that know the input
 * say it to people. */
#define KXI_MESSAGES_TEXT(X)
