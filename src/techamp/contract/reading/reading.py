"""Reading a table by its rules, and saying what was done and what does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from techamp.contract.errors import Fault, InvalidInput
from techamp.contract.reading.cells import holds_numbers, read_numbers, read_text
from techamp.contract.reading.decoding import decode
from techamp.contract.reading.formats import Content, check_size
from techamp.contract.reading.headers import Header, headers_of
from techamp.contract.reading.meanings import with_meanings
from techamp.contract.reading.parquet import read_parquet
from techamp.contract.reading.rules import ReadingRules
from techamp.contract.reading.said import say_blanks, say_layout, say_sheets
from techamp.contract.reading.sheets import sheet_rows
from techamp.contract.reading.specifications import with_specifications
from techamp.contract.reading.splitting import Split, records, split_body, split_rows
from techamp.contract.reading.units import same_unit
from techamp.contract.table import Table, TableColumn

MOST_FAULTS = 20
_DECIMAL_COMMA = " A decimal comma in a file that is separated by commas needs quotation marks."


@dataclass(frozen=True)
class CellFault(Fault):
    """A fault at a row of the file, and in a column (none: the whole row)."""

    row: int = 0
    column: str = ""


@dataclass(frozen=True)
class Reading:
    """A table with the rules that made it.

    ``problems`` are cells and rows that do not fit, the first 20 of each column; ``counts`` says how many there are in
    each ("" for whole rows). Their places in ``table`` are not-a-number. ``notes`` say in words how the file was
    understood.
    """

    table: Table
    rules: ReadingRules
    problems: tuple[CellFault, ...]
    notes: tuple[str, ...]
    counts: dict[str, int]

    def require(self, columns: Iterable[str] | None = None) -> Table:
        """The table, if these columns (none given: all) have no problems; InvalidInput lists 20 and counts the rest."""
        wanted = {"", *(self.counts if columns is None else columns)}
        faults: list[Fault] = []
        faults += [fault for fault in self.problems if fault.column in wanted][:MOST_FAULTS]
        more = sum(count for column, count in self.counts.items() if column in wanted) - len(faults)
        if more > 0:
            remedy = "Mend the file, or change how it is read."
            faults.append(Fault("file", "must be free of these", f"{more:,} more like them", remedy))
        if faults:
            raise InvalidInput.many(faults)
        return self.table


def read_table(
    content: Content, rules: ReadingRules, only: Iterable[str] | None = None, most: int | None = None
) -> Reading:
    """Bytes → table by rules. InvalidInput where there is no table at all; cells that do not fit are ``problems``.

    ``only`` (names of columns) and ``most`` (first rows) spare time and memory where the format allows to read less:
    Parquet. Text and sheets are read whole.
    """
    check_size(len(content), rules.format)
    if rules.format == "parquet":
        table, said = read_parquet(content, rules, only, most)
        return Reading(with_specifications(with_meanings(table)), rules, (), tuple(said), {})
    notes: list[str] = []
    head, split, names, units = _parted(content, rules, notes)
    if not len(split.rows):
        remedy = "Choose another header row, or bring a file with numbers below it."
        raise InvalidInput("file", "must have rows below its header", "none", remedy)
    headers = headers_of(names, units, len(split.columns), rules, notes)
    problems = list(_long_rows(split, rules))
    counts = {"": len(split.long)} if split.long else {}
    columns: list[TableColumn] = []
    for header, cells in zip(headers, split.columns, strict=True):
        if _is_kept(header, cells, names, headers.index(header), rules):
            column, faults, count = _column(header, cells, split, rules, notes)
            columns.append(column)
            problems += faults
            counts |= {header.name: count} if count else {}
    say_layout(split, rules, notes)
    table = with_specifications(with_meanings(_table(columns, split, rules)), _above(head, rules))
    return Reading(table, rules, tuple(problems), tuple(notes), counts)


def _parted(
    content: Content, rules: ReadingRules, notes: list[str]
) -> tuple[list[list[str]], Split, list[str], list[str]]:
    """Rows down to the header, the body in columns, names and units."""
    if rules.format == "sheet":
        rows, _numbers = sheet_rows(content, rules.sheet)
        say_sheets(content, rules, notes)
        head = rows[: rules.first_row - 1]
        names, units = _row(head, rules.header_row, "header"), _row(head, rules.units_row, "units")
        return head, split_rows(rows, rules, len(_trimmed(names))), names, units
    text = decode(bytes(content), rules.encoding)
    head = records(text, rules, rules.first_row - 1)
    names, units = _row(head, rules.header_row, "header"), _row(head, rules.units_row, "units")
    return head, split_body(text, rules, len(names)), names, units


def _trimmed(names: list[str]) -> list[str]:
    """Without the empty cells at the end: a sheet is as wide as its widest row."""
    width = len(names)
    while width and not names[width - 1].strip():
        width -= 1
    return names[:width]


def _above(head: list[list[str]], rules: ReadingRules) -> list[list[str]]:
    """The rows above the names of the columns: titles, and sometimes the tolerance."""
    return head[: rules.header_row - 1] if rules.header_row else []


def _table(columns: list[TableColumn], split: Split, rules: ReadingRules) -> Table:
    if not columns:
        kept = ", ".join(rules.columns) or "none"
        raise InvalidInput("columns", "must name columns of the file", kept, "Keep at least one column.")
    return Table(tuple(columns), split.rows)


def _row(head: list[list[str]], row: int, what: str) -> list[str]:
    if row > len(head):
        rule = f"must be one of the {len(head):,} rows of the file"
        raise InvalidInput(f"{what} row", rule, row, "Choose a smaller one.")
    return head[row - 1] if row else []


def _is_kept(header: Header, cells: list[str], names: list[str], index: int, rules: ReadingRules) -> bool:
    """Chosen columns; where none was chosen, all but those without name and content: lines may end in a delimiter."""
    if rules.columns:
        return header.name in rules.columns
    named = index < len(names) and bool(names[index].strip())
    return named or any(map(str.strip, cells))


def _column(
    header: Header, cells: list[str], split: Split, rules: ReadingRules, notes: list[str]
) -> tuple[TableColumn, list[CellFault], int]:
    if header.name in rules.text_columns or not holds_numbers(cells, rules):
        return TableColumn(header.name, read_text(cells, rules), header.unit), [], 0
    found = read_numbers(cells, rules)
    unit = header.unit or found.unit
    if found.units and unit != header.unit:
        notes.append(f"The cells of {header.name} carry their unit, {unit}.")
    faults = {i: _text_fault(header, cells[i], int(split.rows[i])) for i in found.bad}
    if header.name in rules.text_as_blank:
        say_blanks(header, cells, found, split, notes)
        faults = {}
    strange = [i for i, written in found.units.items() if not same_unit(written, unit)]
    faults |= {i: _unit_fault(header, cells[i], int(split.rows[i]), unit) for i in strange}
    found.values[list(faults)] = float("nan")
    first = [faults[i] for i in sorted(faults)[:MOST_FAULTS]]
    return TableColumn(header.name, found.values, unit), first, len(faults)


def _text_fault(header: Header, cell: str, row: int) -> CellFault:
    remedy = "Correct the cell in your file, count text in this column as blank, or leave the row out."
    return CellFault(f"row {row}, {header.name}", "must be a number", cell.strip(), remedy, row, header.name)


def _unit_fault(header: Header, cell: str, row: int, unit: str) -> CellFault:
    rule = f"must be in {unit} like the rest of the column"
    return CellFault(f"row {row}, {header.name}", rule, cell.strip(), "Convert it in your file.", row, header.name)


def _long_rows(split: Split, rules: ReadingRules) -> Iterable[CellFault]:
    width = len(split.columns)
    comma = _DECIMAL_COMMA if rules.delimiter == "," else ""
    for row, cells in split.long[:MOST_FAULTS]:
        remedy = f"Put cells that hold the delimiter into quotation marks, or leave the row out.{comma}"
        yield CellFault(f"row {row}", f"must have at most {width} cells", cells, remedy, row)
