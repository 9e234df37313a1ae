"""Commitments and the calendar: what is due, what was done, what is awaited from whom since when. Facts, no blame."""
