# Completion of @PROGRAM@ for PowerShell. To use it now:    @PROGRAM@ completion powershell | Out-String | Invoke-Expression
# always: add that line to the file that $PROFILE names

Register-ArgumentCompleter -Native -CommandName '@PROGRAM@' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -le $cursorPosition } | ForEach-Object { $_.Extent.Text })
    $program = $words[0]
    $rest = @($words | Select-Object -Skip 1)
    # An empty word is not among the elements.
    if ($wordToComplete -eq '') { $rest += '""' }
    $answer = @(& $program @COMMAND@ @rest 2>$null)
    foreach ($line in $answer) {
        if ($line.StartsWith(':')) { continue }
        $word, $description = $line -split "`t", 2
        if (-not $description) { $description = $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $description)
    }
}
