"""From the raw bytes of a file to a Table, by recorded rules, so that the same reading can be made again.

>>> content = b"Shaft;Diameter (mm)\\n1;8,001\\n2;7,998\\n"
>>> reading = read_table(content, guess_rules(content))
>>> reading.table.column("Diameter").values.tolist(), reading.table.column("Diameter").unit
([8.001, 7.998], 'mm')

What the reading is sure about it does; what it is not sure about it says in ``notes``; what cannot be a number where
numbers stand is in ``problems``, by row, column, value and remedy, and :meth:`Reading.require` refuses it.
"""

from techamp.contract.reading.formats import MOST_BYTES, Content, check_size, guess_format
from techamp.contract.reading.guessing import guess_rules
from techamp.contract.reading.parquet import row_count
from techamp.contract.reading.reading import CellFault, Reading, read_table
from techamp.contract.reading.rules import ReadingRules
from techamp.contract.reading.writing import write_table

__all__ = [
    "MOST_BYTES",
    "CellFault",
    "Content",
    "Reading",
    "ReadingRules",
    "check_size",
    "guess_format",
    "guess_rules",
    "read_table",
    "row_count",
    "write_table",
]
