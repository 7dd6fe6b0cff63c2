// What the native programs share: their argument, their answer, and the time between.
#ifndef NATIVE_H
#define NATIVE_H

#define _POSIX_C_SOURCE 199309L

#include "request.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void require(int holds, const char *what) {
    if (holds) return;
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static void read_request(void *request, size_t size, int count, char **arguments) {
    require(count == 2 && strlen(arguments[1]) == 2 * size, "the argument is not a request");
    for (size_t index = 0; index < size; index += 1) {
        char digits[3] = {arguments[1][2 * index], arguments[1][2 * index + 1], 0};
        ((uint8_t *)request)[index] = (uint8_t)strtoul(digits, NULL, 16);
    }
}

static double now(void) {
    struct timespec moment;
    clock_gettime(CLOCK_MONOTONIC, &moment);
    return (double)moment.tv_sec + (double)moment.tv_nsec / 1e9;
}

static void answer(const uint8_t *bytes, size_t count, double seconds) {
    for (size_t index = 0; index < count; index += 1) printf("%02x", bytes[index]);
    printf(" %.9f\n", seconds);
}

#endif
