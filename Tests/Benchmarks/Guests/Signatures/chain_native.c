// What chain.c does, by libraries: every sum and double is made affine, as a precompile's is.
// libsecp256k1 for secp256k1, OpenSSL's groups for P-256. No library adds affine points of Ed25519
// but by their compressed form, so there it is the formula on OpenSSL's integers.
#include "native.h"
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <secp256k1.h>

static void reverse(uint8_t *bytes, size_t count) {
    for (size_t index = 0; index < count / 2; index += 1) {
        uint8_t held = bytes[index];
        bytes[index] = bytes[count - 1 - index];
        bytes[count - 1 - index] = held;
    }
}

// --- secp256k1 ---

static double run_secp256k1(uint32_t count, uint8_t result[64]) {
    secp256k1_context *context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    uint8_t one[32] = {[31] = 1}, bytes[65];
    size_t size = sizeof bytes;
    secp256k1_pubkey generator, point, doubled;
    require(secp256k1_ec_pubkey_create(context, &generator, one), "no generator");
    const secp256k1_pubkey *twice[2] = {&generator, &generator};
    require(secp256k1_ec_pubkey_combine(context, &point, twice, 2), "no double");
    const secp256k1_pubkey *self[2] = {&point, &point}, *both[2] = {&doubled, &generator};
    double begin = now();
    for (uint32_t index = 0; index < count; index += 1) {
        require(secp256k1_ec_pubkey_combine(context, &doubled, self, 2), "no double");
        require(secp256k1_ec_pubkey_combine(context, &point, both, 2), "no sum");
    }
    double seconds = now() - begin;
    secp256k1_ec_pubkey_serialize(context, bytes, &size, &point, SECP256K1_EC_UNCOMPRESSED);
    memcpy(result, bytes + 1, 64);
    secp256k1_context_destroy(context);
    return seconds;
}

// --- P-256 ---

static double run_p256(uint32_t count, uint8_t result[64]) {
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    BN_CTX *context = BN_CTX_new();
    const EC_POINT *generator = EC_GROUP_get0_generator(group);
    EC_POINT *point = EC_POINT_new(group);
    BIGNUM *x = BN_new(), *y = BN_new();
    EC_POINT_dbl(group, point, generator, context);
    EC_POINT_get_affine_coordinates(group, point, x, y, context);
    double begin = now();
    for (uint32_t index = 0; index < count; index += 1) {
        EC_POINT_dbl(group, point, point, context);
        EC_POINT_get_affine_coordinates(group, point, x, y, context);
        EC_POINT_set_affine_coordinates(group, point, x, y, context);
        EC_POINT_add(group, point, point, generator, context);
        EC_POINT_get_affine_coordinates(group, point, x, y, context);
        EC_POINT_set_affine_coordinates(group, point, x, y, context);
    }
    double seconds = now() - begin;
    require(BN_bn2binpad(x, result, 32) == 32, "no x");
    require(BN_bn2binpad(y, result + 32, 32) == 32, "no y");
    EC_POINT_free(point);
    EC_GROUP_free(group);
    BN_free(x);
    BN_free(y);
    BN_CTX_free(context);
    return seconds;
}

// --- Ed25519 ---

typedef struct {
    BN_CTX *context;
    BIGNUM *prime, *d, *one, *t[6];
} edwards;

typedef struct {
    BIGNUM *x, *y;
} affine;

static affine new_point(const char *x, const char *y) {
    affine point = {NULL, NULL};
    BN_hex2bn(&point.x, x);
    BN_hex2bn(&point.y, y);
    return point;
}

// (x1 y2 + x2 y1) / (1 + d x1 x2 y1 y2), (y1 y2 + x1 x2) / (1 - d x1 x2 y1 y2), by one inversion.
static void add(const edwards *curve, affine *left, const affine *right) {
    BIGNUM *const *t = curve->t, *p = curve->prime;
    BN_CTX *context = curve->context;
    BN_mod_mul(t[0], left->x, right->y, p, context);
    BN_mod_mul(t[1], right->x, left->y, p, context);
    BN_mod_mul(t[2], t[0], t[1], p, context);
    BN_mod_mul(t[2], t[2], curve->d, p, context);
    BN_mod_add_quick(t[0], t[0], t[1], p);
    BN_mod_mul(t[1], left->y, right->y, p, context);
    BN_mod_mul(t[3], left->x, right->x, p, context);
    BN_mod_add_quick(t[1], t[1], t[3], p);
    BN_mod_add_quick(t[3], curve->one, t[2], p);
    BN_mod_sub_quick(t[4], curve->one, t[2], p);
    BN_mod_mul(t[5], t[3], t[4], p, context);
    require(BN_mod_inverse(t[5], t[5], p, context) != NULL, "no inverse");
    BN_mod_mul(t[4], t[4], t[5], p, context);
    BN_mod_mul(t[3], t[3], t[5], p, context);
    BN_mod_mul(left->x, t[0], t[4], p, context);
    BN_mod_mul(left->y, t[1], t[3], p, context);
}

static double run_ed25519(uint32_t count, uint8_t result[64]) {
    edwards curve = {.context = BN_CTX_new(), .one = BN_new()};
    BN_one(curve.one);
    BN_hex2bn(&curve.prime, "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFED");
    BN_hex2bn(&curve.d, "52036CEE2B6FFE738CC740797779E89800700A4D4141D8AB75EB4DCA135978A3");
    for (int index = 0; index < 6; index += 1) curve.t[index] = BN_new();
    const char *x = "216936D3CD6E53FEC0A4E231FDD6DC5C692CC7609525A7B2C9562D608F25D51A";
    const char *y = "6666666666666666666666666666666666666666666666666666666666666658";
    affine generator = new_point(x, y), point = new_point(x, y);
    add(&curve, &point, &generator);
    double begin = now();
    for (uint32_t index = 0; index < count; index += 1) {
        add(&curve, &point, &point);
        add(&curve, &point, &generator);
    }
    double seconds = now() - begin;
    require(BN_bn2binpad(point.x, result, 32) == 32, "no x");
    require(BN_bn2binpad(point.y, result + 32, 32) == 32, "no y");
    return seconds;
}

int main(int count, char **arguments) {
    chain_request request;
    read_request(&request, sizeof request, count, arguments);
    static double (*const runs[3])(uint32_t, uint8_t[64]) = {run_secp256k1, run_p256, run_ed25519};
    require(request.curve <= CURVE_ED25519, "no such curve");
    uint8_t result[64];
    double seconds = runs[request.curve](request.count, result);
    reverse(result, 32);
    reverse(result + 32, 32);
    answer(result, sizeof result, seconds);
    return 0;
}
