"""The pure core: a story in, a `Reading` out; each part of it is one file that reads on its own."""
