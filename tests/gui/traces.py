"""Looks for what must be nowhere: in the memory of a process, in a core of it, in files, in what goes over a bus."""
import os
import re
import shutil
import subprocess

from driver import Atspi, wait

# A sanitizer maps terabytes that hold nothing of the program; a core of it cannot be had.
MOST_BYTES = 1 << 30
PIECE = 6
AT_ONCE = 1 << 24


class Secret:
    """A text that nothing else looks like. A part of it counts as the whole: the first bytes of a block of memory are written
    over when it is given back."""

    def __init__(self, name, text):
        self.name, self.text = name, text
        middle = len(text) // 2 - PIECE // 2
        self.pieces = {piece.encode() for piece in (text[:PIECE], text[middle:middle + PIECE], text[-PIECE:])}

    def find(self, data):
        """Gives how often it is in DATA; in UTF-8, UTF-16 and UTF-32, as these differ in zeros alone."""
        dense = data.translate(None, b'\0')
        return sum(dense.count(piece) for piece in self.pieces)

    def find_in_file(self, path):
        n, before = 0, b''
        with open(path, 'rb') as file:
            while data := file.read(AT_ONCE):
                n += self.find(before + data)
                before = data[-4 * (PIECE - 1):]
        return n


def _maps(pid):
    """What the process can read: address, size, description."""
    with open('/proc/%d/maps' % pid, encoding='utf-8', errors='replace') as maps:
        for line in maps:
            start, end, rights, name = re.match(r'(\w+)-(\w+) (\S+) \S+ \S+ \S+\s*(.*)', line).groups()
            yield int(start, 16), int(end, 16) - int(start, 16), rights, name


def find_in_memory(pid, secret):
    """Gives descriptions of the parts of PID's memory that hold SECRET, those too that a core leaves out. Not looked at: what was
    mapped from a file and cannot be written to; what cannot be read from outside ([vvar])."""
    found = []
    with open('/proc/%d/mem' % pid, 'rb', buffering=0) as memory:
        for start, size, rights, name in _maps(pid):
            if rights[0] != 'r' or size > MOST_BYTES or name == '[vvar]' or (name.startswith('/') and rights[1] == '-'):
                continue
            try:
                memory.seek(start)
                n = secret.find(memory.read(size))
            except (OSError, OverflowError):
                continue  # it is not there any more
            if n:
                found.append('%d times in %x %s %s' % (n, start, rights, name or 'anonymous'))
    return found


def can_dump(pid):
    """Whether a core of PID can be had in reasonable time."""
    return shutil.which('gcore') is not None and all(size <= MOST_BYTES for _, size, _, _ in _maps(pid))


def dump(pid, folder):
    """A core of PID, which has the registers besides the memory. Gives its path."""
    subprocess.run(['gcore', '-o', os.path.join(folder, 'core'), str(pid)], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env={**os.environ, 'DEBUGINFOD_URLS': ''})
    return os.path.join(folder, 'core.%d' % pid)


def find_in_environment(pid, secret):
    with open('/proc/%d/environ' % pid, 'rb') as environment, open('/proc/%d/cmdline' % pid, 'rb') as arguments:
        return secret.find(environment.read()) + secret.find(arguments.read())


def find_in_files(folders, secret):
    """The files under FOLDERS that hold SECRET."""
    paths = (os.path.join(place, name) for folder in folders for place, _, names in os.walk(folder) for name in names)
    return [path for path in paths if os.path.isfile(path) and not os.path.islink(path) and secret.find_in_file(path)]


def child_processes(pid, name):
    """Those that PID has started and that are called NAME (its first 15 bytes)."""
    found = []
    for entry in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open('/proc/%s/stat' % entry, encoding='utf-8', errors='replace') as stat:
                program, rest = re.match(r'\d+ \((.*)\) (.*)', stat.read(), re.S).groups()
        except OSError:
            continue  # it ended meanwhile
        if int(rest.split()[1]) == pid and program == name[:15] and rest[0] != 'Z':
            found.append(int(entry))
    return found


class Tap:
    """Writes to PATH all that goes over a bus (dbus-monitor's arguments), as it is on the wire."""

    def __init__(self, path, *bus):
        self.path = path
        with open(path, 'wb') as file:
            self.process = subprocess.Popen(['dbus-monitor', '--binary', *bus], stdout=file)
        wait(lambda: os.path.getsize(path) > 0 or self.process.poll() is not None, 10, 'the tap on the bus')

    def close(self):
        self.process.terminate()
        self.process.wait(10)


def accessibility_bus():
    """Its address."""
    answer = subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.a11y.Bus', '--object-path', '/org/a11y/bus',
                             '--method', 'org.a11y.Bus.GetAddress'], check=True, capture_output=True, text=True).stdout
    return re.search(r"'(.*)'", answer).group(1)


class ScreenReader:
    """Hears all that is typed, letter by letter, as far as the program lets it; while the test waits for something."""

    def __init__(self):
        self.heard = []
        self.listener = Atspi.EventListener.new(self._on_text_changed)
        self.listener.register('object:text-changed:insert')

    def _on_text_changed(self, event):
        self.heard.append(str(event.any_data))

    def find(self, secret):
        return secret.find(''.join(self.heard).encode())
