#!/usr/bin/python3
"""A program that is installed in part: the window comes, says what is missing and what to install, and goes on once it is there."""
import os
import shutil
import sys
import tempfile

from driver import Program, STATE, text_of
from job_steps import BUILD, SHOTS, TOUROKU, close_error, keys, sees_error, wait_for_time

PARTS = ('src/app/touroku', 'src/app/touroku-backend.so', 'src/card-agent/touroku-card-agent', 'src/card-agent/touroku-slot-view.so',
         'src/practice/touroku-practice-service', 'src/practice/module/touroku-practice-card.so', 'data/opensc.conf',
         'data/gschemas.compiled', 'data/card-profiles', 'po')
PRACTICE = {'src/practice/touroku-practice-service', 'src/practice/module/touroku-practice-card.so'}


class Installation:
    """The parts of the build folder in a folder of their own, from which some may be taken."""

    def __init__(self, folder):
        self.folder = folder
        for part in PARTS:
            self.put(part)

    def put(self, part):
        path = os.path.join(self.folder, part)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.symlink(os.path.join(BUILD, part), path)

    def take(self, part):
        os.unlink(os.path.join(self.folder, part))

    def open(self, *arguments):
        os.environ.pop('GSETTINGS_SCHEMA_DIR', None)
        return Program([TOUROKU, *arguments], SHOTS, {'TOUROKU_BUILD_DIR': self.folder})


def says_missing(program, part, name):
    if part in PRACTICE:
        sees_error(program, '19999', name, '練習に必要なもの')
        package = 'touroku-practice'
    else:
        sees_error(program, '19999', name, 'Touroku の一部')
        package = 'touroku'
    remedy = text_of(program.find(id='error_remedy_label', state=STATE.VISIBLE))
    assert 'apt install --reinstall %s' % package in remedy, remedy
    close_error(program)


def practises(installation, folder):
    """Said at once in practice, again when it is asked for, and no more when it is there."""
    service = 'src/practice/touroku-practice-service'
    installation.take(service)
    program = installation.open('--practice', '--practice-folder', folder + '/practice')
    try:
        says_missing(program, service, 'practice-at-start')
        installation.put(service)
        for part in (part for part in PARTS if part not in ('src/app/touroku', 'po')):
            installation.take(part)
            program.focus_is(id='construction_radio', seconds=30)
            keys('alt+r')
            says_missing(program, part, os.path.basename(part))
            installation.put(part)
        program.focus_is(id='construction_radio', seconds=30)
        keys('alt+r')
        wait_for_time(program)
        assert program.close() == 0
    except BaseException:
        program.shot('failure')
        program.process.kill()
        raise


def works(installation):
    """At work practice is missed when it is wanted, and the window stays."""
    module = 'src/practice/module/touroku-practice-card.so'
    installation.take(module)
    program = installation.open()
    try:
        program.focus_is(id='open_profile_button', seconds=30)
        program.press(program.find(id='practice_button'))
        says_missing(program, module, 'practice-from-work')
        program.find(id='open_profile_button')
        installation.put(module)
        installation.take('src/app/touroku-backend.so')
        keys('ctrl+comma')
        says_missing(program, 'src/app/touroku-backend.so', 'preferences')
        assert program.close() == 0
    except BaseException:
        program.shot('failure')
        program.process.kill()
        raise


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as where:
        practises(Installation(where + '/parts'), where)
        shutil.rmtree(where + '/parts')
        works(Installation(where + '/parts'))
