"""The packages, as CONTRIBUTING builds them and as apt, a desktop and a person use them.

Without Recommends: what Depends names must be enough for all that is done here. What looks and types is outside the system
(watch.py), so that no tool of a test stands in for a package that was forgotten."""
import glob
import hashlib
import os
import re
import shutil
import time

from layers import keep
from system import HERE, TREE, Failed, System, say, tail
from watch import Watch

INSTALL = 'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends '
PACKAGES = ('touroku', 'touroku-practice')
DESKTOP = '/usr/share/applications/io.github.touroku.Touroku.desktop'
# As its user finds a Japanese desktop; the pointer method so that the test can type any character as key events.
PERSON = {'LANG': 'ja_JP.UTF-8', 'GTK_IM_MODULE': 'gtk-im-context-simple', 'GTK_THEME': 'Adwaita'}
SESSION = "xvfb-run -a -s '-screen 0 1024x768x24' dbus-run-session -- bash -c '%s sleep infinity'"
PRACTISE = '$(sed -n "/^.Desktop Action practice/,/^Exec=/s/^Exec=//p" %s) &' % DESKTOP
BEFORE = '~before'
ROUNDS = 15


class Built:
    """A folder of packages outside, as one build made it."""

    def __init__(self, folder):
        self.folder = folder

    def files(self):
        return sorted(name for name in os.listdir(self.folder) if name.endswith(('.deb', '.dsc', '.tar.xz')))

    def sums(self):
        return {name: hashlib.sha256(open(os.path.join(self.folder, name), 'rb').read()).hexdigest() for name in self.files()}

    def show_in(self, system, target='/srv/packages'):
        system.show(self.folder, target)

    def path(self, package, folder='/srv/packages'):
        """Of PACKAGE, inside."""
        found, = [name for name in self.files() if name.startswith(package + '_') and name.endswith('.deb')]
        return '%s/%s' % (folder, found)


def build(system, user, source, name, log, umask='022', environment=None):
    """What CONTRIBUTING says, in a clone of USER's of SOURCE. Gives the packages, which last as long as the system."""
    clone = '%s/%s' % ('/root' if user == 'root' else '/home/' + user, name)
    system.must('git clone --quiet %s %s' % (source, clone), user=user, log=log)
    system.must('umask %s; tools/debian-source %s.built && cd %s.built/touroku-*/ && dpkg-buildpackage -us -uc' % (umask, clone, clone),
                user=user, folder=clone, log=log, environment=environment)
    return Built(system.path('upper') + clone + '.built')


def build_twice(mirror, lower, shots):
    """The same bytes, whoever builds, where, when, in which language and with which umask. Gives the packages, copied to SHOTS, and older
    ones."""
    with open(os.path.join(TREE, 'debian', 'control'), encoding='utf-8') as file:
        control = file.read()
    layer = keep(mirror, lower, 'build', INSTALL + 'build-essential && cd /srv/tree && apt-get build-dep -y -q --no-install-recommends ./',
                 key=control, files=[(os.path.join(TREE, 'debian'), '/srv/tree/debian')])
    with System(mirror, [layer, lower], 'build') as system:
        system.add_person('packager')
        begun = time.monotonic()
        source = system.clone(folder='source')
        system.must('chmod -R a+rX /root && git config --system --add safe.directory "*"')
        first = build(system, 'packager', source, 'touroku', shots + '/build.log')
        say('%s: built with its Build-Depends alone in %d s.' % (mirror.release, time.monotonic() - begun))
        second = build(system, 'root', source, 'elsewhere/in-another-folder', shots + '/build-again.log', umask='027',
                       environment={'LC_ALL': 'C', 'TZ': 'Asia/Tokyo', 'LANGUAGE': 'ja'})
        differ = sorted(name for name in {*first.files(), *second.files()} if first.sums().get(name) != second.sums().get(name))
        if differ:
            raise Failed('built again, these are other bytes: %s' % ', '.join(differ))
        say('%s: built again by another user, elsewhere, later, in another language and with another umask: the same %d files.' %
            (mirror.release, len(first.files())))
        make_older(system, shots + '/older.log')
        make_measures(system, shots + '/measures.log')
        for name, source in (('packages', first.folder), ('older', system.path('upper') + '/srv/older'),
                             ('measures', system.path('upper') + '/srv/measures')):
            shutil.rmtree(os.path.join(shots, name), ignore_errors=True)
            shutil.copytree(source, os.path.join(shots, name), ignore=lambda folder, names: [
                one for one in names if os.path.isdir(os.path.join(folder, one))], symlinks=True)
    return Built(shots + '/packages'), Built(shots + '/older')


def make_older(system, log):
    """The same packages under a version before."""
    system.must('set -e; umask 022; mkdir -p /srv/older; cd /home/packager/touroku.built; for package in %s; do dpkg-deb -R ${package}_*.deb /srv/tree-$package;'
                ' sed -i "s/^Version: .*/&%s/; s/(= \\([^)]*\\))/(= \\1%s)/" /srv/tree-$package/DEBIAN/control;'
                ' dpkg-deb --root-owner-group -b /srv/tree-$package /srv/older/; done' % (' '.join(PACKAGES), BEFORE, BEFORE), log=log)


def make_measures(system, log):
    """What ./bench measures windows with, built against this release's libraries; after the packages, for it takes more than they do."""
    system.must(INSTALL + 'libx11-dev libxdamage-dev libxres-dev && mkdir -p /srv/measures && cd /home/packager/touroku/bench.d &&'
                ' cc -O2 -o /srv/measures/first-window first-window.c -lX11 -lXdamage -lXRes &&'
                ' cc -O2 -o /srv/measures/empty-window empty-window.c $(pkg-config --cflags --libs gtk+-3.0)', log=log)


def check_policy(mirror, lower, built, log):
    layer = keep(mirror, lower, 'lintian', INSTALL + 'lintian')
    with System(mirror, [layer, lower], 'lintian') as system:
        system.add_person('packager')
        built.show_in(system)
        system.must('lintian --fail-on error,warning --tag-display-limit 0 -L ">=info" /srv/packages/*.changes', user='packager', log=log)
    say('%s: lintian has neither error nor warning.' % mirror.release)


def open_session(watch, system, command, script, shots, seconds=120):
    """Runs COMMAND in a session of the ordinary user, and what a person does there (package_steps.py, SCRIPT). Gives what it saw."""
    log = '%s/%s.log' % (shots, script)
    with open(log, 'a', encoding='utf-8') as output:
        process = system.start(SESSION % command, user='bidder', environment=PERSON, output=output)
        try:
            return watch.run(process, HERE + '/package_steps.py', script, shots, seconds=seconds)
        except Failed as fault:
            raise Failed('%s; the end of its output:\n%s' % (fault, tail(log))) from fault
        finally:
            process.kill()  # all of it: it is process 1 there
            process.wait()


def read_versions(system):
    return system.read("dpkg-query -W -f '${db:Status-Status} ${Version}\\n' %s" % ' '.join(PACKAGES)).splitlines()


def hash_of_data(system):
    """Of all that the user has."""
    return system.read("find /home/bidder/.local/share/touroku -type f -exec sha256sum {} + | sort")


def say_sizes(system, release):
    for line in system.read("dpkg-query -W -f '${Package} ${Installed-Size}\\n' %s" % ' '.join(PACKAGES)).splitlines():
        package, kib = line.split()
        say('%s: %s takes %.1f MiB installed.' % (release, package, int(kib) / 1024))


def find_leftovers(system):
    """What bears the name outside people's homes, beside what the package system itself keeps of purged packages."""
    found = system.read("find / -xdev \\( -path /proc -o -path /srv -o -path /home -o -path /var/log -o -path /var/cache/apt -o -path /run"
                        " -o -path /dev -o -path /sys -o -path /tmp \\) -prune -o -iname '*touroku*' -print").split()
    mentioned = system.read("grep -rlais 'touroku' /usr/share/applications /usr/share/mime /usr/share/glib-2.0/schemas /usr/share/icons"
                            " /etc /var/lib/dpkg/info /var/lib/dpkg/status || true").split()
    return found + mentioned


def use(mirror, lower, built, older, shots):
    # The machine of a Japanese office has its language; that is the system's, not a package's.
    layer = keep(mirror, lower, 'japanese', INSTALL + 'locales && localedef -i ja_JP -f UTF-8 ja_JP.UTF-8')
    with Watch() as watch, System(mirror, [layer, lower], 'use', watch) as system:
        log = shots + '/apt.log'
        built.show_in(system)
        older.show_in(system, '/srv/older')
        system.add_person('bidder')
        system.must("mkdir -p ~/.config/gtk-3.0 && printf '[Settings]\\ngtk-enable-animations=0\\n' > ~/.config/gtk-3.0/settings.ini", user='bidder')

        system.must(INSTALL + older.path('touroku', '/srv/older'), log=log)
        open_session(watch, system, PRACTISE, 'practice_missing', shots)
        say('%s: touroku alone says in Japanese that practice is missing, and what to install.' % mirror.release)

        # `gio launch` does what a desktop does with the file; it comes with the library's tools, after Japanese was seen without them.
        system.must(INSTALL + older.path('touroku-practice', '/srv/older') + ' libglib2.0-bin', log=log)
        number = open_session(watch, system, 'gio launch %s;' % DESKTOP, 'register', shots)['number']
        open_session(watch, system, PRACTISE, 'leave_draft', shots)
        say('%s: registered in practice from the desktop file, number %s, and left a draft.' % (mirror.release, number))

        before = read_versions(system)
        system.must(INSTALL + ' '.join(built.path(package) for package in PACKAGES), log=log)
        after = read_versions(system)
        if [line.replace(BEFORE, '') for line in before] != after or before == after:
            raise Failed('not upgraded: %s, %s' % (before, after))
        seen = open_session(watch, system, PRACTISE, 'find_again', shots)
        if number not in seen['records']:
            raise Failed('the record of %s is gone after the upgrade: %s' % (number, seen))
        say('%s: upgraded from %s to %s: the record and the draft are there.' % (mirror.release, before[0].split()[1], after[0].split()[1]))
        say_sizes(system, mirror.release)
        remove(system, mirror.release, log)


def remove(system, release, log):
    before = hash_of_data(system)
    system.must('DEBIAN_FRONTEND=noninteractive apt-get remove -y -q ' + ' '.join(PACKAGES), log=log)
    # Not by apt, which knows no more of a package from a file once nothing of it is left.
    system.must('dpkg --purge ' + ' '.join(PACKAGES), log=log)
    left = find_leftovers(system)
    if left:
        raise Failed('left after the purge: %s' % ' '.join(left))
    if hash_of_data(system) != before or 'records.db' not in before:
        raise Failed('the data of the user is not what it was')
    say('%s: removed and purged: nothing of it is left but the data of the user, which is as it was.' % release)


def measure(mirror, lower, built, shots):
    """The first window of the packaged program beside an empty one (bench.d/bench.py)."""
    layer = keep(mirror, lower, 'measure', INSTALL + 'python3 libxres1 libxdamage1')
    with System(mirror, [layer, lower], 'measure') as system:
        built.show_in(system)
        system.show(os.path.join(TREE, 'bench.d'), '/srv/bench.d')
        system.show(shots + '/measures', '/srv/build/bench.d')
        system.must(INSTALL + ' '.join(built.path(package) for package in PACKAGES), log=shots + '/apt.log')
        # As root: nobody else may look into the program's memory.
        table = system.read('xvfb-run -a -s "-screen 0 1024x768x24 -noreset" dbus-run-session -- python3 /srv/bench.d/bench.py /srv/build %d windows' % ROUNDS,
                            environment={'TOUROKU_TEST_PREFIX': '/usr', 'LANG': 'C.UTF-8'})
    say(''.join(line + '\n' for line in table.splitlines() if re.match(r'\||First', line)).rstrip())


def main(mirror, lower, shots):
    os.makedirs(shots, exist_ok=True)
    for path in glob.glob(shots + '/*.log') + glob.glob(shots + '/*.png'):
        os.unlink(path)
    built, older = build_twice(mirror, lower, shots)
    check_policy(mirror, lower, built, shots + '/lintian.log')
    use(mirror, lower, built, older, shots)
    measure(mirror, lower, built, shots)
