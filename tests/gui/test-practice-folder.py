#!/usr/bin/python3
"""A damaged practice folder is said so and made anew only with the user's word; a service that ends is said so, with the
form still there."""
import os
import subprocess
import sys

from job_steps import (CONTACT, choose_category, check_form, enter_pin, fill_form, keys, open_pin, practise,
                       reach_confirmation, reach_menu, run, sees_error, wait_for_time)


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


def service_ends(program, folder):
    reach_menu(program)
    open_pin(program)
    enter_pin(program)
    fill_form(program)
    reach_confirmation(program)
    subprocess.run(['pkill', '-KILL', '-P', str(program.process.pid), 'touroku-practic'], check=True)
    sees_error(program, '19999', 'service-ended')
    keys('Escape')
    program.gone(id='error_ok_button')
    keys('Escape')
    program.focus_is(id=CONTACT[0][0])
    check_form(program)


def start_damaged(folder):
    program = practise(folder, shots=False)
    choose_category(program)
    wait_for_time(program)
    program.close()
    damage(folder)
    return practise(folder)


if __name__ == '__main__':
    sys.exit(run(damaged, start_damaged) or run(service_ends))
