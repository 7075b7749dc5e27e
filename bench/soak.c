/*
 * Loads one supervisor, as PID 1 of a pid namespace of its own, and measures what that does to it. Prints one line, tab
 * separated. Needs root.
 *
 * usage: soak forks N COMMAND…          COMMAND N times by fork and exec in a bare loop: ms until the last one runs
 *        soak cpu N SECONDS COMMAND…    a supervisor of N services that end at once: starts and its ms of processor time,
 *                                       once their back-off has grown for as long
 *        soak orphans N COMMAND…        one service that makes N orphans: RSS kB before and after, and how many are left
 *        soak control N COMMAND…      one service, killed every so often, N clients asking for its health 10,000 times a
 *                                       second together: how often they were answered, and ms from its end to its
 *                                       next start, median and longest, without them, with them, and while they ask
 *                                       another process, which takes their lines and answers by lines of that length
 */
#define _GNU_SOURCE
#include "harness.h"

enum { MOST_CLIENTS = 10, KILLS = 15, LONGER_THAN_THE_LEAST_PAUSE_US = 1200000, MOST_AHEAD = 64, REQUESTS_PER_MS = 10 };

static const char request[] = "{\"pintle\":1,\"do\":\"health\"}\n";

static void measure_forks(int count, char **command) {
    int64_t before = nanos();
    for (int i = 0; i < count; i++) {
        pid_t child = fork();
        if (child == 0) {
            execv(command[0], command);
            _exit(127);
        }
        services[i] = child;
    }
    supervisor_gone = -1;
    pid_t made[MOST_SERVICES];
    memcpy(made, services, sizeof made);
    await_all_started(count);
    printf("%.3f\n", (last_start - before) / 1e6);
    for (int i = 0; i < count; i++) {
        kill(made[i], SIGKILL);
        waitpid(made[i], NULL, 0);
    }
}

/* Nanoseconds that the supervisor has run for. */
static int64_t run_time(void) {
    char path[64];
    long long nanoseconds = 0;
    snprintf(path, sizeof path, "/proc/%d/schedstat", supervisor);
    FILE *file = fopen(path, "re");
    if (file == NULL || fscanf(file, "%lld", &nanoseconds) != 1) {
        err(1, "cannot read %s", path);
    }
    fclose(file);
    return nanoseconds;
}

static void rest(double seconds) {
    int64_t end = nanos() + (int64_t)(seconds * 1e9);
    while (nanos() < end) {
        usleep(10000);
        while (take_report()) {
        }
    }
}

static void measure_cpu(int count, int seconds, char **command) {
    int64_t took;
    launch(command);
    await_all_started(count);
    rest(seconds);
    int before = starts;
    int64_t used = run_time();
    rest(seconds);
    printf("%d\t%.3f\n", starts - before, (run_time() - used) / 1e6);
    stop(&took);
}

static int count_zombies(void) {
    int zombies = 0;
    DIR *directory = opendir("/proc");
    struct dirent *entry;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        char path[300], other[64], text[512], state = 0;
        if (!isdigit((unsigned char)entry->d_name[0])) {
            continue;
        }
        name_namespace(entry->d_name, other, sizeof other);
        snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
        FILE *file = fopen(path, "re");
        if (file != NULL && fgets(text, sizeof text, file) != NULL && strrchr(text, ')') != NULL) {
            state = strrchr(text, ')')[2];
        }
        if (file != NULL) {
            fclose(file);
        }
        zombies += state == 'Z' && strcmp(other, namespace) == 0;
    }
    closedir(directory);
    return zombies;
}

static void measure_orphans(int count, char **command) {
    char pid[16], number[16];
    int64_t took;
    snprintf(number, sizeof number, "%d", count);
    setenv(ORPHANS_VARIABLE, number, 1);
    launch(command);
    snprintf(pid, sizeof pid, "%d", supervisor);
    /* It tells of its start, and of each tenth of them. */
    await_all_started(2);
    long before = proc_value(pid, "status", "VmRSS:");
    await_all_started(11);
    usleep(SETTLE_US);
    printf("%ld\t%ld\t%d\n", before, proc_value(pid, "status", "VmRSS:"), count_zombies());
    stop(&took);
}

/* Asks so often, or as often as is answered; counts the answers. */
static void ask(const char *path, int per_millisecond, volatile int64_t *answers) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char buffer[65536];
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    int init = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(init, (struct sockaddr *)&address, sizeof address) < 0) {
        err(1, "cannot connect to %s", path);
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int64_t from = nanos(), sent = 0;
    for (;;) {
        int64_t due = (nanos() - from) / 1000000 * per_millisecond;
        for (; sent < due && sent < *answers + MOST_AHEAD; sent++) {
            send(init, request, sizeof request - 1, MSG_NOSIGNAL);
        }
        ssize_t got = recv(init, buffer, sizeof buffer, MSG_DONTWAIT);
        for (ssize_t i = 0; i < got; i++) {
            *answers += buffer[i] == '\n';
        }
        if (got < 0) {
            usleep(500);
        }
    }
}

static int by_size(const void *a, const void *b) {
    double difference = *(const double *)a - *(const double *)b;
    return difference < 0 ? -1 : difference > 0;
}

/* Kills the service time and again; ms until it runs again, median and longest. */
static void measure_restarts(double *median, double *longest) {
    double delays[KILLS];
    for (int i = 0; i < KILLS; i++) {
        rest(LONGER_THAN_THE_LEAST_PAUSE_US / 1e6);
        int so_far = starts;
        int64_t killed = nanos();
        kill(services[(starts - 1) % MOST_SERVICES], SIGKILL);
        await_all_started(so_far + 1);
        delays[i] = (last_start - killed) / 1e6;
    }
    qsort(delays, KILLS, sizeof *delays, by_size);
    *median = delays[KILLS / 2];
    *longest = delays[KILLS - 1];
}

/* Answers each line by one of 64 bytes, as the supervisor's answers about are; nobody waits for long. */
static void answer(int listening) {
    struct pollfd sockets[MOST_CLIENTS + 1] = {{listening, POLLIN, 0}};
    char line[] = "...............................................................\n", buffer[65536];
    int count = 1;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (poll(sockets, count, -1) > 0) {
        if ((sockets[0].revents & POLLIN) && count <= MOST_CLIENTS) {
            sockets[count++] = (struct pollfd){accept(listening, NULL, NULL), POLLIN, 0};
        }
        for (int i = 1; i < count; i++) {
            ssize_t got = sockets[i].revents & POLLIN ? recv(sockets[i].fd, buffer, sizeof buffer, 0) : 0;
            for (ssize_t at = 0; at < got; at++) {
                if (buffer[at] == '\n') {
                    send(sockets[i].fd, line, sizeof line - 1, MSG_NOSIGNAL);
                }
            }
        }
    }
    _exit(0);
}

/* A process that answers at the path. */
static pid_t answering_at(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listening, (struct sockaddr *)&address, sizeof address) < 0 || listen(listening, MOST_CLIENTS) < 0) {
        err(1, "cannot listen at %s", path);
    }
    pid_t child = fork();
    if (child == 0) {
        answer(listening);
    }
    close(listening);
    return child;
}

/* What restarts take while clients ask at the path; how many answers they get in a second. */
static double measure_beside_clients(int count, const char *path, double *median, double *longest) {
    pid_t clients[MOST_CLIENTS];
    int64_t before = 0, after = 0;
    int64_t *answers = mmap(NULL, count * sizeof *answers, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (int i = 0; i < count; i++) {
        clients[i] = fork();
        if (clients[i] == 0) {
            ask(path, REQUESTS_PER_MS / count, answers + i);
        }
    }
    rest(0.5);
    int64_t began_at = nanos();
    for (int i = 0; i < count; i++) {
        before += answers[i];
    }
    measure_restarts(median, longest);
    for (int i = 0; i < count; i++) {
        after += answers[i];
    }
    double seconds = (nanos() - began_at) / 1e9;
    for (int i = 0; i < count; i++) {
        kill(clients[i], SIGKILL);
        waitpid(clients[i], NULL, 0);
    }
    return (after - before) / seconds;
}

static void measure_control(int count, char **command) {
    double alone[2], asked[2], beside[2];
    char other[200];
    int64_t took;
    const char *control = getenv("PINTLE_CONTROL");
    snprintf(other, sizeof other, "%s-other", control);
    count = count < MOST_CLIENTS ? count : MOST_CLIENTS;
    launch(command);
    await_all_started(1);
    measure_restarts(&alone[0], &alone[1]);
    double answered = measure_beside_clients(count, control, &asked[0], &asked[1]);
    pid_t answering = answering_at(other);
    measure_beside_clients(count, other, &beside[0], &beside[1]);
    kill(answering, SIGKILL);
    waitpid(answering, NULL, 0);
    printf("%.0f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\n", answered, alone[0], alone[1], asked[0], asked[1], beside[0],
           beside[1]);
    stop(&took);
}

int main(int argc, char **argv) {
    const char *what = argc > 3 ? argv[1] : "";
    int count = argc > 3 ? atoi(argv[2]) : 0;
    if (count <= 0) {
        errx(2, "usage: soak forks|cpu|orphans|control N [SECONDS] COMMAND…");
    }
    open_reports();
    if (strcmp(what, "forks") == 0 && count <= MOST_SERVICES) {
        measure_forks(count, argv + 3);
    } else if (strcmp(what, "cpu") == 0) {
        measure_cpu(count, atoi(argv[3]), argv + 4);
    } else if (strcmp(what, "orphans") == 0) {
        measure_orphans(count, argv + 3);
    } else if (strcmp(what, "control") == 0) {
        measure_control(count, argv + 3);
    } else {
        errx(2, "no such measurement: %s", what);
    }
    return 0;
}
