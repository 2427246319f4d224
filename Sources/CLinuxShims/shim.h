// System calls that glibc does not wrap, or that Swift cannot call because they are variadic.
// Nothing here has a policy: flags in, the kernel's answer and errno out.
#pragma once
#include <linux/openat2.h>
#include <linux/magic.h>
#include <malloc.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

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

// memfd_create(2): a file that has no name and lives in memory, closed on exec.
static inline int linux_memory_file(const char *name) { return (int)syscall(SYS_memfd_create, name, 1u /* MFD_CLOEXEC */); }
