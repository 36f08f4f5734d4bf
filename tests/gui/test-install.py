#!/usr/bin/python3
"""What `meson install` puts down is a whole program: below a root of its own it starts there and finds its card agent, card module,
practice service, backend, schema and Japanese, none of them in the build folder. And what the desktop reads is valid.

usage: test-install.py MESON BUILD PREFIX"""
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

MESON, BUILD, PREFIX = sys.argv[1:4]
NAME = 'io.github.touroku.Touroku'
SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VALIDATORS = [
    ['desktop-file-validate', 'share/applications/%s.desktop' % NAME],
    ['desktop-file-validate', 'share/applications/%s.Practice.desktop' % NAME],
    ['appstreamcli', 'validate', '--no-net', '--pedantic', 'share/metainfo/%s.metainfo.xml' % NAME],
]


def install(root):
    environment = {**os.environ, 'DESTDIR': root}
    subprocess.run([MESON, 'install', '-C', BUILD, '--no-rebuild', '--quiet'], env=environment, check=True)
    prefix = root + PREFIX
    # Packages leave these to triggers, and meson leaves them out below a DESTDIR.
    subprocess.run(['glib-compile-schemas', '--strict', prefix + '/share/glib-2.0/schemas'], check=True)
    subprocess.run(['update-mime-database', prefix + '/share/mime'], check=True)
    subprocess.run(['update-desktop-database', prefix + '/share/applications'], check=True)
    return prefix


def check_taken_out(root, prefix):
    """Nothing of the program is left, not in the desktop's lists either."""
    subprocess.run([os.path.join(SOURCE, 'tools', 'uninstall'), BUILD], env={**os.environ, 'DESTDIR': root}, check=True,
                   stdout=subprocess.DEVNULL)
    left = subprocess.run(['grep', '-rIl', 'touroku', prefix], capture_output=True, text=True).stdout
    assert not left, left
    named = [os.path.join(folder, name) for folder, _, names in os.walk(prefix) for name in names if 'touroku' in name]
    assert not named, named


def validate(prefix):
    for tool, *arguments, path in VALIDATORS:
        if shutil.which(tool) is None:
            print('# %s is not installed: %s is not looked at' % (tool, path))
            continue
        subprocess.run([tool, *arguments, os.path.join(prefix, path)], check=True)


def check_files(prefix):
    for path in ('share/icons/hicolor/scalable/apps/%s.svg', 'share/icons/hicolor/48x48/apps/%s.png',
                 'share/icons/hicolor/symbolic/apps/%s-symbolic.svg', 'share/mime/packages/%s.xml',
                 'share/dbus-1/services/%s.service', 'share/dbus-1/services/%s.Practice.service',
                 'share/applications/%s.desktop', 'share/applications/%s.Practice.desktop'):
        assert os.path.getsize(os.path.join(prefix, path % NAME)) > 0
    for path in ('man/man1/touroku.1', 'man/ja/man1/touroku.1', 'bash-completion/completions/touroku', 'zsh/site-functions/_touroku',
                 'fish/vendor_completions.d/touroku.fish'):
        assert os.path.getsize(os.path.join(prefix, 'share', path)) > 0
    assert os.path.getsize(os.path.join(prefix, 'share/touroku/card-profiles/my-number-card.card')) > 0


def check_screenshots(prefix):
    """What the metainfo names is in the tree, in the size it says; each picture in both languages."""
    root = xml.etree.ElementTree.parse(os.path.join(prefix, 'share/metainfo/%s.metainfo.xml' % NAME)).getroot()
    for screenshot in root.iter('screenshot'):
        images = screenshot.findall('image')
        assert len(images) == 2 and len(screenshot.findall('caption')) == 2, xml.etree.ElementTree.tostring(screenshot)
        for image in images:
            assert image.text.startswith('https://'), image.text
            with open(os.path.join(SOURCE, 'data', 'screenshots', image.text.rpartition('/')[2]), 'rb') as file:
                size = struct.unpack('>II', file.read(24)[16:])
            assert size == (int(image.get('width')), int(image.get('height'))), (image.text, size)


def parts_of(pid):
    """The files that a process and its children run from."""
    children = subprocess.run(['pgrep', '-P', str(pid)], capture_output=True, text=True).stdout.split()
    for process in [str(pid), *children]:
        with open('/proc/%s/maps' % process, encoding='utf-8') as maps:
            yield from {line.split(None, 5)[5].strip() for line in maps if 'touroku' in line}


def work(prefix):
    """Up to the form, which the card must have unlocked; imports late, for the driver asks where the program is."""
    os.environ['TOUROKU_TEST_PREFIX'] = prefix
    for name in ('TOUROKU_BUILD_DIR', 'GSETTINGS_SCHEMA_DIR'):
        os.environ.pop(name, None)
    from at_work import Agency, open_program
    from job_steps import CONTACT, choose_category, enter_pin, open_pin, sign_in, wait_for_time
    with tempfile.TemporaryDirectory() as folder:
        agency = Agency(folder)
        agency.start()
        program = open_program(folder, agency.write_profile(os.path.join(folder, 'profile')))
        try:
            choose_category(program)
            wait_for_time(program)
            program.sees('ID/パスワード認証')
            sign_in(program)
            open_pin(program)
            enter_pin(program)
            program.focus_is(id=CONTACT[0][0], seconds=30)
            strays = [path for path in parts_of(program.process.pid) if not path.startswith((prefix, folder))
                      and BUILD in path]
            assert not strays, strays
            return program.close()
        except BaseException:
            program.shot('failure')
            program.process.kill()
            raise
        finally:
            agency.stop()


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as destination:
        where = install(destination)
        check_files(where)
        validate(where)
        check_screenshots(where)
        status = work(where)
        check_taken_out(destination, where)
        sys.exit(status)
