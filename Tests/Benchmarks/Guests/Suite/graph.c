// Graphs on a grid: shortest ways with a heap, flooding with a queue, joining of sets, a game of
// life.
#include "suite.h"

enum { SIDE = 64, CELL_COUNT = SIDE * SIDE, FAR = 0x7FFFFFFF };

static uint8_t weights[CELL_COUNT];
static uint32_t distances[CELL_COUNT];
static uint32_t heap[4 * CELL_COUNT + 4];
static uint32_t heap_count;
static uint16_t queue[CELL_COUNT], owners[CELL_COUNT];
static uint8_t alive[2][SIDE + 2][SIDE + 2];

// Entries are a distance above a cell's twelve bits, so that one comparison orders them.
static void push(uint32_t item) {
    uint32_t place = heap_count;
    heap_count += 1;
    while (place > 0 && heap[(place - 1) / 2] > item) {
        heap[place] = heap[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    heap[place] = item;
}

static uint32_t pop(void) {
    uint32_t first = heap[0];
    heap_count -= 1;
    uint32_t item = heap[heap_count], place = 0;
    while (true) {
        uint32_t child = 2 * place + 1;
        if (child >= heap_count) break;
        if (child + 1 < heap_count && heap[child + 1] < heap[child]) child += 1;
        if (heap[child] >= item) break;
        heap[place] = heap[child];
        place = child;
    }
    heap[place] = item;
    return first;
}

static void relax(uint32_t cell, uint32_t distance) {
    distance += weights[cell];
    if (distance >= distances[cell]) return;
    distances[cell] = distance;
    push(distance << 12 | cell);
}

static uint32_t shortest_ways(uint32_t start) {
    for (int cell = 0; cell < CELL_COUNT; cell += 1) distances[cell] = FAR;
    heap_count = 0;
    relax(start, 0);
    while (heap_count > 0) {
        uint32_t item = pop(), cell = item & (CELL_COUNT - 1), distance = item >> 12;
        if (distance != distances[cell]) continue;
        if (cell % SIDE > 0) relax(cell - 1, distance);
        if (cell % SIDE < SIDE - 1) relax(cell + 1, distance);
        if (cell >= SIDE) relax(cell - SIDE, distance);
        if (cell < CELL_COUNT - SIDE) relax(cell + SIDE, distance);
    }
    return distances[CELL_COUNT - 1 - start];
}

static void visit(uint32_t cell, uint32_t distance, uint32_t *end) {
    if (distances[cell] != FAR || weights[cell] < 3) return;
    distances[cell] = distance;
    queue[*end] = (uint16_t)cell;
    *end += 1;
}

static uint32_t flood(uint32_t start) {
    for (int cell = 0; cell < CELL_COUNT; cell += 1) distances[cell] = FAR;
    uint32_t begin = 0, end = 0;
    visit(start, 0, &end);
    for (; begin < end; begin += 1) {
        uint32_t cell = queue[begin], distance = distances[cell] + 1;
        if (cell % SIDE > 0) visit(cell - 1, distance, &end);
        if (cell % SIDE < SIDE - 1) visit(cell + 1, distance, &end);
        if (cell >= SIDE) visit(cell - SIDE, distance, &end);
        if (cell < CELL_COUNT - SIDE) visit(cell + SIDE, distance, &end);
    }
    return end;
}

static uint32_t owner(uint32_t cell) {
    while (owners[cell] != cell) {
        owners[cell] = owners[owners[cell]];
        cell = owners[cell];
    }
    return cell;
}

static uint32_t join_cells(generator *source) {
    for (uint32_t cell = 0; cell < CELL_COUNT; cell += 1) owners[cell] = (uint16_t)cell;
    uint32_t count = CELL_COUNT;
    for (uint32_t edge = 0; edge < CELL_COUNT; edge += 1) {
        uint32_t word = next(source);
        uint32_t left = owner(word % CELL_COUNT), right = owner((word >> 16) % CELL_COUNT);
        if (left == right) continue;
        owners[left] = (uint16_t)right;
        count -= 1;
    }
    return count;
}

static uint32_t live(uint32_t generation) {
    uint32_t count = 0;
    uint8_t(*from)[SIDE + 2] = alive[generation & 1], (*to)[SIDE + 2] = alive[~generation & 1];
    for (int row = 1; row <= SIDE; row += 1) {
        for (int column = 1; column <= SIDE; column += 1) {
            uint32_t near = from[row][column - 1] + from[row][column + 1];
            for (int step = -1; step <= 1; step += 1) {
                near += from[row - 1][column + step] + from[row + 1][column + step];
            }
            to[row][column] = near == 3 || (near == 2 && from[row][column]);
            count += to[row][column];
        }
    }
    return count;
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {14};
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        for (int cell = 0; cell < CELL_COUNT; cell += 1) {
            weights[cell] = (uint8_t)(1 + (next(&source) >> 28));
            alive[round & 1][1 + cell / SIDE][1 + cell % SIDE] = weights[cell] & 1;
        }
        sum = mixed(sum, shortest_ways(round % SIDE));
        sum = mixed(sum, flood(round % CELL_COUNT));
        sum = mixed(sum, join_cells(&source));
        for (uint32_t generation = 0; generation < 4; generation += 1) {
            sum = mixed(sum, live(round + generation));
        }
    }
    return sum;
}
