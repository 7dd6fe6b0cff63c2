// Points on five curves: secp256k1, P-256 (secp256r1), Ed25519, BN254 G1 and BLS12-381 G1.
//
//                             SP1                    RISC Zero          without precompiles
//   256-bit curves            precompiles            over BIGINT        in software
//   BLS12-381                 precompiles            in software        in software
//   decompression             a hint, checked        as the curve       in software
//
// Coordinates are below the field's prime, and points are on the curve: what comes from outside is
// to be asked `is_on_curve` first. The identity is x = y = 0, as in Ethereum's precompiles; on
// Ed25519, where it is an ordinary point, it is (0, 1). Every sum is right, of equal and of
// opposite points too. A result may be the same variable as an operand.
#ifndef TANDEM_CURVES_H
#define TANDEM_CURVES_H

#include "tandem_fields.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    tandem_u256 x, y;
} tandem_point256;

typedef struct {
    tandem_u384 x, y;
} tandem_point384;

// The prime of the curve's field, the number of its points (of the subgroup's, where there is a
// greater group), and the generator.
typedef struct {
    tandem_u256 prime, order;
    tandem_point256 generator;
} tandem_curve256_parameters;

extern const tandem_curve256_parameters tandem_secp256k1, tandem_p256, tandem_ed25519, tandem_bn254;

bool tandem_secp256k1_is_on_curve(const tandem_point256 *point);
void tandem_secp256k1_add(
    tandem_point256 *result, const tandem_point256 *left, const tandem_point256 *right);
void tandem_secp256k1_double(tandem_point256 *result, const tandem_point256 *point);
void tandem_secp256k1_negate(tandem_point256 *result, const tandem_point256 *point);
void tandem_secp256k1_multiply(
    tandem_point256 *result, const tandem_point256 *point, const tandem_u256 *scalar);
// The point with this x and a y of this parity; false when there is none.
bool tandem_secp256k1_decompress(tandem_point256 *point, const tandem_u256 *x, bool y_is_odd);

bool tandem_p256_is_on_curve(const tandem_point256 *point);
void tandem_p256_add(
    tandem_point256 *result, const tandem_point256 *left, const tandem_point256 *right);
void tandem_p256_double(tandem_point256 *result, const tandem_point256 *point);
void tandem_p256_negate(tandem_point256 *result, const tandem_point256 *point);
void tandem_p256_multiply(
    tandem_point256 *result, const tandem_point256 *point, const tandem_u256 *scalar);
bool tandem_p256_decompress(tandem_point256 *point, const tandem_u256 *x, bool y_is_odd);

bool tandem_bn254_is_on_curve(const tandem_point256 *point);
void tandem_bn254_add(
    tandem_point256 *result, const tandem_point256 *left, const tandem_point256 *right);
void tandem_bn254_double(tandem_point256 *result, const tandem_point256 *point);
void tandem_bn254_negate(tandem_point256 *result, const tandem_point256 *point);
void tandem_bn254_multiply(
    tandem_point256 *result, const tandem_point256 *point, const tandem_u256 *scalar);

bool tandem_ed25519_is_on_curve(const tandem_point256 *point);
void tandem_ed25519_add(
    tandem_point256 *result, const tandem_point256 *left, const tandem_point256 *right);
void tandem_ed25519_negate(tandem_point256 *result, const tandem_point256 *point);
void tandem_ed25519_multiply(
    tandem_point256 *result, const tandem_point256 *point, const tandem_u256 *scalar);
// The point of 32 bytes (RFC 8032 section 5.1.3); false when they are not the encoding of one, or
// not the canonical one.
bool tandem_ed25519_decompress(tandem_point256 *point, const uint8_t bytes[32]);
void tandem_ed25519_compress(const tandem_point256 *point, uint8_t bytes[32]);

// On the curve; of points outside the subgroup of prime order nothing is said.
bool tandem_bls12381_is_on_curve(const tandem_point384 *point);
void tandem_bls12381_add(
    tandem_point384 *result, const tandem_point384 *left, const tandem_point384 *right);
void tandem_bls12381_double(tandem_point384 *result, const tandem_point384 *point);
void tandem_bls12381_negate(tandem_point384 *result, const tandem_point384 *point);
void tandem_bls12381_multiply(
    tandem_point384 *result, const tandem_point384 *point, const tandem_u256 *scalar);
// The point with this x and the greater or the lesser of the two y; false when there is none.
bool tandem_bls12381_decompress(tandem_point384 *point, const tandem_u384 *x, bool y_is_greater);

#ifdef __cplusplus
}
#endif

#endif
