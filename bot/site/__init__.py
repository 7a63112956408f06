"""The register as pages that need no server: what the store holds, read in bulk, as HTML in a folder.

`views` are the records that templates show, `pages` renders them, and `build` decides which pages have to be
written anew. Days are those of UTC.
"""
