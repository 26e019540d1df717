"""Fuzzing: inputs that nobody would write, against the laws that hold for any input.

    python -m tools.fuzz --minutes 20 pdf-read picture

A *target* (:mod:`tools.fuzz.targets`) knows beginnings, how to damage them in ways that go deep, and the laws. The laws are checked
in a child process, which records an input before it tries it: one that ends the process, hangs or eats the memory is known.
"""
