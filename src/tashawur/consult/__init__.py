"""The register: who consults, to what aim, on what, in which rounds, and who said what. No file, no clock."""
