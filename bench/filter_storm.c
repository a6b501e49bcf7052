/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opens a file many times, every hundredth time with file descriptor 100.
 *
 *   storm COUNT
 *
 * Prints nanoseconds for each open (the closing included).
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <sys/prctl.h>

#define FIRST 3
#define MARKED 100

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static double storm(long count)
{
	double start = now();

	for (long i = 0; i < count; i++)
		close(open("/etc/hostname", O_RDONLY | O_CLOEXEC));
	return now() - start;
}

int main(int argc, char **argv)
{
	if (argc != 2)
		return 2;
	prctl(PR_SET_NAME, "storm");
	long count = atol(argv[1]);
	double seconds = storm(count - count / 100);

	/* With all descriptors below it taken, the next file gets this one. */
	for (int fd = FIRST; fd < MARKED; fd++)
		dup2(0, fd);
	seconds += storm(count / 100);
	printf("%.1f\n", seconds * 1e9 / count);
	return 0;
}
