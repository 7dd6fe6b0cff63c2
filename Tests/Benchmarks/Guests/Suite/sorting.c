// Quicksort and heapsort of 16,384 words, and an insertion sort of records by key: branches that
// cannot be foretold.
#include "suite.h"

enum { COUNT = 16384, RECORD_COUNT = 256 };

typedef struct {
    uint16_t key;
    uint16_t place;
    uint32_t payload;
} record;

static uint32_t values[COUNT];
static record records[RECORD_COUNT];

static void swap(uint32_t *left, uint32_t *right) {
    uint32_t held = *left;
    *left = *right;
    *right = held;
}

static void insertion_sort(uint32_t *words, uint32_t count) {
    for (uint32_t index = 1; index < count; index += 1) {
        uint32_t word = words[index], place = index;
        for (; place > 0 && words[place - 1] > word; place -= 1) words[place] = words[place - 1];
        words[place] = word;
    }
}

static void quicksort(uint32_t *words, uint32_t count) {
    while (count > 12) {
        uint32_t pivot = words[count / 2], low = 0, high = count - 1;
        while (true) {
            while (words[low] < pivot) low += 1;
            while (words[high] > pivot) high -= 1;
            if (low >= high) break;
            swap(&words[low], &words[high]);
            low += 1;
            high -= 1;
        }
        quicksort(words + high + 1, count - high - 1);
        count = high + 1;
    }
    insertion_sort(words, count);
}

static void sift(uint32_t *words, uint32_t root, uint32_t count) {
    uint32_t word = words[root];
    while (true) {
        uint32_t child = 2 * root + 1;
        if (child >= count) break;
        if (child + 1 < count && words[child + 1] > words[child]) child += 1;
        if (words[child] <= word) break;
        words[root] = words[child];
        root = child;
    }
    words[root] = word;
}

static void heapsort(uint32_t *words, uint32_t count) {
    for (uint32_t root = count / 2; root > 0; root -= 1) sift(words, root - 1, count);
    for (uint32_t end = count - 1; end > 0; end -= 1) {
        swap(&words[0], &words[end]);
        sift(words, 0, end);
    }
}

static void sort_records(void) {
    for (uint32_t index = 1; index < RECORD_COUNT; index += 1) {
        record moved = records[index];
        uint32_t place = index;
        for (; place > 0 && records[place - 1].key > moved.key; place -= 1) {
            records[place] = records[place - 1];
        }
        records[place] = moved;
    }
}

static uint32_t checked(uint32_t sum) {
    for (uint32_t index = 1; index < COUNT; index += 1) {
        if (values[index - 1] > values[index]) return 0xDEAD;
    }
    for (uint32_t index = 0; index < COUNT; index += 61) sum = mixed(sum, values[index]);
    return sum;
}

static void fill(generator *source) {
    for (uint32_t index = 0; index < COUNT; index += 1) values[index] = next(source);
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {4};
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        fill(&source);
        quicksort(values, COUNT);
        sum = checked(sum);
        fill(&source);
        heapsort(values, COUNT);
        sum = checked(sum);
        for (uint32_t index = 0; index < RECORD_COUNT; index += 1) {
            uint32_t word = next(&source);
            records[index] = (record){(uint16_t)(word >> 16), (uint16_t)index, word};
        }
        sort_records();
        sum = mixed(sum, records[RECORD_COUNT / 2].payload);
    }
    return sum;
}
