#!/usr/bin/python3
"""What ties the program to its desktop files: the class of its windows, started over the session bus as the desktop does it
(DBusActivatable), the action "practice" likewise, and the icon in the first property of the window."""
import configparser
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Atspi, children, wait
from gi.repository import Gio, GLib
from job_steps import BUILD, SHOTS, TOUROKU, Program

IDS = ['io.github.touroku.Touroku', 'io.github.touroku.Touroku.Practice']


def install_services():
    """As `meson install` would, but for the program of the build folder."""
    folder = os.path.join(os.environ['XDG_DATA_HOME'], 'dbus-1', 'services')
    os.makedirs(folder)
    for name in IDS:
        with open('%s/data/%s.service' % (BUILD, name), encoding='utf-8') as file:
            lines = file.read().splitlines()
        assert 'Name=' + name in lines, lines
        command, = (line.split() for line in lines if line.startswith('Exec='))
        assert command[0].startswith('Exec=/') and command[0].endswith('/bin/touroku'), command
        with open('%s/%s.service' % (folder, name), 'w', encoding='utf-8') as file:
            file.write('[D-BUS Service]\nName=%s\nExec=%s %s\n' % (name, TOUROKU, ' '.join(command[1:])))
    call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'ReloadConfig', None)


def call(name, path, interface, method, arguments):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 60000, None)


def ask_application(name, method, arguments):
    call(name, '/' + name.replace('.', '/'), 'org.freedesktop.Application', method, arguments)


def process_of(name):
    """None when nobody has the name; does not start anything."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    try:
        return bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'GetConnectionUnixProcessID',
                             GLib.Variant('(s)', (name,)), None, Gio.DBusCallFlags.NONE, 10000, None)[0]
    except GLib.Error:
        return None


def find_node(pid):
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    return next((child for child in children(desktop) if child.get_process_id() == pid and child.get_child_count()), None)


def properties(window):
    return subprocess.run(['xprop', '-id', window, 'WM_CLASS', '_NET_WM_ICON'], capture_output=True, text=True, check=True).stdout


def windows_of(pid):
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(pid)], capture_output=True, text=True)
    return found.stdout.split()


def check_window(name, pid):
    """The desktop file by the name of the id says the class that the window has."""
    desktop = configparser.ConfigParser(interpolation=None)
    desktop.optionxform = str
    desktop.read('%s/data/%s.desktop' % (BUILD, name), encoding='utf-8')
    entry = desktop['Desktop Entry']
    assert entry['DBusActivatable'] == 'true'
    window = wait(lambda: windows_of(pid), 30, 'a window of ' + name)[0]
    said = properties(window)
    assert entry['StartupWMClass'] == name, entry['StartupWMClass']
    # The instance and the class: the first is what Wayland has for an app_id, too.
    assert 'WM_CLASS(STRING) = "%s", "%s"' % (name, name) in said, said
    assert re.search(r'_NET_WM_ICON\(CARDINAL\) =', said), said


def starts(name):
    pid = wait(lambda: process_of(name), 30, name)
    program = Program.attach(wait(lambda: find_node(pid), 30, 'the window of ' + name), SHOTS)
    program.focus_is(id='construction_radio' if 'Practice' in name else 'open_profile_button', seconds=30)
    check_window(name, pid)
    return pid


def main():
    install_services()
    at_work, practice = IDS
    ask_application(at_work, 'ActivateAction', GLib.Variant('(sava{sv})', ('practice', [], {})))
    pid = starts(practice)
    os.kill(pid, 15)
    wait(lambda: process_of(practice) is None, 30, 'practice ended')
    ask_application(practice, 'Activate', GLib.Variant('(a{sv})', ({},)))
    os.kill(starts(practice), 15)
    ask_application(at_work, 'Activate', GLib.Variant('(a{sv})', ({},)))
    os.kill(starts(at_work), 15)


if __name__ == '__main__':
    main()
