#!/usr/bin/python3
"""What the programs are called with is said in three places besides their own --help: the manual pages (English and Japanese)
and the completions of the shells. Each option and each command stands in all of them, and nothing that there is not.

usage: test-called-by-name.py TOUROKU PRACTICE-SERVICE DATA-FOLDER"""
import os
import re
import shutil
import subprocess
import sys

TOUROKU, SERVICE, DATA = sys.argv[1:4]
NAME = 'touroku-practice-service'
COMPLETIONS = os.path.join(DATA, 'completions')
# Of Japanese: the sections' names are no English ones, and groff finds no place to break a line at.
OF_JAPANESE = re.compile(r'first section is not "NAME"|description line outside NAME section|can\'t break line')
faults = []


def run(*argv, **more):
    return subprocess.run(argv, capture_output=True, text=True, timeout=60, **more)


def options_of(text):
    return set(re.findall(r'(?<![\w-])--[a-z][a-z-]*', text))


def help_of(*argv):
    out = run(*argv, '--help')
    assert out.returncode == 0, (argv, out)
    return out.stdout


def called():
    """What each --help says, the truth for all others: {words: options}, the commands."""
    top = help_of(TOUROKU)
    commands = re.findall(r'^  touroku ([a-z]+) ', top, re.M)
    assert commands, top
    said = {('touroku',): options_of(top.partition('\n\n  touroku')[0]), (NAME,): options_of(help_of(SERVICE))}
    for command in commands:
        said[('touroku', command)] = options_of(help_of(TOUROKU, command))
        same = run(TOUROKU, 'help', command)
        assert same.stdout == help_of(TOUROKU, command) and same.returncode == 0, same
    assert run(TOUROKU, 'help').stdout == top
    assert run(SERVICE, 'help').stdout == help_of(SERVICE)
    return said, commands


def check(place, has, wanted):
    if wanted - has:
        faults.append('%s lacks %s' % (place, ' '.join(sorted(wanted - has))))
    if has - wanted:
        faults.append('%s has %s, which --help does not' % (place, ' '.join(sorted(has - wanted))))


def page_text(path):
    """What a reader sees, without what a terminal is told beside it."""
    tool = ['man', '-E', 'UTF-8', '-l', '-Tutf8'] if shutil.which('man') else ['mandoc', '-Tutf8']
    shown = run(*tool, path, env={**os.environ, 'LC_ALL': 'C.UTF-8', 'MANWIDTH': '100'})
    return re.sub(r'.\x08|\x1b\[[0-9;]*m', '', shown.stdout)


def check_page(path, words, wanted, commands):
    options = set()
    for line in open(path, encoding='utf-8'):
        if line.startswith('.') and 'Fl' in line:
            options |= {'--' + name for name in re.findall(r'Fl -([a-z-]+)', line)}
    check(path, options, wanted)
    text = page_text(path)
    missing = [word for word in sorted(wanted | ({*commands} if words == ('touroku',) else set())) if word not in text]
    if missing:
        faults.append('%s, as it is shown, lacks %s' % (path, missing))
    for tool in (['man', '--warnings', '-E', 'UTF-8', '-l', '-Tutf8', '-Z'], ['mandoc', '-Tlint', '-Wwarning']):
        if shutil.which(tool[0]):
            lint(path, tool)
        else:
            print('# %s is not installed: pages are not looked at with it' % tool[0])


def lint(path, tool):
    out = run(*tool, path, env={**os.environ, 'LC_ALL': 'C.UTF-8', 'MANWIDTH': '80'})
    said = out.stderr if tool[0] == 'man' else out.stdout + out.stderr
    faults.extend('%s: %s' % (path, line) for line in said.splitlines() if line and not OF_JAPANESE.search(line))


def complete(*words):
    """What bash offers for the last of WORDS."""
    program = words[0]
    script = '''set -u
. "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
compopt() { :; }
"$(complete -p "$1" | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
printf '%s\\n' "${COMPREPLY[@]}"'''
    out = run('bash', '-c', script, 'bash', os.path.join(COMPLETIONS, program + '.bash'), *words, cwd=DATA)
    assert out.returncode == 0 and not out.stderr, out
    return out.stdout.split()


def check_bash(said, commands):
    for words, wanted in said.items():
        check('bash: %s' % ' '.join(words), {word.rstrip('=') for word in complete(*words, '--')}, wanted)
    for words in (('touroku', ''), ('touroku', 'help', '')):
        missing = {*commands} - {*complete(*words)}
        if missing:
            faults.append('bash does not offer %s after %s' % (missing, words))
    assert complete('touroku', 'ver') == ['verify']
    assert complete(NAME, 'h') == ['help']
    assert complete('touroku', 'verify', '--profile', '=', 'comp') == ['completions'], complete(
        'touroku', 'verify', '--profile', '=', 'comp')
    assert 'drop-answer' in complete(NAME, '--fault', '=', 'dr')


def check_others(said, commands):
    zsh = open(os.path.join(COMPLETIONS, 'touroku.zsh'), encoding='utf-8').read()
    every = set().union(*said.values()) - {'--help'}
    check('zsh', set(re.findall(r'(?<![\w-])--[a-z][a-z-]*', zsh)) - {'--help'}, every)
    for program in ('touroku', NAME):
        fish = open(os.path.join(COMPLETIONS, program + '.fish'), encoding='utf-8').read()
        wanted = set().union(*(options for words, options in said.items() if words[0] == program))
        check('fish: ' + program, {'--' + name for name in re.findall(r'^complete.* -l ([a-z-]+)', fish, re.M)}, wanted)
    for command in commands:
        if not re.search(r'-a %s\b' % command, open(os.path.join(COMPLETIONS, 'touroku.fish'), encoding='utf-8').read()):
            faults.append('fish lacks ' + command)
        if "'%s:" % command not in zsh:
            faults.append('zsh lacks ' + command)


def check_syntax():
    for shell, ending in (('bash', '.bash'), ('zsh', '.zsh'), ('fish', '.fish')):
        if shutil.which(shell) is None:
            print('# %s is not installed: its completion is not read by it' % shell)
            continue
        for name in os.listdir(COMPLETIONS):
            if name.endswith(ending):
                out = run(shell, '-n', os.path.join(COMPLETIONS, name))
                if out.returncode or out.stderr:
                    faults.append('%s: %s' % (name, out.stderr))


def main():
    said, commands = called()
    pages = 0
    for words, wanted in said.items():
        if words == ('touroku', 'help'):
            continue  # part of touroku(1)
        for language in ('', 'ja'):
            check_page(os.path.join(DATA, 'man', language, '-'.join(words) + '.1'), words, wanted, commands)
            pages += 1
    check_bash(said, commands)
    check_others(said, commands)
    check_syntax()
    print('1..1')
    print('%s 1 - %d pages and three shells know %s' % ('not ok' if faults else 'ok', pages, ' '.join(commands)))
    for fault in faults:
        print('# ' + fault)


if __name__ == '__main__':
    main()
