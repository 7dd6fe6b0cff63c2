// Memory for programs. A block's whole size, header included, is a power of two from 32 bytes; a
// block given back waits in the list of its size, and a new one is cut from the end of the heap.
// Memory that was never handed out is never touched, which costs neither cycles nor host memory.
#include "machine.h"
#include <string.h>

enum { ALIGNMENT = 16, HEADER_BYTE_COUNT = 16, SIZE_CLASS_MIN = 5, SIZE_CLASS_COUNT = 32 };

// Stands in the 16 bytes before the caller's.
typedef struct block {
    uint32_t size_class;
    struct block *next_free;
    uint32_t unused[2];
} block;

_Static_assert(sizeof(void *) != 4 || sizeof(block) == HEADER_BYTE_COUNT, "keeps alignment");

extern uint8_t __heap_start[];

static uint8_t *heap_end;
static block *free_blocks[SIZE_CLASS_COUNT];

void *tandem_fresh_memory(size_t count) {
    if (heap_end == NULL) heap_end = __heap_start;
    size_t left = TANDEM_MEMORY_END - (uintptr_t)heap_end;
    if (count > left - ALIGNMENT) tandem_fail("out of memory");
    uint8_t *memory = heap_end;
    heap_end += (count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return memory;
}

void *tandem_allocate(size_t count) {
    if (count > TANDEM_MEMORY_END / 2) tandem_fail("out of memory");
    uint32_t size_class = SIZE_CLASS_MIN;
    while (((size_t)1 << size_class) < count + HEADER_BYTE_COUNT) size_class += 1;
    block *found = free_blocks[size_class];
    if (found != NULL) {
        free_blocks[size_class] = found->next_free;
    } else {
        found = tandem_fresh_memory((size_t)1 << size_class);
        found->size_class = size_class;
    }
    return found + 1;
}

void tandem_free(void *memory) {
    if (memory == NULL) return;
    block *freed = (block *)memory - 1;
    freed->next_free = free_blocks[freed->size_class];
    free_blocks[freed->size_class] = freed;
}

// Swift allocates through these two. Its own types never need more than the alignment that every
// block has; for more, the block's header could not be found again.
int posix_memalign(void **result, size_t alignment, size_t count) {
    if (alignment > ALIGNMENT) tandem_fail("memory alignment above 16 bytes");
    *result = tandem_allocate(count);
    return 0;
}

void free(void *memory) { tandem_free(memory); }
