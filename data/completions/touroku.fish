# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion of touroku

set -l commands explain verify help
set -l first "not __fish_seen_subcommand_from $commands"

complete -c touroku -f
complete -c touroku -s h -l help -d 'Show how it is called'
complete -c touroku -n "$first" -l version -d 'Show the version and end'
complete -c touroku -n "$first" -l practice -d 'Practise with cards and a service on this machine'
complete -c touroku -n "$first" -l practice-folder -x -a '(__fish_complete_directories)' -d 'Practise with what is kept in a folder'
complete -c touroku -n "$first" -a explain -d 'What an error code means and what to do'
complete -c touroku -n "$first" -a verify -d 'Who signed an application or a receipt, and when'
complete -c touroku -n "$first" -a help -d 'How the program or a command is called'
complete -c touroku -n "$first" -k -a '(__fish_complete_suffix .touroku)'

complete -c touroku -n '__fish_seen_subcommand_from verify' -l profile -r -k -a '(__fish_complete_suffix .touroku)' -d 'The service profile that says whom to trust'
complete -c touroku -n '__fish_seen_subcommand_from verify' -k -a '(__fish_complete_suffix .p7m) (__fish_complete_suffix .p7s)'
complete -c touroku -n '__fish_seen_subcommand_from help' -a "$commands"
