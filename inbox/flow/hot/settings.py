"""``[hot]`` of the workspace file as the detector wants it."""

from inbox.hot.detector import Settings
from inbox.model.workspace import Workspace


def settings_of(workspace: Workspace) -> Settings:
    """The detector's settings; what the file does not say is as usual."""
    usual, said = Settings(), workspace.hot
    return Settings(
        min_authors=max(2, int(said.get("min_authors", usual.min_authors))),
        false_alarms_per_day=float(said.get("false_alarms_per_day", usual.false_alarms_per_day)),
        watch=tuple(str(each) for each in said.get("watch", usual.watch)),
        reach=int(said.get("reach", usual.reach)),
        growth=int(said.get("growth", usual.growth)),
    )
