// SwiftPM wants a source file. What the header declares comes from the sanitizer's library.
#include "CFuzzer.h"
