#!/usr/bin/python3
"""Service profiles that come otherwise than by the file chooser: put on the computer by an administrator, and locked there; dropped
on the window."""
import os
import subprocess
import sys
import tempfile

import gi

from driver import wait
from job_steps import SHOTS, TOUROKU, Program, close_error, sees_error

PROFILE = '[Service]\nId=%s\nName=%s\nBaseUrl=https://%s/\n'


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def write_settings(line):
    write(os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile'),
          '[io/github/touroku/Touroku]\n%s\n' % line)


def refuses_locked(program, folder):
    path = write(os.path.join(folder, 'mine.touroku'), PROFILE % ('jp.shared', '共有機構', 'mine.example'))
    subprocess.run([TOUROKU, path], check=True, timeout=60)
    sees_error(program, '19999', 'locked', '管理者が固定')
    if program.look(id='error_ok_button') is not None:
        close_error(program)


def has_gtk():
    try:
        gi.require_version('Gtk', '3.0')
        return True
    except ValueError:
        return False


def takes_drop(program, folder):
    """The window that it comes from is not in the accessibility tree: it goes while the tree is read."""
    path = write(os.path.join(folder, '落とす.touroku'), PROFILE % ('jp.dropped', '持込機構', 'dropped.example'))
    source = subprocess.Popen(['/usr/bin/python3', os.path.join(os.path.dirname(__file__), 'drag_source.py'), path],
                              stdout=subprocess.PIPE, env={**os.environ, 'NO_AT_BRIDGE': '1'})
    assert source.stdout.readline() == b'mapped\n'
    subprocess.run(['xdotool', 'search', '--sync', '--name', '^drag-source$', 'windowmove', '--sync', '0', '0'], check=False,
                   timeout=60)
    subprocess.run(['xdotool', 'mousemove', '60', '55', 'mousedown', '1'], check=True)
    for step in range(1, 9):
        subprocess.run(['xdotool', 'mousemove', str(60 + 45 * step), str(55 + 35 * step), 'sleep', '0.05'], check=True)
    subprocess.run(['xdotool', 'mouseup', '1'], check=True)
    program.sees('「持込機構」を追加しました', 30)
    wait(lambda: source.poll() is not None, 20, 'the end of the drag')
    program.shot('dropped')


def run():
    with tempfile.TemporaryDirectory() as folder:
        system = os.path.join(folder, 'system')
        write(system + '/touroku/agencies/of-all.touroku', PROFILE % ('jp.shared', '共有機構', 'shared.example'))
        write_settings("locked-agencies=['jp.shared']")
        program = Program([TOUROKU], SHOTS, {'GSETTINGS_BACKEND': 'keyfile', 'XDG_DATA_DIRS':
                                             system + ':' + os.environ.get('XDG_DATA_DIRS', '/usr/local/share:/usr/share')})
        try:
            program.focus_is(id='construction_radio', seconds=30)
            program.sees('共有機構')
            program.shot('shared')
            refuses_locked(program, folder)
            if has_gtk():
                takes_drop(program, folder)
            return program.close()
        except BaseException:
            program.shot('failure')
            program.process.kill()
            raise


if __name__ == '__main__':
    sys.exit(run())
