# Completion of @PROGRAM@ for bash. To use it now:    source <(@PROGRAM@ completion bash)
# always:    @PROGRAM@ completion bash >/etc/bash_completion.d/@PROGRAM@

__@PROGRAM@_complete() {
	local line=${COMP_LINE:0:COMP_POINT} words word answer directive kept
	read -ra words <<<"$line"
	# Behind a blank a new word begins.
	case $line in
	*[[:blank:]]) words+=("") ;;
	esac
	word=${words[${#words[@]} - 1]}
	answer=$("${words[0]/#\~/$HOME}" @COMMAND@ "${words[@]:1}" 2>/dev/null) || return
	directive=${answer##*:}
	COMPREPLY=()
	# The shell replaces only what stands behind the last = or : of the word.
	kept=${word%"${word##*[=:]}"}
	while IFS=$'\t' read -r answer _; do
		case $answer in
		:*) ;;
		"$kept"*) COMPREPLY+=("${answer#"$kept"}") ;;
		esac
	done <<<"$answer"
	if ((directive & 2)); then
		compopt -o nospace 2>/dev/null
	fi
	if ! ((directive & 4)); then
		compopt -o filenames 2>/dev/null
		while read -r answer; do
			COMPREPLY+=("$answer")
		done < <(compgen -f -- "${word##*[=:]}")
	fi
}

complete -F __@PROGRAM@_complete @PROGRAM@
