// Signal contexts and MAP_STACK are not in POSIX.
#define _GNU_SOURCE

#include "code.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

// Room for the frames of signal handlers: the kernel's own part is up to 12 KiB on processors with
// wide registers, and the handler below needs little.
enum { STACK_BYTE_COUNT = 256 << 10, PAGE_BYTE_COUNT = 4096 };

// Offsets are written into generated code.
_Static_assert(offsetof(tandem_context, host_stack) == 128, "layout");
_Static_assert(offsetof(tandem_context, fault_address) == 168, "layout");
_Static_assert(sizeof(tandem_context) <= PAGE_BYTE_COUNT, "the context fits its page");

// The context that runs on this thread. Read in the handler of a fault, on the same thread.
static _Thread_local tandem_context *volatile running;

tandem_context *tandem_context_create(void) {
    // A page that nothing may touch, the stack, and the context on top.
    char *start = mmap(NULL, STACK_BYTE_COUNT + 2 * PAGE_BYTE_COUNT, PROT_NONE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED) return NULL;
    if (mprotect(start + PAGE_BYTE_COUNT, STACK_BYTE_COUNT + PAGE_BYTE_COUNT,
                 PROT_READ | PROT_WRITE) != 0) {
        munmap(start, STACK_BYTE_COUNT + 2 * PAGE_BYTE_COUNT);
        return NULL;
    }
    return (tandem_context *)(start + PAGE_BYTE_COUNT + STACK_BYTE_COUNT);
}

void tandem_context_destroy(tandem_context *context) {
    munmap((char *)context - STACK_BYTE_COUNT - PAGE_BYTE_COUNT,
           STACK_BYTE_COUNT + 2 * PAGE_BYTE_COUNT);
}

void tandem_context_run(tandem_context *context, const void *entry) {
    running = context;
    ((void (*)(tandem_context *))entry)(context);
    running = NULL;
}

#if defined(__x86_64__) && defined(__linux__)

static struct sigaction previous[2];

static struct sigaction *previous_of(int signal) {
    return &previous[signal == SIGSEGV ? 0 : 1];
}

// Passes a fault that is not the guest's on: to the handler before this one, or to the system, by
// letting the access happen again without a handler.
static void pass_on(int number, siginfo_t *information, void *state) {
    struct sigaction *before = previous_of(number);
    if (before->sa_flags & SA_SIGINFO) {
        before->sa_sigaction(number, information, state);
    } else if (before->sa_handler != SIG_DFL && before->sa_handler != SIG_IGN) {
        before->sa_handler(number);
    } else {
        signal(number, SIG_DFL);
    }
}

static void fault(int number, siginfo_t *information, void *state) {
    tandem_context *context = running;
    greg_t *registers = ((ucontext_t *)state)->uc_mcontext.gregs;
    uint64_t place = (uint64_t)registers[REG_RIP];
    if (context == NULL || place < context->code_start || place >= context->code_end) {
        pass_on(number, information, state);
        return;
    }
    context->fault_address = place;
    registers[REG_RIP] = (greg_t)context->fault_exit;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int catch_error;

static void install(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = fault;
    // On the alternative stack where the thread has one: the handler may be passed the overflow of
    // an ordinary stack.
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGSEGV, &action, previous_of(SIGSEGV)) != 0 ||
        sigaction(SIGBUS, &action, previous_of(SIGBUS)) != 0)
        catch_error = errno;
}

int tandem_catch_faults(void) {
    int error = pthread_once(&once, install);
    return error != 0 ? error : catch_error;
}

int tandem_can_run_code(void) {
    if (!__builtin_cpu_supports("bmi2")) return 0;
    void *page = mmap(NULL, PAGE_BYTE_COUNT, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) return 0;
    int is_allowed = mprotect(page, PAGE_BYTE_COUNT, PROT_READ | PROT_EXEC) == 0;
    munmap(page, PAGE_BYTE_COUNT);
    return is_allowed;
}

#else

int tandem_catch_faults(void) { return ENOSYS; }

int tandem_can_run_code(void) { return 0; }

#endif
