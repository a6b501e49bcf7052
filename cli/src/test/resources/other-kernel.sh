# Runs in the virtual machine; JIG is put in front by the test.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TZ=UTC
uname -r
cd /
(
	sleep 16
	cat /etc/hostname /nonexistent
	/bin/echo hello world
	/nonexistent-program
) >/dev/null 2>&1 &
sh "$JIG/.jig/dist/launch" run trace_open -o json -t 22 --comm cat --paths 2>/run/open.err >/run/open &
sh "$JIG/.jig/dist/launch" run trace_exec -o json -t 22 --paths --ignore-failed=false 2>/run/exec.err >/run/exec
wait
sed 's/^/open /' /run/open
sed 's/^/exec /' /run/exec
tail -n 1 /run/open.err /run/exec.err
