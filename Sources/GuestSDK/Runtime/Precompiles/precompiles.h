// Which machine's precompiles this build uses, and the calls, in line.
#ifndef TANDEM_PRECOMPILES_H
#define TANDEM_PRECOMPILES_H

#include "machine.h"

#ifndef TANDEM_NO_PRECOMPILES
#ifdef TANDEM_VM_SP1
#define TANDEM_SP1_PRECOMPILES
#else
#define TANDEM_RISC0_PRECOMPILES
#endif
#endif

#ifdef TANDEM_SP1_PRECOMPILES

#include "tandem_sp1.h"

enum {
    SP1_WRITE = 0x02,
    SP1_ENTER_UNCONSTRAINED = 0x03,
    SP1_EXIT_UNCONSTRAINED = 0x04,
    SP1_SHA_EXTEND = 0x00300105,
    SP1_SHA_COMPRESS = 0x00010106,
    SP1_KECCAK_PERMUTE = 0x00010109,
    SP1_ED_ADD = 0x00010107,
    SP1_ED_DECOMPRESS = 0x00000108,
    SP1_SECP256K1_ADD = 0x0001010A,
    SP1_SECP256K1_DOUBLE = 0x0000010B,
    SP1_SECP256K1_DECOMPRESS = 0x0000010C,
    SP1_BN254_ADD = 0x0001010E,
    SP1_BN254_DOUBLE = 0x0000010F,
    SP1_BLS12381_DECOMPRESS = 0x0000011C,
    SP1_UINT256_MUL = 0x0001011D,
    SP1_BLS12381_ADD = 0x0001011E,
    SP1_BLS12381_DOUBLE = 0x0000011F,
    SP1_BLS12381_FP_ADD = 0x00010120,
    SP1_BLS12381_FP_SUB = 0x00010121,
    SP1_BLS12381_FP_MUL = 0x00010122,
    SP1_BLS12381_FP2_ADD = 0x00010123,
    SP1_BLS12381_FP2_SUB = 0x00010124,
    SP1_BLS12381_FP2_MUL = 0x00010125,
    SP1_BN254_FP_ADD = 0x00010126,
    SP1_BN254_FP_SUB = 0x00010127,
    SP1_BN254_FP_MUL = 0x00010128,
    SP1_BN254_FP2_ADD = 0x00010129,
    SP1_BN254_FP2_SUB = 0x0001012A,
    SP1_BN254_FP2_MUL = 0x0001012B,
    SP1_SECP256R1_ADD = 0x0001012C,
    SP1_SECP256R1_DOUBLE = 0x0000012D,
    SP1_SECP256R1_DECOMPRESS = 0x0000012E,
    SP1_U256XU2048_MUL = 0x0001012F,
};

static inline uint32_t sp1_call(uint32_t number, const void *first, const void *second) {
    register uint32_t t0 __asm__("t0") = number;
    register const void *a0 __asm__("a0") = first;
    register const void *a1 __asm__("a1") = second;
    __asm__ volatile("ecall" : "+r"(t0) : "r"(a0), "r"(a1) : "memory");
    return t0;
}

// Asks a hook and takes its answer's first part, which must have `count` bytes; the job fails if it
// has not.
const uint8_t *tandem_sp1_answer_of(size_t count);

#endif

#ifdef TANDEM_RISC0_PRECOMPILES

#include "tandem_risc0.h"

static inline void risc0_bigint(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right,
    const tandem_u256 *modulus
) {
    register uint32_t t0 __asm__("t0") = 4;
    register void *a0 __asm__("a0") = result;
    register uint32_t a1 __asm__("a1") = 0;
    register const void *a2 __asm__("a2") = left;
    register const void *a3 __asm__("a3") = right;
    register const void *a4 __asm__("a4") = modulus;
    __asm__ volatile("ecall"
                     : "+r"(a0), "+r"(a1)
                     : "r"(t0), "r"(a2), "r"(a3), "r"(a4)
                     : "memory");
}

#endif
#endif
