# Completion of @PROGRAM@ for fish. To use it now:    @PROGRAM@ completion fish | source
# always:    @PROGRAM@ completion fish >~/.config/fish/completions/@PROGRAM@.fish

function __@PROGRAM@_complete
	set -l words (commandline -opc)
	set -l word (commandline -ct)
	set -l answer ($words[1] @COMMAND@ $words[2..-1] "$word" 2>/dev/null)
	set -l directive (string replace : '' -- $answer[-1])
	for line in $answer[1..-2]
		# Word and description are separated by a tabulator, as fish wants them.
		echo $line
	end
	if test -n "$directive"; and test (math "floor($directive / 4) % 2") = 0
		set -l value (string replace -r '^--[^=]*=' '' -- $word)
		set -l kept (string replace -r '^(--[^=]*=)?.*' '$1' -- $word)
		for file in (__fish_complete_path $value)
			echo $kept$file
		end
	end
end

complete -c @PROGRAM@ -f -a '(__@PROGRAM@_complete)'
