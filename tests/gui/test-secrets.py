#!/usr/bin/python3
"""At work with PINs and a password that nothing else looks like: after use they are in the memory of neither the window nor its
card agent, and at no time in a log, a file, an environment or a message on a bus."""
import glob
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

from at_work import Agency, CARD_MODULE, set_card_modules
from card_steps import CARD
from driver import Program, type_text, wait
from job_steps import (PIN as OLD_PIN, SHOTS, TOUROKU, USER_ID, choose_category, enter_pin, fill_form, keys, open_pin,
                       reach_confirmation, register, sees_error, text_of, type_credentials, wait_for_time)
from traces import (ScreenReader, Secret, Tap, accessibility_bus, can_dump, child_processes, dump, find_in_environment,
                    find_in_files, find_in_memory)

PIN = Secret('PIN', 'Zq7vXk2mWp9rTs4h')
WRONG = Secret('wrong PIN', 'Gx5nBt8cJy3wLd6f')
PASSWORD = Secret('password', 'Kw83hdQz5LrVx1YnBt6JcgMf')
SECRETS = (PIN, WRONG, PASSWORD)
# What may be seen, and so shows that it would be.
USER = Secret('user ID', USER_ID)
TOKEN = Secret('label of the card', CARD)
AGENT = 'touroku-card-agent'


def run_pkcs11_tool(agency, *arguments):
    module = os.environ.get('TOUROKU_SOFTHSM') or glob.glob('/usr/lib*/softhsm/libsofthsm2.so')[0]
    return subprocess.run(['pkcs11-tool', '--module', module, *arguments], check=True, stdout=subprocess.PIPE, text=True,
                          env={**os.environ, 'SOFTHSM2_CONF': os.path.join(agency.folder, 'softhsm2.conf')}).stdout


def change_pin(agency):
    """Of the card in the first reader. By the slot: pkcs11-tool takes the beginning of a token's label for the whole of it."""
    slot, = re.findall(r'Slot \d+ \((0x\w+)\):[^\n]*\n  token label        : %s\n' % CARD, run_pkcs11_tool(agency, '-L'))
    run_pkcs11_tool(agency, '--slot', slot, '--login', '--pin', OLD_PIN, '--change-pin', '--new-pin', PIN.text)


def change_password(agency):
    database = sqlite3.connect(os.path.join(agency.folder, 'service.db'))
    salt, rounds = database.execute('SELECT salt, rounds FROM users WHERE user_id = ?', (USER_ID,)).fetchone()
    hashed = hashlib.pbkdf2_hmac('sha256', PASSWORD.text.encode(), salt, rounds)
    database.execute('UPDATE users SET hash = ? WHERE user_id = ?', (hashed, USER_ID))
    database.commit()
    database.close()


class Job:
    """The program at work, all that it says written down."""

    def __init__(self, folder):
        self.folder = folder
        self.log = os.path.join(folder, 'log')
        self.tls_keys = os.path.join(folder, 'tls-keys')
        self.agency = Agency(folder)
        self.taps = []

    def open(self):
        self.agency.start()
        self.agency.stop()
        change_pin(self.agency)
        change_password(self.agency)
        self.agency.start()
        set_card_modules(CARD_MODULE)
        self.taps = [Tap(os.path.join(self.folder, 'session'), '--session'),
                     Tap(os.path.join(self.folder, 'accessibility'), '--address', accessibility_bus())]
        self.reader = ScreenReader()
        # Nothing that wipes memory which is given back: gc-friendly in GLib, MALLOC_PERTURB_ from meson.
        self.program = Program(['sh', '-c', 'exec "$@" >"$LOG" 2>&1', 'sh', TOUROKU,
                                self.agency.write_profile(os.path.join(self.folder, 'profile'))], SHOTS,
                               {'GSETTINGS_BACKEND': 'keyfile', 'TOUROKU_PRACTICE_FOLDER': self.agency.folder, 'LOG': self.log,
                                # What a library or a module would write secrets down for.
                                'SSLKEYLOGFILE': self.tls_keys, 'OPENSC_DEBUG': '9',
                                'MALLOC_PERTURB_': '0', 'G_DEBUG': 'fatal-warnings',
                                'G_MESSAGES_DEBUG': 'all', 'G_DBUS_DEBUG': 'all'})

    def processes(self):
        """The window and its agent."""
        window = self.program.process.pid
        return [window, *child_processes(window, AGENT)]

    def close(self):
        for tap in self.taps:
            tap.close()
        self.agency.stop()


def check_process(pid, secrets, when):
    for secret in secrets:
        found = find_in_memory(pid, secret)
        assert not found, '%s: the %s is in the memory of %d: %s' % (when, secret.name, pid, found)
        assert not find_in_environment(pid, secret), '%s: the %s is in the environment of %d' % (when, secret.name, pid)


def check_memory(job, secrets, when):
    window, *agents = job.processes()
    check_process(window, secrets, when)
    for agent in agents:
        try:
            check_process(agent, secrets, when)
        except (FileNotFoundError, ProcessLookupError):
            pass  # It has ended meanwhile, as an agent does whose step was given up, and its memory with it.


def check_cores(job, control):
    """CONTROL: for each process what is in its core."""
    for pid, known in zip(job.processes(), control, strict=True):
        if not can_dump(pid):
            print('no core of %d can be had (gcore missing, or a sanitizer)' % pid)
            continue
        core = dump(pid, job.folder)
        assert known.find_in_file(core), 'not even the %s is in the core' % known.name
        for secret in SECRETS:
            assert not secret.find_in_file(core), 'the %s is in a core of %d' % (secret.name, pid)
        os.unlink(core)


def sign_in(job):
    type_credentials(job.program, USER_ID, PASSWORD.text)
    window, = job.processes()
    assert find_in_memory(window, PASSWORD), 'what is typed is not found: the search is not worth anything'
    keys('Return')
    job.program.focus_is(id='register_button', seconds=30)
    assert find_in_memory(window, USER), 'not even the user ID is found'
    check_memory(job, (PASSWORD,), 'after sign-in')


def give_up_typing(job):
    program = job.program
    open_pin(program)
    program.focus_is(id='pin_entry')
    type_text(PIN.text)
    wait(lambda: len(text_of(program.find(id='pin_entry'))) == len(PIN.text), 10, 'a PIN typed')
    window = job.processes()[0]
    assert find_in_memory(window, PIN), 'a PIN that is typed is not found'
    keys('Escape')
    program.gone(id='pin_entry')
    check_memory(job, (PIN,), 'after a PIN was not used')


def unlock(job):
    program = job.program
    open_pin(program)
    enter_pin(program, WRONG.text)
    sees_error(program, '03002', 'wrong')
    check_memory(job, (WRONG,), 'after a wrong PIN')
    enter_pin(program, PIN.text)
    program.focus_is(id='contact_name_entry', seconds=30)
    _, agent = job.processes()
    assert find_in_memory(agent, TOKEN), "not even the card's label is found"
    check_memory(job, SECRETS, 'after unlock')
    check_cores(job, (USER, TOKEN))


def sign(job):
    fill_form(job.program)
    reach_confirmation(job.program)
    register(job.program)
    _, agent = job.processes()
    assert find_in_memory(agent, TOKEN), "not even the card's label is found"
    check_memory(job, SECRETS, 'after the signature')
    check_cores(job, (USER, TOKEN))


def check_traces(job):
    """What is left when all is over."""
    assert TOKEN.find_in_file(job.log), "not even the card's label is in the log"
    for tap in job.taps:
        tap.close()
    assert job.reader.find(USER), 'not even the user ID was heard while it was typed'
    folders = [job.folder, os.environ['HOME'], os.environ['XDG_RUNTIME_DIR']]
    assert find_in_files(folders, USER), 'not even the user ID is in a file'
    assert not os.path.exists(job.tls_keys), 'the keys of the connections were written down'
    for secret in SECRETS:
        found = find_in_files(folders, secret)
        assert not found, 'the %s is in %s' % (secret.name, found)
        assert not job.reader.find(secret), 'the %s was told to a screen reader' % secret.name


def do_job(job):
    choose_category(job.program)
    wait_for_time(job.program)
    sign_in(job)
    give_up_typing(job)
    unlock(job)
    sign(job)
    status = job.program.close()
    check_traces(job)
    return status


def main():
    with tempfile.TemporaryDirectory() as folder:
        job = Job(folder)
        try:
            job.open()
            return do_job(job)
        except BaseException:
            job.program.shot('failure')
            job.program.process.kill()
            raise
        finally:
            job.close()


if __name__ == '__main__':
    sys.exit(main())
