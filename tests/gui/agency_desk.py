"""The people at the practice service: what they decide, over its own calls (docs/practice.md)."""
import json
import os
import subprocess


class Desk:
    """The agency's desk, as a person at the service sees it."""

    def __init__(self, agency):
        self.place = 'https://127.0.0.1:%d/practice/v1' % agency.port
        self.url = self.place + '/reviews'
        self.authority = os.path.join(agency.folder, 'ca', 'ca.pem')

    def _call(self, *arguments):
        run = subprocess.run(['curl', '-sS', '--fail', '--cacert', self.authority, *arguments], capture_output=True, text=True)
        if run.returncode:
            raise AssertionError('curl %s: %s' % (arguments, run.stderr))
        return run.stdout

    def newest(self):
        return json.loads(self._call(self.url))['applications'][0]['submission_id']

    def decide(self, decision, reason=''):
        self._call('--data-urlencode', 'decision=' + decision, '--data-urlencode', 'reason=' + reason,
                   self.url + '/' + self.newest())

    def renew_qualification(self):
        """Every company has moved and has another representative."""
        self._call('--request', 'POST', self.place + '/qualification')
