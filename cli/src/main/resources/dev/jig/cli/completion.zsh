#compdef @PROGRAM@
# Completion of @PROGRAM@ for zsh. To use it now:    source <(@PROGRAM@ completion zsh)
# always:    @PROGRAM@ completion zsh >"${fpath[1]}/_@PROGRAM@"

_@PROGRAM@() {
	local -a answer candidates options
	local line directive program=${(Q)words[1]}
	program=${program/#\~/$HOME}
	answer=("${(@f)$("$program" @COMMAND@ "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
	directive=${answer[-1]#:}
	for line in "${(@)answer[1,-2]}"; do
		# A colon ends the word and begins the description.
		candidates+=("${${line%%$'\t'*}//:/\\:}${${(M)line%$'\t'*}:+:${line#*$'\t'}}")
	done
	if (( directive & 2 )); then
		options=(-S '')
	fi
	if (( ${#candidates} )); then
		_describe -V 'completions' candidates "${options[@]}"
	elif (( ! (directive & 4) )); then
		# Only the part behind --flag= is the name of a file.
		compset -P '*='
		_files
	fi
}

if [ "${funcstack[1]}" = "_@PROGRAM@" ]; then
	_@PROGRAM@
else
	compdef _@PROGRAM@ @PROGRAM@
fi
