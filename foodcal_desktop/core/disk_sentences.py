"""What the operating system refuses, as one sentence that says what to do."""

from __future__ import annotations

import errno

_SENTENCES = {
    errno.ENOENT: "{0} cannot be found, or its folder is missing; check the path.",
    errno.ENOTDIR: "{0} lies in something that is no folder; check the path.",
    errno.EISDIR: "{0} is a folder; name a file in it.",
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS),
        "{0} may not be read or written; choose another place, or change its permissions.",
    ),
    **dict.fromkeys(
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
        "There is no room for {0} on its disk; free some and try again.",
    ),
}
_OTHER = "{0} cannot be used ({1}); choose another place."


def plainly(error: BaseException) -> str:
    """The text of an error; of one that the operating system raised, a sentence instead of its number."""
    if not isinstance(error, OSError) or error.errno is None or error.filename is None:
        return str(error)
    return _SENTENCES.get(error.errno, _OTHER).format(error.filename, error.strerror)
