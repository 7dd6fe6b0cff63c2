// Recursion: Fibonacci, Ackermann, the queens, permutations, towers of Hanoi. Calls, returns and
// little between them.
#include "suite.h"

enum { QUEEN_COUNT = 8, PERMUTED_COUNT = 7, DISC_COUNT = 12 };

__attribute__((noinline)) static uint32_t fibonacci(uint32_t number) {
    if (number < 2) return number;
    return fibonacci(number - 1) + fibonacci(number - 2);
}

__attribute__((noinline)) static uint32_t ackermann(uint32_t left, uint32_t right) {
    if (left == 0) return right + 1;
    if (right == 0) return ackermann(left - 1, 1);
    return ackermann(left - 1, ackermann(left, right - 1));
}

__attribute__((noinline)) static uint32_t queens(uint32_t columns, uint32_t rising,
                                                 uint32_t falling) {
    const uint32_t all = (1 << QUEEN_COUNT) - 1;
    if (columns == all) return 1;
    uint32_t count = 0;
    for (uint32_t open = all & ~(columns | rising | falling); open != 0; open &= open - 1) {
        uint32_t place = open & (0 - open);
        count += queens(columns | place, (rising | place) << 1, (falling | place) >> 1);
    }
    return count;
}

__attribute__((noinline)) static uint32_t permutations(uint8_t *items, uint32_t count,
                                                       uint32_t sum) {
    if (count == 1) return mixed(sum, items[0]);
    for (uint32_t index = 0; index < count; index += 1) {
        uint8_t held = items[index];
        items[index] = items[count - 1];
        items[count - 1] = held;
        sum = permutations(items, count - 1, sum);
        items[count - 1] = items[index];
        items[index] = held;
    }
    return sum;
}

static uint32_t heights[3];

__attribute__((noinline)) static void move_discs(uint32_t count, uint32_t from, uint32_t to) {
    if (count == 0) return;
    move_discs(count - 1, from, 3 - from - to);
    heights[from] -= 1;
    heights[to] += count;
    move_discs(count - 1, 3 - from - to, to);
}

uint32_t suite_run(uint32_t round_count) {
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        uint8_t items[PERMUTED_COUNT];
        for (uint8_t index = 0; index < PERMUTED_COUNT; index += 1) {
            items[index] = (uint8_t)(index + round);
        }
        sum = mixed(sum, fibonacci(19 + round % 2));
        sum = mixed(sum, ackermann(2, 30 + round % 3));
        sum = mixed(sum, queens(0, 0, 0));
        sum = permutations(items, PERMUTED_COUNT, sum);
        move_discs(DISC_COUNT, 0, 2);
        sum = mixed(sum, heights[2]);
    }
    return sum;
}
