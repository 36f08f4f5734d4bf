#!/usr/bin/python3
"""Without a Japanese font the window is full of boxes, which cannot say why: the terminal says it, once, with the package. With
one it says nothing."""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import wait
from job_steps import SHOTS, TOUROKU, Program

WORDS = 'fonts-noto-cjk'
CONFIGURATION = '''<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>'''


def latin_folder():
    """Where a font without Japanese is; GTK's packages bring one."""
    fonts = subprocess.run(['fc-list', ':family=DejaVu Sans', 'file'], capture_output=True, text=True, check=True).stdout
    return os.path.dirname(fonts.split(':')[0].strip())


def start(folder, name, environment):
    """What it said on standard error once it stands still."""
    path = os.path.join(folder, name)
    script = 'exec "$0" --practice 2>"$1"'
    program = Program(['sh', '-c', script, TOUROKU, path], SHOTS, environment)
    program.focus_is(id='construction_radio', seconds=30)
    program.shot(name)
    if environment:
        wait(lambda: WORDS in open(path, encoding='utf-8').read(), 10, 'the word of the font')
    assert program.close() == 0
    with open(path, encoding='utf-8') as file:
        return file.read()


def main():
    if not latin_folder():
        print('no font without Japanese is installed')
        return 77
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'fonts.conf')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(CONFIGURATION % (latin_folder(), folder))
        said = start(folder, 'without', {'FONTCONFIG_FILE': path})
        assert said.count(WORDS) == 1, said
        assert 'font' not in start(folder, 'with', {})
    return 0


if __name__ == '__main__':
    sys.exit(main())
