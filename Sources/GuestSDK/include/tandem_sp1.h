// SP1's precompiles, hooks and unconstrained mode as the machine has them (versions 4 and 5), for
// code that is written for SP1 alone; tandem_curves.h, tandem_fields.h, tandem_integers.h and
// tandem_signatures.h are built on them and run on both machines. A program that calls one of these
// does not link for RISC Zero, nor without precompiles.
//
// All pointers are to word-aligned memory. What a call takes for granted (points that differ, a
// root that exists) is said with it; where it does not hold, the job fails.
#ifndef TANDEM_SP1_H
#define TANDEM_SP1_H

#include "tandem.h"
#include "tandem_curves.h"

#ifdef __cplusplus
extern "C" {
#endif

// Words 16 to 63 of SHA-256's message schedule from words 0 to 15; the 64 rounds; Keccak-f[1600].
void tandem_sp1_sha_extend(uint32_t schedule[64]);
void tandem_sp1_sha_compress(uint32_t schedule[64], uint32_t state[8]);
void tandem_sp1_keccak_permute(uint64_t state[25]);

// point = point + other, of points that are not the identity. On the curves of Weierstrass' form
// the two differ, and are not opposite; on Ed25519 they may be any.
void tandem_sp1_secp256k1_add(tandem_point256 *point, const tandem_point256 *other);
void tandem_sp1_secp256r1_add(tandem_point256 *point, const tandem_point256 *other);
void tandem_sp1_bn254_add(tandem_point256 *point, const tandem_point256 *other);
void tandem_sp1_bls12381_add(tandem_point384 *point, const tandem_point384 *other);
void tandem_sp1_ed_add(tandem_point256 *point, const tandem_point256 *other);

// point = 2 point.
void tandem_sp1_secp256k1_double(tandem_point256 *point);
void tandem_sp1_secp256r1_double(tandem_point256 *point);
void tandem_sp1_bn254_double(tandem_point256 *point);
void tandem_sp1_bls12381_double(tandem_point384 *point);

// The machine takes x in the second half of the memory and puts y in the first.
typedef struct {
    tandem_u256 y, x;
} tandem_sp1_compressed256;

typedef struct {
    tandem_u384 y, x;
} tandem_sp1_compressed384;

// y of this parity, from x. There is one.
void tandem_sp1_secp256k1_decompress(tandem_sp1_compressed256 *point, bool y_is_odd);
void tandem_sp1_secp256r1_decompress(tandem_sp1_compressed256 *point, bool y_is_odd);
// The greater or lesser y, from x. There is one.
void tandem_sp1_bls12381_decompress(tandem_sp1_compressed384 *point, bool y_is_greater);
// x of this parity, from y. There is one.
void tandem_sp1_ed_decompress(tandem_point256 *point, bool x_is_odd);

// x = x y modulo the modulus; a modulus of 0 stands for 2^256.
typedef struct {
    tandem_u256 factor, modulus;
} tandem_sp1_factor;

void tandem_sp1_uint256_mul(tandem_u256 *x, const tandem_sp1_factor *y);
void tandem_sp1_u256xu2048_mul(
    const tandem_u256 *left, const tandem_u2048 *right, tandem_u2048 *low, tandem_u256 *high);

// left = left op right; operands are reduced first.
void tandem_sp1_bn254_fp_add(tandem_u256 *left, const tandem_u256 *right);
void tandem_sp1_bn254_fp_sub(tandem_u256 *left, const tandem_u256 *right);
void tandem_sp1_bn254_fp_mul(tandem_u256 *left, const tandem_u256 *right);
void tandem_sp1_bn254_fp2_add(tandem_bn254_fp2 *left, const tandem_bn254_fp2 *right);
void tandem_sp1_bn254_fp2_sub(tandem_bn254_fp2 *left, const tandem_bn254_fp2 *right);
void tandem_sp1_bn254_fp2_mul(tandem_bn254_fp2 *left, const tandem_bn254_fp2 *right);
void tandem_sp1_bls12381_fp_add(tandem_u384 *left, const tandem_u384 *right);
void tandem_sp1_bls12381_fp_sub(tandem_u384 *left, const tandem_u384 *right);
void tandem_sp1_bls12381_fp_mul(tandem_u384 *left, const tandem_u384 *right);
void tandem_sp1_bls12381_fp2_add(tandem_bls12381_fp2 *left, const tandem_bls12381_fp2 *right);
void tandem_sp1_bls12381_fp2_sub(tandem_bls12381_fp2 *left, const tandem_bls12381_fp2 *right);
void tandem_sp1_bls12381_fp2_mul(tandem_bls12381_fp2 *left, const tandem_bls12381_fp2 *right);

// Hooks: questions to the host. `ask` sends one, `answer` takes the parts of the reply in order, in
// memory that lives as long as the program. An answer is a claim of the host's: check it.
enum {
    // 1 (secp256k1) or 2 (secp256r1), + 128 when y is odd; r; x^3 + a x + b; big-endian
    //   -> 1; y; 1/r      or 0; a square root of 3 (x^3 + a x + b)
    TANDEM_SP1_HOOK_ECRECOVER = 15,
    // y with the sign in its top bit; v = d y^2 + 1; little-endian
    //   -> 1              or 0; 1/v; a square root of 2 (y^2 - 1) / v
    TANDEM_SP1_HOOK_ED_DECOMPRESS = 16,
    // a product of 512 bytes; a modulus of 256; little-endian -> remainder; quotient
    TANDEM_SP1_HOOK_RSA_MUL_MOD = 17,
    // 48 big-endian bytes -> 1; a root      or 0; a root of the double
    TANDEM_SP1_HOOK_BLS12381_SQRT = 18,
    // 48 big-endian bytes -> the inverse
    TANDEM_SP1_HOOK_BLS12381_INVERSE = 19,
    // length in 4 bytes; value; prime; a number without a root; all big-endian
    //   -> 1; a root      or 0; a root of value times that number
    TANDEM_SP1_HOOK_FP_SQRT = 20,
    // length in 4 bytes; value; prime; all big-endian -> the inverse
    TANDEM_SP1_HOOK_FP_INVERSE = 21,
};

void tandem_sp1_ask(uint32_t hook, const void *question, size_t count);
tandem_bytes tandem_sp1_answer(void);

// Runs `work` where instructions cost nothing, and undoes all that it did. What it leaves behind is
// what it hands to `tandem_sp1_hint`, the last one first when `tandem_sp1_answer` takes them; none
// of it is proven, so check it. No precompile, hook answer or input may be used in there.
void tandem_sp1_unconstrained(void (*work)(void *context), void *context);
void tandem_sp1_hint(const void *bytes, size_t count);

#ifdef __cplusplus
}
#endif

#endif
