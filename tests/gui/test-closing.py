#!/usr/bin/python3
"""A window that is closed with a session open signs out first: opened once more meanwhile it is another, which works; and
practice from its menu does the same."""
import os
import sqlite3
import subprocess
import sys

from at_work import run
from driver import Atspi, Program, children
from job_steps import TOUROKU, keys, reach_menu, say, wait


def count_sessions(agency):
    database = sqlite3.connect('file:%s?mode=ro' % os.path.join(agency.folder, 'service.db'), uri=True)
    try:
        return database.execute('SELECT count(*) FROM sessions').fetchone()[0]
    finally:
        database.close()


def opens_again(program, agency):
    reach_menu(program)
    agency.restart('slow=60000@/v1/sessions/current')
    keys('alt+F4')
    program.gone(id='register_button')
    assert program.process.poll() is None, 'it did not wait for the sign-out'
    subprocess.run([TOUROKU], check=True, timeout=60)
    agency.restart()
    reach_menu(program)
    program.shot('opened-again')


def find_practice(program):
    for node in children(Atspi.get_desktop(0)):
        if node.get_name() == 'io.github.touroku.Touroku.Practice' and node.get_process_id() != program.process.pid:
            return node
    return None


def goes_to_practice(program, agency):
    n_sessions = count_sessions(agency)
    keys('F10')
    program.press(program.find(name=say('練習', 'Practise')))
    program.process.wait(60)
    assert program.process.returncode == 0, program.process.returncode
    assert count_sessions(agency) == n_sessions - 1, 'not signed out'
    practice = Program.attach(wait(lambda: find_practice(program), 30, 'practice'), program.shots)
    practice.focus_is(id='construction_radio', seconds=30)
    practice.shot('practice')
    keys('alt+F4')


def walk(program, agency):
    opens_again(program, agency)
    goes_to_practice(program, agency)


if __name__ == '__main__':
    sys.exit(run(walk))
