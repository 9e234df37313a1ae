"""An order of reciprocal steps in which nobody gains by stopping."""
