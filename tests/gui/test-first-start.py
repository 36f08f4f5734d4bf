#!/usr/bin/python3
"""The first start of someone who has no agency: what it says, a service profile by the file chooser, a bad one, and practice,
which leaves the real records and agencies alone."""
import hashlib
import os
import re
import subprocess
import sys
import tempfile

from at_work import Agency, open_program
from driver import Atspi, children
from job_steps import SHOTS, TOUROKU, Program, choose_file, keys, sees_error, wait

DATA = os.path.join(os.environ['XDG_DATA_HOME'], 'touroku')


def says_how_to_begin(program):
    program.focus_is(id='open_profile_button', seconds=30)
    program.sees(r'\.touroku')
    program.find(id='practice_button')
    assert program.look(id='register_button') is None
    program.shot('no-agency')


def refuses_bad_file(program, folder):
    path = os.path.join(folder, 'bad.touroku')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('<html>\n')
    keys('alt+o')
    choose_file(program, path)
    sees_error(program, '19999', 'bad-file', 'サービスプロファイルではありません')
    keys('Return')
    program.gone(id='error_ok_button')
    program.focus_is(id='open_profile_button')


def takes_profile(program, path):
    keys('ctrl+o')
    choose_file(program, path)
    program.focus_is(id='construction_radio', seconds=20)
    program.sees('「例示機構」を追加しました')
    program.shot('agency-added')


def asks_before_it_replaces(program, agency, folder, path):
    """A forged profile of the known agency comes over the session bus, as from a mail: old and new are shown, Return keeps what
    there is. The same file once more changes nothing and asks nothing; the folder form of the same agency is asked about."""
    before = summary_of(DATA)
    forged = agency.write_profile(os.path.join(folder, 'forged'), BaseUrl='https://bid.evil.example/')
    subprocess.run([TOUROKU, forged], check=True, timeout=60)
    program.focus_is(id='profile_keep_button', seconds=30)
    program.sees(r'https://127\.0\.0\.1:%d/' % agency.port)
    program.sees(r'https://bid\.evil\.example/')
    program.shot('asks')
    keys('Return')
    program.gone(id='profile_keep_button')
    assert before == summary_of(DATA)
    subprocess.run([TOUROKU, path], check=True, timeout=60)
    program.sees('「例示機構」はすでに一覧にあります', 20)
    assert before == summary_of(DATA)
    subprocess.run([TOUROKU, agency.write_profile_folder(os.path.join(folder, 'as-folder'))], check=True, timeout=60)
    program.focus_is(id='profile_keep_button', seconds=30)
    keys('alt+r')
    program.sees('置き換えました', 20)
    program.shot('replaced')
    assert before.keys() == summary_of(DATA).keys()


def summary_of(folder):
    """Every file below FOLDER but the practice parts, with its content."""
    return {os.path.join(parent, name): hashlib.sha256(open(os.path.join(parent, name), 'rb').read()).hexdigest()
            for parent, _, names in os.walk(folder) for name in names
            if not re.search(r'/practice(/|\.lock|-records\.db)', os.path.join(parent, name))}


def find_practice(pid):
    """The program that practice is: another process, which the first one starts."""
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    return next((child for child in children(desktop) if child.get_name() == 'io.github.touroku.Touroku.Practice'
                 and child.get_process_id() != pid), None)


def has_ended(pid):
    try:
        with open('/proc/%d/stat' % pid, encoding='utf-8') as file:
            return file.read().rpartition(')')[2].split()[0] == 'Z'
    except FileNotFoundError:
        return True


def practises(program):
    """From the menu's 練習: the other window says so, and nothing of the real data changes."""
    before = summary_of(DATA)
    assert any('/agencies/' in path for path in before), before
    keys('F10')
    program.find(name='練習', seconds=10)
    keys('Down', 'Return')
    node = wait(lambda: find_practice(program.process.pid), 30, 'practice')
    assert program.process.wait(30) == 0
    pid = node.get_process_id()
    other = Program.attach(node, SHOTS)
    other.find(id='practice_label', seconds=30)
    other.focus_is(id='construction_radio', seconds=30)
    other.shot('practice')
    keys('alt+r')
    other.find(id='proceed_button', seconds=90)
    other.sees(r'20\d\d', 60)
    keys('alt+F4')
    wait(lambda: has_ended(pid), 20, 'the end of practice')
    after = summary_of(DATA)
    assert before == after, (before, after)


def run():
    with tempfile.TemporaryDirectory() as folder:
        agency = Agency(folder)
        agency.start()
        path = agency.write_profile(os.path.join(folder, 'profile'))
        program = open_program(folder)
        try:
            says_how_to_begin(program)
            refuses_bad_file(program, folder)
            takes_profile(program, path)
            asks_before_it_replaces(program, agency, folder, path)
            practises(program)
            return 0
        except BaseException:
            program.shot('failure')
            program.process.kill()
            raise
        finally:
            agency.stop()


if __name__ == '__main__':
    sys.exit(run())
