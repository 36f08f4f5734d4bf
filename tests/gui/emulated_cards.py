"""Touroku at work with emulated cards under the real pcscd and OpenSC. The cards are issued by the authority of the practice
service that plays the agency. Run inside tests/with-cards; slots 0 and 1 are in the first reader, 2 and 3 in the second."""
import contextlib
import glob
import os
import re
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, 'cards'))
import at_work  # noqa: E402
from cards_control import call  # noqa: E402
from job_steps import BUILD, enter_pin, wait  # noqa: E402
from renewal_steps import CURRENT  # noqa: E402



def find_module(name):
    """A module that Debian packages, None where it is not installed."""
    return next(iter(glob.glob('/usr/lib*/' + name) + glob.glob('/usr/lib*/*/' + name)), None)


OPENSC = find_module('opensc-pkcs11.so')
PINS = {'piv': '123456', 'jpki': 'ABC123', 'yubikey': '123456'}
WRONG_PINS = {'piv': '654321', 'jpki': 'ABC124'}
# INS of ISO/IEC 7816-4 and -8, NIST SP 800-73.
VERIFY, SIGN = '20', {'piv': '87', 'jpki': '2A'}


class Cards:
    """What can be put into the readers: cards of the cast (tou-practice-cast.h) for AGENCY, all of one KIND."""

    def __init__(self, agency, kind):
        self.folder = os.path.join(os.path.dirname(agency.folder), 'cards')
        self.kind = kind
        subprocess.run([BUILD + '/tests/cards/make-cards', agency.folder, self.folder], check=True)

    def insert(self, role=CURRENT, slot=0):
        call('insert', slot, self.kind, os.path.join(self.folder, role))

    def insert_again(self, slot=0):
        """The one that was in last, with the tries that it has left."""
        call('insert', slot)

    def swap(self, role, slot=0):
        """Faster than the driver looks."""
        call('swap', slot, self.kind, os.path.join(self.folder, role))

    def remove(self, slot=0):
        call('remove', slot)

    def count_pins(self, slot=0):
        """How many PINs the card was given since the last 'clear'; a VERIFY without one only asks for the tries."""
        return sum(1 for _, what, command, _ in call('log', slot)
                   if what == 'apdu' and command[2:4] == VERIFY and len(command) > 10)

    def enter_pin(self, program, shot='pin'):
        enter_pin(program, PINS[self.kind], shot)


def run(test, kind, module=OPENSC):
    """at_work.run() with cards of KIND and MODULE alone."""
    return at_work.run(lambda program, agency: test(program, Cards(agency, kind), agency), modules=(module,))


def sees_candidate(program, pattern, seconds=20):
    """A card or certificate to choose, by what is said of it below its name."""
    wait(lambda: any(re.search(pattern, node.get_description() or '') for node in program.walk()
                     if node.get_role_name() == 'radio button'), seconds, 'candidate %r' % pattern)


def read_table(agency, query):
    """Rows of the service's database, which it goes on using."""
    path = os.path.join(agency.folder, 'service.db')
    with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % path, uri=True)) as database:
        return database.execute(query).fetchall()


def check_requests(agency, folder, n_requests):
    """The service has so many applications, and openssl accepts what was signed."""
    rows = read_table(agency, 'SELECT cms FROM submissions')
    assert len(rows) == n_requests, '%d applications, not %d' % (len(rows), n_requests)
    for signed, in rows:
        path = os.path.join(folder, 'request.p7m')
        with open(path, 'wb') as file:
            file.write(signed)
        subprocess.run(['openssl', 'cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', path, '-CAfile',
                        os.path.join(agency.folder, 'ca', 'ca.pem'), '-purpose', 'any', '-out', os.devnull], check=True,
                       capture_output=True)
