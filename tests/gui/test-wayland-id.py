#!/usr/bin/python3
"""Under Wayland a desktop knows the program by the app_id of its windows: it is the name of the desktop file, at work and in
practice. Under a compositor without a screen (weston), where there is one."""
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import wait
from job_steps import TOUROKU

SOCKET = 'touroku-test'


def sees_id(folder, name, *arguments):
    path = os.path.join(folder, name)
    environment = {**os.environ, 'GDK_BACKEND': 'wayland', 'WAYLAND_DISPLAY': SOCKET, 'WAYLAND_DEBUG': '1', 'G_DEBUG': ''}
    with open(path, 'wb') as log:
        program = subprocess.Popen([TOUROKU, *arguments], env=environment, stderr=log)
    try:
        wait(lambda: 'set_app_id("%s")' % name in open(path, encoding='utf-8', errors='replace').read(), 30, name)
    finally:
        program.terminate()
        program.wait(30)


def main():
    if shutil.which('weston') is None:
        print('weston is not installed')
        return 77
    compositor = subprocess.Popen(['weston', '--backend=headless-backend.so', '--socket=' + SOCKET, '--idle-time=0'],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(lambda: os.path.exists(os.path.join(os.environ['XDG_RUNTIME_DIR'], SOCKET)), 30, 'the compositor')
        with tempfile.TemporaryDirectory() as folder:
            sees_id(folder, 'io.github.touroku.Touroku')
            sees_id(folder, 'io.github.touroku.Touroku.Practice', '--practice')
    finally:
        compositor.terminate()
        compositor.wait(30)
    return 0


if __name__ == '__main__':
    sys.exit(main())
