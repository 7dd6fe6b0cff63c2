// The function that verify.c and bitwise.c answer their request with: how many signatures were right.
#ifndef COUNT_RIGHT_H
#define COUNT_RIGHT_H

#include "request.h"
#include "tandem.h"
#include <stdbool.h>
#include <string.h>

static int count_right(bool (*is_right)(uint32_t curve, const signed_digest *given)) {
    tandem_bytes input = tandem_onchain_input();
    static verify_request request;
    if (input.count != sizeof request) tandem_fail("the input is not a request");
    memcpy(&request, input.bytes, sizeof request);
    uint32_t right_count = 0;
    for (uint32_t index = 0; index < request.count; index += 1) {
        right_count += is_right(request.curve, &request.signatures[index % SIGNATURE_COUNT]);
    }
    tandem_commit(&right_count, sizeof right_count);
    return 0;
}

#endif
