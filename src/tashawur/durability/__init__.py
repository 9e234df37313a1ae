"""Whether a deal lasts: states, moves and preferences as a graph model, and which states nobody gains by leaving."""
