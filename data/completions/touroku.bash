# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion of touroku

_touroku_files()
{
  local IFS=$'\n'
  compopt -o filenames 2>/dev/null
  # shellcheck disable=SC2207  # one name a line
  COMPREPLY+=($(compgen -d -- "$cur") $(compgen -f -X "!*.@($1)" -- "$cur"))
}

_touroku_words()
{
  # shellcheck disable=SC2207  # words without blanks
  COMPREPLY+=($(compgen -W "$1" -- "$cur"))
  # An option that takes a value is gone on with.
  [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2>/dev/null
}

_touroku()
{
  local cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  local shopt_was
  shopt_was=$(shopt -p extglob)
  shopt -s extglob
  COMPREPLY=()
  # "=" is a word of its own.
  [[ $cur != = ]] || cur=
  [[ $previous != = ]] || previous=${COMP_WORDS[COMP_CWORD - 2]}

  case $previous in
    --practice-folder)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$cur")
      $shopt_was
      return
      ;;
    --profile)
      _touroku_files touroku
      $shopt_was
      return
      ;;
  esac
  case $command in
    explain)
      [[ $cur == -* ]] && _touroku_words '--help'
      ;;
    verify)
      if [[ $cur == -* ]]; then _touroku_words '--help --profile='; else _touroku_files 'p7m|p7s'; fi
      ;;
    help)
      if [[ $cur == -* ]]; then
        _touroku_words '--help'
      elif ((COMP_CWORD == 2)); then
        _touroku_words 'explain verify help'
      fi
      ;;
    *)
      if [[ $cur == -* ]]; then
        _touroku_words '--help --practice --practice-folder= --version'
      else
        ((COMP_CWORD > 1)) || _touroku_words 'explain verify help'
        _touroku_files touroku
      fi
      ;;
  esac
  $shopt_was
}

complete -F _touroku touroku
