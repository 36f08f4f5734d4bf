#!/usr/bin/python3
"""At work with an agency that cannot be reached well: untrusted certificate, name not found, service down, an answer that is
no JSON, too large, or does not come. Each is told apart, the focus is on the next thing to do, and nothing was sent."""
import os
import re
import subprocess
import sys
import tempfile

from at_work import Agency, open_program
from job_steps import TOUROKU, close_error, keys, sees_error, text_of

# profile or fault → code, what the explanation says
CONNECTIONS = [
    ('untrusted', '19999', 'TLS'),
    ('name-not-found', '00005', 'アドレス'),
    ('down', '00005', 'サービスに接続できません'),
]
ANSWERS = [
    ('not-json', '10048', '形式'),
    ('too-large', '10048', '想定を大きく超える'),
    ('drop-answer', '00005', 'サービスに接続できません'),
]


def trust_other_authority(path):
    """In place of the one that the service has."""
    made = subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj',
                           '/CN=other', '-keyout', os.devnull], check=True, capture_output=True, text=True)
    with open(path, encoding='utf-8') as file:
        text = file.read()
    changed = re.sub(r'(?<=\[TlsCertificates\]\n)[^\[]*', made.stdout + '\n', text)
    assert changed != text
    with open(path, 'w', encoding='utf-8') as file:
        file.write(changed)


def write_profiles(agency, folder):
    profiles = {name: agency.write_profile(os.path.join(folder, name), Id=name, **{'Name': name, 'Name[ja]': name})
                for name in ('untrusted', 'down', 'good')}
    profiles['name-not-found'] = agency.write_profile(
        os.path.join(folder, 'name-not-found'), BaseUrl='https://touroku.invalid/', Audience='https://touroku.invalid/', Id='name-not-found',
        **{'Name': 'name-not-found', 'Name[ja]': 'name-not-found'})
    trust_other_authority(profiles['untrusted'])
    return profiles


def open_profile(program, path, name):
    """As a double click in a file manager does: a second program, which hands the file to the first."""
    subprocess.run([TOUROKU, path], check=True, timeout=60)
    program.sees('「%s」' % name)


def go_on(program):
    """With the agency that has just been opened, which is chosen."""
    program.find(id='construction_radio')
    keys('alt+r')


def fails(program, name, code, pattern):
    program.find(id='retry_button', seconds=60)
    sees_error(program, code, name, pattern)
    close_error(program)
    program.focus_is(id='retry_button')
    program.shot(name + '-page')
    return text_of(program.find(id='failure_label'))


def connections(program, agency, profiles):
    for name, code, pattern in CONNECTIONS:
        if name == 'down':
            agency.stop()
        open_profile(program, profiles[name], name)
        go_on(program)
        fails(program, name, code, pattern)
        keys('Escape')
        program.find(id='construction_radio')
    agency.start()


def answers(program, agency, profiles):
    open_profile(program, profiles['good'], 'good')
    for name, code, pattern in ANSWERS:
        agency.restart(name + '@/v1/service*9')
        go_on(program)
        fails(program, name, code, pattern)
        keys('Escape')
        program.find(id='construction_radio')
    agency.restart('not-json@/v1/service')
    go_on(program)
    fails(program, 'before-retry', '10048', '形式')
    keys('Return')
    program.focus_is(id='proceed_button', seconds=30)
    program.shot('after-retry')


def run():
    with tempfile.TemporaryDirectory() as folder:
        agency = Agency(folder)
        agency.start()
        profiles = write_profiles(agency, folder)
        program = open_program(folder, profiles['name-not-found'])
        try:
            connections(program, agency, profiles)
            answers(program, agency, profiles)
            return program.close()
        except BaseException:
            program.shot('failure')
            program.process.kill()
            raise
        finally:
            agency.stop()


if __name__ == '__main__':
    sys.exit(run())
