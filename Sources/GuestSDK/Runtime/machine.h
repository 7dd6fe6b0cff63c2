// What differs between the machines. Each function is defined once in sp1.c and once in risc0.c.
#ifndef TANDEM_MACHINE_H
#define TANDEM_MACHINE_H

#include "tandem.h"

#if defined(TANDEM_VM_SP1) == defined(TANDEM_VM_RISC0)
#error "Define exactly one of TANDEM_VM_SP1 and TANDEM_VM_RISC0."
#endif

// The first address that a program may not use.
#ifdef TANDEM_VM_SP1
#define TANDEM_MEMORY_END 0x78000000u
#else
#define TANDEM_MEMORY_END 0x0C000000u
#endif

enum { TANDEM_STANDARD_OUTPUT = 1, TANDEM_STANDARD_ERROR = 2 };

// The next of the program's inputs, in memory of its own; false when there are no more.
bool tandem_machine_next_input(tandem_bytes *input);

// Writes to standard output or standard error. SP1 requires UTF-8.
void tandem_machine_print(uint32_t descriptor, const void *bytes, size_t count);

// Appends to the stream that becomes the program's result.
void tandem_machine_commit(const void *bytes, size_t count);

// Ends the program well. `digest` is the SHA-256 of everything committed.
_Noreturn void tandem_machine_halt(const uint8_t digest[32]);

// Ends the program so that the job fails under every host.
_Noreturn void tandem_machine_fail(const char *message, size_t count);

// Memory that nothing has read or written yet: SP1's HINT_READ accepts no other.
void *tandem_fresh_memory(size_t count);

// Everything waiting in the console's line buffer goes out.
void tandem_flush_console(void);

// SHA-256 compression of `count` blocks of 64 bytes. The state is in the machine's own order.
void tandem_machine_sha256(uint32_t state[8], const uint8_t *blocks, size_t count);

// Keccak-f[1600].
void tandem_machine_keccak(uint64_t state[25]);

static inline uint32_t tandem_swap_bytes(uint32_t word) {
    return word << 24 | (word & 0xFF00) << 8 | (word >> 8 & 0xFF00) | word >> 24;
}

// RISC Zero keeps the SHA-256 state as its 32 standard bytes, the others as native words. The
// same function converts to and from that order.
static inline uint32_t tandem_sha256_state_order(uint32_t word) {
#if defined(TANDEM_VM_RISC0) && !defined(TANDEM_NO_PRECOMPILES)
    return tandem_swap_bytes(word);
#else
    return word;
#endif
}

#endif
