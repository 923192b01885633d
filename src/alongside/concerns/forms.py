"""What is asked in this room. The report's form asks for one thing only and refuses nothing else:
a wrong choice is left out, and a file is looked at after the report is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from alongside.web.forms import Form

from . import api
from .files import ACCEPT, LARGEST
from .kinds import Body, Clock, Kind, Outcome
from .routing import Member

_CLOCKS = [(clock.value, Body(clock.value).label) for clock in Clock]


def _text(label: str, hint: str = "", *, rows: int = 5, required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return _Kept(label=label, help_text=hint, widget=area, required=required)


class _Kept(forms.CharField):
    """Any text: what no database takes is left out rather than refused."""

    def to_python(self, value: Any) -> str:
        return super().to_python(str(value).replace("\0", "") if value else value) or ""


class _Lenient(forms.MultipleChoiceField):
    """Names that are not on the list (any more) are left out."""

    team: tuple[Member, ...] = ()

    def offer(self, team: Iterable[Member]) -> None:
        """Whom one may tick."""
        self.team = tuple(team)
        self.choices = [(member.id, member.name) for member in self.team]

    def clean(self, value: Any) -> list[str]:
        allowed = {member.id for member in self.team}
        return [str(each) for each in value or () if str(each) in allowed]


class _LenientOne(forms.ChoiceField):
    """No choice, or one that does not exist, is the last one."""

    def clean(self, value: Any) -> str:
        return str(value) if value in Kind.values else Kind.OTHER.value


class _Files(forms.FileInput):
    """Several at once. What came is not looked at here."""

    allow_multiple_selected = True

    def value_from_datadict(
        self, data: Any, files: MultiValueDict[str, UploadedFile[Any]], name: str
    ) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class _AnyFiles(forms.Field):
    widget = _Files(attrs={"multiple": True, "accept": ACCEPT})

    def clean(self, value: Any) -> list[api.Upload]:
        return [_upload(each) for each in value or ()]


def _upload(file: UploadedFile[Any]) -> api.Upload:
    return api.Upload(str(file.name or "evidence"), bytes(file.read(LARGEST + 1)))


class Report(Form):
    """A worry, in two minutes."""

    what = _text(
        "What happened?",
        "Write what you saw or heard, in their own words if you can. You need not be sure.",
        rows=8,
    )
    about = _Kept(
        label="Who is it about?",
        help_text="A name, or how we would know them. More than one is fine.",
        required=False,
    )
    when = _Kept(
        label="When did it happen?",
        help_text="Such as “last Tuesday after training”, or “it goes on”.",
        required=False,
    )
    kind = _LenientOne(
        label="What kind of worry is it?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    excluded = _Lenient(
        label="Who should not see this?",
        help_text="These people look after safeguarding. Whoever you tick will never see it, and "
        "is not told. We also keep it from anybody it may be about.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    evidence = _AnyFiles(
        label="Screenshots, photos or a saved chat",
        help_text="Up to 10 files of 10 MB each: pictures, PDF, text, zip, sound or film. A file "
        "may show whose phone it came from.",
        required=False,
    )
    anonymous = forms.BooleanField(
        label="Do not say who I am",
        help_text="We then keep nothing that says it was you. We can't ask you more, or tell you "
        "how it ends.",
        required=False,
    )
    message = _Kept(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, team: Iterable[Member] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["what"].error_messages["required"] = "Write what happened, in a few words"
        field = self.fields["excluded"]
        assert isinstance(field, _Lenient)
        field.offer(team)
        if not field.team:
            del self.fields["excluded"]

    def worry(self) -> api.Worry:
        """What the form says."""
        said = self.cleaned_data
        return api.Worry(
            what=said["what"],
            about=said.get("about", ""),
            when=said.get("when", ""),
            kind=Kind(said["kind"]),
            excluded=frozenset(said.get("excluded", ())),
            anonymous=said.get("anonymous", False),
            message=said.get("message", "")[:64],
        )


class Action(Form):
    """Something that was done, heard or seen."""

    text = _text("What did you do, hear or see?")


class Decision(Form):
    """A decision and its reason."""

    not_to = forms.ChoiceField(
        label="Did you decide not to tell an outside body?",
        help_text="This stops its clock. Your reason is kept.",
        choices=[("", "No, it is another decision"), *_CLOCKS],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )
    text = _text(
        "What did you decide, and why?", "Write it for somebody who reads it in ten years."
    )


class Referral(Form):
    """An outside body was told."""

    body = forms.ChoiceField(
        label="Whom did you tell?", choices=Body.choices, widget=forms.RadioSelect
    )
    text = _text(
        "How did you tell them, and what did they say?",
        "Names, times and any number they gave you.",
    )


class StartClock(Form):
    """Somebody outside has to be told in time."""

    clock = forms.ChoiceField(
        label="Whom do you have to tell?", choices=Clock.choices, widget=forms.RadioSelect
    )
    known_since = forms.DateTimeField(
        label="Since when do you know?",
        help_text="Leave it empty if you know since now.",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
    )
    text = _text("Why?", rows=3)

    def clean_known_since(self) -> datetime | None:
        """A time to come is a slip."""
        since: datetime | None = self.cleaned_data["known_since"]
        if since and since > timezone.now():
            raise forms.ValidationError("Give a time that has passed")
        return since


class Conclude(Form):
    """How it ended."""

    outcome = forms.ChoiceField(
        label="How did it end?", choices=Outcome.choices, widget=forms.RadioSelect
    )
    text = _text("What was done, and what was learnt?")


class SignOff(Form):
    """The second person's word."""

    agreed = forms.ChoiceField(
        label="Do you agree that it is closed?",
        choices=[("yes", "Yes, close it"), ("no", "No, there is more to do")],
        widget=forms.RadioSelect,
    )
    text = _text("Why?", rows=3)


class Reopen(Form):
    """Why it goes on."""

    text = _text("What is new?", rows=3)


class Evidence(Form):
    """One file, with where it came from."""

    file = _AnyFiles(
        label="The file", help_text="Up to 10 MB: a picture, PDF, text, zip, sound or film."
    )
    text = _text("Where does it come from?", rows=3, required=False)

    def clean_file(self) -> list[api.Upload]:
        """At least one."""
        found: list[api.Upload] = self.cleaned_data["file"]
        if not found:
            raise forms.ValidationError("Choose a file")
        return found


class Access(Form):
    """Who, and why."""

    person = forms.ChoiceField(label="Who?", widget=forms.RadioSelect)
    text = _text("Why?", "This is kept with the concern.", rows=3)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(people)


class Search(Form):
    """Whom it is about, to look for."""

    name = forms.CharField(
        label="Name of the adult", help_text="Somebody who works or volunteers here."
    )


class Adult(Access):
    """Which adult, and whether it is below the threshold."""

    low_level = forms.BooleanField(
        label="It is a low-level concern",
        help_text="It does not amount to harm, but does not fit how we work. Even a nagging doubt "
        "counts. They add up for each adult.",
        required=False,
        initial=True,
    )
    field_order = ("person", "low_level", "text")
