// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
// What every oracle program includes: helpers without a vmlinux.h, so that compiling takes no time.
#pragma once
#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#define CORE __attribute__((preserve_access_index))

char LICENSE[] SEC("license") = "GPL";
volatile __u64 sink;
