"""A pcscd of its own, with virtual readers that come and go on a USB bus of its own (umockdev). In a network and mount
namespace (with-cards): the driver's ports are fixed, and there is one pcscd and one folder of drivers to a machine."""
import os
import shutil
import subprocess
import time

import gi
gi.require_version('UMockdev', '1.0')
from gi.repository import UMockdev  # noqa: E402

SOCKET = '/run/pcscd/pcscd.comm'
DRIVERS = '/usr/lib/pcsc/drivers'
FIRST_PORT = 0x8C7B
VENDOR = 0x16D0
BUNDLE = '''<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>reader.so</string>
<key>CFBundleName</key><string>reader</string>
<key>ifdVendorID</key><array><string>0x%04X</string></array>
<key>ifdProductID</key><array><string>0x%04X</string></array>
<key>ifdFriendlyName</key><array><string>%s</string></array>
</dict></plist>
'''


def wait(condition, what):
    end = time.monotonic() + 20
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError('timed out: ' + what)
        time.sleep(0.01)


class Pcscd:
    """A reader is two slots of the virtual reader, on two ports, and a USB device; pcscd knows it by its product."""

    def __init__(self, folder, n_readers, reader_name):
        """FOLDER has the driver of the virtual reader and the one that stands before it."""
        self.folder = folder
        self.process = None
        self.bus = UMockdev.Testbed.new()
        self.unplugged = set()
        for index in range(n_readers):
            self._install_driver(index, '%s %c' % (reader_name, ord('A') + index))

    @staticmethod
    def get_port(slot):
        return FIRST_PORT + slot

    def _install_driver(self, index, name):
        contents = os.path.join(DRIVERS, 'reader%d.bundle' % index, 'Contents')
        os.makedirs(contents + '/Linux')
        for driver in ('reader.so', 'libifdvpcd.so'):
            shutil.copy(os.path.join(self.folder, driver), contents + '/Linux')
        with open(contents + '/Info.plist', 'w', encoding='utf-8') as file:
            file.write(BUNDLE % (VENDOR, self.get_port(2 * index), name))

    @staticmethod
    def _path(index):
        return '/sys/devices/reader%d' % index

    def _interface(self, index):
        return '%s/reader%d:1.0' % (self._path(index), index)

    def add_reader(self, index):
        if index in self.unplugged:
            self.unplugged.remove(index)
            self.bus.uevent(self._interface(index), 'add')
            return
        self.bus.add_device('usb', 'reader%d' % index, None,
                            ['idVendor', '%04x' % VENDOR, 'idProduct', '%04x' % self.get_port(2 * index)],
                            ['DEVTYPE', 'usb_device', 'DEVNAME', '/dev/bus/usb/001/%03d' % (index + 2)])
        self.bus.add_device('usb', 'reader%d:1.0' % index, self._path(index), ['bInterfaceNumber', '00'],
                            ['DEVTYPE', 'usb_interface'])

    def remove_reader(self, index):
        """pcscd looks up the device when it hears that it is gone, so it stays on the bus until pcscd has ended."""
        self.bus.uevent(self._interface(index), 'remove')
        self.unplugged.add(index)

    def _forget_unplugged(self):
        for index in self.unplugged:
            self.bus.remove_device(self._interface(index))
            self.bus.remove_device(self._path(index))
        self.unplugged.clear()

    @staticmethod
    def _options():
        """From 2.0 on it asks polkit whether a program may speak to it, and in these namespaces there is none to say yes."""
        known = subprocess.run(['/usr/sbin/pcscd', '--help'], capture_output=True, text=True).stdout
        return ['--disable-polkit'] if '--disable-polkit' in known else []

    def start(self):
        log = open(os.path.join(self.folder, 'pcscd.log'), 'ab')
        os.makedirs(os.path.dirname(SOCKET), exist_ok=True)
        self.process = subprocess.Popen(['/usr/sbin/pcscd', '--foreground', '--info', '--config', DRIVERS, *self._options()],
                                        stdout=log, stderr=log)
        wait(lambda: os.path.exists(SOCKET) or self.process.poll() is not None, 'pcscd')
        if self.process.poll() is not None:
            raise RuntimeError('pcscd ended with %s' % self.process.returncode)

    def stop(self):
        process, self.process = self.process, None
        if process is not None:
            process.terminate()
            process.wait(20)
        self._forget_unplugged()
