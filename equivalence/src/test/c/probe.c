/*
 * Writes down what a supervisor made of it, then behaves as it is told.
 *
 * usage: probe DIRECTORY NAME BEHAVIOUR [ARGUMENT...]
 *
 * The record of the N-th start is DIRECTORY/NAME.N: lines of `key=value`, where a value's line feeds, backslashes and
 * other control characters are written \xHH. Signals are appended to it as they come.
 * BEHAVIOUR: `wait` for a signal, `slow:MS`: so long after a signal still be there, `ignore` signals, `exit:CODE` at once,
 * `exit:CODE:MS` after so many milliseconds, `kill:SIGNAL` itself, `lines:COUNT`: print so many lines of 100 bytes first.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static char text[1 << 18];
static size_t used;
static int record = -1;
static int ignores;
static long slow_ms;

static void add(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int n = vsnprintf(text + used, sizeof text - used, format, arguments);
	va_end(arguments);
	if (n > 0 && used + (size_t)n < sizeof text)
		used += (size_t)n;
}

static void value(const char *key, const char *v)
{
	add("%s=", key);
	for (; *v; v++) {
		unsigned char c = (unsigned char)*v;
		if (c < ' ' || c == '\\' || c == 127)
			add("\\x%02x", c);
		else
			add("%c", c);
	}
	add("\n");
}

static long long now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void limits(void)
{
	static const struct { int number; const char *name; } all[] = {
		{RLIMIT_CPU, "cpu"}, {RLIMIT_FSIZE, "fsize"}, {RLIMIT_DATA, "data"}, {RLIMIT_STACK, "stack"},
		{RLIMIT_CORE, "core"}, {RLIMIT_RSS, "rss"}, {RLIMIT_NPROC, "nproc"}, {RLIMIT_NOFILE, "nofile"},
		{RLIMIT_MEMLOCK, "memlock"}, {RLIMIT_AS, "as"}, {RLIMIT_LOCKS, "locks"},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct rlimit limit;
		if (getrlimit(all[i].number, &limit) == 0)
			add("limit.%s=%lld:%lld\n", all[i].name, (long long)limit.rlim_cur, (long long)limit.rlim_max);
	}
}

static void identity(void)
{
	uid_t r, e, s;
	gid_t gr, ge, gs;
	getresuid(&r, &e, &s);
	getresgid(&gr, &ge, &gs);
	add("uid=%u %u %u\n", r, e, s);
	add("gid=%u %u %u\n", gr, ge, gs);
	gid_t groups[256];
	int n = getgroups(256, groups);
	/* Whether the effective group is among them makes no difference to any permission. */
	unsigned char seen[1 << 16] = {0};
	for (int i = 0; i < n; i++)
		if (groups[i] < sizeof seen && groups[i] != ge)
			seen[groups[i]] = 1;
	add("groups=");
	for (unsigned g = 0; g < sizeof seen; g++)
		if (seen[g])
			add("%u ", g);
	add("\n");
}

static void descriptors(void)
{
	for (int fd = 0; fd < 256; fd++) {
		char path[64], target[PATH_MAX];
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		ssize_t n = readlink(path, target, sizeof target - 1);
		if (n < 0)
			continue;
		target[n] = 0;
		if (fd > 2) {
			add("fd.%d=%s\n", fd, target);
			continue;
		}
		char *bracket = strchr(target, '[');
		if (fd == 0 && bracket)
			*bracket = 0;
		if (fd == 0)
			add("stdin=%s\n", target);
	}
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			add("closed.%d=yes\n", fd);
}

static void signals(void)
{
	FILE *status = fopen("/proc/self/status", "r");
	char line[256];
	while (status && fgets(line, sizeof line, status)) {
		line[strcspn(line, "\n")] = 0;
		if (strncmp(line, "SigBlk:\t", 8) == 0)
			add("signals.blocked=%s\n", line + 8);
		else if (strncmp(line, "SigIgn:\t", 8) == 0)
			add("signals.ignored=%s\n", line + 8);
		else if (strncmp(line, "NoNewPrivs:\t", 12) == 0)
			add("no_new_privs=%s\n", line + 12);
	}
	if (status)
		fclose(status);
}

static int open_record(const char *directory, const char *name)
{
	for (int n = 1; n < 1000; n++) {
		char path[PATH_MAX];
		snprintf(path, sizeof path, "%s/%s.%d", directory, name, n);
		int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666);
		if (fd >= 0)
			return fd;
		if (errno != EEXIST)
			return -1;
	}
	return -1;
}

static void pause_ms(long ms)
{
	struct timespec t = {ms / 1000, ms % 1000 * 1000000L};
	while (nanosleep(&t, &t) < 0 && errno == EINTR)
		continue;
}

static void end(int code)
{
	char line[80];
	int n = snprintf(line, sizeof line, "ended.at=%lld\n", now_ns());
	if (write(record, line, (size_t)n) < 0)
		_exit(99);
	_exit(code);
}

static void on_signal(int number)
{
	char line[80];
	int n = snprintf(line, sizeof line, "signal=%d\nsignal.at=%lld\n", number, now_ns());
	if (write(record, line, (size_t)n) < 0)
		_exit(99);
	if (number == SIGCONT || number == SIGHUP || ignores)
		return;
	pause_ms(slow_ms);
	end(0);
}

static void print_lines(long count)
{
	for (long i = 0; i < count; i++)
		dprintf(1, "%07ld %091d\n", i, 0);
}

int main(int argc, char **argv)
{
	if (argc < 4)
		return 98;
	/* Opening the record would itself take a descriptor, so they are looked at first. */
	long long start = now_ns();
	descriptors();
	signals();
	struct sigaction action = {.sa_handler = on_signal};
	for (int number = 1; number < 32; number++)
		if (number != SIGCHLD && number != SIGSEGV)
			sigaction(number, &action, NULL);
	add("start=%lld\npid=%d\n", start, getpid());
	for (int i = 0; i < argc; i++)
		value("argv", argv[i]);
	for (char **e = environ; *e; e++)
		value("env", *e);
	char directory[PATH_MAX];
	value("cwd", getcwd(directory, sizeof directory) ? directory : "?");
	mode_t mask = umask(0);
	umask(mask);
	add("umask=%03o\n", mask);
	add("nice=%d\n", getpriority(PRIO_PROCESS, 0));
	add("session.leader=%s\n", getsid(0) == getpid() ? "yes" : "no");
	add("group.leader=%s\n", getpgrp() == getpid() ? "yes" : "no");
	identity();
	limits();
	record = open_record(argv[1], argv[2]);
	if (record < 0 || write(record, text, used) != (ssize_t)used)
		return 97;
	dprintf(1, "stdout of %s\n", argv[2]);
	dprintf(2, "stderr of %s\n", argv[2]);
	int code;
	long ms = 0;
	sscanf(argv[3], "slow:%ld", &slow_ms);
	ignores = strcmp(argv[3], "ignore") == 0;
	if (sscanf(argv[3], "lines:%ld", &ms) == 1)
		print_lines(ms);
	dprintf(record, "ready=yes\n");
	ms = 0;
	if (sscanf(argv[3], "exit:%d:%ld", &code, &ms) >= 1) {
		pause_ms(ms);
		end(code);
	}
	if (sscanf(argv[3], "kill:%d", &code) == 1) {
		signal(code, SIG_DFL);
		raise(code);
	}
	for (;;)
		pause();
}
