// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "oracle.h"

extern int LINUX_KERNEL_VERSION __kconfig;
extern bool CONFIG_BPF_SYSCALL __kconfig __weak;
extern enum libbpf_tristate CONFIG_IKCONFIG __kconfig __weak;
extern char CONFIG_DEFAULT_HOSTNAME[16] __kconfig __weak;
extern unsigned long CONFIG_HZ __kconfig __weak;
extern short CONFIG_LOG_BUF_SHIFT __kconfig __weak;
extern char CONFIG_NO_SUCH_THING __kconfig __weak;

SEC("raw_tp/sys_enter")
int configuration(void *ctx)
{
	sink = LINUX_KERNEL_VERSION + CONFIG_BPF_SYSCALL + CONFIG_IKCONFIG + CONFIG_HZ + CONFIG_LOG_BUF_SHIFT + CONFIG_NO_SUCH_THING;
	return CONFIG_DEFAULT_HOSTNAME[sink & 7];
}
