"""The command line `dateline`."""

from pipelines.cli.commands import main

__all__ = ["main"]
