#include "fiber.h"
#include <stdlib.h>
// There is one thread, and it waits in poll alone.
void teavm_initFiber() {}
void teavm_waitFor(int64_t timeout) { abort(); }
void teavm_interrupt() { abort(); }
