// A guest has one thread and no interrupts: plain loads and stores are atomic. The compilers call
// these for machines without the A extension. The names are given by label, because clang knows the
// plain ones as builtins of another type.
#include <stdbool.h>
#include <stdint.h>

#define ATOMIC(name) tandem_##name
#define LABEL(name) __asm__("__" #name)

#define ATOMICS(type, size)                                                                        \
    type ATOMIC(atomic_load_##size)(const volatile type *, int) LABEL(atomic_load_##size);         \
    type ATOMIC(atomic_load_##size)(const volatile type *target, int order) {                      \
        return *target;                                                                            \
    }                                                                                              \
    void ATOMIC(atomic_store_##size)(volatile type *, type, int) LABEL(atomic_store_##size);       \
    void ATOMIC(atomic_store_##size)(volatile type *target, type value, int order) {               \
        *target = value;                                                                           \
    }                                                                                              \
    bool ATOMIC(atomic_compare_exchange_##size)(volatile type *, type *, type, int, int)           \
        LABEL(atomic_compare_exchange_##size);                                                     \
    bool ATOMIC(atomic_compare_exchange_##size)(                                                   \
        volatile type *target, type *expected, type desired, int success, int failure) {           \
        type found = *target;                                                                      \
        bool equal = found == *expected;                                                           \
        if (equal) *target = desired;                                                              \
        if (!equal) *expected = found;                                                             \
        return equal;                                                                              \
    }                                                                                              \
    UPDATE(type, size, exchange, value)                                                            \
    UPDATE(type, size, fetch_add, (type)(found + value))                                           \
    UPDATE(type, size, fetch_sub, (type)(found - value))                                           \
    UPDATE(type, size, fetch_and, (type)(found & value))                                           \
    UPDATE(type, size, fetch_or, (type)(found | value))                                            \
    UPDATE(type, size, fetch_xor, (type)(found ^ value))

#define UPDATE(type, size, operation, result)                                                      \
    type ATOMIC(atomic_##operation##_##size)(volatile type *, type, int)                           \
        LABEL(atomic_##operation##_##size);                                                        \
    type ATOMIC(atomic_##operation##_##size)(volatile type *target, type value, int order) {       \
        type found = *target;                                                                      \
        *target = result;                                                                          \
        return found;                                                                              \
    }

ATOMICS(uint8_t, 1)
ATOMICS(uint16_t, 2)
ATOMICS(uint32_t, 4)
ATOMICS(uint64_t, 8)
