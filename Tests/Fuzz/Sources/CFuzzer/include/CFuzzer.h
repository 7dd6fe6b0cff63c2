#ifndef TANDEM_CFUZZER_H
#define TANDEM_CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/// libFuzzer's own main, as its documentation has it under "Using libFuzzer as a library": reads the
/// command line and calls `body` with inputs. Returns the exit status.
int LLVMFuzzerRunDriver(int *_Nonnull argument_count,
                        char *_Nullable *_Nonnull *_Nonnull arguments,
                        int (*_Nonnull body)(const uint8_t *_Nullable bytes, size_t byte_count));

#endif
