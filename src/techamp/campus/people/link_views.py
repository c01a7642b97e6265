"""Pages of the mailed sign-in link: ask for one, be told to look, arrive and press the button."""

from __future__ import annotations

from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from techamp.campus.people.mailed_link import MINUTES, holder, redeem, send_link


class AddressForm(forms.Form):
    """The address to which the link goes."""

    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["email"].label = _("Your email")
        self.fields["email"].error_messages["required"] = _("Type the email address of your account.")


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Type an address. What follows is the same for an address that we know and one that we don't."""
    if request.user.is_authenticated:
        return redirect("learning:home")
    onward = get_next_redirect_url(request) or ""
    typed = {"email": request.POST.get("email") or request.POST.get("login", "")}
    form = AddressForm(typed if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if refused := ratelimit.consume_or_429(request, action="mailed_link", key=email):
            return refused
        send_link(request, email, onward)
        return redirect("people:link-sent")
    context = {"title": _("Sign in by a mailed link"), "form": form, "onward": onward, "minutes": MINUTES}
    return render(request, "people/ask_link.html", context)


def sent(request: HttpRequest) -> HttpResponse:
    """Look into your mail. Says nothing about whether there is such an account."""
    return render(request, "people/link_sent.html", {"title": _("Look into your mail"), "minutes": MINUTES})


@never_cache
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """The page that the link opens. Only its button signs in: a mail scanner does not press it."""
    onward = get_next_redirect_url(request) or ""
    if request.method == "POST" and (redeemed := redeem(token)) is not None:
        return perform_login(request, redeemed, redirect_url=onward or None, email=redeemed.email)
    person = holder(token)
    if person is None and request.user.is_authenticated:
        return redirect(onward or "learning:home")
    context = {
        "title": _("Sign in"),
        "person": person,
        "form": AddressForm(),
        "onward": onward,
        "minutes": MINUTES,
    }
    return render(request, "people/arrive.html", context, status=200 if context["person"] else 404)
