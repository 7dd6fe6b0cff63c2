// RISC Zero, version 1: the kind of call in t0; host calls are named by a string.
#ifdef TANDEM_VM_RISC0

#include "machine.h"
#include <string.h>

enum { ECALL_HALT = 0, ECALL_SOFTWARE = 2, ECALL_SHA = 3 };

enum {
    INPUT_DESCRIPTOR = 0,
    JOURNAL_DESCRIPTOR = 3,
    READ_BYTE_COUNT_MAX = 4096,
    SHA_BLOCK_COUNT_MAX = 1000,
};

typedef struct {
    uint32_t first, second;
} host_result;

// The host's answer goes to `words` words at `buffer`; the arguments go in a3 to a5.
static host_result host_call(
    const char *name, void *buffer, uint32_t words, uint32_t first, uint32_t second, uint32_t third
) {
    register uint32_t t0 __asm__("t0") = ECALL_SOFTWARE;
    register uint32_t a0 __asm__("a0") = (uint32_t)buffer;
    register uint32_t a1 __asm__("a1") = words;
    register uint32_t a2 __asm__("a2") = (uint32_t)name;
    register uint32_t a3 __asm__("a3") = first;
    register uint32_t a4 __asm__("a4") = second;
    register uint32_t a5 __asm__("a5") = third;
    __asm__ volatile("ecall"
                     : "+r"(a0), "+r"(a1)
                     : "r"(t0), "r"(a2), "r"(a3), "r"(a4), "r"(a5)
                     : "memory");
    return (host_result){a0, a1};
}

static void write_to(uint32_t descriptor, const void *bytes, size_t count) {
    host_call(
        "risc0_zkvm_platform::syscall::nr::SYS_WRITE", NULL, 0, descriptor, (uint32_t)bytes, count);
}

// Reads up to `count` bytes of the input stream to word-aligned memory with room for whole words.
static size_t read_some(uint8_t *target, size_t count) {
    if (count > READ_BYTE_COUNT_MAX) count = READ_BYTE_COUNT_MAX;
    size_t words = count / 4;
    host_result result = host_call(
        "risc0_zkvm_platform::syscall::nr::SYS_READ", target, words, INPUT_DESCRIPTOR, count, 0);
    // The bytes after the last whole word come in the second register.
    if (result.first > 4 * words) {
        memcpy(target + 4 * words, &result.second, result.first - 4 * words);
    }
    return result.first;
}

static size_t read_all(uint8_t *target, size_t count) {
    size_t total = 0;
    while (total < count) {
        size_t got = read_some(target + total, count - total);
        total += got;
        // A read comes short only at the end of the stream, and is a multiple of a word otherwise.
        if (got == 0 || got % 4 != 0) break;
    }
    return total;
}

// Each input is its length in four little-endian bytes, then that many bytes, without padding.
bool tandem_machine_next_input(tandem_bytes *input) {
    uint32_t count = 0;
    size_t got = read_all((uint8_t *)&count, sizeof count);
    if (got == 0) return false;
    if (got < sizeof count) tandem_fail("the input ends inside a length");
    uint8_t *memory = tandem_fresh_memory(count);
    if (read_all(memory, count) < count) tandem_fail("the input is shorter than its length");
    *input = (tandem_bytes){memory, count};
    return true;
}

void tandem_machine_print(uint32_t descriptor, const void *bytes, size_t count) {
    write_to(descriptor, bytes, count);
}

void tandem_machine_commit(const void *bytes, size_t count) {
    write_to(JOURNAL_DESCRIPTOR, bytes, count);
}

// The host returns the journal only when the output digest is not zero. It is the hash of
// SHA-256("risc0.Output"), the journal's digest, the digest of no assumptions (zero) and the
// number of those two digests as 16 little-endian bits.
_Noreturn void tandem_machine_halt(const uint8_t digest[32]) {
    static const uint8_t tag[32] = {
        0x77, 0xea, 0xfe, 0xb3, 0x66, 0xa7, 0x8b, 0x47, 0x74, 0x7d, 0xe0,
        0xd7, 0xbb, 0x17, 0x62, 0x84, 0x08, 0x5f, 0xf5, 0x56, 0x48, 0x87,
        0x00, 0x9a, 0x5b, 0xe6, 0x3d, 0xa3, 0x2d, 0x35, 0x59, 0xd4,
    };
    static const uint8_t no_assumptions[32];
    static const uint8_t digest_count[2] = {2, 0};
    uint32_t output[8];
    tandem_sha256_hasher hasher;
    tandem_sha256_begin(&hasher);
    tandem_sha256_update(&hasher, tag, sizeof tag);
    tandem_sha256_update(&hasher, digest, 32);
    tandem_sha256_update(&hasher, no_assumptions, sizeof no_assumptions);
    tandem_sha256_update(&hasher, digest_count, sizeof digest_count);
    tandem_sha256_finish(&hasher, (uint8_t *)output);

    register uint32_t t0 __asm__("t0") = ECALL_HALT;
    register uint32_t a0 __asm__("a0") = 0;
    register uint32_t a1 __asm__("a1") = (uint32_t)output;
    __asm__ volatile("ecall" : : "r"(t0), "r"(a0), "r"(a1) : "memory");
    __builtin_trap();
}

// Hosts ignore the exit code, so that failing takes the call for a panic.
_Noreturn void tandem_machine_fail(const char *message, size_t count) {
    host_call(
        "risc0_zkvm_platform::syscall::nr::SYS_PANIC", NULL, 0, (uint32_t)message, count, 0);
    __builtin_trap();
}

#ifndef TANDEM_NO_PRECOMPILES

static void compress(uint32_t state[8], const uint8_t *blocks, uint32_t count) {
    register uint32_t t0 __asm__("t0") = ECALL_SHA;
    register uint32_t a0 __asm__("a0") = (uint32_t)state;
    register uint32_t a1 __asm__("a1") = (uint32_t)state;
    register uint32_t a2 __asm__("a2") = (uint32_t)blocks;
    register uint32_t a3 __asm__("a3") = (uint32_t)blocks + 32;
    register uint32_t a4 __asm__("a4") = count;
    __asm__ volatile("ecall"
                     : "+r"(a0), "+r"(a1)
                     : "r"(t0), "r"(a2), "r"(a3), "r"(a4)
                     : "memory");
}

// The machine reads words, so blocks at other addresses go through an aligned copy.
void tandem_machine_sha256(uint32_t state[8], const uint8_t *blocks, size_t count) {
    bool aligned = (uintptr_t)blocks % 4 == 0;
    while (count > 0) {
        uint32_t copy[16];
        size_t step = aligned ? count : 1;
        if (step > SHA_BLOCK_COUNT_MAX) step = SHA_BLOCK_COUNT_MAX;
        if (!aligned) memcpy(copy, blocks, sizeof copy);
        compress(state, aligned ? blocks : (const uint8_t *)copy, step);
        blocks += 64 * step;
        count -= step;
    }
}

#endif
#endif
