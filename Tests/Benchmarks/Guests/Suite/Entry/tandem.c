// The entry for SP1 and RISC Zero: the rounds come as four little-endian bytes, the checksum goes
// out likewise.
#include "../suite.h"
#include "tandem.h"
#include <string.h>

int main(void) {
    tandem_bytes input = tandem_onchain_input();
    uint32_t round_count;
    if (input.count != sizeof round_count) tandem_fail("the input is not one word");
    memcpy(&round_count, input.bytes, sizeof round_count);
    uint32_t sum = suite_run(round_count);
    tandem_commit(&sum, sizeof sum);
    return 0;
}
