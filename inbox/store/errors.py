"""What can go wrong with a workspace, each with a plain sentence for people."""


class StoreError(Exception):
    """Any trouble with the workspace; ``str()`` is the sentence to show."""


class Missing(StoreError):
    """There is no workspace at this address."""


class Newer(StoreError):
    """The workspace was written by a newer version of the program."""


class Locked(StoreError):
    """Another program holds the database; trying again later may work."""


class ReadOnly(StoreError):
    """The file or folder cannot be written."""


class DiskFull(StoreError):
    """There is no room left; nothing of this change was stored."""


class Damaged(StoreError):
    """The file is not a workspace, or is broken."""


class Unreachable(StoreError):
    """The database server does not answer."""


class Refused(StoreError):
    """What was asked breaks a rule; nothing was changed."""


class NotFound(StoreError):
    """No such thread, account, employee ..."""


class LostRace(StoreError):
    """Somebody else changed it first; nothing was overwritten."""
