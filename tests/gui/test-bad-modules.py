#!/usr/bin/python3
"""At work with a card module that goes wrong: the window says what happened, keeps what was typed, and the same step can be done
again; a bad signature never leaves the computer. Every fault in every call: tests/card/test-card-modules.c."""
import glob
import os
import sqlite3
import sys
import tempfile

from at_work import CARD_MODULE, run
from job_steps import (BUILD, check_form, close_error, enter_pin, fill_form, keys, open_pin, reach_confirmation,
                       reach_menu, register, sees_error)

BAD_MODULE = BUILD + '/tests/card/test-card-module.so'


class Faults:
    """What the module does wrong from now on (tests/card/module-faults.c)."""

    def __init__(self, folder):
        self.path = os.path.join(folder, 'faults')
        self.set()

    def set(self, *lines):
        with open(self.path + '.new', 'w', encoding='utf-8') as file:
            file.write('\n'.join(lines) + '\n')
        os.rename(self.path + '.new', self.path)

    def make_environment(self, _agency):
        return {'TEST_MODULE_TARGET': CARD_MODULE, 'TEST_MODULE_FAULTS': self.path, 'TEST_MODULE_LOG': self.path + '.log'}


def cannot_list(program, faults, fault, name, pattern):
    """Said in the dialog that asks for a card."""
    faults.set(fault)
    program.focus_is(id='register_button', seconds=30)
    keys('alt+r')
    sees_error(program, '03001', name, pattern)
    faults.set()
    keys('Escape')
    program.gone(id='pin_entry')


def cannot_unlock(program, faults, fault, name, code, pattern):
    """The dialog asks for the PIN again. PATTERN: of no error before it."""
    faults.set(fault)
    enter_pin(program, name=name + '-pin')
    program.sees(pattern, 30)
    sees_error(program, code, name, pattern)
    faults.set()


def hangs_at_unlock(program, faults):
    """Nobody has to wait for it."""
    faults.set('C_Login=hang')
    enter_pin(program, name='login-hang-pin')
    program.sees('PIN番号を確認')
    program.shot('login-hang')
    keys('Escape')
    program.gone(id='pin_entry')
    faults.set()
    open_pin(program)


def crashes_at_signature(program, faults, fault, name):
    """The dialog for the PIN comes back over the confirmation."""
    faults.set(fault)
    keys('alt+r')
    sees_error(program, '03001', name, '異常終了')
    faults.set()
    enter_pin(program, name=name + '-pin')
    program.gone(id='pin_entry', seconds=30)
    program.focus_is(id='scroller')


def signs_wrongly(program, faults, fault, name):
    faults.set(fault)
    keys('alt+r')
    sees_error(program, '19999', name, '署名は破棄し、何も送信していません')
    faults.set()
    close_error(program)


def go_back_to_form(program):
    """Nothing that was typed is lost."""
    keys('Escape')
    check_form(program)
    reach_confirmation(program)


def count_submissions(database, table):
    connection = sqlite3.connect(database)
    count, = connection.execute('SELECT count(*) FROM %s' % table).fetchone()
    connection.close()
    return count


def check_sent(agency):
    """One came to the service; and not even in the window's own store is a bad signature."""
    assert count_submissions(os.path.join(agency.folder, 'service.db'), 'submissions') == 1
    store, = glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], 'touroku', '**', '*.db'), recursive=True)
    assert count_submissions(store, 'submission') == 1


def job(program, faults, agency):
    reach_menu(program)
    cannot_list(program, faults, 'C_GetSlotList=crash', 'list-crash', '異常終了')
    cannot_list(program, faults, 'C_GetSlotList=strange', 'list-lies', '障害')
    open_pin(program)
    cannot_unlock(program, faults, 'C_Login=crash', 'login-crash', '03001', '異常終了')
    cannot_unlock(program, faults, 'C_Login=0x5', 'login-fault', '03001', '障害')
    hangs_at_unlock(program, faults)
    enter_pin(program, name='pin-right')
    fill_form(program)
    reach_confirmation(program)
    crashes_at_signature(program, faults, 'C_Sign=heap', 'sign-heap')
    signs_wrongly(program, faults, 'C_Sign=random', 'sign-random')
    go_back_to_form(program)
    signs_wrongly(program, faults, 'C_Sign=other-data', 'sign-other-data')
    # What is signed with is the certificate that was shown, whatever the module says now.
    faults.set('C_GetAttributeValue=other-certificate')
    register(program)
    check_sent(agency)


def main():
    with tempfile.TemporaryDirectory() as folder:
        faults = Faults(folder)
        return run(lambda program, agency: job(program, faults, agency), modules=(BAD_MODULE,),
                   environment=faults.make_environment)


if __name__ == '__main__':
    sys.exit(main())
