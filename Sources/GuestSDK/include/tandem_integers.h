// Integers of fixed width, and arithmetic modulo a number.
//
//                             SP1                    RISC Zero          without precompiles
//   mulmod, powmod            UINT256_MUL            BIGINT             in software
//   invmod, sqrtmod           a hint, checked        BIGINT             in software
//   u256 x u2048              U256XU2048_MUL         in software        in software
//   RSA-2048                  U256XU2048_MUL and a   in software        in software
//                             hint, checked
//
// A result may be the same variable as an operand. Hints come from the host and are checked here:
// a host that lies ends the program, it does not change its result.
#ifndef TANDEM_INTEGERS_H
#define TANDEM_INTEGERS_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Words are least significant first.
typedef struct {
    uint32_t words[8];
} tandem_u256;

typedef struct {
    uint32_t words[12];
} tandem_u384;

typedef struct {
    uint32_t words[64];
} tandem_u2048;

// From and to big-endian bytes, at any address.
void tandem_u256_load(tandem_u256 *value, const uint8_t bytes[32]);
void tandem_u256_store(const tandem_u256 *value, uint8_t bytes[32]);
void tandem_u384_load(tandem_u384 *value, const uint8_t bytes[48]);
void tandem_u384_store(const tandem_u384 *value, uint8_t bytes[48]);
void tandem_u2048_load(tandem_u2048 *value, const uint8_t bytes[256]);
void tandem_u2048_store(const tandem_u2048 *value, uint8_t bytes[256]);

bool tandem_u256_is_zero(const tandem_u256 *value);

// Below zero, zero or above it, as `left` is less than, equal to or greater than `right`.
int tandem_u256_compare(const tandem_u256 *left, const tandem_u256 *right);

// Modulo 2^256. Return whether the true result was outside it.
bool tandem_u256_add(tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right);
bool tandem_u256_subtract(tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right);

// Of operands below the modulus.
void tandem_u256_addmod(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right,
    const tandem_u256 *modulus);
void tandem_u256_submod(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right,
    const tandem_u256 *modulus);

// left * right modulo `modulus`, of any operands. A modulus of 0 stands for 2^256.
void tandem_u256_mulmod(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right,
    const tandem_u256 *modulus);

// base^exponent modulo `modulus`, of any operands. A modulus of 0 stands for 2^256.
void tandem_u256_powmod(
    tandem_u256 *result, const tandem_u256 *base, const tandem_u256 *exponent,
    const tandem_u256 *modulus);

// The inverse of `value` modulo a prime; false when the value is a multiple of it.
bool tandem_u256_invmod(
    tandem_u256 *result, const tandem_u256 *value, const tandem_u256 *prime);

// A square root of `value` modulo an odd prime; false when there is none. Which of the two roots it
// is, is not said. `nonresidue` is any number below the prime that has no root.
bool tandem_u256_sqrtmod(
    tandem_u256 *result, const tandem_u256 *value, const tandem_u256 *prime,
    const tandem_u256 *nonresidue);

// The 2304-bit product: 2048 bits and the 256 bits above them.
void tandem_u256_times_u2048(
    tandem_u2048 *low, tandem_u256 *high, const tandem_u256 *left, const tandem_u2048 *right);

// left * right modulo `modulus`, of operands below the modulus, whose top word is not zero.
void tandem_u2048_mulmod(
    tandem_u2048 *result, const tandem_u2048 *left, const tandem_u2048 *right,
    const tandem_u2048 *modulus);

#ifdef __cplusplus
}
#endif

#endif
