# Runs in the virtual machine; JIG is put in front by the test.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TZ=UTC
uname -r
cd /
sh "$JIG/.jig/dist/launch" run trace_open -o json --comm cat --paths 2>/run/open.err >/run/open &
open=$!
sh "$JIG/.jig/dist/launch" run trace_exec -o json --paths --ignore-failed=false 2>/run/exec.err >/run/exec &
exec=$!
JIG_STORE=$STORE sh "$JIG/.jig/dist/launch" run hooks -o json 2>/run/hooks.err >/run/hooks &
hooks=$!
round() {
	{
		cat /etc/hostname /nonexistent
		/bin/echo hello world
		/nonexistent-program
		stat /run
	} >/dev/null 2>&1
}
# An emulated processor may take long to get all going.
for i in $(seq 100); do
	round
	sleep 1
	kill -0 $open $exec $hooks || break
	grep -q nonexistent-program /run/exec && grep -q '"/nonexistent"' /run/open &&
		[ "$(sort -u /run/hooks | grep -c hook_raw)" = 7 ] && break
done
# Programs are attached one after another: only what is done behind the first output is seen by all of them.
round
# Not SIGINT: a shell lets its background processes ignore that.
kill -TERM $open $exec $hooks
wait
sed 's/^/open /' /run/open
sed 's/^/exec /' /run/exec
sed 's/^/hooks /' /run/hooks
tail -n 1 /run/open.err /run/exec.err
cat /run/hooks.err
