"""What tests do beside a window in practice: as someone who changes cards in the readers, and as the people of the agency."""
import configparser
import contextlib
import fcntl
import os
import urllib.parse

from agency_desk import Desk


class Practice:
    """The practice folder of a program that has been started with FOLDER (job_steps.practise())."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, 'practice')

    @property
    def port(self):
        """Where the program's practice service listens, once it has been started."""
        profile = configparser.ConfigParser(interpolation=None)
        profile.read(os.path.join(self.folder, 'service.touroku'), encoding='utf-8')
        return urllib.parse.urlsplit(profile['Service']['BaseUrl']).port

    @property
    def desk(self):
        return Desk(self)

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
