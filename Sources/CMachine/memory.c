// madvise and MAP_NORESERVE are not in POSIX.
#define _GNU_SOURCE

#include "CMachine.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

static void *map(size_t byte_count, int protection) {
    // NORESERVE: a guest's address space is gigabytes wide and almost all of it stays untouched.
    void *start = mmap(NULL, byte_count, protection,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED) return NULL;
    // With huge pages one byte written could cost 2 MiB, and the cap on touched pages would not
    // bound what a guest takes. A kernel without huge pages refuses this, which is as good.
    (void)madvise(start, byte_count, MADV_NOHUGEPAGE);
    return start;
}

void *tandem_reserve(size_t byte_count) {
    return map(byte_count, PROT_READ | PROT_WRITE);
}

void *tandem_reserve_closed(size_t byte_count) {
    return map(byte_count, PROT_NONE);
}

int tandem_protect(void *start, size_t byte_count, tandem_access access) {
    static const int protections[] = {PROT_NONE, PROT_READ, PROT_READ | PROT_WRITE,
                                      PROT_READ | PROT_EXEC};
    return mprotect(start, byte_count, protections[access]);
}

void tandem_prefer_large_pages(void *start, size_t byte_count) {
    enum { LARGE_PAGE_BYTE_COUNT = 2 << 20 };
    uintptr_t mask = LARGE_PAGE_BYTE_COUNT - 1;
    uintptr_t first = ((uintptr_t)start + mask) & ~mask;
    uintptr_t end = ((uintptr_t)start + byte_count) & ~mask;
    if (first < end) (void)madvise((void *)first, end - first, MADV_HUGEPAGE);
}

enum { WORTHWHILE_BYTE_COUNT = 1 << 20 };

void tandem_take_pages(void *start, size_t byte_count) {
    enum { FRAME_BYTE_COUNT = 4096 };
    if (byte_count < WORTHWHILE_BYTE_COUNT) return;
#ifdef MADV_POPULATE_WRITE
    uintptr_t mask = FRAME_BYTE_COUNT - 1;
    uintptr_t first = ((uintptr_t)start + mask) & ~mask;
    uintptr_t end = ((uintptr_t)start + byte_count) & ~mask;
    (void)madvise((void *)first, end - first, MADV_POPULATE_WRITE);
#else
    (void)start;
#endif
}

void tandem_expect_writes(void *start, size_t byte_count) {
    if (byte_count >= WORTHWHILE_BYTE_COUNT) tandem_prefer_large_pages(start, byte_count);
    tandem_take_pages(start, byte_count);
}

int tandem_discard(void *start, size_t byte_count) {
    return madvise(start, byte_count, MADV_DONTNEED);
}

int tandem_clear(void *start, size_t byte_count) {
    // Most frames of a unit are zero already. Reading them leaves their lines in the cache as they are.
    enum { FRAME_BYTE_COUNT = 4096 };
    int had_traces = 0;
    for (size_t offset = 0; offset < byte_count; offset += FRAME_BYTE_COUNT) {
        uint64_t *words = (uint64_t *)((char *)start + offset);
        uint64_t any = 0;
        for (size_t index = 0; index < FRAME_BYTE_COUNT / sizeof *words; index++)
            any |= words[index];
        if (any == 0) continue;
        memset(words, 0, FRAME_BYTE_COUNT);
        had_traces = 1;
    }
    return had_traces;
}

void tandem_release(void *start, size_t byte_count) {
    (void)munmap(start, byte_count);
}
