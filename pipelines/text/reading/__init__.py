"""Bytes to `Document`: decoding, language, and the reasons why an input cannot be read."""
