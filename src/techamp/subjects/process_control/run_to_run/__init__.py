"""Run-to-run control: correct the next run by the error of the last ones, and know when that does harm."""
