// SP1's hooks and unconstrained mode (tandem_sp1.h).
#include "Precompiles/precompiles.h"

#ifdef TANDEM_SP1_PRECOMPILES

enum { HINT_DESCRIPTOR = 14 };

static void write(uint32_t descriptor, const void *bytes, size_t count) {
    register uint32_t t0 __asm__("t0") = SP1_WRITE;
    register uint32_t a0 __asm__("a0") = descriptor;
    register const void *a1 __asm__("a1") = bytes;
    register size_t a2 __asm__("a2") = count;
    __asm__ volatile("ecall" : "+r"(t0) : "r"(a0), "r"(a1), "r"(a2) : "memory");
}

void tandem_sp1_ask(uint32_t hook, const void *question, size_t count) {
    write(hook, question, count);
}

// Answers stand before the inputs that were not read yet, in the same stream.
tandem_bytes tandem_sp1_answer(void) {
    tandem_bytes answer;
    if (!tandem_machine_next_input(&answer)) tandem_fail("the host gave no answer");
    return answer;
}

const uint8_t *tandem_sp1_answer_of(size_t count) {
    tandem_bytes answer = tandem_sp1_answer();
    if (answer.count != count) tandem_fail("the host's answer has another length");
    return answer.bytes;
}

// Behind EXIT the program stands again where ENTER returns, with all registers and memory as they
// were but for t0, which is then 0.
void tandem_sp1_unconstrained(void (*work)(void *context), void *context) {
    if (sp1_call(SP1_ENTER_UNCONSTRAINED, NULL, NULL) == 0) return;
    work(context);
    sp1_call(SP1_EXIT_UNCONSTRAINED, NULL, NULL);
    __builtin_trap();
}

void tandem_sp1_hint(const void *bytes, size_t count) { write(HINT_DESCRIPTOR, bytes, count); }

#endif
