// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Lists the files that processes have open. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include <gadget/common.h>
#include <gadget/filesystem.h>
#include <gadget/filter.h>
#include <gadget/iter_task.h>
#include <gadget/macros.h>
#include <gadget/types.h>

#define FILE_NAME_SIZE 256
#define MODE_TYPE 0170000

enum file_type {
	REGULAR,
	SOCKET,
	PIPE,
	BPF_MAP,
	DIRECTORY,
	CHAR_DEV,
	BLOCK_DEV,
	SYMLINK,
	OTHER,
};

struct gadget_file {
	gadget_mntns_id mntns_id;
	char comm[TASK_COMM_LEN];
	gadget_pid pid;
	gadget_tid tid;
	__u32 fd;
	enum file_type type_raw;
	char path[FILE_NAME_SIZE];
	__u64 inode;
	gadget_file_flags flags_raw;
};

/* Bit n: files of type n. */
const volatile __u32 file_type_mask = (1 << REGULAR) | (1 << DIRECTORY);
GADGET_PARAM(file_type_mask);

const volatile bool paths = false;
GADGET_PARAM(paths);

GADGET_ITER(files, gadget_file, ig_snap_file);

/* Five hundred bytes are too much for a stack beside the path's; a run of the iterator is not interrupted by another on its processor. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct gadget_file);
} scratch SEC(".maps");

static __always_inline enum file_type type_of(umode_t mode)
{
	switch (mode & MODE_TYPE) {
	case 0100000:
		return REGULAR;
	case 0140000:
		return SOCKET;
	case 0010000:
		return PIPE;
	case 0040000:
		return DIRECTORY;
	case 0020000:
		return CHAR_DEV;
	case 0060000:
		return BLOCK_DEV;
	case 0120000:
		return SYMLINK;
	default:
		return OTHER;
	}
}

static __always_inline void fill_name(struct gadget_file *entry, struct file *file)
{
	struct dentry *dentry = file->f_path.dentry;
	void *text = 0;

	entry->path[0] = '\0';
	if (paths)
		text = get_path_str(&file->f_path);
	else if (dentry)
		text = (void *)dentry->d_name.name;
	if (text)
		bpf_probe_read_kernel_str(entry->path, sizeof(entry->path), text);
}

SEC("iter/task_file")
int ig_snap_file(struct bpf_iter__task_file *ctx)
{
	struct task_struct *task = ctx->task;
	struct file *file = ctx->file;
	struct gadget_file *entry;
	enum file_type type;
	__u32 zero = 0;

	if (!task || !file)
		return 0;
	type = type_of(file->f_inode->i_mode);
	if (!(file_type_mask & (1 << type)))
		return 0;
	if (jig_should_discard_task(task))
		return 0;
	entry = bpf_map_lookup_elem(&scratch, &zero);
	if (!entry)
		return 0;
	__builtin_memset(entry->path, 0, sizeof(entry->path));
	entry->mntns_id = task->nsproxy->mnt_ns->ns.inum;
	jig_copy_comm(entry->comm, task);
	entry->pid = task->tgid;
	entry->tid = task->pid;
	entry->fd = ctx->fd;
	entry->type_raw = type;
	fill_name(entry, file);
	entry->inode = file->f_inode->i_ino;
	entry->flags_raw = file->f_flags;
	bpf_seq_write(ctx->meta->seq, entry, sizeof(*entry));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
