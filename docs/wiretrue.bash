# Completion of the command's words in bash: source this file, or put it into /usr/share/bash-completion/completions as wiretrue.
# The command itself knows what may stand where; file names are the shell's own.
_wiretrue() {
    local word=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE#* } all='^.'
    [[ $word == -* ]] || all='^[^-]'
    # It also suggests words that only contain what was typed.
    mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$((COMP_POINT - ${#COMP_LINE} + ${#line}))]" "$line" 2>/dev/null)" -- "$word" |
        grep "$all")
}
complete -o default -F _wiretrue wiretrue
