/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Paths of files, put together from directory entries and mounts. vmlinux.h and libbpf's headers come first. */
#ifndef JIG_GADGET_FILESYSTEM_H
#define JIG_GADGET_FILESYSTEM_H

#define MAX_PERCPU_BUFSIZE (1 << 15)
#define GADGET_PATH_MAX 512
#ifndef PATH_MAX
#define PATH_MAX 4096
#endif
#define MAX_STR_FILTER_SIZE 16
#define MAX_BIN_PATH_SIZE 256
#define FILE_MAGIC_HDR_SIZE 32
#define FILE_MAGIC_MASK 31
#define NET_SEQ_OPS_SIZE 4
#define NET_SEQ_OPS_TYPES 6
#define MAX_KSYM_NAME_SIZE 64
#define UPROBE_MAGIC_NUMBER 20220829
#define ARGS_BUF_SIZE 32000
#define SEND_META_SIZE 24
#define MAX_MEM_DUMP_SIZE 127
#define MAX_PATH_COMPONENTS 80

enum buf_idx_e { STRING_BUF_IDX, MAX_BUFFERS };

typedef struct simple_buf {
	u8 buf[MAX_PERCPU_BUFSIZE];
} buf_t;

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, MAX_BUFFERS);
	__type(key, u32);
	__type(value, buf_t);
} bufs SEC(".maps");

static __always_inline buf_t *get_buf(int index)
{
	return bpf_map_lookup_elem(&bufs, &index);
}

static __always_inline struct mount *real_mount(struct vfsmount *mnt)
{
	return (struct mount *)((void *)mnt - bpf_core_field_offset(struct mount, mnt));
}

static __always_inline struct dentry *get_mnt_root_ptr_from_vfsmnt(struct vfsmount *mnt)
{
	return BPF_CORE_READ(mnt, mnt_root);
}

static __always_inline struct dentry *get_d_parent_ptr_from_dentry(struct dentry *dentry)
{
	return BPF_CORE_READ(dentry, d_parent);
}

static __always_inline struct qstr get_d_name_from_dentry(struct dentry *dentry)
{
	return BPF_CORE_READ(dentry, d_name);
}

/* The path is built from right to left in the lower half; the upper half is slack for the verifier's bounds. */
#define JIG_PATH_HALF (MAX_PERCPU_BUFSIZE >> 1)

/*
 * Where the path begins so far is kept behind the halves. In a register the verifier would track another range of it on
 * each way through the loop, and follow them all: five paths in one program were too many.
 */
#define JIG_PATH_START (MAX_PERCPU_BUFSIZE - sizeof(u64))

/* Puts a slash and the name of `dentry` in front of offset `at`; the new offset, or 0 when nothing fits. */
static __always_inline u32 jig_prepend_name(buf_t *buf, u32 at, struct dentry *dentry)
{
	struct qstr name = get_d_name_from_dentry(dentry);
	u32 length = (name.len + 1) & (PATH_MAX - 1);
	u32 start = at - length;
	long copied;

	if (start > at)
		return 0;
	copied = bpf_probe_read_kernel_str(&buf->buf[start & (JIG_PATH_HALF - 1)], length, name.name);
	if (copied <= 1)
		return 0;
	/* What follows is the next component: its slash takes the place of this one's NUL. */
	buf->buf[(at - 1) & (JIG_PATH_HALF - 1)] = '/';
	return at - copied;
}

/*
 * The absolute path, from the top of the mount tree, in a buffer that belongs to this processor until the program ends;
 * NULL if there is none. A file without path, a memfd for instance, has the name of its entry.
 */
static __noinline void *get_path_str(const struct path *path)
{
	struct path start;
	struct dentry *dentry, *mount_root, *parent;
	struct vfsmount *vfsmnt;
	struct mount *mnt, *mnt_parent;
	buf_t *buf = get_buf(STRING_BUF_IDX);
	volatile u32 *first;
	u32 at;
	u8 slash = '/', nul = 0;

	if (!buf)
		return 0;
	first = (volatile u32 *)&buf->buf[JIG_PATH_START];
	*first = JIG_PATH_HALF;
	bpf_probe_read_kernel(&start, sizeof(start), path);
	dentry = start.dentry;
	vfsmnt = start.mnt;
	mnt = real_mount(vfsmnt);
	mnt_parent = BPF_CORE_READ(mnt, mnt_parent);

	for (int i = 0; i < MAX_PATH_COMPONENTS; i++) {
		mount_root = get_mnt_root_ptr_from_vfsmnt(vfsmnt);
		parent = get_d_parent_ptr_from_dentry(dentry);
		if (dentry == mount_root) {
			if (mnt == mnt_parent)
				break; /* the top of the tree */
			dentry = BPF_CORE_READ(mnt, mnt_mountpoint);
			mnt = mnt_parent;
			mnt_parent = BPF_CORE_READ(mnt, mnt_parent);
			vfsmnt = (void *)mnt + bpf_core_field_offset(struct mount, mnt);
			continue;
		}
		if (dentry == parent)
			break; /* detached */
		u32 before = jig_prepend_name(buf, *first, dentry);
		if (!before)
			break;
		*first = before;
		dentry = parent;
	}

	at = *first;
	if (at == JIG_PATH_HALF) {
		struct qstr name = get_d_name_from_dentry(dentry);

		bpf_probe_read_kernel_str(&buf->buf[0], PATH_MAX, name.name);
		return &buf->buf[0];
	}
	at -= 1;
	bpf_probe_read_kernel(&buf->buf[at & (JIG_PATH_HALF - 1)], 1, &slash);
	bpf_probe_read_kernel(&buf->buf[JIG_PATH_HALF - 1], 1, &nul);
	return &buf->buf[at & (JIG_PATH_HALF - 1)];
}

/* The file behind a descriptor of the current task, or NULL. */
static __always_inline struct file *get_struct_file_for_fd(int fd)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct fdtable *table = BPF_CORE_READ(task, files, fdt);
	struct file **slots;
	struct file *file = 0;

	if (fd < 0 || fd >= (int)BPF_CORE_READ(table, max_fds))
		return 0;
	slots = BPF_CORE_READ(table, fd);
	bpf_probe_read_kernel(&file, sizeof(file), &slots[fd]);
	return file;
}

/* Writes the path behind a descriptor; its length with the NUL, or a negative number. */
static __always_inline long read_full_path_of_open_file_fd(int fd, char *buf, size_t length)
{
	struct file *file = get_struct_file_for_fd(fd);
	void *path;

	if (!file)
		return -1;
	path = get_path_str(&file->f_path);
	if (!path)
		return -1;
	return bpf_probe_read_kernel_str(buf, length, path);
}

#endif
