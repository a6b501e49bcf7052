// SPDX-License-Identifier: Apache-2.0
/* Does what gadgets are to tell of: activity tcp|bind|listen|fdpass|malloc|hostname|lo. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int bound(struct sockaddr_in *address)
{
	socklen_t length = sizeof(*address);
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	memset(address, 0, sizeof(*address));
	address->sin_family = AF_INET;
	address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(listener, (struct sockaddr *)address, length) || listen(listener, 8))
		return -1;
	getsockname(listener, (struct sockaddr *)address, &length);
	return listener;
}

static int talk(void)
{
	struct sockaddr_in address;
	char bytes[1000] = {};
	int listener = bound(&address);
	int client = socket(AF_INET, SOCK_STREAM, 0), accepted;

	if (listener < 0 || connect(client, (struct sockaddr *)&address, sizeof(address)))
		return 1;
	accepted = accept(listener, 0, 0);
	for (int i = 0; i < 10; i++) {
		if (send(client, bytes, sizeof(bytes), 0) < 0 || recv(accepted, bytes, sizeof(bytes), MSG_WAITALL) < 0)
			return 1;
	}
	close(client);
	close(accepted);
	return 0;
}

static int pass(void)
{
	int ends[2], passed = open("/dev/null", O_RDONLY);
	char control[CMSG_SPACE(sizeof(passed))] = {}, data = 'x';
	struct iovec vector = { &data, 1 };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control,
				  .msg_controllen = sizeof(control) };
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(passed));
	memcpy(CMSG_DATA(header), &passed, sizeof(passed));
	return sendmsg(ends[0], &message, 0) < 0;
}

static int allocate(void)
{
	for (int i = 1; i < 100; i++) {
		char *volatile memory = malloc(i * 100);

		if (!memory)
			return 1;
		free(memory);
	}
	return 0;
}

static int rename_host(void)
{
	char name[256] = {};

	return gethostname(name, sizeof(name) - 1) || sethostname(name, strlen(name));
}

static int start_loopback(void)
{
	struct ifreq request = { .ifr_flags = IFF_UP | IFF_RUNNING };

	strcpy(request.ifr_name, "lo");
	return ioctl(socket(AF_INET, SOCK_DGRAM, 0), SIOCSIFFLAGS, &request);
}

int main(int count, char **arguments)
{
	struct sockaddr_in address;
	const char *what = count > 1 ? arguments[1] : "";

	if (!strcmp(what, "tcp"))
		return talk();
	if (!strcmp(what, "bind"))
		return bound(&address) < 0;
	if (!strcmp(what, "listen"))
		return bound(&address) < 0 || sleep(120);
	if (!strcmp(what, "fdpass"))
		return pass();
	if (!strcmp(what, "malloc"))
		return allocate();
	if (!strcmp(what, "hostname"))
		return rename_host();
	if (!strcmp(what, "lo"))
		return start_loopback();
	return 2;
}
