// What verify.c does, by libsecp256k1 and OpenSSL.
#include "native.h"
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <secp256k1.h>

// --- secp256k1 ---

static uint32_t count_secp256k1(const verify_request *request) {
    secp256k1_context *context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    uint8_t key[65] = {4};
    memcpy(key + 1, request->key, 64);
    uint32_t right_count = 0;
    for (uint32_t index = 0; index < request->count; index += 1) {
        secp256k1_pubkey parsed;
        secp256k1_ecdsa_signature signature;
        if (!secp256k1_ec_pubkey_parse(context, &parsed, key, sizeof key)) continue;
        secp256k1_ecdsa_signature_parse_compact(context, &signature, request->signature);
        secp256k1_ecdsa_signature_normalize(context, &signature, &signature);
        const uint8_t *digest = request->digest;
        right_count += (uint32_t)secp256k1_ecdsa_verify(context, &signature, digest, &parsed);
    }
    secp256k1_context_destroy(context);
    return right_count;
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

static uint32_t count_p256(const verify_request *request) {
    EVP_PKEY *key = p256_key(request->key);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    uint8_t der[80];
    size_t size = der_signature(request->signature, der);
    uint32_t right_count = 0;
    require(EVP_PKEY_verify_init(context) == 1, "no verification");
    for (uint32_t index = 0; index < request->count; index += 1) {
        right_count += EVP_PKEY_verify(context, der, size, request->digest, 32) == 1;
    }
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(key);
    return right_count;
}

// --- Ed25519 ---

static uint32_t count_ed25519(const verify_request *request) {
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, request->key, 32);
    uint32_t right_count = 0;
    for (uint32_t index = 0; index < request->count; index += 1) {
        EVP_MD_CTX *context = EVP_MD_CTX_new();
        EVP_DigestVerifyInit(context, NULL, NULL, NULL, key);
        right_count += EVP_DigestVerify(context, request->signature, 64, request->digest, 32) == 1;
        EVP_MD_CTX_free(context);
    }
    EVP_PKEY_free(key);
    return right_count;
}

int main(int count, char **arguments) {
    verify_request request;
    read_request(&request, sizeof request, count, arguments);
    static uint32_t (*const counts[3])(const verify_request *) = {
        count_secp256k1, count_p256, count_ed25519};
    require(request.curve <= CURVE_ED25519, "no such curve");
    double begin = now();
    uint32_t right_count = counts[request.curve](&request);
    double seconds = now() - begin;
    answer((const uint8_t *)&right_count, sizeof right_count, seconds);
    return 0;
}
