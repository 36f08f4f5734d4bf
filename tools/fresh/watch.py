"""Looks into a fresh system from outside, so that nothing need be installed there: its programs find an accessibility bus that runs
here, and a screenshot is taken from its X server."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import time

from system import HERE, TREE, Failed

INSIDE = '/run/touroku-watch'
CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>accessibility</type>
  <listen>unix:path=%s/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
REGISTRIES = ('/usr/libexec/at-spi2-registryd', '/usr/lib/at-spi2-core/at-spi2-registryd')


class Watch:
    """An accessibility bus that every user of a system may speak on."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='touroku-watch.')
        os.chmod(self.folder, 0o755)
        with open(self.folder + '/bus.conf', 'w', encoding='utf-8') as file:
            file.write(CONFIGURATION % self.folder)
        self.environment = {'AT_SPI_BUS_ADDRESS': 'unix:path=%s/bus' % INSIDE}
        self.outside = {**os.environ, 'AT_SPI_BUS_ADDRESS': 'unix:path=%s/bus' % self.folder, 'NO_AT_BRIDGE': '1'}
        self.bus = subprocess.Popen(['dbus-daemon', '--nofork', '--print-address=1', '--config-file', self.folder + '/bus.conf'],
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.bus.stdout.readline()
        os.chmod(self.folder + '/bus', 0o666)
        self.registry = subprocess.Popen([next(path for path in REGISTRIES if os.path.exists(path))], env=self.outside,
                                         stderr=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in (self.registry, self.bus):
            process.terminate()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def show_in(self, system):
        if not any(target == INSIDE for _, target, _ in system.binds):
            system.show(self.folder, INSIDE)

    def run(self, process, script, *arguments, seconds):
        """Runs SCRIPT, Python that may use the driver of the GUI tests, before the screen that the programs of PROCESS (System.start) have.
        Gives the object that it prints as JSON."""
        screen = find_screen(process, seconds)
        done = subprocess.run(['nsenter', '--target', str(screen['pid']), '--net', '--uts', '--ipc', '/usr/bin/python3', script, *arguments],
                              env={**self.outside, **screen['environment'], 'PYTHONPATH': TREE + '/tests/gui:' + HERE}, capture_output=True,
                              text=True, check=False)
        if done.returncode:
            raise Failed('%s: %s' % (os.path.basename(script), done.stderr.strip()[-3000:]))
        return json.loads(done.stdout)


def namespace(pid):
    try:
        return os.readlink('/proc/%s/ns/pid' % pid)
    except OSError:
        return None


def read_environment(pid):
    with open('/proc/%s/environ' % pid, 'rb') as file:
        return dict(entry.split('=', 1) for entry in file.read().decode(errors='replace').split('\0') if '=' in entry)


def find_screen(process, seconds):
    """The display of a program inside, as a program outside reaches it; waits until there is one."""
    inside = None
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise Failed('it ended with exit status %d before there was a window' % process.returncode)
        inside = inside or next((namespace(pid) for pid in child_pids(process.pid)), None)
        for pid in filter(str.isdigit, os.listdir('/proc')):
            try:
                if namespace(pid) == inside and re.search(r'touroku$', os.readlink('/proc/%s/exe' % pid)):
                    environment = read_environment(pid)
                    authority = environment.get('XAUTHORITY')
                    return {'pid': int(pid), 'environment': {
                        'DISPLAY': environment['DISPLAY'],
                        **({'XAUTHORITY': '/proc/%s/root%s' % (pid, authority)} if authority else {})}}
            except (OSError, KeyError):
                continue
        time.sleep(0.2)
    raise Failed('no window after %d s' % seconds)


def child_pids(pid):
    with open('/proc/%d/task/%d/children' % (pid, pid), encoding='utf-8') as file:
        return file.read().split()
