"""Content that a stranger wrote: see strings.txt."""
