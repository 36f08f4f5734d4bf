#!/usr/bin/python3
"""What was handed in is printed and saved again later: from the registration menu, and by a program that was started
anew, without a sign-in and without the service. The same page as the completion's, and files that `touroku verify`
accepts.

Run inside tests/headless --wm. TOUROKU_BUILD_DIR names the build folder; screenshots go to TOUROKU_TEST_SHOTS.
"""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import job_steps as job
from driver import STATE, keys

FIRST = '桜川建設株式会社'


def verify(folder, *paths):
    environment = {key: value for key, value in os.environ.items() if key != 'DISPLAY'}
    out = subprocess.run([job.TOUROKU, 'verify', '--profile', folder + '/practice/service.touroku', *paths],
                         capture_output=True, text=True, env=environment)
    if out.returncode != 0 or FIRST not in out.stdout:
        raise AssertionError('%d: %s%s' % (out.returncode, out.stdout, out.stderr))
    return out.stdout


def check_record(program, number):
    program.find(id='records_view', seconds=30)
    program.sees(number, 20)
    program.has_text(FIRST, 20)


def register(program, folder):
    job.reach_menu(program)
    job.open_pin(program)
    job.enter_pin(program)
    job.fill_form(program)
    job.reach_confirmation(program)
    number = job.register(program)
    first = job.read_pdf(job.save_file(program, 'save_button', folder + '/first.pdf'))
    if number not in first:
        raise AssertionError(first)
    return number, first


def look_from_menu(program, folder, number, first):
    program.press(program.find(id='menu_button'))
    program.press(program.find(id='records_button', seconds=20))
    check_record(program, number)
    program.shot('records')
    if job.read_pdf(job.save_file(program, 'record_pdf_button', folder + '/second.pdf')) != first:
        raise AssertionError('another page than the completion printed')
    request = job.save_file(program, 'record_request_button', folder + '/request.p7m')
    receipt = job.save_file(program, 'record_receipt_button', folder + '/receipt.p7m')
    program.shot('saved')
    said = verify(folder, request, receipt)
    if number not in said:
        raise AssertionError(said)
    keys('Escape')
    program.gone(id='records_view')


def look_later(folder, number, first):
    program = job.practise(folder)
    try:
        program.focus_is(id='construction_radio', seconds=30)
        keys('F10')
        program.press(program.find(name='申請の記録', state=STATE.SHOWING))
        check_record(program, number)
        program.shot('records-later')
        if job.read_pdf(job.save_file(program, 'record_pdf_button', folder + '/third.pdf')) != first:
            raise AssertionError('another page than the completion printed')
        keys('Escape')
        program.gone(id='records_view')
        return program.close()
    except BaseException:
        program.shot('failure-later')
        program.process.kill()
        raise


def main():
    with tempfile.TemporaryDirectory() as folder:
        program = job.practise(folder)
        try:
            number, first = register(program, folder)
            look_from_menu(program, folder, number, first)
            status = program.close()
        except BaseException:
            program.shot('failure')
            program.process.kill()
            raise
        return status or look_later(folder, number, first)


if __name__ == '__main__':
    sys.exit(main())
