"""What is said where a folder or file cannot be written, found or taken over."""

from __future__ import annotations

MESSAGES = {
    "cannot write {target}: {reason}; {cure}": "{target} に書けない：{reason}。{cure}",
    "{folder} is a file; name a folder with -o": "{folder} はファイルである。-o でフォルダを指定する",
    "{folder} is the folder you work in; name a folder inside it, such as -o {example}": (
        "{folder} は作業中のフォルダである。-o {example} のように、その中のフォルダを指定する"
    ),
    "{folder} holds other files and is no {one} of hubspoke; name another with -o": (
        "{folder} には別のファイルがあり、hubspoke の{one}でない。-o で別のフォルダを指定する"
    ),
    "{folder} may not be written to; name another folder with -o": (
        "{folder} に書き込めない。-o で別のフォルダを指定する"
    ),
    "the data that ship with hubspoke are missing beside {package}; install the package again": (
        "同梱データが {package} の隣にない。パッケージを入れ直す"
    ),
    "a network has no {name}": "network に {name} はない",
    "{path}: there is no such file; name the list to be taken over": (
        "{path}：ファイルが存在しない。取り込む一覧を指定する"
    ),
    "{path}: not a kind of file that can be read; save the list as .xlsx or .csv": (
        "{path}：読み込めない形式である。一覧を .xlsx か .csv で保存する"
    ),
    "{file} is no name of a workbook; let it end in .xlsx": "{file} はブックの名前でない。末尾を .xlsx とする",
    "{file} is there already; name a new file": "{file} は既にある。新しい名前を指定する",
    "{path} cannot be read as UTF-8 text: {error}": "{path} を UTF-8 の文字として読めない：{error}",
    "--first-year {year}: write a year from {first} to {last}": "--first-year {year}：{first}～{last} の年を書く",
    "{folder} is no folder; distances are written into a folder of tables": (
        "{folder} はフォルダでない。距離は表のフォルダに書き込む"
    ),
    "{file} is there already; move it away to have it written anew": "{file} は既にある。新しく書くには別の場所へ移す",
    "{url} is no address of a server; write it as http://localhost:5000": (
        "{url} はサーバの住所でない。http://localhost:5000 のように書く"
    ),
    "{folder} has lanes of its own already; move them away to have distances written": (
        "{folder} には既に lanes がある。距離を書くには別の場所へ移す"
    ),
    "{url} returned no table of distances ({told}); OSRM from 5.22 on has one": (
        "{url} から距離の表が返らない（{told}）。OSRM 5.22 以降にある"
    ),
    "{url} returned distances that are no numbers": "{url} が返した距離が数値でない",
    "{url} refused to answer ({code}): {told}": "{url} が応答を拒んだ（{code}）：{told}",
    "{url} does not answer within {seconds} s ({reason}); is the server running?": (
        "{url} が{seconds}秒以内に応答しない（{reason}）。サーバは動いているか"
    ),
    "{url} is no server of OSRM: its answer is no JSON": "{url} は OSRM のサーバでない（応答が JSON でない）",
    "{folder} is not a folder; name a new one": "{folder} はフォルダでない。新しいフォルダを指定する",
    "{folder} is not empty; name a new folder, or empty it first": (
        "{folder} は空でない。新しいフォルダを指定するか、空にする"
    ),
    "unknown language {lang}; choose {known}": "不明な言語 {lang}。{known} から選ぶ",
}
