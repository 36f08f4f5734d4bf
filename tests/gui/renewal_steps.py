"""The steps of ICカード更新 (manual 4) that the tests share, and the two cards."""
from job_steps import PIN, STATE, enter_pin, focus_on_menu, keys, read_number, say, text_of

CURRENT, NEW = 'sakuragawa', 'sakuragawa-new'
NAMES = {CURRENT: '桜川 一郎', NEW: '桜川 二郎'}
# The My Number card shows its certificate for signatures after the PIN alone.
AFTER_THE_PIN = say('PIN番号を入力した後に確認します', 'Only after the PIN it can be seen')
IS_CURRENT = say('現在使用しているICカードです', 'This is the current card')
MAY_BE_NEW = say('新しく使用するICカードとして使用できます', 'can be used as the new card')


def back_to_menu(program):
    """From the completion: the only page with 利用者登録メニューに戻る."""
    keys('Escape')
    focus_on_menu(program, 'change_button')


def open_renewal(program):
    """From the menu; gives when the current card is asked for."""
    keys('alt+i')
    program.find(id='turn_label', seconds=30)
    program.sees(say('現在使用しているICカードがICカードリーダー', 'IC card that you use now'), 30)
    program.focus_is(id='ok_button', seconds=30)


def press_ok(program):
    program.focus_is(id='ok_button', seconds=30)
    keys('Return')


def sees_new_asked(program):
    program.sees(say('新しく使用するICカードがICカードリーダー', 'IC card that you are going to use'), 60)
    program.focus_is(id='ok_button', seconds=30)


def enter_current_pin(program, shot='pin-current', pin=PIN):
    program.has_text('%s|%s' % (IS_CURRENT, AFTER_THE_PIN), 30)
    press_ok(program)
    program.find(id='pin_entry', seconds=30)
    program.sees(say('現在使用しているICカード', 'IC card in use now'))
    enter_pin(program, pin, shot)
    sees_new_asked(program)
    program.shot('new-asked')


def enter_new_pin(program, shot='pin-new', pin=PIN):
    program.has_text('%s|%s' % (MAY_BE_NEW, AFTER_THE_PIN), 30)
    press_ok(program)
    program.find(id='pin_entry', seconds=30)
    program.sees(say('新規に使用するICカード', 'New IC card'))
    enter_pin(program, pin, shot)
    program.focus_is(id='scroller', seconds=60)


def check_confirmation(program):
    program.has_text(NAMES[CURRENT])
    program.has_text(NAMES[NEW])
    # The new card carries no address, another holder, serial and expiry; issuer and company are the same.
    marks = [node for node in program.walk(state=STATE.VISIBLE) if text_of(node) == say('変更', 'changed')]
    assert len(marks) == 4, marks
    program.sees(say('現在使用しているICカードは使用できなくなります', 'stops working'))
    program.shot('confirm')


def apply(program):
    keys(say('alt+u', 'alt+r'))
    number = read_number(program)
    program.sees(say('ICカード更新の申請を受け付けました', 'IC card renewal has been received'))
    return number


def sees_history(program, state):
    keys('alt+f')
    program.sees(state, 30)
    program.sees(say('^ICカード更新$', '^IC card renewal$'))
