"""Fresh minimal systems of Debian: made once with debootstrap and kept; each use gets a layer of its own over it, which is thrown away.
What runs there has namespaces of its own and sees nothing of this machine but the mirror (mirror.py)."""
import contextlib
import fcntl
import glob
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from mirror import PORT, TRIES, NoMirror

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
# Nothing besides what the release counts as required: what `git clone` and a window without a screen take.
INCLUDED = ('git', 'ca-certificates', 'xvfb', 'xauth')
# The first makes it end with this program, however that ends.
NAMESPACES = ['setpriv', '--pdeathsig', 'KILL', 'unshare', '--mount', '--pid', '--ipc', '--uts', '--net', '--fork', '--kill-child']
KEPT_DAYS = 7
NEEDED = ('debootstrap', 'setpriv', 'unshare', 'nsenter', 'pivot_root', 'ip')


class Unavailable(Exception):
    """No fresh system can be had here: no fault of what is tried."""


class Failed(Exception):
    """What was tried does not work on a fresh system."""


def say(text):
    print(text, flush=True)


def check_namespaces():
    if os.geteuid() != 0:
        raise Unavailable('a fresh system is made by root only')
    missing = [tool for tool in NEEDED if shutil.which(tool) is None]
    if missing:
        raise Unavailable('not installed: %s' % ', '.join(missing))
    with tempfile.TemporaryDirectory(dir=cache_folder()) as folder:
        for part in ('lower', 'upper', 'work', 'root'):
            os.mkdir(os.path.join(folder, part))
        tried = subprocess.run([*NAMESPACES, 'mount', '-t', 'overlay', '-o', 'lowerdir=lower,upperdir=upper,workdir=work', 'overlay', 'root'],
                               cwd=folder, capture_output=True, text=True, check=False)
    if tried.returncode:
        raise Unavailable('namespaces, or layers in %s, cannot be had here (%s)' % (cache_folder(), tried.stderr.strip()))


def cache_folder():
    folder = os.path.join(os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache'), 'touroku-fresh')
    os.makedirs(os.path.join(folder, 'systems'), exist_ok=True)
    return folder


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def set_up_apt(root, mirror, settings):
    write(root + '/etc/apt/sources.list', mirror.sources_list())
    # Requests one after the other: the relay answers no pipeline. Speed of a disk that is thrown away matters more than its safety.
    write(root + '/etc/apt/apt.conf.d/90fresh', settings + 'Acquire::http::Proxy "http://127.0.0.1:%d";\n'
          'Acquire::http::Pipeline-Depth "0";\nAcquire::Languages "none";\n' % PORT)
    write(root + '/etc/dpkg/dpkg.cfg.d/90fresh', 'force-unsafe-io\n')
    write(root + '/etc/hosts', '127.0.0.1 localhost fresh\n')
    write(root + '/etc/hostname', 'fresh\n')
    with contextlib.suppress(FileNotFoundError):
        os.remove(root + '/etc/resolv.conf')


def claim(release):
    """One try of a release at a time: they share what is kept. What one that was killed has left goes. Gives the lock, to be held open."""
    lock = open(os.path.join(cache_folder(), release + '.lock'), 'w', encoding='utf-8')
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say('Another try of %s is under way; waiting for it…' % release)
        fcntl.flock(lock, fcntl.LOCK_EX)
    for left in glob.glob(os.path.join(cache_folder(), 'systems', release + '-*')):
        shutil.rmtree(left, ignore_errors=True)
    return lock


def bootstrap(mirror, folder):
    """Tried three times, as a mirror may break off in the middle."""
    log = folder + '.log'
    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        with open(log, 'w', encoding='utf-8') as file:
            # What it mounts goes with it, even where it is killed.
            made = subprocess.run(['unshare', '--mount', 'debootstrap', '--variant=minbase', '--include=' + ','.join(INCLUDED), mirror.release,
                                   folder, mirror.uri()], env={**os.environ, **mirror.proxy}, stdout=file, stderr=subprocess.STDOUT, check=False)
        if made.returncode == 0:
            return
    with open(log, encoding='utf-8') as file:
        end = file.read()[-2000:]
    if re.search(r"Couldn't download|Failed getting release|Unable to connect", end):
        raise NoMirror('the mirror did not give all of %s' % mirror.release)
    raise Failed('debootstrap: %s' % end)


def base(mirror, settings):
    """The folder of the minimal system; made when there is none, or an old one."""
    folder = os.path.join(cache_folder(), mirror.release)
    stamp = folder + '/etc/hostname'
    if not os.path.exists(stamp) or time.time() - os.stat(stamp).st_mtime > KEPT_DAYS * 86400:
        say('Making a minimal %s…' % mirror.release)
        begun = time.monotonic()
        bootstrap(mirror, folder + '.new')
        set_up_apt(folder + '.new', mirror, settings)
        shutil.rmtree(folder, ignore_errors=True)
        os.rename(folder + '.new', folder)
        say('… in %d s.' % (time.monotonic() - begun))
    return folder


class System:
    """One fresh system, in the layers LOWER (folders, the topmost first). What is written there stays from command to command until
    it is closed. WATCH: a Watch, which sees its windows."""

    def __init__(self, mirror, lower, name, watch=None):
        self.mirror, self.lower, self.watch = mirror, lower, watch
        self.processes = []
        self.folder = tempfile.mkdtemp(prefix='%s-%s.' % (mirror.release, name), dir=os.path.join(cache_folder(), 'systems'))
        self.binds = []
        for part in ('upper', 'work', 'root'):
            os.mkdir(os.path.join(self.folder, part))
        os.chmod(os.path.join(self.folder, 'upper'), 0o755)
        self.show_archives()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.kill()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, part):
        return os.path.join(self.folder, part)

    def show(self, source, target, read_only=True):
        self.binds.append([source, target, read_only])

    def show_archives(self):
        """Packages that were fetched once are not fetched again; apt looks at them all the same."""
        folder = os.path.join(cache_folder(), 'archives-' + self.mirror.release)
        os.makedirs(folder + '/partial', exist_ok=True)
        self.show(folder, '/var/cache/apt/archives', read_only=False)

    def start(self, command, user='root', folder=None, environment=None, output=None):
        """Starts COMMAND, a line of bash; gives the process outside, whose exit status is the command's."""
        if self.watch:
            self.watch.show_in(self)
        # What was asked again and came then explains no later failure.
        self.mirror.problem = None
        ours, theirs = socket.socketpair()
        process = subprocess.Popen([*NAMESPACES, '/usr/bin/python3', HERE + '/inside.py', str(theirs.fileno())], stdin=subprocess.PIPE,
                                   stdout=output, stderr=subprocess.STDOUT if output else None, pass_fds=[theirs.fileno()], text=True)
        self.processes.append(process)
        theirs.close()
        plan = {'lower': ':'.join(self.lower), 'binds': self.binds, 'user': user, 'folder': folder, 'command': command,
                'environment': {**(self.watch.environment if self.watch else {}), **(environment or {})},
                **{part: self.path(part) for part in ('upper', 'work', 'root')}}
        json.dump(plan, process.stdin)
        process.stdin.close()
        with ours:
            _, sockets, _, _ = socket.recv_fds(ours, 1, 1)
            if not sockets:
                raise Failed('the fresh system did not come up')
            self.mirror.serve(socket.socket(fileno=sockets[0]))
            if ours.recv(1) != b'+':
                raise Failed('the fresh system did not come up')
        return process

    def run(self, command, log=None, **how):
        """Runs COMMAND to its end and gives its exit status. LOG: a file for its output, instead of ours."""
        with open(log, 'a', encoding='utf-8') if log else contextlib.nullcontext() as output:
            return self.start(command, output=output, **how).wait()

    def must(self, command, log=None, **how):
        status = self.run(command, log=log, **how)
        if status and self.mirror.problem:
            raise self.mirror.problem
        if status:
            raise Failed('%s: exit status %d%s' % (command, status, '; the end of its output:\n' + tail(log) if log else ''))

    def read(self, command, **how):
        """What COMMAND prints."""
        with tempfile.NamedTemporaryFile('r', encoding='utf-8', dir=self.folder) as file:
            self.must(command, log=file.name, **how)
            return file.read()

    def clone(self, user='root', folder='touroku'):
        """A clean clone of this tree's HEAD in USER's home folder, as a stranger has it. Gives its path there."""
        bundle = self.path('touroku.bundle')
        subprocess.run(['git', '-C', TREE, 'bundle', 'create', '--quiet', bundle, 'HEAD'], check=True)
        os.chmod(bundle, 0o644)
        self.show(bundle, '/srv/touroku.bundle')
        self.must('git -c advice.detachedHead=false -c init.defaultBranch=main clone --quiet /srv/touroku.bundle %s' % folder, user=user)
        return ('/root/' if user == 'root' else '/home/%s/' % user) + folder

    def add_person(self, name, sudo=False):
        """An ordinary user; with SUDO one who may do what root may."""
        self.must('useradd --create-home --shell /bin/bash %s' % name)
        if sudo:
            log = self.path('sudo.log')
            self.must('apt-get update -q && apt-get install -y -q --no-install-recommends sudo', log=log)
            self.must("echo '%s ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/fresh" % name)


def tail(path, lines=40):
    with open(path, encoding='utf-8', errors='replace') as file:
        return ''.join(file.readlines()[-lines:])


def warn_of_changes():
    changed = subprocess.run(['git', '-C', TREE, 'status', '--porcelain'], capture_output=True, text=True, check=True).stdout
    if changed:
        print('Changes that are not committed are left out.', file=sys.stderr)
