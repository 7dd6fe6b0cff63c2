// Ed25519 (RFC 8032 section 5.1.7): s B = R + k A, where k is the hash of R, A and the message.
#include "tandem_signatures.h"

#include "Curves/group.h"
#include "Integers/words.h"
#include <string.h>

enum { HALF_BYTE_COUNT = 32, HASH_WORD_COUNT = 16, WORD_COUNT = 8 };

// The hash, a number of 512 little-endian bits, modulo the order.
static void challenge(
    tandem_u256 *result, const void *message, size_t count, const uint8_t *commitment,
    const uint8_t *key
) {
    union {
        uint8_t bytes[64];
        uint32_t words[HASH_WORD_COUNT];
    } hash;
    tandem_sha512_hasher hasher;
    tandem_sha512_begin(&hasher);
    tandem_sha512_update(&hasher, commitment, HALF_BYTE_COUNT);
    tandem_sha512_update(&hasher, key, HALF_BYTE_COUNT);
    tandem_sha512_update(&hasher, message, count);
    tandem_sha512_finish(&hasher, hash.bytes);
    // high * (2^256 modulo the order) + low.
    static const tandem_u256 one = {{1}}, shift = {{
        0x8d98951d, 0xd6ec3174, 0x737dcf70, 0xc6ef5bf4,
        0xfffffffe, 0xffffffff, 0xffffffff, 0x0fffffff,
    }};
    tandem_u256 low, high;
    memcpy(&low, hash.words, sizeof low);
    memcpy(&high, hash.words + WORD_COUNT, sizeof high);
    tandem_u256_mulmod(&low, &low, &one, &tandem_ed25519.order);
    tandem_u256_mulmod(&high, &high, &shift, &tandem_ed25519.order);
    tandem_u256_addmod(result, &low, &high, &tandem_ed25519.order);
}

// s B - k A is R if its encoding is R's: then R was the canonical encoding of a point too.
bool tandem_ed25519_verify(
    const void *message, size_t count, const uint8_t signature[64], const uint8_t key[32]
) {
    tandem_u256 s, k;
    tandem_point256 point;
    uint8_t expected[HALF_BYTE_COUNT];
    memcpy(&s, signature + HALF_BYTE_COUNT, sizeof s);
    if (tandem_u256_compare(&s, &tandem_ed25519.order) >= 0) return false;
    if (!tandem_ed25519_decompress(&point, key)) return false;
    challenge(&k, message, count, signature, key);
    tandem_ed25519_negate(&point, &point);
    tandem_ed25519_combine(&point, &s, &k, &point);
    tandem_ed25519_compress(&point, expected);
    return memcmp(expected, signature, HALF_BYTE_COUNT) == 0;
}
