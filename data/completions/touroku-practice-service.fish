# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion of touroku-practice-service

complete -c touroku-practice-service -f
complete -c touroku-practice-service -n __fish_is_first_arg -a help -d 'Show how it is called'
complete -c touroku-practice-service -s h -l help -d 'Show how it is called'
complete -c touroku-practice-service -l version -d 'Show the version and end'
complete -c touroku-practice-service -l folder -x -a '(__fish_complete_directories)' -d 'The practice folder'
complete -c touroku-practice-service -l port -x -d 'Listen to this port of 127.0.0.1'
complete -c touroku-practice-service -l port-file -r -F -d 'Write the port into a file'
complete -c touroku-practice-service -l fault -x -a 'drop-answer slow= not-json too-large status-500 unknown-code= missing-fields without= unknown-state session-expired' -d 'Do wrong on demand'
complete -c touroku-practice-service -l crl-entries -x -d 'Make the revocation list longer'
complete -c touroku-practice-service -l review-after -x -d 'Review by itself, after seconds'
complete -c touroku-practice-service -l review-denies -x -d 'Deny, for this reason'
complete -c touroku-practice-service -l make-anew -d 'Throw away what is in the practice folder'
