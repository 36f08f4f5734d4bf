#!/usr/bin/python3
"""「電子入札システム」 (manual 2.1 (2)) opens the agency's own address in the user's browser."""
import os
import re
import stat
import sys
import tempfile

from at_work import run
from job_steps import keys, wait

URL = 'https://bidding.example.invalid/open?lang=ja'


def install_browser(folder, opened):
    """What opens https addresses writes them down, into OPENED."""
    script = os.path.join(folder, 'browser')
    with open(script, 'w', encoding='utf-8') as file:
        file.write('#!/bin/sh\nprintf %%s "$1" >"%s.new" && mv "%s.new" "%s"\n' % (opened, opened, opened))
    os.chmod(script, os.stat(script).st_mode | stat.S_IXUSR)
    applications = os.path.join(os.environ['XDG_DATA_HOME'], 'applications')
    os.makedirs(applications, exist_ok=True)
    with open(os.path.join(applications, 'test-browser.desktop'), 'w', encoding='utf-8') as file:
        file.write('[Desktop Entry]\nType=Application\nName=Test browser\nExec=%s %%u\nMimeType=x-scheme-handler/https;\n' % script)
    with open(os.path.join(applications, 'mimeapps.list'), 'w', encoding='utf-8') as file:
        file.write('[Default Applications]\nx-scheme-handler/https=test-browser.desktop\n')


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def main():
    with tempfile.TemporaryDirectory() as folder:
        opened = os.path.join(folder, 'opened')

        def opens_browser(program, _agency):
            program.focus_is(id='construction_radio', seconds=30)
            keys('alt+b')
            # There is no browser yet: the address is there to be copied.
            program.sees(re.escape(URL))
            program.shot('no-browser')
            install_browser(folder, opened)
            # The program hears of it when it likes, so more than once.
            wait(lambda: keys('alt+b') or os.path.exists(opened), 20, 'the browser')
            assert read(opened) == URL, read(opened)
            program.find(id='construction_radio')
            program.shot('opened')

        return run(opens_browser, BiddingUrl=URL)


if __name__ == '__main__':
    sys.exit(main())
