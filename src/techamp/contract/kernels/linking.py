"""From LLVM's object file to an image: code and constants in one piece that runs wherever in memory it lies.

A kernel calls nothing outside itself, so that its parts refer only to each other, by distance. An image is the object's
sections one after another with those distances written in. What cannot be settled that way is refused, and the object
is kept as it is.

References: "ELF-64 Object File Format" (1998); "System V ABI, AMD64 Architecture Processor Supplement", 4.4; "ELF for
the Arm 64-bit Architecture (AArch64)", 5.7.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

CONTENT, EMPTY, RELOCATIONS, SYMBOLS = 1, 8, 4, 2
WRITABLE, LOADED = 1, 2
X86, ARM = 62, 183
PAGE = 4096


class CannotLink(Exception):
    """The object refers to something that is not in it, or in a way that depends on where it lies."""


@dataclass(frozen=True)
class Section:
    name: str
    kind: int
    flags: int
    content: bytes
    link: int
    about: int
    align: int


def linked(file: bytes) -> tuple[bytes, dict[str, int]]:
    """(image, offset of each global function in it). CannotLink if that cannot be."""
    if file[:6] != b"\x7fELF\x02\x01":
        raise CannotLink("not an ELF file of 64 bits, little-endian")
    machine = struct.unpack_from("<H", file, 18)[0]
    if machine not in _WRITERS:
        raise CannotLink(f"no rules for machine {machine}")
    sections = _sections(file)
    places, image = _laid_out(sections)
    symbols = _symbols(sections)
    for section in sections:
        if section.kind == RELOCATIONS and section.about in places:
            for offset, info, addend in struct.iter_unpack("<QQq", section.content):
                name, where, value = symbols[info >> 32][:3]
                if where not in places:
                    raise CannotLink(f"refers to {name or 'something'} outside")
                at = places[section.about] + offset
                _WRITERS[machine](image, at, info & 0xFFFFFFFF, places[where] + value + addend)
    offsets = {name: places[where] + value for name, where, value, shown in symbols if shown and where in places}
    return bytes(image), offsets


def _sections(file: bytes) -> list[Section]:
    start = struct.unpack_from("<Q", file, 40)[0]
    size, count, names = struct.unpack_from("<HHH", file, 58)
    rows = [struct.unpack_from("<IIQQQQIIQQ", file, start + i * size) for i in range(count)]
    table = rows[names][4]
    found = []
    for name, kind, flags, _address, offset, length, link, about, align, _entry in rows:
        told = file[table + name : file.index(b"\0", table + name)].decode()
        content = b"" if kind == EMPTY else file[offset : offset + length]
        if kind == EMPTY and length and flags & LOADED:
            raise CannotLink("has memory of its own")
        found.append(Section(told, kind, flags, content, link, about, align))
    return found


def _laid_out(sections: list[Section]) -> tuple[dict[int, int], bytearray]:
    """Where each section begins, and the image so far. Unwinding tables are left out: nothing here is thrown."""
    places, image = dict[int, int](), bytearray()
    for i, section in enumerate(sections):
        if section.kind != CONTENT or not section.flags & LOADED or section.name == ".eh_frame":
            continue
        if section.flags & WRITABLE and section.content:
            raise CannotLink("has memory of its own")
        image += bytes(-len(image) % max(1, section.align))
        places[i] = len(image)
        image += section.content
    return places, image


def _symbols(sections: list[Section]) -> list[tuple[str, int, int, bool]]:
    """(name, section, value, whether others may call it) of each symbol."""
    for section in sections:
        if section.kind == SYMBOLS:
            names = sections[section.link].content
            return [
                (names[name : names.index(b"\0", name)].decode(), where, value, info >> 4 == 1)
                for name, info, _other, where, value, _size in struct.iter_unpack("<IBBHQQ", section.content)
            ]
    raise CannotLink("has no symbols")


def _put(image: bytearray, at: int, form: str, value: int) -> None:
    try:
        struct.pack_into(form, image, at, value)
    except struct.error:
        raise CannotLink("a distance is too long") from None


def _write_x86(image: bytearray, at: int, kind: int, target: int) -> None:
    """Kinds: PC32 and PLT32 (2, 4), PC64 (24)."""
    if kind not in (2, 4, 24):
        raise CannotLink(f"relocation {kind} of x86-64")
    _put(image, at, "<q" if kind == 24 else "<i", target - at)


_ARM_LOADS = {277: 0, 278: 0, 284: 1, 285: 2, 286: 3, 299: 4}
"""ADD_ABS_LO12_NC and LDST8 … LDST128_ABS_LO12_NC: how many low bits of the place in its page are left out."""
_ARM_JUMPS = {279: (5, 14), 280: (5, 19), 282: (0, 26), 283: (0, 26)}
"""TSTBR14, CONDBR19, JUMP26, CALL26: where the distance in words lies, and its bits."""


def _write_arm(image: bytearray, at: int, kind: int, target: int) -> None:
    """Kinds: PREL64 and PREL32 (260, 261), ADR_PREL_PG_HI21 (275), and the tables above."""
    if kind in (260, 261):
        _put(image, at, "<q" if kind == 260 else "<i", target - at)
        return
    code = struct.unpack_from("<I", image, at)[0]
    if kind in _ARM_LOADS:
        low = (target % PAGE) >> _ARM_LOADS[kind]
        code = code & ~(0xFFF << 10) | low << 10
    elif kind == 275:
        pages = target // PAGE - at // PAGE
        code = code & ~(3 << 29 | 0x7FFFF << 5) | (pages & 3) << 29 | (pages >> 2 & 0x7FFFF) << 5
    elif kind in _ARM_JUMPS:
        shift, bits = _ARM_JUMPS[kind]
        words = (target - at) >> 2
        if not -(1 << bits - 1) <= words < 1 << bits - 1:
            raise CannotLink("a distance is too long")
        code = code & ~((1 << bits) - 1 << shift) | (words & (1 << bits) - 1) << shift
    else:
        raise CannotLink(f"relocation {kind} of AArch64")
    _put(image, at, "<I", code)


_WRITERS: dict[int, Callable[[bytearray, int, int, int], None]] = {X86: _write_x86, ARM: _write_arm}
