"""What a person is, from her enrollments and roles: read once a request."""

from __future__ import annotations

from dataclasses import dataclass, field

from techamp.campus.partners.models import Cohort, Enrollment, Organization, Role
from techamp.campus.people.models import Person
from techamp.campus.prepared import Prepared


@dataclass(frozen=True)
class Standing:
    """Enrollment (the newest) and roles of one person."""

    enrollment: Enrollment | None
    roles: tuple[Role, ...] = field(default=())

    @property
    def is_learner(self) -> bool:
        """Enrolled somewhere."""
        return self.enrollment is not None

    @property
    def role_kinds(self) -> tuple[str, ...]:
        """Kinds of roles, in the order of Role.Kind, each once."""
        own = {role.kind for role in self.roles}
        return tuple(kind for kind in Role.Kind.values if kind in own)

    def organizations(self, *kinds: str) -> list[Organization]:
        """Organizations in which the person holds one of these roles."""
        return list({r.organization_id: r.organization for r in self.roles if r.kind in kinds}.values())

    def holds(self, organization: Organization | None, *kinds: str) -> bool:
        """Whether the person holds one of these roles in that organization."""
        return organization is not None and any(
            r.organization_id == organization.pk and r.kind in kinds for r in self.roles
        )


# Her company and mentor stand on a few pages only; those fetch them.
_newest_enrollment = Prepared(
    lambda person: (
        Enrollment.objects.filter(person=person)
        .select_related("cohort__institution")
        .order_by("-cohort__starts", "-pk")[:1]
    ),
    int,
)
_roles = Prepared(lambda person: Role.objects.filter(person=person).select_related("organization"), int)


def standing_of(person: Person) -> Standing:
    """The person's standing, kept on the object for the length of a request."""
    known: Standing | None = getattr(person, "_standing", None)
    if known is None:
        known = Standing(_newest_enrollment.first(person.pk), tuple(_roles(person.pk)))
        person._standing = known  # type: ignore[attr-defined]
    return known


def cohort_week(cohort: Cohort, today: object) -> int:
    """Week of the program, 1 on the first day of the cohort; 0 or less before it starts."""
    from datetime import date

    assert isinstance(today, date)
    return (today - cohort.starts).days // 7 + 1
