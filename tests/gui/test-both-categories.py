#!/usr/bin/python3
"""A bidder who is qualified for both categories, in a real window with the keyboard alone: the second application goes on
from the first with everything typed once, the same card session and no second password.

Run inside tests/headless --wm. TOUROKU_BUILD_DIR names the build folder; screenshots go to TOUROKU_TEST_SHOTS.
"""
import contextlib
import os
import sqlite3
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import job_steps as job
from driver import keys

CONSTRUCTION = '工事、工事設計・工事監理' if job.JAPANESE else 'Construction'
GOODS = '役務、物品の購入・製造' if job.JAPANESE else 'manufacture of goods'


def read_submissions(folder):
    path = os.path.join(folder, 'practice', 'service.db')
    with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % path, uri=True)) as database:
        return database.execute('SELECT category, count(*) FROM submissions GROUP BY category ORDER BY category').fetchall()


def apply_for_both(program, folder):
    job.reach_menu(program)
    job.open_pin(program)
    job.enter_pin(program)
    job.fill_form(program)
    job.reach_confirmation(program)
    program.sees(CONSTRUCTION)
    first = job.register(program)
    program.sees(GOODS)
    keys('alt+o')
    program.focus_is(id='scroller', seconds=20)
    program.sees(GOODS)
    job.read_confirmation(program)
    second = job.register(program)
    if second == first:
        raise AssertionError('both have the reception number %s' % first)
    program.gone(id='other_button')
    found = read_submissions(folder)
    if found != [('construction', 1), ('goods', 1)]:
        raise AssertionError('the service has %r' % found)


if __name__ == '__main__':
    sys.exit(job.run(apply_for_both))
