"""For take-screenshots, inside tests/headless: take_screenshots.py FOLDER LANGUAGE"""
import os
import subprocess
import sys

FOLDER, LANGUAGE = sys.argv[1:3]
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'tests', 'gui'))
from at_work import run
from job_steps import CONTACT, choose_category, enter_pin, fill_form, open_pin, reach_confirmation, sign_in, wait_for_time


def take(program, name):
    """The window without what stands around it; in 256 colours, which keeps it small."""
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(program.process.pid)], capture_output=True, text=True,
                           check=True)
    window = found.stdout.split()[-1]
    subprocess.run(['xdotool', 'mousemove', '1020', '760'], check=True)
    path = os.path.join(FOLDER, '%s-%s.png' % (name, LANGUAGE))
    subprocess.run(['import', '-window', window, '-colors', '256', '-strip', 'PNG8:' + path], check=True)


def walk(program, agency):
    choose_category(program)
    wait_for_time(program)
    sign_in(program)
    take(program, 'menu')
    open_pin(program)
    enter_pin(program)
    fill_form(program)
    program.focus_is(id=CONTACT[-1][0])
    take(program, 'form')
    reach_confirmation(program)
    take(program, 'confirmation')


if __name__ == '__main__':
    os.makedirs(FOLDER, exist_ok=True)
    sys.exit(run(walk))
