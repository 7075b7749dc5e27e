/*
 * A process of a scenario, with a real kernel under it: does what its script says. The script is a file that begins with #!
 * and the path of this program; Puppet.java writes it, and says what its words mean.
 *
 * Lines: `run` begins what the next run does, and all after it unless there is another `run`; `on N` what is done at signal
 * N, 0 for the start; any other is a move, after `if FILE` or `unless FILE` where it depends on a file. Files are in $DIR.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_LINES 200
#define MOST_SEQUENCES 65
#define BROKEN 99

static char text[1 << 14];
static char *lines[MOST_LINES];
static int line_count;
/* The line that each sequence goes on with, 0 for none, and when; by the signal that began it. */
static int at[MOST_SEQUENCES];
static long long due[MOST_SEQUENCES];
static char **arguments;
static sigset_t handled;

static void broken(const char *what)
{
	dprintf(2, "puppet %s: cannot %s\n", arguments[1], what);
	_exit(BROKEN);
}

static long long now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static char *path_of(const char *file)
{
	static char path[4096];
	const char *directory = getenv("DIR");
	snprintf(path, sizeof path, "%s/%s", directory ? directory : ".", file);
	return path;
}

/* The rest of a line that begins with a word, or NULL. */
static char *after(char *line, const char *word)
{
	size_t length = strlen(word);
	if (strncmp(line, word, length) != 0 || (line[length] != ' ' && line[length] != '\0'))
		return NULL;
	return line[length] == ' ' ? line + length + 1 : line + length;
}

static void read_script(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size = file < 0 ? -1 : read(file, text, sizeof text - 1);
	if (size < 0)
		broken("read its script");
	close(file);
	for (char *line = strtok(text, "\n"); line && line_count < MOST_LINES; line = strtok(NULL, "\n"))
		lines[line_count++] = line;
}

/* Counts this run, and gives its number from 1 on. */
static int this_run(const char *path)
{
	char name[4096], count[16] = "";
	snprintf(name, sizeof name, "%s.runs", path);
	int file = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (file < 0 || read(file, count, sizeof count - 1) < 0)
		broken("count its runs");
	int run = atoi(count) + 1;
	if (pwrite(file, count, (size_t)snprintf(count, sizeof count, "%d", run), 0) < 0)
		broken("count its runs");
	close(file);
	return run;
}

/* Finds what this run does, and takes on the signals that it handles. */
static void choose_run(const char *path)
{
	int runs = 0, begin = 0, end = line_count;
	for (int i = 0; i < line_count; i++)
		runs += after(lines[i], "run") != NULL;
	int wanted = runs > 1 ? this_run(path) : 1;
	for (int i = 0, run = 0; i < line_count; i++) {
		if (after(lines[i], "run") == NULL)
			continue;
		run++;
		if (run == wanted || (run == runs && run < wanted))
			begin = i + 1;
		else if (begin > 0 && end == line_count)
			end = i;
	}
	line_count = end;
	sigemptyset(&handled);
	for (int i = begin; i < line_count; i++) {
		char *number = after(lines[i], "on");
		if (number != NULL && atoi(number) > 0)
			sigaddset(&handled, atoi(number));
	}
	sigprocmask(SIG_BLOCK, &handled, NULL);
	/* What stands before the section is not looked at again. */
	for (int i = 0; i < begin; i++)
		lines[i] = "";
}

static void begin_sequence(int signal)
{
	for (int i = 0; i < line_count && at[signal] == 0; i++) {
		char *number = after(lines[i], "on");
		if (number != NULL && atoi(number) == signal)
			at[signal] = i + 1;
	}
	due[signal] = now_ms();
}

/* Puts $* and $NAME in. */
static void say(const char *words)
{
	char said[4096];
	size_t n = 0;
	while (*words && n < sizeof said - 2) {
		if (*words != '$') {
			said[n++] = *words++;
			continue;
		}
		words++;
		if (*words == '*') {
			words++;
			for (char **argument = arguments + 2; *argument; argument++)
				n += (size_t)snprintf(said + n, sizeof said - n - 1, argument[1] ? "%s " : "%s", *argument);
			continue;
		}
		size_t length = strspn(words, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
		char name[64] = "";
		strncat(name, words, length < sizeof name ? length : sizeof name - 1);
		words += length;
		const char *value = getenv(name);
		n += (size_t)snprintf(said + n, sizeof said - n - 1, "%s", value ? value : "");
	}
	said[n++] = '\n';
	if (write(1, said, n) < 0)
		broken("say something");
}

static void say_ready_to_socket(void)
{
	const char *name = getenv("NOTIFY_SOCKET");
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (name == NULL)
		broken("find NOTIFY_SOCKET");
	strncpy(address.sun_path, name, sizeof address.sun_path - 1);
	socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name));
	if (name[0] == '@')
		address.sun_path[0] = '\0';
	int from = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (sendto(from, "STATUS=well\nREADY=1", 19, 0, (struct sockaddr *)&address, length) < 0)
		broken("notify");
	close(from);
}

static void accept_connections(void)
{
	int on = 1;
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(getenv("PORT")))};
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 8) < 0)
		broken("listen");
}

static void touch(const char *file)
{
	int made = open(path_of(file), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	if (made < 0 || futimens(made, NULL) < 0)
		broken("make a file");
	close(made);
}

static void come_ready(char *how)
{
	char *rest;
	if ((rest = after(how, "fd")) != NULL) {
		if (write(atoi(rest), "\n", 1) < 0)
			broken("write to its descriptor");
		close(atoi(rest));
	} else if ((rest = after(how, "file")) != NULL) {
		touch(rest);
	} else if (after(how, "tcp") != NULL) {
		accept_connections();
	} else {
		say_ready_to_socket();
	}
}

static void become(const char *name)
{
	sigprocmask(SIG_UNBLOCK, &handled, NULL);
	char *words[] = {path_of(name), NULL};
	execv(words[0], words);
	broken("execute another");
}

static void make_process(const char *name, int leaves)
{
	pid_t child = fork();
	if (child < 0)
		broken("fork");
	if (child > 0) {
		if (leaves)
			waitpid(child, NULL, 0);
		return;
	}
	if (leaves) {
		setsid();
		if (fork() != 0)
			_exit(0);
	}
	become(name);
}

static void die(int signal)
{
	sigset_t only;
	struct sigaction byDefault = {.sa_handler = SIG_DFL};
	sigaction(signal, &byDefault, NULL);
	sigemptyset(&only);
	sigaddset(&only, signal);
	raise(signal);
	sigprocmask(SIG_UNBLOCK, &only, NULL);
}

/* Makes a move; milliseconds until the next one. */
static long move(char *line)
{
	char *rest;
	int if_there = after(line, "if") != NULL;
	if (if_there || after(line, "unless") != NULL) {
		char *file = strchr(line, ' ') + 1;
		char *verb = strchr(file, ' ');
		*verb = '\0';
		int there = access(path_of(file), F_OK) == 0;
		*verb = ' ';
		if (there != if_there)
			return 0;
		line = verb + 1;
	}
	if ((rest = after(line, "pause")) != NULL)
		return atol(rest);
	else if ((rest = after(line, "ready")) != NULL)
		come_ready(rest);
	else if ((rest = after(line, "say")) != NULL)
		say(rest);
	else if ((rest = after(line, "touch")) != NULL)
		touch(rest);
	else if ((rest = after(line, "delete")) != NULL)
		unlink(path_of(rest));
	else if ((rest = after(line, "exit")) != NULL)
		_exit(atoi(rest));
	else if ((rest = after(line, "die")) != NULL)
		die(atoi(rest));
	else if ((rest = after(line, "fork")) != NULL)
		make_process(rest, 0);
	else if ((rest = after(line, "daemon")) != NULL)
		make_process(rest, 1);
	else
		broken(line);
	return 0;
}

static void go_on(int sequence)
{
	while (at[sequence] > 0 && due[sequence] <= now_ms()) {
		char *line = at[sequence] < line_count ? lines[at[sequence]] : "on";
		if (after(line, "on") != NULL || after(line, "run") != NULL) {
			at[sequence] = 0;
			return;
		}
		at[sequence]++;
		due[sequence] += move(line);
	}
}

int main(int argc, char **argv)
{
	arguments = argv;
	if (argc < 2)
		return BROKEN;
	read_script(argv[1]);
	choose_run(argv[1]);
	begin_sequence(0);
	for (;;) {
		long long next = -1;
		for (int i = 0; i < MOST_SEQUENCES; i++) {
			go_on(i);
			if (at[i] > 0 && (next < 0 || due[i] < next))
				next = due[i];
		}
		long long wait = next < 0 ? 3600 * 1000 : next - now_ms();
		wait = wait < 0 ? 0 : wait;
		struct timespec timeout = {.tv_sec = wait / 1000, .tv_nsec = wait % 1000 * 1000000};
		int signal = sigtimedwait(&handled, NULL, &timeout);
		if (signal > 0)
			begin_sequence(signal);
	}
}
