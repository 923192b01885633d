"""Accounts, and the links that open one.

An account is a key to one person of the register and holds nothing else about them: their roles,
their standing and their groups are read from the register at each request.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

PERSON_LENGTH = 64
ADDRESS_LENGTH = 320


class Accounts(BaseUserManager["Account"]):
    """Makes and finds accounts."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)

    def create_user(self, email: str, person: str, password: str | None = None) -> Account:
        """An account for one person; without a password it is opened by a link."""
        account = self.model(email=email, person=person)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One person's key."""

    email = models.EmailField(max_length=ADDRESS_LENGTH, unique=True)
    person = models.CharField(max_length=PERSON_LENGTH, unique=True)
    """Whose: an id of the register."""
    is_active = models.BooleanField(default=True)
    since = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["person"]
    objects = Accounts()

    def __str__(self) -> str:
        return self.person

    def get_username(self) -> str:
        return self.email

    @property
    def is_staff(self) -> bool:
        return False

    @property
    def is_superuser(self) -> bool:
        return False


class Purpose(models.TextChoices):
    """What a link opens."""

    INVITATION = "invitation"
    """The first time: whoever holds it chooses a password."""
    DEMONSTRATION = "demonstration"
    """The made-up charity only: signs in at once."""


class Link(models.Model):
    """A link that is good once. Only its hash is kept: the link itself is in one mail, or on one
    terminal."""

    key = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret, in hexadecimal digits."""
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=15, choices=Purpose.choices)
    made = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made",)

    def __str__(self) -> str:
        return f"{self.purpose} for {self.account_id}"

    def save(self, *args: Any, **options: Any) -> None:
        if len(self.key) != 64:
            raise ValueError("a link keeps the hash of its secret, not the secret")
        super().save(*args, **options)
