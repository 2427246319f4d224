// Starts a child process with limits, Landlock and a system call filter in force before its program runs. Swift may not call fork(2), and
// posix_spawn(3) has no place for these steps. Between fork and exec only async-signal-safe functions are called.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Declared by glibc under _GNU_SOURCE only, which Swift's view of it does not define.
extern int pipe2(int ends[2], int flags);
#ifndef O_PATH
#define O_PATH 010000000
#endif

// Both ends closed on exec.
static inline int spawn_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

// A descriptor that names a path and grants nothing.
static inline int spawn_open_path(const char *path) { return open(path, O_PATH | O_CLOEXEC); }

// Whether a child has exited; it stays to be waited for. True where it is no child.
static inline int spawn_has_exited(pid_t child) {
  siginfo_t info;
  memset(&info, 0, sizeof info);
  return waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_signo == SIGCHLD;
}

// A descriptor that becomes readable when the child exits (Linux 5.3), or -1; closed on exec by its nature.
static inline int spawn_pidfd(pid_t child) { return (int)syscall(434 /* pidfd_open */, child, 0); }

static inline int spawn_is_directory(int file) {
  struct stat status;
  return fstat(file, &status) == 0 && S_ISDIR(status.st_mode);
}

// Nanoseconds of CLOCK_MONOTONIC.
static inline uint64_t spawn_monotonic(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// What lstat(2) says of a path, in types that belong to this module alone.
struct spawn_status {
  int is_file, is_directory;
  uint32_t owner, group;
  int others_write, group_writes;
  int64_t size;
  // Nanoseconds since 1970.
  int64_t modified;
};

// 0, or -1 with errno.
static inline int spawn_examine(const char *path, struct spawn_status *out) {
  struct stat status;
  if (lstat(path, &status) != 0) return -1;
  out->is_file = S_ISREG(status.st_mode);
  out->is_directory = S_ISDIR(status.st_mode);
  out->owner = status.st_uid;
  out->group = status.st_gid;
  out->others_write = (status.st_mode & S_IWOTH) != 0;
  out->group_writes = (status.st_mode & S_IWGRP) != 0;
  out->size = status.st_size;
  out->modified = (int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
  return 0;
}

// A file in memory that holds these bytes and cannot be changed, numbered 3 or above and closed on exec; or -1 with errno.
static inline int spawn_memory_file(const void *bytes, size_t count) {
  int file = (int)syscall(SYS_memfd_create, "bellwether", 3U /* MFD_CLOEXEC | MFD_ALLOW_SEALING */);
  if (file >= 0 && file < 3) {
    int moved = fcntl(file, F_DUPFD_CLOEXEC, 3);
    close(file);
    file = moved;
  }
  if (file < 0) return -1;
  size_t written = 0;
  while (written < count) {
    ssize_t step = write(file, (const char *)bytes + written, count - written);
    if (step < 0 && errno == EINTR) continue;
    if (step <= 0) {
      int reason = errno;
      close(file);
      errno = reason;
      return -1;
    }
    written += (size_t)step;
  }
  lseek(file, 0, SEEK_SET);
  // F_ADD_SEALS: SEAL, SHRINK, GROW, WRITE.
  fcntl(file, 1024 + 9, 0xF);
  return file;
}

// write(2) without SIGPIPE, which is held back in this thread and taken off again, so that the process need not ignore it everywhere.
static inline ssize_t spawn_write(int file, const void *bytes, size_t count) {
  sigset_t pipe_signal, before;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  ssize_t written = write(file, bytes, count);
  int reason = errno;
  if (written < 0 && reason == EPIPE) {
    struct timespec now = {0, 0};
    sigtimedwait(&pipe_signal, NULL, &now);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = reason;
  return written;
}

enum spawn_resource {
  SPAWN_MEMORY = RLIMIT_AS,
  SPAWN_FILES = RLIMIT_NOFILE,
  SPAWN_FILE_SIZE = RLIMIT_FSIZE,
  SPAWN_CORE = RLIMIT_CORE,
  SPAWN_CPU = RLIMIT_CPU,
  SPAWN_PROCESSES = __RLIMIT_NPROC
};

struct spawn_limit {
  int resource;
  uint64_t value;
};

struct spawn_request {
  const char *program;
  char *const *arguments;
  char *const *environment;
  const char *directory;
  // Become 0, 1 and 2; each 3 or above.
  int input, output, errors;
  const struct spawn_limit *limits;
  int limit_count;
  // Landlock ruleset, or -1.
  int ruleset;
  // Deny every socket but AF_UNIX, and leaving the process group.
  int filter;
  // Be ended by the kernel when the thread that called `spawn_confined` ends, with its process or before it.
  int ends_with_thread;
};

// What failed, beside errno.
enum spawn_stage { SPAWN_FORK, SPAWN_TIE, SPAWN_STREAMS, SPAWN_DIRECTORY, SPAWN_LIMITS, SPAWN_LANDLOCK, SPAWN_FILTER, SPAWN_EXEC };

#if defined(__x86_64__)
#define SPAWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define SPAWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

// 1 where this architecture has a system call filter.
static inline int spawn_can_filter(void) {
#ifdef SPAWN_ARCHITECTURE
  return 1;
#else
  return 0;
#endif
}

static inline int spawn_install_filter(void) {
#ifdef SPAWN_ARCHITECTURE
  struct sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SPAWN_ARCHITECTURE, 0, 8),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      // Numbers of the x32 calling convention.
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 6, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_setsid, 5, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_setpgid, 4, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 425 /* io_uring_setup, which opens sockets too */, 3, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
      // The low half of the first argument: an int.
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (EPERM & SECCOMP_RET_DATA)),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog filter = {.len = sizeof program / sizeof program[0], .filter = program};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
#else
  errno = ENOSYS;
  return -1;
#endif
}

// In the child: never returns.
static inline void spawn_run(const struct spawn_request *request, pid_t parent, int report) {
  int stage = SPAWN_TIE;
  if (request->ends_with_thread) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) goto failed;
    // It had ended before this could be asked for: nobody is left to report to.
    if (getppid() != parent) _exit(127);
  }
  stage = SPAWN_STREAMS;
  struct sigaction standard;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setsid();
  umask(077);
  if (dup2(request->input, 0) < 0 || dup2(request->output, 1) < 0 || dup2(request->errors, 2) < 0) goto failed;
  // Everything the daemon has open closes at exec, whatever it forgot; CLOSE_RANGE_CLOEXEC, Linux 5.11.
  syscall(436 /* close_range */, 3, ~0U, 1U << 2);
  stage = SPAWN_DIRECTORY;
  if (chdir(request->directory) != 0) goto failed;
  stage = SPAWN_LIMITS;
  for (int i = 0; i < request->limit_count; i++) {
    struct rlimit limit = {.rlim_cur = request->limits[i].value, .rlim_max = request->limits[i].value};
    if (setrlimit((__rlimit_resource_t)request->limits[i].resource, &limit) != 0) goto failed;
  }
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) goto failed;
  stage = SPAWN_LANDLOCK;
  if (request->ruleset >= 0 && syscall(446 /* landlock_restrict_self */, request->ruleset, 0) != 0) goto failed;
  stage = SPAWN_FILTER;
  if (request->filter && spawn_install_filter() != 0) goto failed;
  stage = SPAWN_EXEC;
  execve(request->program, request->arguments, request->environment);
failed:;
  int what[2] = {stage, errno};
  ssize_t written = write(report, what, sizeof what);
  (void)written;
  _exit(127);
}

// The child's pid; or -1 with *stage and errno set. The child leads a session and a process group of its own.
static inline pid_t spawn_confined(const struct spawn_request *request, int *stage) {
  int report[2];
  *stage = SPAWN_FORK;
  if (spawn_pipe(report) != 0) return -1;
  // No signal handler of the daemon may run in the child before it has its own dispositions.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) spawn_run(request, parent, report[1]);
  int reason = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(report[1]);
  if (child > 0) {
    int what[2];
    ssize_t count;
    do count = read(report[0], what, sizeof what);
    while (count < 0 && errno == EINTR);
    if (count == (ssize_t)sizeof what) {
      *stage = what[0];
      reason = what[1];
      while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
      child = -1;
    }
  }
  close(report[0]);
  errno = reason;
  return child;
}

// The kernel's Landlock ABI, 0 where it has none.
static inline int spawn_landlock_abi(void) {
  long abi = syscall(444 /* landlock_create_ruleset */, NULL, 0, 1U /* LANDLOCK_CREATE_RULESET_VERSION */);
  return abi < 0 ? 0 : (int)abi;
}

// A ruleset that denies these accesses, or -1. `scoped`: ABI 6.
static inline int spawn_landlock_ruleset(uint64_t accesses, uint64_t scoped) {
  struct {
    uint64_t handled_access_fs, handled_access_net, scoped;
  } attributes = {.handled_access_fs = accesses, .handled_access_net = 0, .scoped = scoped};
  return (int)syscall(444, &attributes, scoped ? sizeof attributes : 8, 0);
}

// Allows accesses at and below an open path.
static inline int spawn_landlock_allow(int ruleset, int path, uint64_t accesses) {
  struct landlock_path_beneath_attr rule = {.allowed_access = accesses, .parent_fd = path};
  return (int)syscall(445 /* landlock_add_rule */, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}
