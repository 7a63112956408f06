"""What holds for every test."""

from hypothesis import settings

# How long an example takes says more of the machine than of us; and a run that passed must pass again.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
