"""``python -m ssot_lint`` is the ``ssot-lint`` command."""

import sys

if __name__ == "__main__":
    if not getattr(sys.flags, "safe_path", False):
        # Python has put the working directory first, where the scanned code could pass for a library of ours.
        del sys.path[0]

    from ssot_lint.cli import main

    main()
