#ifndef TANDEM_CMACHINE_H
#define TANDEM_CMACHINE_H

#include <stddef.h>

/// Reserves `byte_count` bytes of zero-filled private memory. A page costs nothing before it is
/// first written. Returns NULL when the system refuses.
void *_Nullable tandem_reserve(size_t byte_count);

/// Reserves as `tandem_reserve`, but any access to the bytes faults until `tandem_protect` opens them.
void *_Nullable tandem_reserve_closed(size_t byte_count);

/// What a program may do with pages. Never to write and to execute the same ones.
typedef enum {
    TANDEM_ACCESS_NONE,
    TANDEM_ACCESS_READ,
    TANDEM_ACCESS_READ_WRITE,
    TANDEM_ACCESS_EXECUTE,
} tandem_access;

/// Sets what may be done with a page-aligned part of a reservation. Returns 0, or -1 when the system
/// refuses.
int tandem_protect(void *_Nonnull start, size_t byte_count, tandem_access access);

/// Asks for large pages where whole ones fit into these bytes: for what is long and written, or executed,
/// all over. What the bytes hold stays. A system without large pages does without.
void tandem_prefer_large_pages(void *_Nonnull start, size_t byte_count);

/// Takes the pages of these bytes, which may be written to and are about to be, all over, together instead of by
/// a fault each. What the bytes hold stays. A system that has no such call does without, and few bytes are
/// left as they are.
void tandem_take_pages(void *_Nonnull start, size_t byte_count);

/// The same with large pages where whole ones fit.
void tandem_expect_writes(void *_Nonnull start, size_t byte_count);

/// Gives the pages of a reservation, or of a page-aligned part of it, back to the system. They read
/// as zero afterwards. Returns 0, or -1 when the system refuses.
int tandem_discard(void *_Nonnull start, size_t byte_count);

/// Makes a part of a reservation zero that may be written to: whole frames of 4096 bytes, of which only
/// those that are not zero are written. Returns whether there were any.
int tandem_clear(void *_Nonnull start, size_t byte_count);

/// Ends a reservation, or whole pages of one.
void tandem_release(void *_Nonnull start, size_t byte_count);

#endif
