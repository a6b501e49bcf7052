/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The hooks, in the order of their numbers; what can be imitated, at a tracepoint or by system calls. */
#ifndef TRACE_LSM_HOOKS_H
#define TRACE_LSM_HOOKS_H

#define LSM_HOOKS(X) \
	X(binder_set_context_mgr) X(binder_transaction) X(binder_transfer_binder) X(binder_transfer_file) \
	X(ptrace_access_check) X(ptrace_traceme) X(capget) X(capset) X(capable) X(quotactl) X(quota_on) X(syslog) \
	X(settime) X(vm_enough_memory) X(bprm_creds_for_exec) X(bprm_creds_from_file) X(bprm_check_security) \
	X(bprm_committing_creds) X(bprm_committed_creds) X(fs_context_dup) X(fs_context_parse_param) \
	X(sb_alloc_security) X(sb_delete) X(sb_free_security) X(sb_free_mnt_opts) X(sb_eat_lsm_opts) \
	X(sb_mnt_opts_compat) X(sb_remount) X(sb_kern_mount) X(sb_show_options) X(sb_statfs) X(sb_mount) X(sb_umount) \
	X(sb_pivotroot) X(sb_set_mnt_opts) X(sb_clone_mnt_opts) X(move_mount) X(dentry_init_security) \
	X(dentry_create_files_as) X(path_notify) X(inode_alloc_security) X(inode_free_security) \
	X(inode_init_security) X(inode_init_security_anon) X(inode_create) X(inode_link) X(inode_unlink) \
	X(inode_symlink) X(inode_mkdir) X(inode_rmdir) X(inode_mknod) X(inode_rename) X(inode_readlink) \
	X(inode_follow_link) X(inode_permission) X(inode_setattr) X(inode_getattr) X(inode_setxattr) \
	X(inode_post_setxattr) X(inode_getxattr) X(inode_listxattr) X(inode_removexattr) X(inode_need_killpriv) \
	X(inode_killpriv) X(inode_getsecurity) X(inode_setsecurity) X(inode_listsecurity) X(inode_getsecid) \
	X(inode_copy_up) X(inode_copy_up_xattr) X(kernfs_init_security) X(file_permission) X(file_alloc_security) \
	X(file_free_security) X(file_ioctl) X(mmap_addr) X(mmap_file) X(file_mprotect) X(file_lock) X(file_fcntl) \
	X(file_set_fowner) X(file_send_sigiotask) X(file_receive) X(file_open) X(task_alloc) X(task_free) \
	X(cred_alloc_blank) X(cred_free) X(cred_prepare) X(cred_transfer) X(cred_getsecid) X(kernel_act_as) \
	X(kernel_create_files_as) X(kernel_module_request) X(kernel_load_data) X(kernel_post_load_data) \
	X(kernel_read_file) X(kernel_post_read_file) X(task_fix_setuid) X(task_fix_setgid) X(task_setpgid) \
	X(task_getpgid) X(task_getsid) X(task_getsecid_obj) X(task_setnice) X(task_setioprio) X(task_getioprio) \
	X(task_prlimit) X(task_setrlimit) X(task_setscheduler) X(task_getscheduler) X(task_movememory) X(task_kill) \
	X(task_prctl) X(task_to_inode) X(ipc_permission) X(ipc_getsecid) X(msg_msg_alloc_security) \
	X(msg_msg_free_security) X(msg_queue_alloc_security) X(msg_queue_free_security) X(msg_queue_associate) \
	X(msg_queue_msgctl) X(msg_queue_msgsnd) X(msg_queue_msgrcv) X(shm_alloc_security) X(shm_free_security) \
	X(shm_associate) X(shm_shmctl) X(shm_shmat) X(sem_alloc_security) X(sem_free_security) X(sem_associate) \
	X(sem_semctl) X(sem_semop) X(netlink_send) X(d_instantiate) X(getprocattr) X(setprocattr) X(ismaclabel) \
	X(secid_to_secctx) X(secctx_to_secid) X(release_secctx) X(inode_invalidate_secctx) X(inode_notifysecctx) \
	X(inode_setsecctx) X(inode_getsecctx)

/* Imitated by system calls. */
#define LSM_HOOKS_BY_CALL(X) \
	X(ptrace_access_check) X(ptrace_traceme) X(capget) X(capset) X(quotactl) X(quota_on) X(syslog) X(settime) \
	X(vm_enough_memory) X(bprm_creds_for_exec) X(bprm_creds_from_file) X(bprm_check_security) \
	X(fs_context_parse_param) X(sb_remount) X(sb_kern_mount) X(sb_statfs) X(sb_mount) X(sb_umount) \
	X(sb_pivotroot) X(move_mount) X(path_notify) X(inode_init_security_anon) X(inode_create) X(inode_link) \
	X(inode_unlink) X(inode_symlink) X(inode_mkdir) X(inode_rmdir) X(inode_mknod) X(inode_rename) \
	X(inode_readlink) X(inode_setattr) X(inode_getattr) X(inode_setxattr) X(inode_post_setxattr) \
	X(inode_getxattr) X(inode_listxattr) X(inode_removexattr) X(file_permission) X(file_alloc_security) \
	X(file_ioctl) X(mmap_addr) X(mmap_file) X(file_mprotect) X(file_lock) X(file_fcntl) X(file_set_fowner) \
	X(file_receive) X(file_open) X(kernel_load_data) X(kernel_read_file) X(task_fix_setuid) X(task_fix_setgid) \
	X(task_setpgid) X(task_getpgid) X(task_getsid) X(task_setnice) X(task_setioprio) X(task_getioprio) \
	X(task_prlimit) X(task_setrlimit) X(task_setscheduler) X(task_getscheduler) X(task_movememory) X(task_kill) \
	X(task_prctl) X(ipc_permission) X(msg_msg_alloc_security) X(msg_msg_free_security) \
	X(msg_queue_alloc_security) X(msg_queue_free_security) X(msg_queue_associate) X(msg_queue_msgctl) \
	X(msg_queue_msgsnd) X(msg_queue_msgrcv) X(shm_alloc_security) X(shm_free_security) X(shm_associate) \
	X(shm_shmctl) X(shm_shmat) X(sem_alloc_security) X(sem_free_security) X(sem_associate) X(sem_semctl) \
	X(sem_semop) X(netlink_send)

#endif
