"""Answers to what is asked: records in, cards out. Pure."""
