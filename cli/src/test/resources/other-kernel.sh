# Runs in the virtual machine; JIG is put in front by the test.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TZ=UTC
uname -r
cd /
sh "$JIG/.jig/dist/launch" run trace_open -o json --comm cat --paths 2>/run/open.err >/run/open &
open=$!
sh "$JIG/.jig/dist/launch" run trace_exec -o json --paths --ignore-failed=false 2>/run/exec.err >/run/exec &
exec=$!
# An emulated processor may take long to get both going.
for i in $(seq 100); do
	{
		cat /etc/hostname /nonexistent
		/bin/echo hello world
		/nonexistent-program
		sleep 1
	} >/dev/null 2>&1
	grep -q nonexistent-program /run/exec && grep -q '"/nonexistent"' /run/open && break
done
kill -INT $open $exec
wait
sed 's/^/open /' /run/open
sed 's/^/exec /' /run/exec
tail -n 1 /run/open.err /run/exec.err
