// The entry for the host: the rounds are the argument, the checksum and the seconds go to standard
// output.
#define _POSIX_C_SOURCE 199309L
#include "../suite.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int count, char **arguments) {
    if (count != 2) return 64;
    uint32_t round_count = (uint32_t)strtoul(arguments[1], NULL, 10);
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    uint32_t sum = suite_run(round_count);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - begin.tv_sec);
    seconds += (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
    printf("%08x %.6f\n", sum, seconds);
    return 0;
}
