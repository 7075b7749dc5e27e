// What the program calls in place of poll(2), to be measured.
int timed_poll(void* entries, int count, int timeout);
