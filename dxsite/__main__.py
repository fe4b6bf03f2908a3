"""Runs the command line as `python -m dxsite`."""

from dxsite.cli import main

main()
