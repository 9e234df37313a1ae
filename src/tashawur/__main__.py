"""`python -m tashawur` is the command `tashawur`."""

from tashawur.cli.main import run

run()
