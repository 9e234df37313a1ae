"""Other programs' scenarios: from the bytes of their files to values, and back."""
