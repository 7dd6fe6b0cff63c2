// What hosted programs get from their operating system: a stack canary, and randomness for the
// seeds of Swift's hash tables. Both are constant, because the same program and input must do the
// same thing on every machine.
#include "machine.h"
#include <string.h>

uintptr_t __stack_chk_guard = 0x5AFE57AC;

_Noreturn void __stack_chk_fail(void) { tandem_fail("the stack was overwritten"); }

void arc4random_buf(void *target, size_t count) { memset(target, 0, count); }

_Noreturn void abort(void) { tandem_fail("aborted"); }

_Noreturn void exit(int code) {
    if (code != 0) tandem_fail("exited with an error");
    tandem_halt();
}
