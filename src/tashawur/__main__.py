"""`python -m tashawur` is the command `tashawur`."""

from tashawur.cli.main import run

if __name__ == "__main__":
    run()
