#compdef touroku touroku-practice-service
# SPDX-License-Identifier: GPL-3.0-or-later
# zsh completion of touroku and touroku-practice-service

_touroku_window() {
  local -a commands
  commands=(
    'explain:What an error code means and what to do'
    'verify:Who signed an application or a receipt, and when'
    'help:How the program or a command is called'
  )
  _arguments \
    '(- *)'{-h,--help}'[show how it is called]' \
    '(- *)--version[show the version and end]' \
    '--practice[practise with cards and a service on this machine]' \
    '--practice-folder=[practise with what is kept in a folder]:folder:_files -/' \
    '1: :{ _describe command commands; _files -g "*.touroku" }' \
    '*:service profile:_files -g "*.touroku"'
}

_touroku_command() {
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
    explain) _arguments '(- *)'{-h,--help}'[show how it is called]' '1:error code: ' ;;
    verify)
      _arguments \
        '(- *)'{-h,--help}'[show how it is called]' \
        '--profile=[the service profile that says whom to trust]:service profile:_files -g "*.touroku"' \
        '*:signed file:_files -g "*.p7[ms]"'
      ;;
    help) _arguments '(- *)'{-h,--help}'[show how it is called]' '1:command:(explain verify help)' ;;
  esac
}

_touroku_practice_service() {
  _arguments \
    '(- *)'{-h,--help}'[show how it is called]' \
    '(- *)--version[show the version and end]' \
    '--folder=[the practice folder]:folder:_files -/' \
    '--port=[listen to this port of 127.0.0.1]:port: ' \
    '--port-file=[write the port into a file]:file:_files' \
    '*--fault=[do wrong on demand]:fault:(drop-answer slow= not-json too-large status-500 unknown-code= missing-fields without= unknown-state session-expired)' \
    '--crl-entries=[make the revocation list longer]:number: ' \
    '--review-after=[review by itself]:seconds: ' \
    '--review-denies=[deny instead of approving]:reason: ' \
    '--make-anew[throw away what is in the practice folder]' \
    '1:command:(help)'
}

_touroku() {
  if [[ $service == touroku-practice-service ]]; then
    _touroku_practice_service
  elif ((CURRENT > 2)) && [[ $words[2] == (explain|verify|help) ]]; then
    _touroku_command
  else
    _touroku_window
  fi
}

_touroku "$@"
