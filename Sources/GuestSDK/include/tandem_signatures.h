// Signatures, from the bytes in which they travel. Every function returns whether the signature is
// right; nothing that an attacker sends ends the program.
//
// Cycles of one check, about:
//                             SP1                    RISC Zero          without precompiles
//   ecrecover                 15,000                 240,000            16,000,000
//   secp256k1                 14,500                 190,000            14,000,000
//   P-256                     15,500                 310,000            17,000,000
//   Ed25519                   36,000                 300,000            18,000,000
//   RSA-2048                  210,000                2,250,000          2,300,000
//
// An Ed25519 check of more than 47 bytes takes 13,000 more for each 128 bytes, for SHA-512.
#ifndef TANDEM_SIGNATURES_H
#define TANDEM_SIGNATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The Ethereum address whose key signed this digest, as the precompile at address 1 finds it. The
// signature is r, s and v; v is 27 or 28, or 0 or 1. Both (r, s, v) and (r, n - s, 1 - v) name the
// same signer, so that a signature is no identifier.
bool tandem_ecrecover(
    const uint8_t digest[32], const uint8_t signature[65], uint8_t address[20]);

// The public key, x and y, in place of the address.
bool tandem_secp256k1_recover(
    const uint8_t digest[32], const uint8_t signature[65], uint8_t key[64]);

// Whether a signature (r and s) of the digest is by the key (x and y), on secp256k1. Either s
// counts.
bool tandem_secp256k1_verify(
    const uint8_t digest[32], const uint8_t signature[64], const uint8_t key[64]);

// The same on P-256: what passkeys, smart cards and secure enclaves sign with.
bool tandem_p256_verify(
    const uint8_t digest[32], const uint8_t signature[64], const uint8_t key[64]);

// Whether an Ed25519 signature (RFC 8032, without a context) of the message is by the key.
// Encodings must be canonical, s is below the order, and the equation is the one without the
// cofactor.
bool tandem_ed25519_verify(
    const void *message, size_t count, const uint8_t signature[64], const uint8_t key[32]);

// RSA-2048 with the exponent 65537: what the signature opens to, signature^65537 modulo the
// modulus. False when the signature is not below the modulus, or the modulus is below 2^2047 or
// even.
bool tandem_rsa2048_open(
    const uint8_t signature[256], const uint8_t modulus[256], uint8_t opened[256]);

// Whether an RSA-2048 signature with the exponent 65537 is of this SHA-256 digest (RFC 8017 section
// 8.2.2, RSASSA-PKCS1-v1_5).
bool tandem_rsa2048_verify_sha256(
    const uint8_t digest[32], const uint8_t signature[256], const uint8_t modulus[256]);

// SHA-512, which Ed25519 needs; no machine has a precompile for it.
typedef struct {
    uint64_t state[8];
    uint64_t block[16];
    uint32_t filled;
    uint64_t total;
} tandem_sha512_hasher;

void tandem_sha512_begin(tandem_sha512_hasher *hasher);
void tandem_sha512_update(tandem_sha512_hasher *hasher, const void *bytes, size_t count);
void tandem_sha512_finish(tandem_sha512_hasher *hasher, uint8_t digest[64]);

#ifdef __cplusplus
}
#endif

#endif
