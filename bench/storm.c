/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opens a file many times: the load of the benchmarks.
 *
 *   storm COUNT RATE
 *
 * RATE is opens a second, 0 for as many as possible. Prints the count, the seconds it took, and nanoseconds for each open
 * (the closing included).
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: storm COUNT RATE\n");
		return 2;
	}
	long count = atol(argv[1]);
	double rate = atof(argv[2]);
	double start = now();

	for (long i = 0; i < count; i++) {
		close(openat(AT_FDCWD, "/etc/hostname", O_RDONLY | O_CLOEXEC));
		if (rate > 0 && (i & 15) == 15)
			while (now() - start < (i + 1) / rate)
				usleep(100);
	}
	double seconds = now() - start;

	printf("%ld %.6f %.1f\n", count, seconds, seconds * 1e9 / count);
	return 0;
}
