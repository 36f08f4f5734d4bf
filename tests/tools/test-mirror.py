#!/usr/bin/python3
"""The mirror and the relay of tools/fresh: found in apt's own configuration; what a system may fetch through it; and that a mirror which
does not answer is told from a fault of the program.

usage: test-mirror.py TOOLS-FRESH"""
import http.client
import http.server
import os
import socket
import sys
import tempfile
import threading
import unittest
import unittest.mock
import urllib.error
import urllib.request

sys.path.insert(0, sys.argv.pop(1))
import mirror  # noqa: E402

SOURCES = 'deb %s/debian %s main\ndeb %s/debian-security %s-security main\n'


class Archive(http.server.BaseHTTPRequestHandler):
    """Has one file, and fails, breaks off or does not tell the size at those that are named so."""

    asked = []

    def do_GET(self):
        self.asked.append(self.path)
        known = self.path.endswith(('/InRelease', '/broken', '/unmeasured'))
        self.send_response(200 if known else 503 if 'failing' in self.path else 404)
        if 'unmeasured' not in self.path:
            self.send_header('Content-Length', '8' if 'broken' in self.path else '4')
        self.end_headers()
        if self.command == 'GET':
            self.wfile.write(b'file')

    do_HEAD = do_GET

    def log_message(self, format, *arguments):
        pass


def start(handler):
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@unittest.skipUnless(mirror.codename(), 'not a system with a code name')
class MirrorTest(unittest.TestCase):
    def setUp(self):
        Archive.asked.clear()
        self.archive = start(Archive)
        self.addCleanup(self.archive.shutdown)
        self.addCleanup(self.archive.server_close)
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.set_up_apt('http://127.0.0.1:%d' % self.archive.server_port)
        patch = unittest.mock.patch.object(mirror.time, 'sleep')
        patch.start()
        self.addCleanup(patch.stop)

    def set_up_apt(self, host):
        own = mirror.codename()
        with open(self.folder.name + '/sources.list', 'w', encoding='utf-8') as file:
            file.write(SOURCES % (host, own, host, own))
        with open(self.folder.name + '/apt.conf', 'w', encoding='utf-8') as file:
            file.write('Dir::Etc::SourceList "%s/sources.list";\nDir::Etc::SourceParts "-";\nAcquire::Check-Date "false";\n' % self.folder.name)
        patch = unittest.mock.patch.dict(os.environ, {'APT_CONFIG': self.folder.name + '/apt.conf'})
        patch.start()
        self.addCleanup(patch.stop)
        self.host = host

    def through_relay(self, relayed, url):
        listener = socket.create_server(('127.0.0.1', 0))
        server = relayed.serve(listener)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        proxy = urllib.request.ProxyHandler({'http': 'http://127.0.0.1:%d' % listener.getsockname()[1]})
        with urllib.request.build_opener(proxy).open(url, timeout=30) as answer:
            return answer.read()

    def test_another_release_is_looked_for_where_the_own_is(self):
        found = mirror.Mirror('sid')
        self.assertEqual(found.sources, [(self.host + '/debian', 'sid'), (self.host + '/debian-security', 'sid-security')])
        self.assertIn('Acquire::Check-Date "false";', mirror.read_settings())
        found.check()

    def test_nothing_but_the_archives_passes(self):
        found = mirror.Mirror('sid')
        self.assertEqual(self.through_relay(found, self.host + '/debian/dists/sid/InRelease'), b'file')
        for other in (self.host + '/elsewhere/InRelease', 'http://localhost:1/debian/dists/sid/InRelease'):
            with self.assertRaises(urllib.error.HTTPError) as refused:
                self.through_relay(found, other)
            self.assertEqual(refused.exception.code, 403)
        self.assertIsNone(found.problem)

    def test_a_file_that_is_not_there_is_no_fault_of_the_mirror(self):
        found = mirror.Mirror('sid')
        with self.assertRaises(urllib.error.HTTPError) as missing:
            self.through_relay(found, self.host + '/debian/pool/no-such.deb')
        self.assertEqual(missing.exception.code, 404)
        self.assertIsNone(found.problem)

    def test_a_failing_mirror_is_asked_three_times_and_remembered(self):
        found = mirror.Mirror('sid')
        with self.assertRaises(urllib.error.HTTPError):
            self.through_relay(found, self.host + '/debian/failing')
        self.assertEqual(len(Archive.asked), 3)
        self.assertIsInstance(found.problem, mirror.NoMirror)

    def test_a_file_that_ends_too_early_is_remembered(self):
        found = mirror.Mirror('sid')
        with self.assertRaises(http.client.IncompleteRead):
            self.through_relay(found, self.host + '/debian/broken')
        self.assertIsInstance(found.problem, mirror.NoMirror)

    def test_a_file_whose_size_is_not_told_is_passed_on(self):
        found = mirror.Mirror('sid')
        self.assertEqual(self.through_relay(found, self.host + '/debian/unmeasured'), b'file')
        self.assertIsNone(found.problem)

    def test_a_mirror_that_is_away_is_said_so(self):
        with socket.create_server(('127.0.0.1', 0)) as closed:
            self.set_up_apt('http://127.0.0.1:%d' % closed.getsockname()[1])
        with self.assertRaisesRegex(mirror.NoMirror, 'does not answer'):
            mirror.Mirror('sid').check()

    def test_no_archive_of_debian(self):
        with open(self.folder.name + '/sources.list', 'w', encoding='utf-8') as file:
            file.write('deb %s/other stable main\n' % self.host)
        with self.assertRaises(mirror.NoMirror):
            mirror.Mirror('sid')


unittest.main()
