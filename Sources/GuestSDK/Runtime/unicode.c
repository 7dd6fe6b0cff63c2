// Swift compares ASCII text byte by byte, and other text after normalizing it and looking for the
// borders of its characters, with tables that take 100 KiB. A guest does without: text beyond ASCII
// fails the job there, rather than giving an answer that differs from Swift's elsewhere.
#include "machine.h"

static _Noreturn void refuse(void) {
    tandem_fail("a guest cannot compare or divide text beyond ASCII; work on its utf8 bytes");
}

uint16_t _swift_stdlib_getNormData(uint32_t scalar) { refuse(); }

uint32_t _swift_stdlib_getComposition(uint32_t first, uint32_t second) { refuse(); }

uint32_t _swift_stdlib_getDecompositionEntry(uint32_t scalar) { refuse(); }

const uint8_t *const _swift_stdlib_nfd_decompositions = 0;

uint8_t _swift_stdlib_getGraphemeBreakProperty(uint32_t scalar) { refuse(); }

bool _swift_stdlib_isExtendedPictographic(uint32_t scalar) { refuse(); }

bool _swift_stdlib_isInCB_Consonant(uint32_t scalar) { refuse(); }
