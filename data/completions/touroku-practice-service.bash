# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion of touroku-practice-service

_touroku_practice_service()
{
  local cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local options='--help --version --folder= --port= --port-file= --fault= --crl-entries= --review-after= --review-denies=
    --make-anew'
  COMPREPLY=()
  # "=" is a word of its own.
  [[ $cur != = ]] || cur=
  [[ $previous != = ]] || previous=${COMP_WORDS[COMP_CWORD - 2]}

  case $previous in
    --folder)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$cur")
      ;;
    --port-file)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      ;;
    --fault)
      compopt -o nospace 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -W 'drop-answer slow= not-json too-large status-500 unknown-code= missing-fields
        without= unknown-state session-expired' -- "$cur")
      ;;
    --port | --crl-entries | --review-after | --review-denies) ;;
    *)
      if [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
        [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2>/dev/null
      elif ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W 'help' -- "$cur")
      fi
      ;;
  esac
}

complete -F _touroku_practice_service touroku-practice-service
