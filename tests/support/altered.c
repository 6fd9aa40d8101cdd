/* Stands between the program and the machine: another time of day, other names, other places to connect to.
   Preloaded (LD_PRELOAD); what it alters is named by the environment:
   ALTERED_CLOCK  a file that holds the seconds to add to the time of day; the steady clock stays as it is
   ALTERED_NAMES  a file of `name answer answer ...`: the first lookup of a name gets the first answer, and so on,
                  the last one for ever; an answer is addresses joined by commas; other names have no address
   ALTERED_PORT   connections to addresses that are not loopback go to this port of 127.0.0.1
   ALTERED_LOG    a file that every lookup and every connection of the two is added to
   ALTERED_FIXED  a folder in which nothing can be opened for writing, as on a disk that is mounted read-only */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long wound(void) {
    const char *path = getenv("ALTERED_CLOCK");
    char digits[32] = {0};
    int file;
    if (!path || (file = open(path, O_RDONLY | O_CLOEXEC)) < 0) return 0;
    ssize_t length = read(file, digits, sizeof digits - 1);
    close(file);
    return length > 0 ? atol(digits) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, now);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += wound();
    return result;
}

time_t time(time_t *into) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (into) *into = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *into, void *zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    into->tv_sec = now.tv_sec;
    into->tv_usec = now.tv_nsec / 1000;
    return 0;
}

static void note(const char *what, const char *whom) {
    const char *path = getenv("ALTERED_LOG");
    char line[512];
    int file;
    if (!path || (file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) < 0) return;
    int length = snprintf(line, sizeof line, "%s %s\n", what, whom);
    if (write(file, line, length) < 0) abort();
    close(file);
}

/* The answer to this lookup of a name, or nothing. */
static int answer_for(const char *name, char *answer, size_t room) {
    static struct { char name[128]; int times; } seen[64];
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    char line[1024];
    int found = 0, times = 0;
    FILE *file = fopen(getenv("ALTERED_NAMES"), "re");
    if (!file) return 0;
    pthread_mutex_lock(&lock);
    for (int place = 0; place < 64; place++) {
        if (!seen[place].name[0]) snprintf(seen[place].name, sizeof seen[place].name, "%s", name);
        if (!strcmp(seen[place].name, name)) { times = ++seen[place].times; break; }
    }
    pthread_mutex_unlock(&lock);
    while (!found && fgets(line, sizeof line, file)) {
        char *rest = line, *word = strsep(&rest, " \n");
        if (strcmp(word, name)) continue;
        for (int number = 1; (word = strsep(&rest, " \n")) && *word; number++) {
            snprintf(answer, room, "%s", word);
            found = 1;
            if (number == times) break;
        }
    }
    fclose(file);
    return found;
}

typedef int (*lookup)(const char *, const char *, const struct addrinfo *, struct addrinfo **);

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
    static lookup real;
    char answer[512];
    unsigned char bytes[16];
    if (!real) real = (lookup)dlsym(RTLD_NEXT, "getaddrinfo");
    if (!getenv("ALTERED_NAMES") || !name || inet_pton(AF_INET, name, bytes) == 1 || inet_pton(AF_INET6, name, bytes) == 1)
        return real(name, service, hints, found);
    note("lookup", name);
    if (!answer_for(name, answer, sizeof answer)) return EAI_NONAME;
    struct addrinfo **last = found;
    *found = NULL;
    for (char *rest = answer, *word; (word = strsep(&rest, ",")) != NULL;) {
        if (real(word, service, hints, last)) continue;
        while (*last) last = &(*last)->ai_next;
    }
    return *found ? 0 : EAI_NONAME;
}

int connect(int socket, const struct sockaddr *to, socklen_t length) {
    static int (*real)(int, const struct sockaddr *, socklen_t);
    char text[INET6_ADDRSTRLEN + 8] = "?";
    const char *port = getenv("ALTERED_PORT");
    if (!real) real = (int (*)(int, const struct sockaddr *, socklen_t))dlsym(RTLD_NEXT, "connect");
    if (to->sa_family == AF_INET) {
        struct sockaddr_in there = *(const struct sockaddr_in *)to;
        inet_ntop(AF_INET, &there.sin_addr, text, sizeof text);
        note("connect", text);
        if (port && (ntohl(there.sin_addr.s_addr) >> 24) != 127) {
            there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            there.sin_port = htons(atoi(port));
        }
        return real(socket, (struct sockaddr *)&there, sizeof there);
    }
    if (to->sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)to)->sin6_addr, text, sizeof text);
        note("connect", text);
        if (port) {
            errno = ENETUNREACH;
            return -1;
        }
    }
    return real(socket, to, length);
}

/* Whether a path lies where nothing can be written. */
static int is_fixed(const char *path) {
    const char *folder = getenv("ALTERED_FIXED");
    return folder && path && !strncmp(path, folder, strlen(folder));
}

static int opened(const char *name, const char *path, int flags, va_list rest) {
    int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    if (is_fixed(path) && flags & (O_WRONLY | O_RDWR | O_CREAT)) {
        errno = getenv("ALTERED_DENIED") ? EACCES : EROFS;
        return -1;
    }
    return real(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int file = opened("open", path, flags, rest);
    va_end(rest);
    return file;
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int file = opened("open64", path, flags, rest);
    va_end(rest);
    return file;
}
