"""What operating systems say of files that cannot be read or written."""

from __future__ import annotations

import errno
import os

SYSTEM = {
    os.strerror(number): japanese
    for number, japanese in {
        errno.ENOENT: "ファイルやフォルダがない",
        errno.EACCES: "権限がない",
        errno.EPERM: "許可されていない",
        errno.EISDIR: "フォルダである",
        errno.ENOTDIR: "フォルダでない",
        errno.EEXIST: "すでにある",
        errno.ENOSPC: "ディスクの空きがない",
        errno.EROFS: "読取り専用である",
        errno.ENAMETOOLONG: "名前が長すぎる",
        errno.EIO: "入出力エラー",
        errno.EMFILE: "開いているファイルが多すぎる",
    }.items()
}
"""Japanese by the words of the system at hand; others stay as they are."""
