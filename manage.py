#!/usr/bin/env python
"""Django's command line for Camins."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from portal.embedded.stores import stores_for


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
    try:
        # Before the settings are read: they look for the stores' addresses in the environment.
        with stores_for(sys.argv, Path(__file__).resolve().parent):
            execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        # Ctrl-C is a wish, not a fault: no traceback, and the status that shells give it.
        sys.exit(130)


if __name__ == "__main__":
    main()
