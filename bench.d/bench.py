"""bench.py BUILD ROUNDS PART...: runs the measuring programs in one session, interleaved, and prints the tables.

PART is windows, job, records or stalls.
"""
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile

BUILD, ROUNDS, PARTS = os.path.abspath(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
HERE = os.path.dirname(os.path.abspath(__file__))
# Where Touroku is installed; without it the build folder is measured.
PREFIX = os.environ.get('TOUROKU_TEST_PREFIX')
PROGRAMS = {
    'empty GTK 3 window (reference)': [BUILD + '/bench.d/empty-window'],
    'the same with one Japanese label': [BUILD + '/bench.d/empty-window', '電子申請'],
    'Touroku, first screen': [PREFIX + '/bin/touroku' if PREFIX else BUILD + '/src/app/touroku', '--practice'],
}
REFERENCE = next(iter(PROGRAMS))


def add_viewer(folder):
    certificate = os.path.join(folder, 'certificate.pem')
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=bench', '-keyout',
                    os.path.join(folder, 'key.pem'), '-out', certificate], check=True, capture_output=True)
    PROGRAMS['gcr-viewer, one certificate'] = ['gcr-viewer', certificate]


def spread(values):
    low, high = min(values), max(values)
    if len(values) >= 4:
        low, _, high = statistics.quantiles(values, n=4)
    return '%.1f (%.1f-%.1f)' % (statistics.median(values), low, high)


def measure_window(argv):
    run = subprocess.run([BUILD + '/bench.d/first-window', *argv], capture_output=True, text=True)
    if run.returncode:
        sys.exit('%s: no window\n%s' % (argv[0], run.stderr))
    return json.loads(run.stdout.splitlines()[-1])


def bench_windows():
    with tempfile.TemporaryDirectory() as folder:
        if shutil.which('gcr-viewer'):
            add_viewer(folder)
        figures = measure_windows()
    print_windows(figures)


def measure_windows():
    figures = {name: [] for name in PROGRAMS}
    for turn in range(ROUNDS + 1):  # the first warms the caches
        order = list(PROGRAMS)
        random.Random(turn).shuffle(order)
        for name in order:
            figure = measure_window(PROGRAMS[name])
            if turn:
                figures[name].append(figure)
    return figures


def print_windows(figures):
    manager = os.environ.get('TOUROKU_TEST_MANAGER') or 'no window manager'
    print('\nFirst window, %s, %d rounds interleaved; median (quartiles)\n' % (manager, ROUNDS))
    print('| program | first frame ms | x reference | PSS MiB | above reference MiB |')
    print('| --- | --- | --- | --- | --- |')
    for name, rows in figures.items():
        ratios = [row['paint_ms'] / ref['paint_ms'] for row, ref in zip(rows, figures[REFERENCE])]
        above = [(row['pss_kib'] - ref['pss_kib']) / 1024 for row, ref in zip(rows, figures[REFERENCE])]
        print('| %s | %s | %.2f | %s | %.1f |' % (
            name, spread([row['paint_ms'] for row in rows]), statistics.median(ratios),
            spread([row['pss_kib'] / 1024 for row in rows]), statistics.median(above)))


def bench_job():
    run = subprocess.run([BUILD + '/bench.d/job-figures', str(ROUNDS)], capture_output=True, text=True)
    if run.returncode:
        sys.exit('job-figures: %s' % run.stderr)
    rows = [json.loads(line) for line in run.stdout.splitlines() if line.startswith('{')][1:]
    def of(key):
        return [row[key] for row in rows]
    print('\nThe job without a window, %d rounds; ms, median (quartiles)\n' % len(rows))
    print('| step | Touroku | reference | the reference is |')
    print('| --- | --- | --- | --- |')
    print('| PIN to filled form | %s | %s | the bare PKCS#11 calls |' % (spread(of('unlock')), spread(of('bare_unlock'))))
    print('| 登録 to reception number | %s | %s + %s | C_Sign + one round trip |' % (
        spread(of('submit')), spread(of('bare_sign')), spread(of('round_trip'))))
    print('| TLS connections for the whole job | %d | 1 | the sign-in has one of its own: over one used before, curl may send it twice by itself |' % max(of('connections')))


def bench_stalls():
    """The whole job in a real window, watched by the stall probe."""
    longest = []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(max(1, ROUNDS // 5)):
            log = os.path.join(folder, 'stall.json')
            environment = {**os.environ, 'LD_PRELOAD': BUILD + '/bench.d/stall-probe.so', 'STALL_PROBE_LOG': log,
                           'STALL_PROBE_PROGRAM': 'touroku'}
            run = subprocess.run(['/usr/bin/python3', HERE + '/../tests/gui/test-main-job.py', '--as-bench'],
                                 env=environment, capture_output=True, text=True)
            if run.returncode:
                sys.exit('the job in the window failed:\n%s%s' % (run.stdout, run.stderr))
            longest.append(json.load(open(log))['longest_ms'])
    print('\nMain loop, the whole job in the window, %d rounds: stood still for at most %.1f ms (each round: %s)' % (
        len(longest), max(longest), ', '.join('%.1f' % ms for ms in longest)))


def bench_records():
    run = subprocess.run([BUILD + '/bench.d/records-figures', str(ROUNDS)], capture_output=True, text=True)
    if run.returncode:
        sys.exit('records-figures: %s' % run.stderr)
    rows = [json.loads(line) for line in run.stdout.splitlines() if line.startswith('{')]
    print('\nThe kept records, %d rounds; ms, median (quartiles)\n' % len(rows))
    print('| step | 10,000 records | 10 records (reference) |')
    print('| --- | --- | --- |')
    for key, what in (('first', 'opened, first rows drawn'), ('all', 'all rows there'), ('open', 'the last record shown'),
                      ('longest', 'the main loop stood still')):
        print('| %s | %s | %s |' % (what, spread([row['many_' + key] for row in rows]),
                                    spread([row['few_' + key] for row in rows])))


def bench_crl():
    run = subprocess.run([BUILD + '/bench.d/crl-figures', str(ROUNDS)], capture_output=True, text=True)
    if run.returncode:
        sys.exit('crl-figures: %s' % run.stderr)
    rows = [json.loads(line) for line in run.stdout.splitlines() if line.startswith('{')][1:]
    ratios = [row['check'] / row['openssl'] for row in rows]
    def of(key):
        return spread([row[key] for row in rows])
    print('\nA revocation list of 100,000 entries (%.1f MB), %d rounds; ms, median (quartiles)\n' % (
        rows[0]['bytes'] / 1e6, len(rows)))
    print('| step | Touroku | `openssl crl` | x |')
    print('| --- | --- | --- | --- |')
    print('| fetched, checked, kept | %s | %s | %.2f (worst %.2f) |' % (
        of('check'), of('openssl'), statistics.median(ratios), max(ratios)))
    print('| from the disk | %s | | |' % of('kept'))
    print('| the main loop stood still | %s, at most %.1f | | |' % (of('longest'), max(row['longest'] for row in rows)))


for part in PARTS:
    {'windows': bench_windows, 'crl': bench_crl, 'job': bench_job, 'records': bench_records, 'stalls': bench_stalls}[part]()
