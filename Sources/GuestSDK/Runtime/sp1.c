// SP1, 32 bit, version 4 and 5: the call's number in t0, its arguments in a0 to a2, its result in
// t0.
#ifdef TANDEM_VM_SP1

#include "machine.h"

enum {
    CALL_HALT = 0x00,
    CALL_WRITE = 0x02,
    CALL_COMMIT = 0x10,
    CALL_COMMIT_DEFERRED_PROOFS = 0x1A,
    CALL_HINT_LENGTH = 0xF0,
    CALL_HINT_READ = 0xF1,
    CALL_SHA256_EXTEND = 0x00300105,
    CALL_SHA256_COMPRESS = 0x00010106,
    CALL_KECCAK_PERMUTE = 0x00010109,
};

enum { PUBLIC_VALUES_DESCRIPTOR = 13, DIGEST_WORD_COUNT = 8 };

// The length that the machine reports when no input is left.
static const uint32_t NO_INPUT = UINT32_MAX;

static uint32_t call(uint32_t number, uint32_t first, uint32_t second, uint32_t third) {
    register uint32_t t0 __asm__("t0") = number;
    register uint32_t a0 __asm__("a0") = first;
    register uint32_t a1 __asm__("a1") = second;
    register uint32_t a2 __asm__("a2") = third;
    __asm__ volatile("ecall" : "+r"(t0) : "r"(a0), "r"(a1), "r"(a2) : "memory");
    return t0;
}

bool tandem_machine_next_input(tandem_bytes *input) {
    uint32_t count = call(CALL_HINT_LENGTH, 0, 0, 0);
    if (count == NO_INPUT) return false;
    uint8_t *memory = tandem_fresh_memory(count);
    call(CALL_HINT_READ, (uint32_t)memory, count, 0);
    *input = (tandem_bytes){memory, count};
    return true;
}

void tandem_machine_print(uint32_t descriptor, const void *bytes, size_t count) {
    call(CALL_WRITE, descriptor, (uint32_t)bytes, count);
}

void tandem_machine_commit(const void *bytes, size_t count) {
    call(CALL_WRITE, PUBLIC_VALUES_DESCRIPTOR, (uint32_t)bytes, count);
}

_Noreturn void tandem_machine_halt(const uint8_t digest[32]) {
    for (uint32_t index = 0; index < DIGEST_WORD_COUNT; index += 1) {
        const uint8_t *byte = digest + 4 * index;
        uint32_t word = byte[0] | byte[1] << 8 | byte[2] << 16 | (uint32_t)byte[3] << 24;
        call(CALL_COMMIT, index, word, 0);
    }
    for (uint32_t index = 0; index < DIGEST_WORD_COUNT; index += 1) {
        call(CALL_COMMIT_DEFERRED_PROOFS, index, 0, 0);
    }
    call(CALL_HALT, 0, 0, 0);
    __builtin_trap();
}

_Noreturn void tandem_machine_fail(const char *message, size_t count) {
    tandem_machine_print(TANDEM_STANDARD_ERROR, message, count);
    tandem_machine_print(TANDEM_STANDARD_ERROR, "\n", 1);
    call(CALL_HALT, 1, 0, 0);
    __builtin_trap();
}

#ifndef TANDEM_NO_PRECOMPILES

void tandem_machine_sha256(uint32_t state[8], const uint8_t *blocks, size_t count) {
    uint32_t schedule[64];
    for (; count > 0; count -= 1, blocks += 64) {
        for (int index = 0; index < 16; index += 1) {
            const uint8_t *byte = blocks + 4 * index;
            schedule[index] = (uint32_t)byte[0] << 24 | byte[1] << 16 | byte[2] << 8 | byte[3];
        }
        call(CALL_SHA256_EXTEND, (uint32_t)schedule, 0, 0);
        call(CALL_SHA256_COMPRESS, (uint32_t)schedule, (uint32_t)state, 0);
    }
}

void tandem_machine_keccak(uint64_t state[25]) {
    call(CALL_KECCAK_PERMUTE, (uint32_t)state, 0, 0);
}

#endif
#endif
