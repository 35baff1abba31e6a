"""The commands: every job of the window, scriptable. Each is a thin call into the layers below."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

from foodcal_desktop import __version__
from foodcal_desktop.core.disk_sentences import plainly

# Name → module under foodcal_desktop.commands; imported when called, for torch is slow to load.
COMMANDS = {
    "estimate": "estimate",
    "evaluate": "evaluate",
    "export": "export",
    "import": "import_dataset",
    "dataset": "dataset",
    "finetune": "finetune",
    "annotate": "annotate",
    "checkpoints": "checkpoints",
    "diary": "diary",
    "doctor": "doctor",
}


class _LazyGroup(click.Group):
    """A group that imports a command's module only when the command is called or described."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"foodcal_desktop.commands.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="foodcal-desktop")
def cli() -> None:
    """Meal photos into an honest food diary. Without a command, or with photos and folders, the window opens.

    --data-dir DIR (or FOODCAL_DATA_DIR) puts database, settings, cache and checkpoints into DIR.
    """


def run(arguments: Sequence[str]) -> int:
    """Run a command; one sentence on standard error where it fails. Returns 0 done, 1 failed, 2 wrong arguments."""
    try:
        result = cli.main(list(arguments), prog_name="foodcal-desktop", standalone_mode=False)
    except click.UsageError as error:
        return _say(error.format_message(), 2)
    except click.ClickException as error:
        return _say(error.format_message(), 1)
    except (click.Abort, KeyboardInterrupt):
        return _say("Stopped.", 1)
    except Exception as error:  # noqa: BLE001 - the last door: a sentence, never a traceback
        return _say(_sentence(error), 1)
    return result if isinstance(result, int) else 0


def _say(sentence: str, status: int) -> int:
    print(sentence, file=sys.stderr)
    return status


def _sentence(error: Exception) -> str:
    text = " ".join(plainly(error).split())
    return text if text else f"The work failed ({type(error).__name__}); run foodcal-desktop doctor."
