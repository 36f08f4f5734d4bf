"""What tests do to the practice cards and the practice service beside the window: as someone who changes cards in the readers, and
as the people of the agency."""
import configparser
import contextlib
import fcntl
import json
import os
import ssl
import urllib.parse
import urllib.request


class Practice:
    """The practice folder of a program that has been started with FOLDER (job_steps.practise())."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, 'practice')

    # Cards

    @contextlib.contextmanager
    def _cards(self):
        """cards.ini under its lock, replaced as a whole (src/practice/tou-practice-cards.h)."""
        path = os.path.join(self.folder, 'cards.ini')
        state = configparser.ConfigParser(interpolation=None)
        state.optionxform = str
        with open(os.path.join(self.folder, 'cards.lock'), 'a', encoding='utf-8') as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            state.read(path, encoding='utf-8')
            yield state
            with open(path + '.new', 'w', encoding='utf-8') as file:
                state.write(file, space_around_delimiters=False)
            os.replace(path + '.new', path)

    def put_in(self, *cards):
        """CARDS, by id, are in the readers from now on, the first in the first one; None: that reader is empty."""
        with self._cards() as state:
            for i, card in enumerate(cards):
                reader = state['Reader %d' % (i + 1)]
                reader['Card'] = card or ''
                if card:
                    reader['Inserted'] = str(int(reader.get('Inserted', '0')) + 1)

    # The agency's people (docs/practice.md)

    def _ask(self, path, form=None):
        profile = configparser.ConfigParser(interpolation=None)
        profile.read(os.path.join(self.folder, 'service.touroku'), encoding='utf-8')
        context = ssl.create_default_context(cafile=os.path.join(self.folder, 'ca', 'ca.pem'))
        # The practice server is no public one: what matters here is what it is told.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        data = None if form is None else urllib.parse.urlencode(form).encode()
        with urllib.request.urlopen(profile['Service']['BaseUrl'] + path, data, context=context, timeout=20) as answer:
            return answer.read()

    def list_reviews(self):
        return json.loads(self._ask('practice/v1/reviews'))['applications']

    def decide(self, decision, reason=''):
        """About the newest submission: 'start-review', 'approve' or 'deny'."""
        newest = self.list_reviews()[0]
        self._ask('practice/v1/reviews/' + newest['submission_id'], {'decision': decision, 'reason': reason})

    def renew_qualification(self):
        self._ask('practice/v1/qualification', {})
