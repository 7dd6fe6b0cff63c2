// The base fields of BN254 and BLS12-381 and their quadratic extensions by the root of -1.
//
//                             SP1                    RISC Zero          without precompiles
//   BN254                     precompiles            BIGINT             in software
//   BLS12-381                 precompiles            in software        in software
//   inverse, square root      a hint, checked        as the multiplication in software
//
// Operands are below the field's prime, and so are results. A result may be the same variable as an
// operand.
#ifndef TANDEM_FIELDS_H
#define TANDEM_FIELDS_H

#include "tandem_integers.h"

#ifdef __cplusplus
extern "C" {
#endif

// c0 + c1 u, where u * u = -1.
typedef struct {
    tandem_u256 c0, c1;
} tandem_bn254_fp2;

typedef struct {
    tandem_u384 c0, c1;
} tandem_bls12381_fp2;

extern const tandem_u256 tandem_bn254_prime;
extern const tandem_u384 tandem_bls12381_prime;

void tandem_bn254_fp_add(tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right);
void tandem_bn254_fp_subtract(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right);
void tandem_bn254_fp_multiply(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right);

// False for zero, which has no inverse.
bool tandem_bn254_fp_inverse(tandem_u256 *result, const tandem_u256 *value);

// False when there is no root.
bool tandem_bn254_fp_sqrt(tandem_u256 *result, const tandem_u256 *value);

void tandem_bn254_fp2_add(
    tandem_bn254_fp2 *result, const tandem_bn254_fp2 *left, const tandem_bn254_fp2 *right);
void tandem_bn254_fp2_subtract(
    tandem_bn254_fp2 *result, const tandem_bn254_fp2 *left, const tandem_bn254_fp2 *right);
void tandem_bn254_fp2_multiply(
    tandem_bn254_fp2 *result, const tandem_bn254_fp2 *left, const tandem_bn254_fp2 *right);

void tandem_bls12381_fp_add(
    tandem_u384 *result, const tandem_u384 *left, const tandem_u384 *right);
void tandem_bls12381_fp_subtract(
    tandem_u384 *result, const tandem_u384 *left, const tandem_u384 *right);
void tandem_bls12381_fp_multiply(
    tandem_u384 *result, const tandem_u384 *left, const tandem_u384 *right);

// False for zero, which has no inverse.
bool tandem_bls12381_fp_inverse(tandem_u384 *result, const tandem_u384 *value);

// False when there is no root.
bool tandem_bls12381_fp_sqrt(tandem_u384 *result, const tandem_u384 *value);

void tandem_bls12381_fp2_add(
    tandem_bls12381_fp2 *result, const tandem_bls12381_fp2 *left,
    const tandem_bls12381_fp2 *right);
void tandem_bls12381_fp2_subtract(
    tandem_bls12381_fp2 *result, const tandem_bls12381_fp2 *left,
    const tandem_bls12381_fp2 *right);
void tandem_bls12381_fp2_multiply(
    tandem_bls12381_fp2 *result, const tandem_bls12381_fp2 *left,
    const tandem_bls12381_fp2 *right);

#ifdef __cplusplus
}
#endif

#endif
