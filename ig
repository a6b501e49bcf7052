#!/bin/sh
# Runs ig from this checkout. The first time, and after an update, it is built before.
case $0 in
*/*) here=${0%/*} ;;
*) here=. ;;
esac
[ -L "$0" ] && here=$(dirname "$(readlink -f "$0")")

# The commit that is checked out, without starting a process: this file is on the way of every start.
commit=
if [ -r "$here/.git/HEAD" ]; then
	read -r commit <"$here/.git/HEAD"
	case $commit in
	"ref: "*)
		ref=$here/.git/${commit#ref: }
		commit=
		[ -r "$ref" ] && read -r commit <"$ref"
		;;
	esac
fi

built=
[ -r "$here/.jig/dist/commit" ] && read -r built <"$here/.jig/dist/commit"
case ${1:-} in
# Somebody has pressed a key and waits: what is built already has to do.
__complete*) [ -n "$built" ] || exit 1 ;;
*)
	if [ -z "$built" ] || { [ -n "$commit" ] && [ "$built" != "$commit" ]; }; then
		"$here/scripts/package" "$commit" >&2 || exit 1
	fi
	;;
esac

# A daemon, and looking at images (for help and completion too), are other kinds of processes: they have more to do and their own start-up caches.
case ${1:-} in
daemon) . "$here/.jig/dist/launch-daemon" ;;
image | check | __complete*) . "$here/.jig/dist/launch-inspect" ;;
*)
	case " $* " in
	*" --help "* | *" -h "*) . "$here/.jig/dist/launch-inspect" ;;
	*) . "$here/.jig/dist/launch" ;;
	esac
	;;
esac
