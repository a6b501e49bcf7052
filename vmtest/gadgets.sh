# Runs gadgets while something happens that they are to tell of. ig: the program; ACTIVITY: activity.c, compiled; DISK: what
# may be written to; OPTIONS: of this kernel; ONLY: gadgets, all by default. For each gadget, tells what became of it:
#   GADGET<tab>runs|cannot|silent<tab>JOB RANK KIND, …<tab>the error, or an event
# and then what ig check foresees of all, asking this kernel, a file with its answers, or its types and options:
#   foreseen<tab>here|machine|files<tab>JSON
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
work=$(mktemp -d)
cd "$work" || exit 1
mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null
mount -t bpf bpf /sys/fs/bpf 2>/dev/null
if [ ! -e /sys/fs/cgroup/cgroup.controllers ] && [ ! -d /sys/fs/cgroup/memory ]; then
	mount -t cgroup2 cgroup2 /sys/fs/cgroup
	echo "+memory +cpu" >/sys/fs/cgroup/cgroup.subtree_control
fi
"$ACTIVITY" lo
TRIES=${TRIES:-100}

# a control group with a limit: group CONTROLLER FILE-V2 FILE-V1 VALUE
group() {
	if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
		group=/sys/fs/cgroup/jig-matrix
		file=$2
	else
		group=/sys/fs/cgroup/$1/jig-matrix
		file=$3
	fi
	mkdir -p "$group" && echo "$4" >"$group/$file"
}

exhaust_memory() {
	group memory memory.max memory.limit_in_bytes 31457280
	sh -c "echo \$\$ >$group/cgroup.procs; exec tail /dev/zero" >/dev/null 2>&1
	rmdir "$group"
}

throttle() {
	group cpu cpu.max cpu.cfs_quota_us 20000
	sh -c "echo \$\$ >$group/cgroup.procs; exec timeout 1 sh -c 'while :; do :; done'"
	sleep 0.1
	rmdir "$group"
}

link_anew() {
	rm -f "$work/matrix-link"
	ln -s target "$work/matrix-link"
}

# The program's arguments are told apart by blanks. gadget NAME FLAGS SIGN ACTION...
gadget() {
	name=$1
	flags=$2
	sign=$3
	shift 3
	case " ${ONLY:-$name} " in *" $name "*) ;; *) return ;; esac
	: >out
	: >err
	"$ig" run "$name" -v $flags >out 2>err &
	pid=$!
	state=silent
	tries=0
	while [ $tries -lt "$TRIES" ]; do
		tries=$((tries + 1))
		"$@" >/dev/null 2>&1
		if grep -q -e "$sign" out; then
			state=runs
			break
		fi
		kill -0 $pid 2>/dev/null || break
		sleep 0.3
	done
	kill -INT $pid 2>/dev/null
	(sleep 30 && kill -KILL $pid) 2>/dev/null &
	watch=$!
	wait $pid
	code=$?
	kill $watch 2>/dev/null
	# It may have ended by itself, with its last words unread.
	if [ $state = silent ] && grep -q -e "$sign" out; then
		state=runs
	fi
	if [ $state = silent ] && [ $code != 0 ]; then
		state=cannot
	fi
	hooks=$(sed -n 's/.*job \\"\([^"]*\)\\": chose \([0-9]*\) \([^ "]*\).*/\1 \2 \3/p' err | sort -u | tr '\n' ',' | sed 's/,$//; s/,/, /g')
	if [ $state = runs ]; then
		said=$(grep -e "$sign" out | head -n 1 | cut -c 1-300)
	else
		said=$({
			grep -v 'level=\(debug\|info\)' err
			head -n 1 out
			# what a crashed virtual machine of Java says
			grep -A 1 -e 'SIG[A-Z]* (' -e 'Problematic frame' out
		} | tr '\n' ' ' | cut -c 1-1500)
	fi
	printf '%s\t%s\t%s\t%s\n' "$name" $state "$hooks" "$said"
}

# What is built at the first start is no matter of gadgets.
"$ig" version >/dev/null || exit 1
uname -r
json="-o json"
gadget trace_open "$json" '"fname":"/etc/hostname"' cat /etc/hostname
gadget trace_exec "$json" 'hello' /bin/echo hello
gadget trace_signal "$json" SIGUSR1 sh -c 'kill -USR1 $$'
gadget trace_oomkill "$json" '"tcomm":"tail"\|"tpid":[1-9]' exhaust_memory
gadget trace_link "$json" matrix-link link_anew
gadget trace_lsm "$json" '"tracepoint":"' ls
gadget trace_tcp "$json" '"type":"connect"' "$ACTIVITY" tcp
gadget trace_bind "$json" '"comm":"activity"' "$ACTIVITY" bind
gadget trace_capabilities "$json" 'SYS_ADMIN' "$ACTIVITY" hostname
gadget trace_malloc "$json" 'malloc' "$ACTIVITY" malloc
gadget fdpass "$json" '/dev/null"' "$ACTIVITY" fdpass
gadget top_file "$json --map-fetch-interval 200ms" 'matrix-file' dd if=/dev/zero "of=$work/matrix-file" bs=100 count=3
gadget top_tcp "$json --map-fetch-interval 200ms" '"sent_raw":10000' "$ACTIVITY" tcp
gadget top_blockio "$json --map-fetch-interval 200ms" '"comm":"dd"' dd if=/dev/zero "of=$DISK" bs=4096 count=16 oflag=direct
gadget top_process "$json --interval 500ms --count 2" '"comm":"ig-matrix\|"comm":"sh"' sleep 0.1
gadget top_cpu_throttle "$json --interval 1s" 'jig-matrix' throttle
gadget profile_blockio "--map-fetch-interval 200ms" '|\*' dd if=/dev/zero "of=$DISK" bs=4096 count=16 oflag=direct
gadget profile_tcprtt "--map-fetch-interval 200ms" '|\*' "$ACTIVITY" tcp
gadget profile_cpu "$json" '"comm":"timeout\|"comm":"sh"' timeout 0.3 sh -c 'while :; do :; done'
gadget snapshot_process "$json" '"comm":"sh"' sleep 0.1
gadget snapshot_file "$json" '"comm":"java"\|"path"' sleep 0.1
"$ACTIVITY" listen &
listener=$!
gadget snapshot_socket "$json" '"proto"\|"src"' sleep 0.1
kill $listener

foreseen() {
	way=$1
	shift
	printf 'foreseen\t%s\t%s\n' "$way" "$("$ig" check --all -o json "$@")"
}
foreseen here --save-machine "$work/machine.zip"
foreseen machine --machine "$work/machine.zip"
foreseen files --btf /sys/kernel/btf/vmlinux --kernel "$(uname -r)" --kernel-config "$OPTIONS"
echo done
