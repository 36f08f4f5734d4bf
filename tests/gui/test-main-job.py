#!/usr/bin/python3
"""The main job in a real window, with the keyboard alone: from the category to the reception number and the PDF.

Run inside tests/headless --wm. TOUROKU_BUILD_DIR names the build folder; screenshots go to TOUROKU_TEST_SHOTS.
With --as-bench it does the job and nothing else.
"""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import job_steps as job


def save_pdf(program, folder):
    path = job.save_file(program, 'save_button', os.path.join(folder, 'record.pdf'), 'save')
    subprocess.run(['pdftotext', '-layout', path], check=True)
    if job.SHOTS:
        subprocess.run(['pdftoppm', '-png', '-r', '80', path, os.path.join(job.SHOTS, 'record')], check=True)
    return open(path[:-4] + '.txt', encoding='utf-8').read().replace('\u3000', ' ')


def check_pdf(text, number):
    for wanted in ['桜川建設株式会社', '桜川 一郎', '総務部', '宮城県仙台市青葉区99-99', '業者 一郎', number]:
        if wanted not in text:
            raise AssertionError('the PDF lacks %r:\n%s' % (wanted, text))


def do_job(program, folder):
    job.reach_menu(program)
    job.open_pin(program)
    job.enter_pin(program)
    job.fill_form(program)
    job.reach_confirmation(program)
    job.read_confirmation(program)
    number = job.register(program)
    print('reception number %s' % number)
    if '--as-bench' not in sys.argv:
        check_pdf(save_pdf(program, folder), number)


if __name__ == '__main__':
    sys.exit(job.run(do_job))
