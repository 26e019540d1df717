"""Who does the work of a batch, as the settings say."""

from __future__ import annotations

from pathlib import Path

from restore.batch.engine import Engine
from restore.batch.tasks import Setting
from restore.cli.console import say
from restore.config import Config
from restore.errors import UsageError
from restore.messages import error_text


def chosen_engine(config: Config, out: Path, *, shared: bool = True) -> Engine | None:
    """The engine of the settings; None stands for the processes of this machine.

    Args:
        config: the settings.
        out: the output folder.
        shared: the workers of a cluster see that folder; else the results go to a storage.

    What it has to say while the batch goes on, as of a worker that is refused, is printed.

    Raises:
        UsageError: a cluster is wanted, but its scheduler is not named or its library not installed.
    """
    if config.engine == "local":
        return None
    if not config.scheduler:
        raise UsageError("engine-without-scheduler")
    from restore.batch.dask_engine import (
        DaskEngine,  # not before it is asked for: the extra may not be installed
    )

    return DaskEngine(
        Setting(out, config),
        config.scheduler,
        shared=shared,
        on_notice=lambda notice: say(f"restore: {error_text(notice, config.lang)}"),
    )
