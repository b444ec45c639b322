/* Writes down every call that changes or syncs a file below a folder, in the order of their ends.

   LD_PRELOAD=witness.so WITNESS_ROOT=/the/folder WITNESS_LOG=/the/log program ...

   One record a call that succeeded, in native byte order, as tests/road/witness.py reads it:

       u32 kind, u32 length of first name, u32 length of second name, u32 flags,
       u64 offset, u64 length of data; first name, second name, data

   Names are absolute. A mutex holds each call together with its record, and the log is opened
   with O_APPEND, so that threads and forked children keep one order. What these wrappers do not
   see (a call that goes round the C library, a shared writable mapping) would show: the test
   plays the whole log back and compares every byte with the folder that is really there. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN = 1, WRITE, TRUNCATE, SYNC, RENAME, UNLINK, MKDIR, RMDIR, FOREIGN };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static int out = -1;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void before_fork(void) { pthread_mutex_lock(&mutex); }
static void after_fork(void) { pthread_mutex_unlock(&mutex); }

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("WITNESS_ROOT"), *log = getenv("WITNESS_LOG");
  if (!folder || !log || !realpath(folder, root)) return;
  root_length = strlen(root);
  out = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  pthread_atfork(before_fork, after_fork, after_fork);
}

static int is_ours(const char *name) {
  return out >= 0 && !strncmp(name, root, root_length) &&
         (name[root_length] == '/' || !name[root_length]);
}

/* The absolute name of `path` as seen from folder `at`; nothing in it is resolved. */
static void name_path(int at, const char *path, char *name) {
  char folder[PATH_MAX] = "", link[64];
  if (path[0] == '/') {
    snprintf(name, PATH_MAX, "%s", path);
    return;
  }
  if (at == AT_FDCWD) {
    if (!getcwd(folder, sizeof folder)) folder[0] = 0;
  } else {
    snprintf(link, sizeof link, "/proc/self/fd/%d", at);
    ssize_t n = readlink(link, folder, sizeof folder - 1);
    folder[n > 0 ? n : 0] = 0;
  }
  if (snprintf(name, PATH_MAX, "%s/%s", folder, path) >= PATH_MAX) name[0] = 0;
}

static int name_handle(int handle, char *name) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
  ssize_t n = readlink(link, name, PATH_MAX - 1);
  name[n > 0 ? n : 0] = 0;
  return is_ours(name);
}

static void note(uint32_t kind, const char *one, const char *two, uint32_t flags, uint64_t offset,
                 const void *data, uint64_t length) {
  struct { uint32_t kind, one, two, flags; uint64_t offset, length; } head = {
      kind, strlen(one), strlen(two), flags, offset, length};
  struct iovec parts[4] = {{&head, sizeof head}, {(void *)one, head.one},
                           {(void *)two, head.two}, {(void *)data, length}};
  size_t whole = sizeof head + head.one + head.two + length;
  if (syscall(SYS_writev, out, parts, 4) != (ssize_t)whole) {
    fprintf(stderr, "witness: the log can not be written\n");
    abort();
  }
}

/* After a write by position: what lies there now is what was written. */
static void note_written(const char *name, int handle, uint64_t offset, ssize_t length) {
  if (length <= 0) return;
  char *data = malloc(length), path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", handle);
  int reading = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  ssize_t got = reading < 0 ? -1 : syscall(SYS_pread64, reading, data, length, offset);
  if (reading >= 0) syscall(SYS_close, reading);
  if (got == length) note(WRITE, name, "", 0, offset, data, length);
  else note(FOREIGN, name, "a write that could not be read back", 0, offset, "", 0);
  free(data);
}

#define BEGIN \
  char name[PATH_MAX]; \
  int saved; \
  pthread_mutex_lock(&mutex);
#define END \
  saved = errno; \
  pthread_mutex_unlock(&mutex); \
  errno = saved; \
  return result;

static void note_opened(int at, const char *path, int flags, int result) {
  char name[PATH_MAX];
  if (result < 0 || !(flags & (O_CREAT | O_TRUNC | O_DSYNC))) return;
  name_path(at, path, name);
  if (is_ours(name)) note(OPEN, name, "", flags, 0, "", 0);
}

#define OPENS(symbol) \
  int symbol(const char *path, int flags, ...) { \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = va_arg(more, mode_t); \
    va_end(more); \
    pthread_mutex_lock(&mutex); \
    int saved, result = REAL(symbol)(path, flags, mode); \
    saved = errno; \
    note_opened(AT_FDCWD, path, flags, result); \
    pthread_mutex_unlock(&mutex); \
    errno = saved; \
    return result; \
  }
OPENS(open)
OPENS(open64)

#define OPENS_AT(symbol) \
  int symbol(int at, const char *path, int flags, ...) { \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = va_arg(more, mode_t); \
    va_end(more); \
    pthread_mutex_lock(&mutex); \
    int saved, result = REAL(symbol)(at, path, flags, mode); \
    saved = errno; \
    note_opened(at, path, flags, result); \
    pthread_mutex_unlock(&mutex); \
    errno = saved; \
    return result; \
  }
OPENS_AT(openat)
OPENS_AT(openat64)

ssize_t write(int handle, const void *data, size_t length) {
  BEGIN
  ssize_t result = REAL(write)(handle, data, length);
  saved = errno;
  if (result > 0 && name_handle(handle, name))
    note(WRITE, name, "", 0, lseek(handle, 0, SEEK_CUR) - result, data, result);
  errno = saved;
  END
}

#define PWRITES(symbol, kind) \
  ssize_t symbol(int handle, const void *data, size_t length, kind offset) { \
    BEGIN \
    ssize_t result = REAL(symbol)(handle, data, length, offset); \
    saved = errno; \
    if (result > 0 && name_handle(handle, name)) \
      note(WRITE, name, "", 0, offset, data, result); \
    errno = saved; \
    END \
  }
PWRITES(pwrite, off_t)
PWRITES(pwrite64, off64_t)

ssize_t writev(int handle, const struct iovec *parts, int count) {
  BEGIN
  ssize_t result = REAL(writev)(handle, parts, count);
  saved = errno;
  if (result > 0 && name_handle(handle, name))
    note_written(name, handle, lseek(handle, 0, SEEK_CUR) - result, result);
  errno = saved;
  END
}

#define SENDS(symbol, kind) \
  ssize_t symbol(int to, int from, kind *offset, size_t length) { \
    BEGIN \
    ssize_t result = REAL(symbol)(to, from, offset, length); \
    saved = errno; \
    if (result > 0 && name_handle(to, name)) \
      note_written(name, to, lseek(to, 0, SEEK_CUR) - result, result); \
    errno = saved; \
    END \
  }
SENDS(sendfile, off_t)
SENDS(sendfile64, off64_t)

ssize_t copy_file_range(int from, off64_t *skip, int to, off64_t *offset, size_t length,
                        unsigned flags) {
  BEGIN
  ssize_t result = REAL(copy_file_range)(from, skip, to, offset, length, flags);
  saved = errno;
  if (result > 0 && name_handle(to, name))
    note_written(name, to, (offset ? *offset : lseek(to, 0, SEEK_CUR)) - result, result);
  errno = saved;
  END
}

#define CUTS(symbol, kind) \
  int symbol(int handle, kind length) { \
    BEGIN \
    int result = REAL(symbol)(handle, length); \
    saved = errno; \
    if (!result && name_handle(handle, name)) note(TRUNCATE, name, "", 0, length, "", 0); \
    errno = saved; \
    END \
  }
CUTS(ftruncate, off_t)
CUTS(ftruncate64, off64_t)

#define SYNCS(symbol) \
  int symbol(int handle) { \
    BEGIN \
    int result = REAL(symbol)(handle); \
    saved = errno; \
    if (!result && name_handle(handle, name)) note(SYNC, name, "", 0, 0, "", 0); \
    errno = saved; \
    END \
  }
SYNCS(fsync)
SYNCS(fdatasync)

/* Names are taken before the call, for those that go with it. */
#define ONE_NAME(symbol, kind, at, arguments, passed) \
  int symbol arguments { \
    BEGIN \
    int result = REAL(symbol) passed; \
    saved = errno; \
    if (!result) { \
      name_path(at, path, name); \
      if (is_ours(name)) note(kind, name, "", 0, 0, "", 0); \
    } \
    errno = saved; \
    END \
  }
ONE_NAME(unlink, UNLINK, AT_FDCWD, (const char *path), (path))
ONE_NAME(rmdir, RMDIR, AT_FDCWD, (const char *path), (path))
ONE_NAME(mkdir, MKDIR, AT_FDCWD, (const char *path, mode_t mode), (path, mode))
ONE_NAME(mkdirat, MKDIR, at, (int at, const char *path, mode_t mode), (at, path, mode))
ONE_NAME(unlinkat, flags ? RMDIR : UNLINK, at, (int at, const char *path, int flags),
         (at, path, flags))
ONE_NAME(truncate, FOREIGN, AT_FDCWD, (const char *path, off_t length), (path, length))

#define TWO_NAMES(symbol, kind, from, to, arguments, passed) \
  int symbol arguments { \
    char other[PATH_MAX]; \
    BEGIN \
    int result = REAL(symbol) passed; \
    saved = errno; \
    if (!result) { \
      name_path(from, path, name); \
      name_path(to, target, other); \
      if (is_ours(name) || is_ours(other)) note(kind, name, other, 0, 0, "", 0); \
    } \
    errno = saved; \
    END \
  }
TWO_NAMES(rename, RENAME, AT_FDCWD, AT_FDCWD, (const char *path, const char *target),
          (path, target))
TWO_NAMES(renameat, RENAME, from, to, (int from, const char *path, int to, const char *target),
          (from, path, to, target))
TWO_NAMES(link, FOREIGN, AT_FDCWD, AT_FDCWD, (const char *path, const char *target),
          (path, target))
TWO_NAMES(symlink, FOREIGN, AT_FDCWD, AT_FDCWD, (const char *path, const char *target),
          (path, target))
