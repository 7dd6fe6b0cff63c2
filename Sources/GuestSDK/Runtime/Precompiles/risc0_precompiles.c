// RISC Zero's accelerators under their own names (tandem_risc0.h).
#include "Precompiles/precompiles.h"

#ifdef TANDEM_RISC0_PRECOMPILES

enum { ECALL_SHA = 3, ECALL_BIGINT2 = 6, BLOB_HEADER_WORD_COUNT = 4 };

void tandem_risc0_sha256_compress(uint32_t state[8], const uint32_t *blocks, uint32_t count) {
    register uint32_t t0 __asm__("t0") = ECALL_SHA;
    register uint32_t *a0 __asm__("a0") = state;
    register uint32_t *a1 __asm__("a1") = state;
    register const uint32_t *a2 __asm__("a2") = blocks;
    register const uint32_t *a3 __asm__("a3") = blocks + 8;
    register uint32_t a4 __asm__("a4") = count;
    __asm__ volatile("ecall"
                     : "+r"(a0), "+r"(a1)
                     : "r"(t0), "r"(a2), "r"(a3), "r"(a4)
                     : "memory");
}

void tandem_risc0_bigint(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right,
    const tandem_u256 *modulus
) {
    risc0_bigint(result, left, right, modulus);
}

void tandem_risc0_bigint2(const uint32_t *blob, void *const arenas[7]) {
    const uint32_t *program = blob + BLOB_HEADER_WORD_COUNT;
    register uint32_t t0 __asm__("t0") = ECALL_BIGINT2;
    register const uint32_t *t1 __asm__("t1") = program;
    register const uint32_t *t2 __asm__("t2") = program + blob[0];
    register const uint32_t *t3 __asm__("t3") = program + blob[0] + blob[1];
    register const uint32_t *a0 __asm__("a0") = blob;
    register void *a1 __asm__("a1") = arenas[0];
    register void *a2 __asm__("a2") = arenas[1];
    register void *a3 __asm__("a3") = arenas[2];
    register void *a4 __asm__("a4") = arenas[3];
    register void *a5 __asm__("a5") = arenas[4];
    register void *a6 __asm__("a6") = arenas[5];
    register void *a7 __asm__("a7") = arenas[6];
    __asm__ volatile("ecall"
                     : "+r"(a0)
                     : "r"(t0), "r"(t1), "r"(t2), "r"(t3), "r"(a1), "r"(a2), "r"(a3), "r"(a4),
                       "r"(a5), "r"(a6), "r"(a7)
                     : "memory");
}

typedef struct {
    uint32_t first, second;
} host_result;

// The host's answer goes to `words` words at `buffer`.
static host_result host_call(
    const char *name, void *buffer, uint32_t words, uint32_t first, const void *second,
    uint32_t third
) {
    register uint32_t t0 __asm__("t0") = 2;
    register void *a0 __asm__("a0") = buffer;
    register uint32_t a1 __asm__("a1") = words;
    register const char *a2 __asm__("a2") = name;
    register uint32_t a3 __asm__("a3") = first;
    register const void *a4 __asm__("a4") = second;
    register uint32_t a5 __asm__("a5") = third;
    __asm__ volatile("ecall"
                     : "+r"(a0), "+r"(a1)
                     : "r"(t0), "r"(a2), "r"(a3), "r"(a4), "r"(a5)
                     : "memory");
    return (host_result){(uint32_t)a0, a1};
}

void tandem_risc0_keccak_permute(uint64_t result[25], const uint64_t state[25]) {
    host_call(
        "risc0_zkvm_platform::syscall::nr::SYS_KECCAK", result, 50, (uint32_t)state, NULL, 0);
}

// The parent goes on when the child has ended, with the child's writes waiting in the pipe.
void tandem_risc0_unconstrained(
    void (*work)(void *context, uint32_t pipe), void *context, void *result, size_t count
) {
    uint32_t ends[2];
    host_call("risc0_zkvm_platform::syscall::nr::SYS_PIPE", ends, 2, 0, NULL, 0);
    if (host_call("risc0_zkvm_platform::syscall::nr::SYS_FORK", NULL, 0, 0, NULL, 0).first == 0) {
        work(context, ends[1]);
        host_call("risc0_zkvm_platform::syscall::nr::SYS_EXIT", NULL, 0, 0, NULL, 0);
        __builtin_trap();
    }
    size_t words = count / 4;
    host_result got = host_call(
        "risc0_zkvm_platform::syscall::nr::SYS_READ", result, words, ends[0], (void *)count, 0);
    if (got.first != count) tandem_fail("the child left another number of bytes");
    uint8_t *rest = (uint8_t *)result + 4 * words;
    for (size_t index = 0; index < count % 4; index += 1, got.second >>= 8) {
        rest[index] = (uint8_t)got.second;
    }
}

void tandem_risc0_pipe_write(uint32_t pipe, const void *bytes, size_t count) {
    host_call("risc0_zkvm_platform::syscall::nr::SYS_WRITE", NULL, 0, pipe, bytes, count);
}

#endif
