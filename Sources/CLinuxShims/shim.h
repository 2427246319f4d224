// System calls that glibc does not wrap, or that Swift cannot call because they are variadic.
// Nothing here has a policy: flags in, the kernel's answer and errno out.
#pragma once
#include <linux/openat2.h>
#include <linux/magic.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <sys/vfs.h>
#include <unistd.h>

// Starts a detached thread that blocks every signal: they are for those who ask for them, and a thread that blocks none would swallow them.
// 0, or why there is no thread: EAGAIN where the process may have no more.
static inline int linux_start_thread(void *(*body)(void *), void *context) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t made;
  int failure = pthread_create(&made, NULL, body, context);
  if (!failure) pthread_detach(made);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return failure;
}

// How long a send may wait for a peer that does not read, in seconds. -1 with errno where the socket refuses.
static inline int linux_send_timeout(int socket, long seconds) {
  struct timeval patience = {.tv_sec = seconds, .tv_usec = 0};
  return setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

// openat2(2), Linux 5.6. ENOSYS on older kernels, EPERM under some seccomp filters.
static inline int linux_openat2(int directory, const char *path, uint64_t flags, uint64_t resolve) {
  struct open_how how;
  memset(&how, 0, sizeof how);
  how.flags = flags;
  how.resolve = resolve;
  return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

// getdents64(2): fills the buffer with linux_dirent64 records; 0 at the end.
static inline long linux_getdents64(int directory, void *buffer, unsigned long size) {
  return syscall(SYS_getdents64, directory, buffer, size);
}

// eventfd(2), which does not block and is not inherited.
static inline int linux_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// The f_type of the file system that holds the open file, 0 when it cannot be asked.
static inline uint64_t linux_filesystem_type(int file) {
  struct statfs status;
  return fstatfs(file, &status) == 0 ? (uint64_t)(uint32_t)status.f_type : 0;
}

// The user at the other end of a Unix socket, or -1. glibc hides struct ucred unless _GNU_SOURCE is defined; this is the kernel's layout.
static inline int64_t linux_peer_user(int socket_) {
  struct { int32_t pid; uint32_t uid, gid; } credentials;
  socklen_t size = sizeof credentials;
  return getsockopt(socket_, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 ? (int64_t)credentials.uid : -1;
}

// Gives free heap pages back to the system.
static inline void linux_malloc_trim(void) { malloc_trim(0); }

// How many heaps threads share; for before there are threads.
static inline void linux_limit_arenas(int count) { mallopt(M_ARENA_MAX, count); }

// memfd_create(2): a file that has no name and lives in memory, closed on exec.
static inline int linux_memory_file(const char *name) { return (int)syscall(SYS_memfd_create, name, 1u /* MFD_CLOEXEC */); }

// A note in a file of how the process ends, for the next one to read: where a fatal signal comes, its number is written as one byte at the
// file's beginning, and the signal goes on to whoever had it before (the default action, a debugger's handler). Only async-signal-safe
// calls are made. One file a process; to be called from one module only, since what is static here belongs to whoever includes it.
struct linux_epitaph {
  int file, is_installed;
  struct sigaction before[65];
};

static inline struct linux_epitaph *linux_epitaph(void) {
  static struct linux_epitaph epitaph;
  return &epitaph;
}

static inline void linux_epitaph_write(int number) {
  uint8_t byte = (uint8_t)number;
  ssize_t written = pwrite(linux_epitaph()->file, &byte, 1, 0);
  (void)written;
  sigaction(number, &linux_epitaph()->before[number], NULL);
  // Blocked until this handler returns, then delivered anew.
  raise(number);
}

static inline void linux_leave_epitaph(int file) {
  static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS};
  linux_epitaph()->file = file;
  if (linux_epitaph()->is_installed) return;
  linux_epitaph()->is_installed = 1;
  for (unsigned i = 0; i < sizeof fatal / sizeof fatal[0]; i++) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = linux_epitaph_write;
    // On a stack of its own: the thread's may be what has overflowed.
    action.sa_flags = SA_ONSTACK;
    sigaction(fatal[i], &action, &linux_epitaph()->before[fatal[i]]);
  }
}

// Gives the calling thread a stack for signal handlers, once; it is kept until the process ends.
static inline void linux_alternate_stack(void) {
  static __thread int done;
  if (done) return;
  done = 1;
  stack_t stack;
  memset(&stack, 0, sizeof stack);
  stack.ss_size = 65536;
  stack.ss_sp = mmap(NULL, stack.ss_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (stack.ss_sp != MAP_FAILED) sigaltstack(&stack, NULL);
}

// A timer on the wall clock that never expires within a lifetime, and is readable once the clock was set or the machine woke up. -1 with errno.
static inline int linux_clock_watch_again(int file) {
  struct itimerspec never;
  memset(&never, 0, sizeof never);
  never.it_value.tv_sec = 9000000000;
  uint64_t expirations;
  // ECANCELED: what it is for.
  ssize_t count = read(file, &expirations, sizeof expirations);
  (void)count;
  return timerfd_settime(file, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL);
}

static inline int linux_clock_watch(void) {
  int file = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (file >= 0 && linux_clock_watch_again(file) != 0) {
    close(file);
    return -1;
  }
  return file;
}
