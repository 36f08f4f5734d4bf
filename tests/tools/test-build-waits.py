#!/usr/bin/python3
"""Two ./run at once: the second build of a folder says that it waits, waits, and then finds everything built. Without the lock both
run meson in one folder, and one of them fails.

usage: test-build-waits.py TOOLS-BUILD MESON"""
import os
import select
import shutil
import subprocess
import sys
import tempfile

SCRIPT, MESON = sys.argv[1:3]
PROJECT = """project('waits')
custom_target('slow', output: 'slow', command: ['sh', '-c', 'echo . >>@SOURCE_ROOT@/built; cat @SOURCE_ROOT@/gate >@OUTPUT@'],
  build_by_default: true)
"""


def start(folder):
    return subprocess.Popen([folder + '/tools/build', 'out'], stderr=subprocess.PIPE, text=True,
                            env={**os.environ, 'PATH': os.path.dirname(MESON) + ':' + os.environ['PATH']})


with tempfile.TemporaryDirectory() as where:
    os.mkdir(where + '/tools')
    shutil.copy(SCRIPT, where + '/tools/build')
    with open(where + '/meson.build', 'w', encoding='utf-8') as file:
        file.write(PROJECT)
    os.mkfifo(where + '/gate')
    first = start(where)
    # Opens once the first build has come to read it.
    with open(where + '/gate', 'w', encoding='utf-8') as gate:
        second = start(where)
        assert select.select([second.stderr], [], [], 60)[0], 'the second build says nothing'
        said = second.stderr.readline()
        assert 'waiting' in said, said
        assert second.poll() is None
        gate.write('done')
    assert first.wait(60) == 0, first.stderr.read()
    assert second.wait(60) == 0, second.stderr.read()
    with open(where + '/built', encoding='utf-8') as file:
        assert file.read() == '.\n', 'built twice'
