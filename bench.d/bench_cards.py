"""bench_cards.py BUILD ROUNDS PART...: what cards are asked, and how long it takes. PART is calls (inside tests/with-cards), times, or
shown (inside tests/with-cards and tests/headless)."""
import ctypes
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

BUILD, ROUNDS, PARTS = os.path.abspath(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
HERE = os.path.dirname(os.path.abspath(__file__))
os.environ['TOUROKU_BUILD_DIR'] = BUILD
sys.path[:0] = [HERE + '/../tests/gui', HERE + '/../tests/cards']
from cards_control import call  # noqa: E402

AGENT = BUILD + '/src/card-agent/touroku-card-agent'
SLOT_VIEW = BUILD + '/src/card-agent/touroku-slot-view.so'
FIGURES = BUILD + '/bench.d/card-figures'
OPENSC_CONF = BUILD + '/data/opensc.conf'
N_SHOWN = 50
HOLDER, NO_READER = '桜川', 'リーダーが接続されていません'


def spread(values):
    low, _, high = statistics.quantiles(values, n=4)
    return '%.1f (%.1f-%.1f)' % (statistics.median(values), low, high)


# What each program is asked to do: find the certificate, log in, sign once. The object's ID and the token are those of OpenSC.
CARDS = {
    'piv': {'pin': '123456', 'label': '', 'id': '02', 'token': []},
    'jpki': {'pin': 'ABC123', 'label': '(Digital Signature PIN)', 'id': '02', 'token': ['--token-label', 'JPKI (Digital Signature PIN)']},
}


def make_cards(folder):
    """The authority of a practice folder, and cards issued by it; a certificate below 1 kB, as other measurements have it."""
    from at_work import Agency
    agency = Agency(folder)
    agency.start()
    agency.stop()
    subprocess.run([BUILD + '/tests/cards/make-cards', agency.folder, folder + '/cards'], check=True)
    return folder + '/cards/small'


def count(kind, files, command, environment=None):
    """APDUs of a fresh card until COMMAND has ended; None where it failed."""
    call('insert', 0, kind, files)
    wait_for_card()
    call('clear', 0)
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, **(environment or {})}, check=False)
    return call('count', 0), run.returncode == 0, run.stdout + run.stderr


def wait_for_card():
    for _ in range(100):
        if 'Yes' in subprocess.run(['opensc-tool', '-l'], capture_output=True, text=True, check=False).stdout:
            return
        time.sleep(0.05)
    sys.exit('pcscd does not see the card')


def list_programs(kind, module, folder):
    card = CARDS[kind]
    data = folder + '/data'
    with open(data, 'wb') as file:
        file.write(b'touroku')
    url = 'pkcs11:' + ('token=JPKI%20%28Digital%20Signature%20PIN%29;' if kind == 'jpki' else '') + 'id=%%%s' % card['id']
    return {
        'pkcs11-tool --list-objects, --sign': ['pkcs11-tool', '--module', module, *card['token'], '--login', '--pin', card['pin'], '-O',
                                               '--sign', '--id', card['id'], '-m', 'SHA256-RSA-PKCS', '-i', data, '-o', data + '.sig'],
        'p11tool --test-sign': ['p11tool', '--provider', module, '--login', '--set-pin', card['pin'], '--test-sign', url + ';type=private'],
        'openssl cms, pkcs11 engine': ['openssl', 'cms', '-sign', '-engine', 'pkcs11', '-keyform', 'engine', '-inkey',
                                       url + ';type=private;pin-value=' + card['pin'], '-signer', folder + '/signer.pem', '-in', data,
                                       '-outform', 'DER', '-out', data + '.p7m'],
    }


def touroku(module, card, n_signatures):
    return [FIGURES, 'once', AGENT, module, card['pin'], card['label'], str(n_signatures)]


def bench_calls():
    from emulated_cards import OPENSC as module
    environment = {'OPENSC_CONF': OPENSC_CONF, 'TOUROKU_ALLOW_DUMPS': '1'}
    print('\nAPDUs for: find the certificate, log in, sign once; by the emulated card\'s log\n')
    print('| program | PIV | My Number card |')
    print('| --- | --- | --- |')
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        files = make_cards(folder)
        for kind, card in CARDS.items():
            subprocess.run(['openssl', 'x509', '-inform', 'DER', '-in', files + '/signature.der', '-out', folder + '/signer.pem'],
                           check=True)
            first = count(kind, files, touroku(module, card, 1), environment)
            second = count(kind, files, touroku(module, card, 2), environment)
            rows.setdefault('Touroku', []).append('%d' % first[0] if first[1] else 'failed')
            rows.setdefault('Touroku, each further signature', []).append('%d' % (second[0] - first[0]))
            for name, command in list_programs(kind, module, folder).items():
                if not shutil.which(command[0]):
                    rows.setdefault(name, []).append('not installed')
                    continue
                n, ok, _ = count(kind, files, command)
                rows.setdefault(name, []).append('%d' % n if ok else '%d, and fails' % n)
        unknown = count('unknown', files, touroku(module, CARDS['piv'], 0), environment)[0]
        listed = count('unknown', files, ['pkcs11-tool', '--module', module, '-L'])[0]
    for name, figures in rows.items():
        print('| %s | %s |' % (name, ' | '.join(figures)))
    print('\nAn unknown card, listed once: Touroku %d, pkcs11-tool -L %d' % (unknown, listed))


def bench_times():
    run = subprocess.run([FIGURES, 'rounds', AGENT, SLOT_VIEW, str(ROUNDS)], capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in run.stdout.splitlines() if line.startswith('{')][1:]
    print('\nFind, log in, sign once on SoftHSM, %d rounds; ms, median (quartiles)\n' % len(rows))
    print('| | from no process on | x | from the listed card on | x | one more signature | x |')
    print('| --- | --- | --- | --- | --- | --- | --- |')
    for who, what in (('bare', 'bare PKCS#11 calls (reference)'), ('desk', 'what the agent does with its module'),
                      ('agent', 'through the agent, as the window does')):
        figures = [figure for step in ('', '_listed', '_sign') for figure in (
            spread([row[who + step] for row in rows]),
            '%.2f' % statistics.median(row[who + step] / row['bare' + step] for row in rows))]
        print('| %s | %s |' % (what, ' | '.join(figures)))


def time_until(act, program, role, text, is_wanted=True):
    """Milliseconds from the beginning of ACT, or from the moment that it gives (monotonic seconds), until TEXT is there, or not."""
    from driver import wait
    start = time.monotonic()
    start = act() or start
    wait(lambda: any(text in (node.get_name() or '') for node in program.walk() if node.get_role_name() == role) == is_wanted, 30, text)
    return (time.monotonic() - start) * 1000


def unplug():
    """Gives when pcscd has let go of the reader: it asks each slot of the virtual one once more, which a real one does not need."""
    pcsc, context, size = ctypes.CDLL('libpcsclite.so.1'), ctypes.c_long(), ctypes.c_ulong()
    assert pcsc.SCardEstablishContext(2, None, None, ctypes.byref(context)) == 0
    call('reader', 'remove', 0)
    while pcsc.SCardListReaders(context, None, None, ctypes.byref(size)) == 0:
        time.sleep(0.001)
    pcsc.SCardReleaseContext(context)
    return time.monotonic()


def bench_shown():
    """From a card put in to its name on the screen, in the PIN dialog of the real window; the same for a reader."""
    import emulated_cards
    from job_steps import open_pin, reach_menu
    times = {'card put in': [], 'reader unplugged, after pcscd': [], 'reader plugged in': []}

    def job(program, cards, _agency):
        def insert():
            cards.insert()
            return call('inserted-at', 0)

        program.shots = None
        reach_menu(program)
        open_pin(program)
        for _ in range(N_SHOWN):
            time_until(cards.remove, program, 'radio button', HOLDER, False)
            times['card put in'].append(time_until(insert, program, 'radio button', HOLDER))
        cards.remove()
        for _ in range(N_SHOWN):
            times['reader unplugged, after pcscd'].append(time_until(unplug, program, 'label', NO_READER))
            times['reader plugged in'].append(time_until(lambda: call('reader', 'add', 0), program, 'label', NO_READER, False))

    emulated_cards.run(job, 'piv')
    print('\nUntil it is on the screen, %d times\n' % N_SHOWN)
    for what, figures in times.items():
        print('%s: median %.0f ms, worst %.0f ms' % (what, statistics.median(figures), max(figures)))


for part in PARTS:
    {'calls': bench_calls, 'times': bench_times, 'shown': bench_shown}[part]()
