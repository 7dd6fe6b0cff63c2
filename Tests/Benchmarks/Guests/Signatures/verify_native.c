// What verify.c does, by libsecp256k1 and OpenSSL.
#include "native.h"
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <secp256k1.h>
#include <stdbool.h>

static secp256k1_context *context;

static bool is_secp256k1_right(const signed_digest *given) {
    uint8_t key[65] = {4};
    memcpy(key + 1, given->key, 64);
    secp256k1_pubkey parsed;
    secp256k1_ecdsa_signature signature;
    if (!secp256k1_ec_pubkey_parse(context, &parsed, key, sizeof key)) return false;
    secp256k1_ecdsa_signature_parse_compact(context, &signature, given->signature);
    secp256k1_ecdsa_signature_normalize(context, &signature, &signature);
    return secp256k1_ecdsa_verify(context, &signature, given->digest, &parsed) == 1;
}

// --- P-256 ---

static EVP_PKEY *p256_key(const uint8_t coordinates[64]) {
    uint8_t encoded[65] = {4};
    memcpy(encoded + 1, coordinates, 64);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, encoded, sizeof encoded);
    OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    EVP_PKEY *key = NULL;
    EVP_PKEY_fromdata_init(context);
    require(EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) == 1, "no key");
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    return key;
}

static size_t der_signature(const uint8_t signature[64], uint8_t *der) {
    ECDSA_SIG *pair = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(signature, 32, NULL), *s = BN_bin2bn(signature + 32, 32, NULL);
    ECDSA_SIG_set0(pair, r, s);
    int count = i2d_ECDSA_SIG(pair, &der);
    ECDSA_SIG_free(pair);
    return (size_t)count;
}

static bool is_p256_right(const signed_digest *given) {
    EVP_PKEY *key = p256_key(given->key);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    uint8_t der[80];
    size_t size = der_signature(given->signature, der);
    require(EVP_PKEY_verify_init(context) == 1, "no verification");
    bool is_right = EVP_PKEY_verify(context, der, size, given->digest, 32) == 1;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(key);
    return is_right;
}

// --- Ed25519 ---

static bool is_ed25519_right(const signed_digest *given) {
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, given->key, 32);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_DigestVerifyInit(context, NULL, NULL, NULL, key);
    bool is_right = EVP_DigestVerify(context, given->signature, 64, given->digest, 32) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return is_right;
}

int main(int count, char **arguments) {
    static verify_request request;
    read_request(&request, sizeof request, count, arguments);
    static bool (*const checks[3])(const signed_digest *) = {
        is_secp256k1_right, is_p256_right, is_ed25519_right};
    require(request.curve <= CURVE_ED25519, "no such curve");
    context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    uint32_t right_count = 0;
    double begin = now();
    for (uint32_t index = 0; index < request.count; index += 1) {
        right_count += checks[request.curve](&request.signatures[index % SIGNATURE_COUNT]);
    }
    double seconds = now() - begin;
    secp256k1_context_destroy(context);
    answer((const uint8_t *)&right_count, sizeof right_count, seconds);
    return 0;
}
