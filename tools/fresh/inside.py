"""The first process of a fresh system: makes its network, its files and its devices, then runs one command there and gives its exit
status. Started by system.py in namespaces of its own; reads what to do as JSON from standard input.

    lower, upper, work, root    the overlay, and where it is mounted
    binds                       [from, to, read-only or not]: what else is seen there
    user, folder, environment, command"""
import json
import os
import pwd
import signal
import socket
import subprocess
import sys

from mirror import PORT

DEVICES = ('null', 'zero', 'full', 'random', 'urandom', 'tty')


def run(*command):
    subprocess.run(command, check=True)


def listen(channel):
    """The relay's socket belongs to this network, wherever the process is that answers."""
    run('ip', 'link', 'set', 'lo', 'up')
    listener = socket.create_server(('127.0.0.1', PORT))
    socket.send_fds(channel, [b'.'], [listener.fileno()])


def make_devices(root):
    run('mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', root + '/dev')
    for name in DEVICES:
        open(root + '/dev/' + name, 'w').close()
        run('mount', '--bind', '/dev/' + name, root + '/dev/' + name)
    for name in ('pts', 'shm'):
        os.mkdir(root + '/dev/' + name)
    run('mount', '-t', 'devpts', '-o', 'newinstance,ptmxmode=666,mode=620,gid=5', 'devpts', root + '/dev/pts')
    run('mount', '-t', 'tmpfs', '-o', 'mode=1777', 'tmpfs', root + '/dev/shm')
    for name, target in (('ptmx', 'pts/ptmx'), ('fd', '/proc/self/fd'), ('stdin', 'fd/0'), ('stdout', 'fd/1'), ('stderr', 'fd/2')):
        os.symlink(target, root + '/dev/' + name)


def mount_all(plan):
    root = plan['root']
    run('mount', '--make-rprivate', '/')
    run('mount', '-t', 'overlay', '-o', 'lowerdir=%(lower)s,upperdir=%(upper)s,workdir=%(work)s' % plan, 'overlay', root)
    run('mount', '-t', 'proc', 'proc', root + '/proc')
    run('mount', '-t', 'sysfs', '-o', 'ro', 'sysfs', root + '/sys')
    run('mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', root + '/run')
    os.mkdir(root + '/run/lock', 0o1777)
    make_devices(root)
    for source, target, read_only in plan['binds']:
        target = root + target
        if os.path.isdir(source):
            os.makedirs(target, exist_ok=True)
        else:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            open(target, 'a').close()
        run('mount', '--bind', source, target)
        if read_only:
            run('mount', '-o', 'remount,bind,ro', target)


def enter(root):
    """Leaves the machine's own files for good: a chroot could be left, and allows no user namespaces."""
    os.chdir(root)
    run('pivot_root', '.', 'mnt')
    os.chdir('/')
    run('umount', '-l', '/mnt')


def start(plan):
    person = pwd.getpwnam(plan['user'])
    child = os.fork()
    if child:
        return child
    os.setsid()
    os.initgroups(person.pw_name, person.pw_gid)
    os.setgid(person.pw_gid)
    os.setuid(person.pw_uid)
    os.umask(0o022)
    os.chdir(plan['folder'] or person.pw_dir)
    environment = {'PATH': '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'TERM': 'dumb', 'SHELL': '/bin/bash',
                   'HOME': person.pw_dir, 'USER': person.pw_name, 'LOGNAME': person.pw_name, **plan['environment']}
    os.execve('/bin/bash', ['bash', '-c', plan['command']], environment)


def wait_for(child):
    """As init does: whatever lost its parent is waited for too."""
    while True:
        process, status = os.wait()
        if process == child:
            return os.waitstatus_to_exitcode(status)


def main():
    channel = socket.socket(fileno=int(sys.argv[1]))
    plan = json.load(sys.stdin)
    listen(channel)
    mount_all(plan)
    socket.sethostname('fresh')
    enter(plan['root'])
    os.dup2(os.open('/dev/null', os.O_RDONLY), 0)
    child = start(plan)
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(child, signal.SIGTERM))
    channel.send(b'+')
    channel.close()
    status = wait_for(child)
    sys.exit(status if status >= 0 else 128 - status)


main()
