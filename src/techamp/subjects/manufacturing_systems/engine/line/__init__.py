"""The recursion: ``kernel`` carries out operations, ``clocks`` fail, ``measuring`` says where things stand."""

ROOMS = ("clocks", "measuring", "kernel")
