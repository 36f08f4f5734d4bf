"""A pcscd of its own, with as many virtual readers as are wanted. In a network and mount namespace of its own (with-cards):
the driver's ports are fixed, and there is one pcscd to a machine."""
import glob
import os
import shutil
import subprocess
import time

SOCKET = '/run/pcscd/pcscd.comm'
FIRST_PORT = 0x8C7B
DRIVERS = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so'


def wait(condition, what):
    end = time.monotonic() + 20
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError('timed out: ' + what)
        time.sleep(0.01)


class Pcscd:
    """A reader is two slots of the driver, on two ports; the driver keeps its sockets in static memory, so each reader has a
    copy of it under a name of its own."""

    def __init__(self, folder, reader_name):
        self.folder = folder
        self.reader_name = reader_name
        self.readers = os.path.join(folder, 'reader.conf.d')
        self.process = None
        os.makedirs(self.readers)

    @staticmethod
    def get_port(slot):
        return FIRST_PORT + slot

    # pcscd with udev does not read its configuration again: these two are for the next start.
    def add_reader(self, index):
        driver = os.path.join(self.folder, 'libifdvpcd%d.so' % index)
        if not os.path.exists(driver):
            shutil.copy(glob.glob(DRIVERS)[0], driver)
        with open(os.path.join(self.readers, 'reader%d' % index), 'w', encoding='ascii') as file:
            port = self.get_port(2 * index)
            file.write('FRIENDLYNAME "%s %c"\nDEVICENAME /dev/null:0x%X\nLIBPATH %s\nCHANNELID 0x%X\n'
                       % (self.reader_name, ord('A') + index, port, driver, port))

    def remove_reader(self, index):
        os.unlink(os.path.join(self.readers, 'reader%d' % index))

    def start(self):
        log = open(os.path.join(self.folder, 'pcscd.log'), 'ab')
        os.makedirs(os.path.dirname(SOCKET), exist_ok=True)
        self.process = subprocess.Popen(['/usr/sbin/pcscd', '--foreground', '--info', '--config', self.readers], stdout=log,
                                        stderr=log)
        wait(lambda: os.path.exists(SOCKET) or self.process.poll() is not None, 'pcscd')
        if self.process.poll() is not None:
            raise RuntimeError('pcscd ended with %s' % self.process.returncode)

    def stop(self):
        process, self.process = self.process, None
        if process is not None:
            process.terminate()
            process.wait(20)
