// The life of a program: its inputs in order, its output and the digest of it, and its end.
#include "machine.h"
#include <string.h>

enum { ONCHAIN_INPUT, OFFCHAIN_INPUT, STATE_INPUT, INPUT_COUNT };

static tandem_bytes inputs[INPUT_COUNT];
static uint32_t inputs_taken;
static tandem_sha256_hasher output_hasher;
static bool has_output;

// The machines hand inputs out in order only, so that asking for one takes those before it.
static tandem_bytes input(uint32_t index) {
    for (; inputs_taken <= index; inputs_taken += 1) {
        if (!tandem_machine_next_input(&inputs[inputs_taken])) {
            inputs_taken = INPUT_COUNT;
            break;
        }
    }
    return inputs[index];
}

tandem_bytes tandem_onchain_input(void) { return input(ONCHAIN_INPUT); }

tandem_bytes tandem_offchain_input(void) { return input(OFFCHAIN_INPUT); }

tandem_bytes tandem_state(void) { return input(STATE_INPUT); }

void tandem_commit(const void *bytes, size_t count) {
    if (!has_output) tandem_sha256_begin(&output_hasher);
    has_output = true;
    tandem_sha256_update(&output_hasher, bytes, count);
    tandem_machine_commit(bytes, count);
}

_Noreturn void tandem_halt(void) {
    uint32_t digest[8];
    if (!has_output) tandem_sha256_begin(&output_hasher);
    tandem_sha256_finish(&output_hasher, (uint8_t *)digest);
    tandem_flush_console();
    tandem_machine_halt((const uint8_t *)digest);
}

_Noreturn void tandem_fail(const char *message) {
    tandem_flush_console();
    tandem_machine_fail(message, strlen(message));
}

int main(int argument_count, char **arguments);

// Called by start.S once the stack stands.
_Noreturn void tandem_start(void) {
    if (main(0, NULL) != 0) tandem_fail("main returned an error");
    tandem_halt();
}
