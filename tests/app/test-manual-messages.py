"""The 28 messages of the manual (6.2), word for word, as `touroku explain` says them in Japanese without a display.
docs/error-codes.md has a line for each. Spaces between sentences do not count: the manual breaks lines there. Says TAP."""
import os
import subprocess
import sys

MESSAGES = {
    '00005': 'ファイルが見つかりません。',
    '01001': '使用不可能なアルゴリズムが要求されました。',
    '01002': '使用不可能なプロバイダが要求されました。',
    '01003': '無効な符号化、長さの誤り、未初期化など鍵が無効です。',
    '01004': '鍵仕様が正しくありません。',
    '01006': '証明書の有効期限が切れています。',
    '01007': '証明書がまだ有効になっていません。',
    '01014': '証明書失効リストに証明書が登録されています。',
    '03001': 'デバイスが使用できません。',
    '03002': 'ログインに失敗しました。',
    '10002': '暗号部品インスタンスの取得に失敗しました。',
    '10025': 'PIN が未入力です。',
    '10048': '画面操作時にエラーが発生しました。再度同じ操作をしてください。',
    '19999': '実行エラーが発生しました。',
    '20001': '処理は受け付けられましたが、通信障害のため次のページを表示することができませんでした。'
             '一覧画面などで処理の終了を確認後、次の操作を続行してください。',
    '30001': 'ログインに失敗しました。挿入されている IC カードは利用者登録されていません。',
    '30002': 'ログインに失敗しました。入力されたユーザは利用者登録されていません。',
    '30003': 'セッションから必要な情報を取得できませんでした。ブラウザを閉じた後に、再度ログインしてください。',
    '30004': 'ログインされていないかセッションタイムアウトしました。セッションから必要な情報を取得できませんでした。'
             '再度処理を実行してください。',
    '30005': 'ログインされていないかセッションタイムアウトしました。挿入されているICカードではログインが行われていません。'
             '再度処理を実行してください。',
    '30006': 'ICカードが失効しています。有効なICカードであるか確認してください。',
    '30007': 'ICカードの有効期間が過ぎています。有効なICカードであるか確認してください。',
    '30008': '挿入されているICカードは有効期間前です。有効なICカードであるか確認してください。',
    '40001': 'ログインに失敗しました。予期しないエラーが発生しました。'
             'エラーが連続する場合は、システム管理者に連絡してください。',
    '40002': 'ログインに失敗しました。予期しないエラーが発生しました。'
             'エラーが連続する場合は、システム管理者に連絡してください。',
    '40003': '予期しないエラーが発生しました。エラーが連続する場合は、システム管理者に連絡してください。',
    '40004': 'ログインされていないかセッションタイムアウトしました。予期しないエラーが発生しました。'
             'エラーが連続する場合は、システム管理者に連絡してください。再度処理を実行してください。',
    '49999': '予期しないエラーが発生しました。エラーが連続する場合は、システム管理者に連絡してください。',
}


def explain(code):
    environment = {key: value for key, value in os.environ.items() if key not in ('DISPLAY', 'WAYLAND_DISPLAY')}
    out = subprocess.run([sys.argv[1], 'explain', code], capture_output=True, text=True, env=environment)
    return out.returncode, out.stdout


def squeeze(text):
    return text.replace(' ', '')


DOCUMENTED = open(sys.argv[2], encoding='utf-8').read()
faults = 0
print('1..%d' % len(MESSAGES))
for number, (code, message) in enumerate(sorted(MESSAGES.items()), 1):
    status, said = explain(code)
    first = said.split('\n')[0]
    good = status == 0 and squeeze(first) == squeeze(code + message) and '発生原因:' in said and '対応策:' in said and '\n| %s | ' % code in DOCUMENTED
    faults += not good
    print('%s %d %s' % ('ok' if good else 'not ok', number, code))
    if not good:
        print('# exit status %d: %s' % (status, said.replace('\n', '\n# ')))
sys.exit(1 if faults else 0)
