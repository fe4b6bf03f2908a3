"""Runs the command line as `python -m dxsite`."""

if __name__ == "__main__":  # processes that a build starts read this file too, under another name
    from dxsite.cli import main

    main()
