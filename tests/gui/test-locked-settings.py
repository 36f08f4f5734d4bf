#!/usr/bin/python3
"""Settings that an administrator has preset and locked, by the blocks of docs/admin.md: the card software is the one that was
set, what is locked cannot be pressed, and the window says why. Without locks all can be pressed."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from at_work import CARD_MODULE
from driver import STATE, has, keys, wait
from job_steps import JAPANESE, SHOTS, TOUROKU, Program

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'docs', 'admin.md')
WHY = '管理者が設定' if JAPANESE else 'The administrator of this computer has set this'


def block_after(text, path):
    """The block that the page says is the content of PATH."""
    return re.search(r'^`%s`.*?^```\w*\n(.*?)^```' % re.escape(path), text, re.M | re.S)[1]


def make_database(folder, locked):
    """What `dconf update` makes of the two files; gives the profile's path."""
    with open(PAGE, encoding='utf-8') as file:
        page = file.read()
    values = block_after(page, '/etc/dconf/db/local.d/touroku')
    assert '/opt/authority/lib/authority-pkcs11.so' in values
    keyfiles = os.path.join(folder, 'local.d')
    os.makedirs(os.path.join(keyfiles, 'locks'))
    with open(os.path.join(keyfiles, 'touroku'), 'w', encoding='utf-8') as file:
        file.write(values.replace('/opt/authority/lib/authority-pkcs11.so', CARD_MODULE))
    if locked:
        with open(os.path.join(keyfiles, 'locks', 'touroku'), 'w', encoding='utf-8') as file:
            file.write(block_after(page, '/etc/dconf/db/local.d/locks/touroku'))
    database = os.path.join(folder, 'local')
    subprocess.run(['dconf', 'compile', database, keyfiles], check=True)
    profile = os.path.join(folder, 'profile')
    with open(profile, 'w', encoding='utf-8') as file:
        file.write('user-db:user\nfile-db:%s\n' % database)
    return profile


def open_preferences(folder, locked):
    program = Program([TOUROKU], SHOTS, {'GSETTINGS_BACKEND': 'dconf', 'DCONF_PROFILE': make_database(folder, locked)})
    program.focus_is(id='open_profile_button', seconds=30)
    keys('ctrl+comma')
    program.focus_is(id='preferences_close_button', seconds=30)
    program.sees(os.path.basename(CARD_MODULE), 30)
    program.shot('locked' if locked else 'preset')
    return program


def can_press(program, id):
    return has(program.find(id=id), STATE.SENSITIVE)


def main():
    if shutil.which('dconf') is None:
        print('dconf is not installed')
        return 77
    with tempfile.TemporaryDirectory() as folder:
        program = open_preferences(folder, True)
        program.sees(WHY)
        for id in ('module_add_button', 'module_remove_button', 'module_switch'):
            assert not can_press(program, id), id
        assert can_press(program, 'module_look_button')
        keys('Escape')
        assert program.close() == 0
    with tempfile.TemporaryDirectory() as folder:
        program = open_preferences(folder, False)
        program.has_no_text(WHY)
        for id in ('module_add_button', 'module_remove_button', 'module_switch'):
            wait(lambda: can_press(program, id), 10, id)
        keys('Escape')
        assert program.close() == 0
    return 0


if __name__ == '__main__':
    sys.exit(main())
