"""A static site of municipal DX plans, made from YAML files that staff can edit."""

__version__ = "0.1.0"
