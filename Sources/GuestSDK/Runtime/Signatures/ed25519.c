// Ed25519 (RFC 8032 section 5.1.7): s B = R + k A, where k is the hash of R, A and the message.
#include "tandem_signatures.h"

#include "Curves/group.h"
#include "Curves/halves.h"
#include "Curves/tables.h"
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
static bool holds_at_length(
    const tandem_point256 *key, const uint8_t *commitment, const tandem_u256 *s,
    const tandem_u256 *k
) {
    tandem_point256 point;
    uint8_t expected[HALF_BYTE_COUNT];
    tandem_ed25519_negate(&point, key);
    tandem_ed25519_combine(&point, s, k, &point);
    tandem_ed25519_compress(&point, expected);
    return memcmp(expected, commitment, HALF_BYTE_COUNT) == 0;
}

#ifdef TANDEM_SP1_PRECOMPILES

// With all doublings those of one point, the host makes many at a time; with halves of k there
// would be as many, of two points.
static bool holds(
    const tandem_point256 *key, const uint8_t *commitment, const tandem_u256 *s,
    const tandem_u256 *k
) {
    return holds_at_length(key, commitment, s, k);
}

#else

// With k = c / d modulo 8 times the order, which is what any point's multiples repeat after, and d
// odd and not a multiple of the order, s B = R + k A exactly if d s B - c A - d R is zero.
static bool holds(
    const tandem_point256 *key, const uint8_t *commitment, const tandem_u256 *s,
    const tandem_u256 *k
) {
    static const tandem_u256 all_orders = {{
        0xe7ae9f68, 0xc09318d2, 0x17bce6b2, 0xa6f7cef5,
        0x00000000, 0x00000000, 0x00000000, 0x80000000,
    }};
    const tandem_group *group = &tandem_ed25519_group;
    tandem_u256 c, d, factor;
    bool d_is_negative;
    if (!tandem_find_halves(&c, &d, &d_is_negative, k, &all_orders)) {
        return holds_at_length(key, commitment, s, k);
    }
    tandem_point256 point, key_table[TANDEM_POINT_TABLE_SIZE], table[TANDEM_POINT_TABLE_SIZE];
    const tandem_point256 *tables[TANDEM_COLUMN_COUNT] = {
        tandem_ed25519_table, tandem_ed25519_high_table, key_table, table};
    tandem_digits digits = {0};
    tandem_sum sum;
    if (!tandem_ed25519_decompress(&point, commitment)) return false;
    tandem_group_odd_multiples(group, key_table, key);
    tandem_group_odd_multiples(group, table, &point);
    // With the sign of d on both sides instead, only A's changes.
    tandem_u256_mulmod(&factor, &d, s, &tandem_ed25519.order);
    tandem_digits_write_halves(&digits, 0, &factor);
    tandem_digits_write(
        &digits, 2, &c, TANDEM_HALF_BITS, TANDEM_POINT_DIGIT_BITS, !d_is_negative);
    tandem_digits_write(&digits, 3, &d, TANDEM_HALF_BITS, TANDEM_POINT_DIGIT_BITS, true);
    tandem_group_sum(group, &sum, &digits, tables);
    tandem_sum_point(group, &sum, &point);
    return tandem_group_is_identity(group, &point);
}

#endif

bool tandem_ed25519_verify(
    const void *message, size_t count, const uint8_t signature[64], const uint8_t key[32]
) {
    tandem_u256 s, k;
    tandem_point256 point;
    memcpy(&s, signature + HALF_BYTE_COUNT, sizeof s);
    if (tandem_u256_compare(&s, &tandem_ed25519.order) >= 0) return false;
    if (!tandem_ed25519_decompress(&point, key)) return false;
    challenge(&k, message, count, signature, key);
    return holds(&point, signature, &s, &k);
}
