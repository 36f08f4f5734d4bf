"""What a person does with the packages in a fresh system, seen and typed from outside, in Japanese. Prints what it saw as JSON.

usage: package_steps.py practice_missing|register|leave_draft|find_again SCREENSHOTS"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

# The program is started inside; only its words and steps are the tests'.
os.environ['TOUROKU_TEST_PREFIX'] = '/usr'
import job_steps as job  # noqa: E402
from driver import STATE, Atspi, Program, children, has, keys, text_of, wait  # noqa: E402


def find_program(shots, id):
    """The program in whose window ID stands."""
    def look():
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for node in children(desktop):
            program = Program.attach(node, shots)
            if program.look(id=id):
                return program
        return None
    return wait(look, 120, 'a window with %s' % id)


def ask(*command):
    return subprocess.run(['xdotool', *command], capture_output=True, text=True, check=False).stdout.split()


def take_focus(program):
    """The window may have been there before its manager. The newest is the dialog, if there is one."""
    def look():
        seen = ask('search', '--onlyvisible', '--class', 'touroku')
        if seen and ask('getactivewindow')[:1] not in ([window] for window in seen):
            ask('windowactivate', seen[-1])
            return False
        return seen and program.focused()
    wait(look, 30, 'the focus')


def start_manager():
    """Gives it once it manages windows."""
    with tempfile.TemporaryDirectory() as folder:
        os.mkfifo(folder + '/managed')
        manager = subprocess.Popen(['openbox', '--sm-disable', '--startup', "sh -c 'echo >%s/managed'" % folder], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(folder + '/managed', encoding='utf-8') as file:
            file.read()
    return manager


def practise(shots):
    program = find_program(shots, 'practice_label')
    take_focus(program)
    return program


def leave(program):
    take_focus(program)
    keys('ctrl+q')

    def is_gone():
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        return not any(has(window, STATE.SHOWING) for node in children(desktop) for window in children(node))
    wait(is_gone, 30, 'the end of the program')


def practice_missing(shots):
    program = practise(shots)
    job.sees_error(program, '19999', 'practice-missing', '練習に必要なもの')
    remedy = text_of(program.find(id='error_remedy_label', state=STATE.VISIBLE))
    assert 'touroku-practice' in remedy, remedy
    keys('Return')
    program.gone(id='error_ok_button')
    program.sees('調達区分')
    leave(program)
    return {'remedy': remedy}


def register(shots):
    """From the first start, which knows no agency, into practice by its menu."""
    program = find_program(shots, 'practice_button')
    take_focus(program)
    program.shot('first-start')
    program.press(program.find(id='practice_button'))
    program = practise(shots)
    job.reach_menu(program)
    job.open_pin(program)
    job.enter_pin(program)
    job.fill_form(program)
    job.reach_confirmation(program)
    job.read_confirmation(program)
    number = job.register(program)
    leave(program)
    return {'number': number}


def open_other_form(program):
    """Of the category that nothing was applied for in."""
    program.focus_is(id='construction_radio', seconds=30)
    keys('alt+g')
    program.find(id='goods_radio')
    wait(lambda: has(program.find(id='goods_radio'), STATE.CHECKED), 10, 'the other category')
    keys('alt+r')
    job.wait_for_time(program)
    job.sign_in(program)
    job.open_pin(program)
    job.enter_pin(program)


def leave_draft(shots):
    program = practise(shots)
    open_other_form(program)
    job.fill_form(program)
    leave(program)
    return {}


def find_again(shots):
    program = practise(shots)
    program.focus_is(id='construction_radio', seconds=30)
    keys('F10')
    program.press(program.find(name='申請の記録', state=STATE.SHOWING))
    program.find(id='records_view', seconds=30)
    record = program.sees(r'\d{8}-\d{6}', 20)
    program.shot('records-after-upgrade')
    keys('Escape')
    program.gone(id='records_view')
    open_other_form(program)
    program.find(id=job.CONTACT[0][0], seconds=30)
    job.check_form(program)
    program.shot('draft-after-upgrade')
    leave(program)
    return {'records': record}


def keep_authority(folder):
    """The way to it is by a program that may end before the session does."""
    if 'XAUTHORITY' in os.environ:
        os.environ['XAUTHORITY'] = shutil.copy(os.environ['XAUTHORITY'], folder + '/authority')


def main(name, shots):
    shots = os.path.join(shots, name)
    with tempfile.TemporaryDirectory() as folder:
        keep_authority(folder)
        seen = do({'practice_missing': practice_missing, 'register': register, 'leave_draft': leave_draft, 'find_again': find_again}[name],
                  shots)
    print(json.dumps(seen, ensure_ascii=False))


def do(step, shots):
    manager = start_manager()
    try:
        return step(shots)
    except BaseException:
        os.makedirs(shots, exist_ok=True)
        subprocess.run(['import', '-window', 'root', shots + '/failure.png'], check=False)
        raise
    finally:
        manager.terminate()


main(*sys.argv[1:])
