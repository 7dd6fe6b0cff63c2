// The key that made a secp256k1 signature (SEC 1 section 4.1.6), and the Ethereum address of it.
#include "tandem_signatures.h"

#include "Curves/group.h"
#include <string.h>

enum { RECOVERY_OFFSET = 64, LEGACY_RECOVERY = 27, KEY_BYTE_COUNT = 64, ADDRESS_OFFSET = 12 };

#define ORDER (&tandem_secp256k1.order)
#define PRIME (&tandem_secp256k1.prime)

static bool is_scalar(const tandem_u256 *value) {
    return !tandem_u256_is_zero(value) && tandem_u256_compare(value, ORDER) < 0;
}

#ifdef TANDEM_SP1_PRECOMPILES

// What the host's hook is asked with: the curve's number, r and x^3 + 7.
enum { CURVE_NUMBER = 1, ODD_FLAG = 0x80, QUESTION_BYTE_COUNT = 65, NUMBER_BYTE_COUNT = 32 };

static void load_answer(tandem_u256 *value) {
    tandem_u256_load(value, tandem_sp1_answer_of(NUMBER_BYTE_COUNT));
}

static bool is_product(
    const tandem_u256 *left, const tandem_u256 *right, const tandem_u256 *modulus,
    const tandem_u256 *expected
) {
    tandem_u256 product;
    tandem_u256_mulmod(&product, left, right, modulus);
    return tandem_u256_compare(&product, expected) == 0;
}

// The point with x = r, and 1 / r modulo the order: one question for both. False when there is no
// such point, which a root of 3 (x^3 + 7) proves, as 3 has none.
static bool lift(
    tandem_point256 *point, tandem_u256 *inverse, const tandem_u256 *r, bool y_is_odd
) {
    static const tandem_u256 one = {{1}}, three = {{3}};
    uint8_t question[QUESTION_BYTE_COUNT] = {CURVE_NUMBER | (y_is_odd ? ODD_FLAG : 0)};
    tandem_u256 square;
    tandem_group_square_of_y(&tandem_secp256k1_group, &square, r);
    tandem_u256_store(r, question + 1);
    tandem_u256_store(&square, question + 1 + NUMBER_BYTE_COUNT);
    tandem_sp1_ask(TANDEM_SP1_HOOK_ECRECOVER, question, sizeof question);
    bool exists = *tandem_sp1_answer_of(1) != 0;
    load_answer(&point->y);
    if (!exists) {
        tandem_u256_mulmod(&square, &square, &three, PRIME);
        if (!is_product(&point->y, &point->y, PRIME, &square)) {
            tandem_fail("the host's square root is none");
        }
        return false;
    }
    load_answer(inverse);
    point->x = *r;
    if (!is_product(&point->y, &point->y, PRIME, &square)
        || !is_product(inverse, r, ORDER, &one)
        || tandem_u256_compare(&point->y, PRIME) >= 0) {
        tandem_fail("the host's point or inverse is none");
    }
    if ((point->y.words[0] & 1) != y_is_odd) tandem_u256_subtract(&point->y, PRIME, &point->y);
    return true;
}

#else

static bool lift(
    tandem_point256 *point, tandem_u256 *inverse, const tandem_u256 *r, bool y_is_odd
) {
    return tandem_secp256k1_decompress(point, r, y_is_odd)
           && tandem_u256_invmod(inverse, r, ORDER);
}

#endif

// The key is (s R - e G) / r, where R is the point with x = r. That x may also be r + n is left
// out, as Ethereum does: v would say it, and no signer gets there.
bool tandem_secp256k1_recover(
    const uint8_t digest[32], const uint8_t signature[65], uint8_t key[64]
) {
    static const tandem_u256 zero;
    tandem_u256 r, s, e, inverse;
    tandem_point256 point;
    uint32_t recovery = signature[RECOVERY_OFFSET];
    if (recovery >= LEGACY_RECOVERY) recovery -= LEGACY_RECOVERY;
    if (recovery > 1) return false;
    tandem_u256_load(&r, signature);
    tandem_u256_load(&s, signature + 32);
    if (!is_scalar(&r) || !is_scalar(&s)) return false;
    if (!lift(&point, &inverse, &r, recovery == 1)) return false;
    tandem_u256_load(&e, digest);
    if (tandem_u256_compare(&e, ORDER) >= 0) tandem_u256_subtract(&e, &e, ORDER);
    tandem_u256_submod(&e, &zero, &e, ORDER);
    tandem_u256_mulmod(&e, &e, &inverse, ORDER);
    tandem_u256_mulmod(&s, &s, &inverse, ORDER);
    tandem_secp256k1_combine(&point, &e, &s, &point);
    if (tandem_group_is_identity(&tandem_secp256k1_group, &point)) return false;
    tandem_u256_store(&point.x, key);
    tandem_u256_store(&point.y, key + 32);
    return true;
}

bool tandem_ecrecover(
    const uint8_t digest[32], const uint8_t signature[65], uint8_t address[20]
) {
    uint32_t key[KEY_BYTE_COUNT / 4], hash[8];
    if (!tandem_secp256k1_recover(digest, signature, (uint8_t *)key)) return false;
    tandem_keccak256(key, sizeof key, (uint8_t *)hash);
    memcpy(address, (const uint8_t *)hash + ADDRESS_OFFSET, 20);
    return true;
}
