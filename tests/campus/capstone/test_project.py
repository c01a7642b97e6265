"""A project from charter to signature: who may do what, what is shared when, and what it saves."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.campus.school import browser, enrollment_of, key_of, learner, person, place, staff, text

from techamp.campus.capstone import actions
from techamp.campus.capstone.models import Project
from techamp.campus.data.actions import add_dataset
from techamp.campus.data.models import Dataset
from techamp.campus.learning import ledger
from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.people.models import AccessRecord, Person
from techamp.contract import registry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]

CHARTER = {"do": "charter", "title": "Scrap", "problem": "A scrap too many", "measure": "Scrap", "goal": "Half of it"}
SAVING = {
    "do": "saving", "what": "Scrapped shafts", "before": "12", "after": "4.5", "per_year": "50", "value": "$8.25",
    "yearly_cost": "100", "once_cost": "1,500", "method": "Counted", "skills": ["shop.aim", "shop.adjust"],
}  # fmt: skip


@pytest.fixture
def mia() -> Person:
    """A mentor at the company."""
    place("company", "firm")
    return staff("Mia", "mentor", "firm")


@pytest.fixture
def ana(mia: Person) -> Person:
    someone = learner(company="firm")
    actions.change_mentor(enrollment_of(someone), mia)
    ledger.append(key_of(someone), "lecture", ["shop.aim", "shop.adjust"], place="shop/01-funnel/lecture")
    return someone


@pytest.fixture
def project(ana: Person) -> Project:
    response = browser(ana).post(reverse("capstone:home"), CHARTER)
    assert response.status_code == 302
    return Project.objects.get()


def readings(owner: Person, name: str = "own.csv") -> Dataset:
    return add_dataset(owner, name, b"x\n" + b"\n".join(b"%d" % (i % 5 + len(name)) for i in range(30)), "upload")


def do(client: Client, project: Project, status: int = 302, **form: object) -> Client:
    """Send one of the page's forms."""
    response = client.post(reverse("capstone:project", args=[project.uid]), form)
    assert response.status_code == status, response.content
    project.refresh_from_db()
    return client


def page(client: Client, project: Project) -> str:
    return text(client.get(reverse("capstone:project", args=[project.uid])))


def to_sign_off(project: Project) -> Dataset:
    """Everything up to the signature, as owner and mentor do it."""
    ana, mia = browser(project.owner), browser(project.mentor)
    do(mia, project, do="agree")
    dataset = readings(project.owner)
    do(ana, project, do="dataset", dataset=dataset.uid)
    do(ana, project, do="study", dataset=dataset.uid, study=registry.study_ids()[0], query="chart=imr", found="A jump.")
    do(ana, project, **SAVING)
    return dataset


def test_from_charter_to_signature(project: Project, ana: Person, mia: Person) -> None:
    assert (project.step, project.owner, project.mentor, project.company.slug) == ("charter", ana, mia, "firm")  # type: ignore[union-attr]
    to_sign_off(project)
    assert project.step == "sign-off"
    body = page(browser(mia), project)
    assert "(12 − 4.5) × 50 × 8.25 − 100 = 2\u202f993.75" in body
    assert "<output>2\u202f994</output>" in body
    assert "<output>6.0</output>" in body
    do(browser(mia), project, do="sign", note="Finance agrees.")
    assert project.step == ""
    lines = Evidence.objects.filter(kind="capstone").order_by("skill")
    assert [(e.skill, e.level) for e in lines] == [("shop.adjust", "used"), ("shop.aim", "used")]
    assert {(e.by, e.organization, e.reason, e.item) for e in lines} == {
        (mia, project.company, "Finance agrees.", str(project.uid))
    }
    assert lines[0].attempt.realized["saving"]["before"] == 12  # type: ignore[union-attr]
    assert "Mia confirmed the saving" in page(browser(ana), project)


def test_a_project_is_signed_once(project: Project, mia: Person) -> None:
    to_sign_off(project)
    do(browser(mia), project, do="sign", note="First.")
    do(browser(mia), project, do="sign", note="Second.")
    assert Attempt.objects.get(kind="capstone").state["note"] == "First."
    assert Evidence.objects.filter(kind="capstone").count() == 2


@pytest.mark.parametrize("form", [{"do": "agree"}, {"do": "reopen"}, {"do": "sign", "note": "Mine."}, {"do": ""}])
def test_the_owner_cannot_agree_reopen_or_sign(project: Project, ana: Person, form: dict[str, str]) -> None:
    to_sign_off(project)
    do(browser(ana), project, 404, **form)
    assert project.signed is None


@pytest.mark.parametrize("what", ["charter", "dataset", "drop", "study", "saving"])
def test_the_mentor_cannot_edit(project: Project, mia: Person, what: str) -> None:
    dataset = to_sign_off(project)
    do(browser(mia), project, 404, **{**CHARTER, **SAVING, "do": what, "dataset": dataset.uid, "title": "Mine"})
    assert (project.title, project.datasets) == ("Scrap", [str(dataset.uid)])


def test_a_signature_before_the_saving_is_refused(project: Project, mia: Person) -> None:
    response = browser(mia).post(reverse("capstone:project", args=[project.uid]), {"do": "sign"})
    assert "Project: must have charter, data, study and saving" in text(response, 422)


def test_an_agreed_charter_stands_until_it_is_reopened(project: Project, ana: Person, mia: Person) -> None:
    do(browser(mia), project, do="agree")
    do(browser(ana), project, 422, **{**CHARTER, "title": "Other"})
    assert project.title == "Scrap"
    do(browser(mia), project, do="reopen")
    do(browser(ana), project, **{**CHARTER, "title": "Other"})
    assert (project.title, project.step) == ("Other", "charter")


def test_what_was_signed_stands(project: Project, ana: Person, mia: Person) -> None:
    dataset = to_sign_off(project)
    do(browser(mia), project, do="sign", note="")
    do(browser(ana), project, 422, **{**SAVING, "before": "99"})
    do(browser(ana), project, do="drop", dataset=dataset.uid)
    do(browser(mia), project, do="reopen")
    assert project.saving["before"] == 12
    assert project.datasets == [str(dataset.uid)]
    assert project.agreed is not None


def test_a_dataset_is_shared_with_the_mentor_while_it_is_in_the_project(
    project: Project, ana: Person, mia: Person
) -> None:
    do(browser(mia), project, do="agree")
    dataset = readings(ana)
    address = reverse("data:dataset", args=[dataset.uid])
    assert browser(mia).get(address).status_code == 404
    do(browser(ana), project, do="dataset", dataset=dataset.uid)
    assert browser(mia).get(address).status_code == 200
    do(browser(ana), project, do="drop", dataset=dataset.uid)
    assert browser(mia).get(address).status_code == 404
    assert project.datasets == []


def test_taking_a_dataset_out_takes_its_studies_along(project: Project, ana: Person) -> None:
    dataset = to_sign_off(project)
    do(browser(ana), project, do="drop", dataset=dataset.uid)
    assert (project.studies, project.step) == ([], "dataset")


def test_a_dataset_that_another_project_shows_stays_shared(project: Project, ana: Person, mia: Person) -> None:
    dataset = to_sign_off(project)
    second = actions.start(enrollment_of(ana), {**CHARTER, "title": "Second"})
    actions.add_dataset(second, dataset)
    do(browser(ana), project, do="drop", dataset=dataset.uid)
    assert browser(mia).get(reverse("data:dataset", args=[dataset.uid])).status_code == 200


@pytest.mark.parametrize("uid", ["", "x", "²" * 36, "x" * 36, "3f0e7e1c-0d1b-4a53-9a55-5b2f8d6f7c11"])
@pytest.mark.parametrize("what", ["dataset", "drop", "study"])
def test_a_dataset_that_is_not_hers_is_refused(project: Project, ana: Person, mia: Person, uid: str, what: str) -> None:
    do(browser(mia), project, do="agree")
    body = browser(ana).post(reverse("capstone:project", args=[project.uid]), {"do": what, "dataset": uid})
    assert "Dataset: must be one of your own" in text(body, 422)


def test_somebody_elses_dataset_is_refused(project: Project, ana: Person, mia: Person) -> None:
    other = readings(learner("Bo"))
    do(browser(mia), project, do="agree")
    do(browser(ana), project, 422, do="dataset", dataset=other.uid)
    assert project.datasets == []


def test_a_study_is_of_the_projects_data_and_one_that_there_is_and_says_something(
    project: Project, ana: Person, mia: Person
) -> None:
    do(browser(mia), project, do="agree")
    outside = readings(ana)
    form = {"do": "study", "dataset": outside.uid, "study": "nobody.nothing", "found": " "}
    body = text(browser(ana).post(reverse("capstone:project", args=[project.uid]), form), 422)
    for words in ("Dataset: must belong", "Study: must be one of the studies", "What you found: must be filled"):
        assert words in body
    project.refresh_from_db()
    assert project.studies == []


def test_every_fault_of_a_saving_is_listed_and_what_was_typed_is_kept(project: Project, ana: Person) -> None:
    to_sign_off(project)
    typed = {
        "do": "saving", "before": "a lot", "after": "", "per_year": "-3", "value": "1e999", "yearly_cost": "nan",
        "once_cost": "", "skills": ["shop.aim"],
    }  # fmt: skip
    body = text(browser(ana).post(reverse("capstone:project", args=[project.uid]), typed), 422)
    for words in (
        "Before: must be a number, but got &#x27;a lot&#x27;", "After: must be a number",
        "What one is worth, in dollars: must be a number",
        "How often in a year: must not be below 0", "What the change costs each year, in dollars: must be a number",
        "What is counted: must be filled", "How it was measured: must be filled",
    ):  # fmt: skip
        assert words in body
    assert 'value="a lot"' in body
    assert "What it cost once, in dollars: must" not in body
    project.refresh_from_db()
    assert project.saving["before"] == 12


def test_a_saving_names_a_skill(project: Project, ana: Person) -> None:
    to_sign_off(project)
    for skills in ([], ["nobody.nothing"]):
        response = browser(ana).post(reverse("capstone:project", args=[project.uid]), {**SAVING, "skills": skills})
        assert "Skills: must name at least one that you used" in text(response, 422)


def test_a_charter_without_its_sentences_lists_them_and_keeps_the_rest(ana: Person) -> None:
    body = text(browser(ana).post(reverse("capstone:home"), {"title": "Scrap", "where": "Line 2"}), 422)
    for label in ("What is wrong", "What you will measure", "Goal"):
        assert f"{label}: must be filled" in body
    assert 'value="Line 2"' in body
    assert not Project.objects.exists()


def test_a_double_tap_makes_one_project(ana: Person) -> None:
    for _tap in range(2):
        browser(ana).post(reverse("capstone:home"), CHARTER)
    assert Project.objects.count() == 1


def test_another_mentor_gets_the_open_project_and_its_data_and_the_first_loses_them(
    project: Project, ana: Person, mia: Person
) -> None:
    dataset = to_sign_off(project)
    max_, ingrid = staff("Max", "mentor", "firm"), browser(staff("Ingrid", "instructor"))
    response = ingrid.post(reverse("teaching:learner", args=[ana.uid]), {"do": "mentor", "mentor": str(max_.uid)})
    assert response.status_code == 302
    addresses = reverse("capstone:project", args=[project.uid]), reverse("data:dataset", args=[dataset.uid])
    assert [browser(max_).get(a).status_code for a in addresses] == [200, 200]
    assert [browser(mia).get(a).status_code for a in addresses] == [404, 404]
    ingrid.post(reverse("teaching:learner", args=[ana.uid]), {"do": "mentor", "mentor": ""})
    assert [browser(max_).get(a).status_code for a in addresses] == [404, 404]


def test_a_signed_project_stays_with_who_signed_it(project: Project, ana: Person, mia: Person) -> None:
    dataset = to_sign_off(project)
    do(browser(mia), project, do="sign", note="")
    actions.change_mentor(enrollment_of(ana), staff("Max", "mentor", "firm"))
    assert browser(mia).get(reverse("data:dataset", args=[dataset.uid])).status_code == 200
    project.refresh_from_db()
    assert project.mentor == mia


def test_nobody_else_sees_a_project_and_the_mentors_look_is_logged(project: Project, ana: Person, mia: Person) -> None:
    address = reverse("capstone:project", args=[project.uid])
    for other in (learner("Bo"), staff("Ingrid", "instructor"), staff("Max", "mentor", "firm"), person("Nora")):
        assert browser(other).get(address).status_code == 404
    assert browser(mia).get(address).status_code == 200
    assert [(a.viewer, a.key) for a in AccessRecord.objects.all()] == [(mia, key_of(ana))]


def test_the_owner_reads_who_sees_a_signed_projects_data_and_takes_it_back(
    project: Project, ana: Person, mia: Person
) -> None:
    dataset = to_sign_off(project)
    do(browser(mia), project, do="sign", note="Right.")
    address = reverse("data:dataset", args=[dataset.uid])
    assert browser(mia).get(address).status_code == 200
    assert address in page(browser(mia), project)
    assert "Mia" in text(browser(ana).get(address))
    take_back = reverse("data:unshare", args=[dataset.uid])
    assert browser(mia).post(take_back, {"person": str(mia.uid)}).status_code == 404
    assert browser(ana).post(take_back, {"person": "nobody"}).status_code == 404
    assert browser(ana).post(take_back, {"person": str(mia.uid)}).status_code == 302
    assert browser(mia).get(address).status_code == 404
    body = page(browser(mia), project)
    assert address not in body
    assert "One dataset that is no longer shared with you." in body
    assert address in page(browser(ana), project)


def test_what_hangs_on_data_is_said_before_they_are_deleted(project: Project, ana: Person, mia: Person) -> None:
    dataset = to_sign_off(project)
    ask = reverse("data:delete", args=[dataset.uid])
    body = text(browser(ana).get(ask))
    assert "Your project “Scrap” rests on it" in body
    assert "Who can no longer see it: Mia." in body
    do(browser(mia), project, do="sign", note="Right.")
    assert "Your signed project “Scrap” rests on it" in text(browser(ana).get(ask))
