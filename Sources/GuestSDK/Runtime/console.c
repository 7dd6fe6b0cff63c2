// Text for the log, a line at a time: one call to the host costs far more than a byte stored.
#include "machine.h"
#include <string.h>

enum { LINE_BYTE_COUNT_MAX = 256, UTF8_BYTE_COUNT_MAX = 4 };

static char line[LINE_BYTE_COUNT_MAX];
static uint32_t line_count;

void tandem_flush_console(void) {
    if (line_count == 0) return;
    tandem_machine_print(TANDEM_STANDARD_OUTPUT, line, line_count);
    line_count = 0;
}

// Swift's `print` comes through here, a byte at a time.
int putchar(int character) {
    uint8_t byte = (uint8_t)character;
    bool continues = (byte & 0xC0) == 0x80;
    // SP1 refuses text cut inside a character, so a long line is cut before one.
    bool full = line_count >= LINE_BYTE_COUNT_MAX - UTF8_BYTE_COUNT_MAX && !continues;
    if (full || line_count == LINE_BYTE_COUNT_MAX) tandem_flush_console();
    line[line_count] = (char)byte;
    line_count += 1;
    if (byte == '\n') tandem_flush_console();
    return byte;
}

void tandem_print(const char *text) {
    for (; *text != 0; text += 1) putchar(*text);
}
