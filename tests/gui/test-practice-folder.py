#!/usr/bin/python3
"""A damaged practice folder is said so and made anew only with the user's word; a service that ends is started again,
and what was begun is finished."""
import os
import signal
import socket
import subprocess
import sys

from job_steps import (choose_category, close_error, enter_pin, fill_form, keys, open_pin, practise,
                       reach_confirmation, reach_menu, register, run, sees_error, wait, wait_for_time)
from practice_steps import Practice

ENDED = '終了しました。F9キーを押すと、もう一度始めます'
NOTHING_REAL = '実際の調達機関には'


def damage(folder):
    path = os.path.join(folder, 'practice', 'practice.ini')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('[nonsense\n')


def damaged(program, folder):
    choose_category(program)
    sees_error(program, '19999', 'damaged', seconds=60)
    program.find(id='error_renew_button')
    with open(os.path.join(folder, 'practice', 'practice.ini'), encoding='utf-8') as file:
        assert file.read() == '[nonsense\n', 'made anew without being asked'
    program.press(program.find(id='error_renew_button'))
    program.focus_is(id='construction_radio', seconds=90)
    keys('alt+r')
    wait_for_time(program)


def services(program):
    found = subprocess.run(['pgrep', '-P', str(program.process.pid), 'touroku-practic'], capture_output=True, text=True,
                           check=False)
    return [int(pid) for pid in found.stdout.split()]


def kill_service(program):
    """Gives the process that is no more."""
    pid = services(program)[0]
    os.kill(pid, signal.SIGKILL)
    return pid


def listens(folder):
    try:
        socket.create_connection(('127.0.0.1', Practice(folder).port), 1).close()
        return True
    except OSError:
        return False


def begin(program):
    reach_menu(program)
    open_pin(program)
    enter_pin(program)
    fill_form(program)
    reach_confirmation(program)


def service_ends(program, folder):
    """It is started again by itself, where it was: what was begun is finished, and F9 goes on working."""
    begin(program)
    pid = kill_service(program)
    wait(lambda: services(program) not in ([], [pid]) and listens(folder), 60, 'the service again')
    program.sees(NOTHING_REAL)
    register(program)
    keys('F9')
    program.find(id='reader_remove_button')
    keys('Escape')
    program.gone(id='reader_remove_button')


def service_ends_twice(program, folder):
    """It does not come back by itself for ever; one thing is said in both places, and it helps."""
    begin(program)
    pid = kill_service(program)
    wait(lambda: services(program) not in ([], [pid]) and listens(folder), 60, 'the service again')
    program.sees(NOTHING_REAL)
    kill_service(program)
    sees_error(program, '19999', 'service-ended')
    program.has_text('F9.*練習をもう一度始めます')
    close_error(program)
    program.sees(ENDED)
    keys('F9')
    program.find(id='reader_remove_button', seconds=60)
    keys('Escape')
    program.gone(id='reader_remove_button')
    program.sees(NOTHING_REAL)
    program.focus_is(id='scroller')
    register(program)


def start_damaged(folder):
    program = practise(folder, shots=False)
    choose_category(program)
    wait_for_time(program)
    program.close()
    damage(folder)
    return practise(folder)


if __name__ == '__main__':
    sys.exit(run(damaged, start_damaged) or run(service_ends) or run(service_ends_twice))
