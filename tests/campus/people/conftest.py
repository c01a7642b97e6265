"""The tests here share a college."""

from tests.campus.college import ana, college, no_limits_used, signed_in

__all__ = ["ana", "college", "no_limits_used", "signed_in"]
