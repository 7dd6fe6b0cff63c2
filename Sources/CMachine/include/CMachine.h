#ifndef TANDEM_CMACHINE_H
#define TANDEM_CMACHINE_H

#include <stddef.h>

/// Reserves `byte_count` bytes of zero-filled private memory. A page costs nothing before it is
/// first written. Returns NULL when the system refuses.
void *_Nullable tandem_reserve(size_t byte_count);

/// Gives the pages of a reservation, or of a page-aligned part of it, back to the system. They read
/// as zero afterwards. Returns 0, or -1 when the system refuses.
int tandem_discard(void *_Nonnull start, size_t byte_count);

/// Ends a reservation. `start` and `byte_count` are those of `tandem_reserve`.
void tandem_release(void *_Nonnull start, size_t byte_count);

#endif
