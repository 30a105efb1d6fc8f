"""The command line under another name: `python -m hubspoke`."""

from hubspoke.cli.app import main

if __name__ == "__main__":
    main()
