"""Weights of the stories room: how common words are in news, and which two mentions are one happening."""
