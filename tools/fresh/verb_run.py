"""The first command of README, to the letter, up to the first window."""
import os
import re
import time

from system import HERE, TREE, Failed, System, say, tail
from watch import Watch

# What the first page must hold, as regular expressions, in the language that the command opens it in.
ENGLISH = ['Practice', 'Procurement category', 'Construction; construction design and supervision', 'User Registration',
           'E-Bidding System']
JAPANESE = ['練習', '調達区分', '工事、工事設計・工事監理', '利用者登録', '電子入札システム']
SECONDS = 900


def read_command(end):
    """A command that README names, so that what is tried is what a reader types."""
    with open(os.path.join(TREE, 'README.md'), encoding='utf-8') as file:
        found = re.search(r'`((?:xvfb-run -a )?\./run%s)`' % re.escape(end), file.read())
    if not found:
        raise Failed('README does not say how to start it (./run%s)' % end)
    return found[1] if found[1].startswith('xvfb-run') else 'xvfb-run -a ' + found[1]


def count_packages(system):
    return len(system.read("dpkg-query -W -f '${db:Status-Status}\\n'").split())


def open_window(watch, system, folder, command, texts, shot, user='root'):
    """Runs COMMAND until the window shows TEXTS. Gives the seconds."""
    log = shot[:-4] + '.log'
    begun = time.time()
    with open(log, 'a', encoding='utf-8') as output:
        process = system.start(command, user=user, folder=folder, output=output)
        try:
            seen = watch.run(process, HERE + '/first_window.py', shot, *texts, seconds=SECONDS)
        except Failed as fault:
            if system.mirror.problem:
                raise system.mirror.problem from fault
            raise Failed('%s as %s: %s; the end of its output:\n%s' % (command, user, fault, tail(log))) from fault
        finally:
            # Ends all of its namespace; unshare holds any other signal back.
            process.kill()
            process.wait()
    return seen['when'] - begun


def try_as(mirror, lower, shots, who, sudo, command, texts):
    shot = os.path.join(shots, who + '.png')
    user = 'root' if who == 'root' else 'bidder'
    with Watch() as watch, System(mirror, [lower], who, watch) as system:
        if user != 'root':
            system.add_person(user, sudo=sudo)
        folder = system.clone(user)
        before = count_packages(system)
        if user != 'root' and not sudo:
            install_what_it_names(system, folder, user, command, shot[:-4] + '.log')
        seconds = open_window(watch, system, folder, command, texts, shot, user)
        say('%s, as %s: %s shows its first window after %.0f s; %d packages came in.' %
            (mirror.release, who, command, seconds, count_packages(system) - before))


def install_what_it_names(system, folder, user, command, log):
    """Without sudo: ./run fails and names the command that root is to run."""
    if system.run(command, user=user, folder=folder, log=log) == 0:
        raise Failed('%s works without the packages' % command)
    with open(log, encoding='utf-8') as file:
        found = re.search(r'^ +(apt-get install .+)$', file.read(), re.M)
    if not found:
        raise Failed('%s does not say what root is to run:\n%s' % (command, tail(log)))
    system.must('apt-get update -q && DEBIAN_FRONTEND=noninteractive %s -y -q' % found[1], log=log)


def main(mirror, lower, shots):
    os.makedirs(shots, exist_ok=True)
    try_as(mirror, lower, shots, 'root', False, read_command(''), ENGLISH)
    try_as(mirror, lower, shots, 'user-with-sudo', True, read_command(' --language ja'), JAPANESE)
    try_as(mirror, lower, shots, 'user', False, read_command(' --language ja'), JAPANESE)
