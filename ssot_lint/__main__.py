"""The ``ssot-lint`` command, which ``python -m ssot_lint`` is too.

The command line takes a while to import. This module takes none, so that from the start a Ctrl-C ends in silence.
"""

import sys


def main() -> None:
    """Run with the arguments of the process and end it."""
    try:
        from ssot_lint.cli.main import main as run_command_line

        run_command_line()
    except (KeyboardInterrupt, RuntimeError) as error:
        from ssot_lint.errors import ExitCode, is_interruption

        if not is_interruption(error):
            raise
        sys.exit(ExitCode.INTERRUPTED)


if __name__ == "__main__":
    if not getattr(sys.flags, "safe_path", False):
        # Python has put the working directory first, where the scanned code could pass for a library of ours.
        del sys.path[0]

    main()
