// Dynamic programming: edit distance, longest common subsequence, a knapsack, chains of matrices.
#include "suite.h"

enum { LENGTH = 256, CAPACITY = 2048, ITEM_COUNT = 32, CHAIN_COUNT = 40 };

static uint8_t first[LENGTH], second[LENGTH];
static uint16_t table[LENGTH + 1][LENGTH + 1];
static uint32_t values[CAPACITY + 1];
static uint32_t costs[CHAIN_COUNT][CHAIN_COUNT];

static uint32_t least(uint32_t left, uint32_t right) { return left < right ? left : right; }

static uint32_t greatest(uint32_t left, uint32_t right) { return left > right ? left : right; }

// Levenshtein's distance, keeping one row.
static uint32_t edit_distance(void) {
    static uint32_t row[LENGTH + 1];
    for (uint32_t column = 0; column <= LENGTH; column += 1) row[column] = column;
    for (uint32_t index = 0; index < LENGTH; index += 1) {
        uint32_t diagonal = row[0];
        row[0] = index + 1;
        for (uint32_t column = 1; column <= LENGTH; column += 1) {
            uint32_t above = row[column];
            uint32_t changed = diagonal + (first[index] != second[column - 1]);
            row[column] = least(changed, least(above, row[column - 1]) + 1);
            diagonal = above;
        }
    }
    return row[LENGTH];
}

static uint32_t common_subsequence(void) {
    for (int row = 1; row <= LENGTH; row += 1) {
        for (int column = 1; column <= LENGTH; column += 1) {
            if (first[row - 1] == second[column - 1]) {
                table[row][column] = (uint16_t)(table[row - 1][column - 1] + 1);
            } else {
                uint32_t up = table[row - 1][column], back = table[row][column - 1];
                table[row][column] = (uint16_t)greatest(up, back);
            }
        }
    }
    return table[LENGTH][LENGTH];
}

static uint32_t knapsack(generator *source) {
    for (int index = 0; index <= CAPACITY; index += 1) values[index] = 0;
    for (int item = 0; item < ITEM_COUNT; item += 1) {
        uint32_t word = next(source), weight = 16 + (word & 255), value = word >> 20;
        for (uint32_t room = CAPACITY; room >= weight; room -= 1) {
            values[room] = greatest(values[room], values[room - weight] + value);
        }
    }
    return values[CAPACITY];
}

static uint32_t matrix_chain(generator *source) {
    uint32_t sides[CHAIN_COUNT + 1];
    for (int index = 0; index <= CHAIN_COUNT; index += 1) sides[index] = 1 + (next(source) >> 26);
    for (int index = 0; index < CHAIN_COUNT; index += 1) costs[index][index] = 0;
    for (int length = 1; length < CHAIN_COUNT; length += 1) {
        for (int begin = 0; begin + length < CHAIN_COUNT; begin += 1) {
            int end = begin + length;
            uint32_t best = 0xFFFFFFFF;
            for (int cut = begin; cut < end; cut += 1) {
                uint32_t joined = sides[begin] * sides[cut + 1] * sides[end + 1];
                best = least(best, costs[begin][cut] + costs[cut + 1][end] + joined);
            }
            costs[begin][end] = best;
        }
    }
    return costs[0][CHAIN_COUNT - 1];
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {12};
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        for (int index = 0; index < LENGTH; index += 1) {
            first[index] = (uint8_t)(next(&source) >> 30);
            second[index] = (uint8_t)(next(&source) >> 30);
        }
        sum = mixed(sum, edit_distance());
        sum = mixed(sum, common_subsequence());
        sum = mixed(sum, knapsack(&source));
        sum = mixed(sum, matrix_chain(&source));
    }
    return sum;
}
