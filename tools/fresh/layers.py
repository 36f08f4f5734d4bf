"""Layers over a minimal system that are kept too: what a command installs there is installed once."""
import os
import shutil

from system import System, cache_folder, say, write


def keep(mirror, lower, name, command, key='', files=()):
    """The folder of a layer over LOWER (a folder) in which COMMAND was run; made anew when the system, the command or KEY is another
    than then. FILES: [from, to], what the command sees besides."""
    folder = os.path.join(cache_folder(), 'layer-%s-%s' % (mirror.release, name))
    key = '%s\n%s\n%s\n' % (os.stat(lower + '/etc/hostname').st_mtime_ns, command, key)
    if not has_key(folder, key):
        say('Making the layer %s of %s…' % (name, mirror.release))
        shutil.rmtree(folder, ignore_errors=True)
        make(System(mirror, [lower], name), command, files, folder)
        write(folder + '.key', key)
    return folder


def has_key(folder, key):
    try:
        with open(folder + '.key', encoding='utf-8') as file:
            return file.read() == key and os.path.isdir(folder)
    except FileNotFoundError:
        return False


def make(system, command, files, folder):
    with system:
        for source, target in files:
            system.show(source, target)
        system.must(command, log=folder + '.log')
        os.rename(system.path('upper'), folder)
