// Sorting and searching of items of any size by functions that compare them, as qsort and bsearch
// do: calls through pointers, and copies of a few bytes.
#include "suite.h"
#include <string.h>

enum { NUMBER_COUNT = 4000, PERSON_COUNT = 1000, NAME_BYTES = 12, ITEM_BYTES_MAX = 64 };

typedef int (*comparison)(const void *left, const void *right);

typedef struct {
    char name[NAME_BYTES];
    int32_t age;
    uint32_t number;
} person;

static int32_t numbers[NUMBER_COUNT];
static person people[PERSON_COUNT];

static void swap(char *left, char *right, size_t item_bytes) {
    char held[ITEM_BYTES_MAX];
    memcpy(held, left, item_bytes);
    memcpy(left, right, item_bytes);
    memcpy(right, held, item_bytes);
}

static void insertion_sort(char *items, size_t count, size_t item_bytes, comparison compare) {
    for (size_t index = 1; index < count; index += 1) {
        char *item = items + index * item_bytes;
        for (; item > items && compare(item, item - item_bytes) < 0; item -= item_bytes) {
            swap(item, item - item_bytes, item_bytes);
        }
    }
}

static void sort(void *first, size_t count, size_t item_bytes, comparison compare) {
    char *items = first;
    while (count > 8) {
        swap(items, items + count / 2 * item_bytes, item_bytes);
        size_t low = 0;
        for (size_t index = 1; index < count; index += 1) {
            if (compare(items + index * item_bytes, items) >= 0) continue;
            low += 1;
            if (low == index) continue;
            swap(items + low * item_bytes, items + index * item_bytes, item_bytes);
        }
        swap(items, items + low * item_bytes, item_bytes);
        sort(items, low, item_bytes, compare);
        items += (low + 1) * item_bytes;
        count -= low + 1;
    }
    insertion_sort(items, count, item_bytes, compare);
}

static const void *find(
    const void *key, const void *first, size_t count, size_t item_bytes, comparison compare) {
    const char *items = first;
    while (count > 0) {
        const char *middle = items + count / 2 * item_bytes;
        int order = compare(key, middle);
        if (order == 0) return middle;
        if (order > 0) items = middle + item_bytes, count -= 1;
        count /= 2;
    }
    return NULL;
}

static int by_value(const void *left, const void *right) {
    int32_t first = *(const int32_t *)left, second = *(const int32_t *)right;
    return (first > second) - (first < second);
}

static int by_name(const void *left, const void *right) {
    const char *first = ((const person *)left)->name, *second = ((const person *)right)->name;
    while (*first != 0 && *first == *second) first += 1, second += 1;
    return (uint8_t)*first - (uint8_t)*second;
}

static int by_age(const void *left, const void *right) {
    const person *first = left, *second = right;
    if (first->age != second->age) return first->age - second->age;
    return (first->number > second->number) - (first->number < second->number);
}

static void fill(generator *source) {
    for (uint32_t index = 0; index < NUMBER_COUNT; index += 1) {
        numbers[index] = (int32_t)next(source);
    }
    for (uint32_t index = 0; index < PERSON_COUNT; index += 1) {
        person *one = &people[index];
        for (int letter = 0; letter < NAME_BYTES - 1; letter += 1) {
            one->name[letter] = (char)('a' + next(source) % 4);
        }
        one->age = (int32_t)(next(source) % 90);
        one->number = index;
    }
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {61};
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        fill(&source);
        sort(numbers, NUMBER_COUNT, sizeof *numbers, by_value);
        for (uint32_t index = 0; index < NUMBER_COUNT; index += 13) {
            const int32_t *found =
                find(&numbers[index], numbers, NUMBER_COUNT, sizeof *numbers, by_value);
            sum = mixed(sum, found == NULL ? 0 : (uint32_t)*found);
        }
        sort(people, PERSON_COUNT, sizeof *people, by_name);
        sum = mixed(sum, people[PERSON_COUNT / 2].number);
        sort(people, PERSON_COUNT, sizeof *people, by_age);
        sum = mixed(sum, people[PERSON_COUNT / 2].number);
    }
    return sum;
}
