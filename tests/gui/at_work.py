"""Touroku at work, without --practice: an agency whose service profile is opened, and a card module from the settings.
The service and the cards are those of practice, started by hand as anyone might for a client of theirs."""
import configparser
import glob
import os
import shutil
import subprocess
import tempfile

from driver import wait
from job_steps import BUILD, PATIENCE, PREFIX, Program, SERVICE, SHOTS, TOUROKU

CARD_MODULE = (glob.glob(PREFIX + '/lib*/**/touroku-practice-card.so', recursive=True)[0] if PREFIX
               else BUILD + '/src/practice/module/touroku-practice-card.so')


CERTIFICATES = [('TlsCertificates', 'TlsFile'), ('CardIssuerCertificates', 'CardIssuersFile'),
                ('ReceiptCertificates', 'ReceiptFile')]


class Agency:
    """A practice service as an agency, with its folder in FOLDER."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, 'service')
        self.port_file = os.path.join(folder, 'port')
        self.port = None
        self.process = None

    def start(self, *faults):
        """Starts it, on the same port as before if there was one; FAULTS as `--fault` takes them."""
        argv = [SERVICE, '--folder', self.folder, '--port-file', self.port_file]
        if self.port is not None:
            argv += ['--port', str(self.port)]
        for fault in faults:
            argv += ['--fault', fault]
        if os.path.exists(self.port_file):
            os.unlink(self.port_file)
        self.process = subprocess.Popen(argv, stdout=subprocess.DEVNULL)
        wait(self._is_listening, 60, 'the service')
        with open(self.port_file, encoding='utf-8') as file:
            self.port = int(file.read())

    def _is_listening(self):
        if self.process.poll() is not None:
            raise AssertionError('the service ended with %s' % self.process.returncode)
        return os.path.exists(self.port_file)

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20 * PATIENCE)
            self.process = None

    def restart(self, *faults):
        self.stop()
        self.start(*faults)

    def write_profile(self, folder, **changes):
        """A service profile for it in one file, as an agency would hand it out. CHANGES replace values of [Service]. Gives its
        path."""
        profile = configparser.ConfigParser(interpolation=None)
        profile.optionxform = str
        profile.read(os.path.join(self.folder, 'service.touroku'), encoding='utf-8')
        profile['Service'].update({'Id': 'jp.example.agency', 'Name': 'Example Agency', 'Name[ja]': '例示機構', **changes})
        names = [(group, profile['Trust'].pop(key)) for group, key in CERTIFICATES]
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, 'agency.touroku')
        with open(path, 'w', encoding='utf-8') as file:
            profile.write(file, space_around_delimiters=False)
            for group, name in names:
                with open(os.path.join(self.folder, name), encoding='ascii') as pem:
                    file.write('[%s]\n%s\n' % (group, pem.read()))
        return path

    def write_profile_folder(self, folder):
        """The same in the form of a folder, with the certificates beside the profile."""
        path = os.path.join(folder, 'agency.touroku')
        shutil.copytree(os.path.join(self.folder, 'ca'), os.path.join(folder, 'ca'), ignore=shutil.ignore_patterns('*.key'))
        with open(os.path.join(self.folder, 'service.touroku'), encoding='utf-8') as file:
            text = file.read().replace('Id=practice', 'Id=jp.example.agency')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        return path


def set_card_modules(*modules):
    """The user's setting: these and none besides. Takes effect in programs that are started with the keyfile backend."""
    folder = os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'keyfile'), 'w', encoding='utf-8') as file:
        file.write('[io/github/touroku/Touroku]\ncard-modules=[%s]\nfind-card-modules=false\n'
                   % ', '.join("'%s'" % module for module in modules))


def forget_agencies():
    """The next service profile is the first of its agency: replacing one that is known asks first."""
    shutil.rmtree(os.path.join(os.environ['XDG_DATA_HOME'], 'touroku', 'agencies'), ignore_errors=True)


def open_program(folder, *arguments, shots=True, modules=(CARD_MODULE,), environment=None):
    """touroku ARGUMENTS, with the cards of the practice folder that FOLDER's agency has."""
    set_card_modules(*modules)
    return Program([TOUROKU, *arguments], SHOTS if shots else None,
                   {'GSETTINGS_BACKEND': 'keyfile', 'TOUROKU_PRACTICE_FOLDER': os.path.join(folder, 'service'),
                    **(environment or {})})


def run(test, modules=(CARD_MODULE,), environment=None, **profile):
    """Runs TEST with a program at work with an agency; both end with it. ENVIRONMENT (agency) gives more variables, PROFILE
    replaces values of the service profile. Gives the program's exit status."""
    with tempfile.TemporaryDirectory() as folder:
        agency = Agency(folder)
        agency.start()
        program = open_program(folder, agency.write_profile(os.path.join(folder, 'profile'), **profile), modules=modules,
                               environment=environment and environment(agency))
        try:
            test(program, agency)
            return program.close()
        except BaseException:
            program.shot('failure')
            program.process.kill()
            raise
        finally:
            agency.stop()
