// A program of much text, for the speed of translation. The text is that of the whole suite, many
// times over, put into MuchText.S by machine_translation.py; none of it runs.
#include "tandem.h"

extern const uint8_t much_text[];

int main(void) {
    // The address is all that is used, so that the linker keeps the text.
    const uint8_t *address = much_text;
    tandem_commit(&address, sizeof address);
    return 0;
}
