"""The addresses of the desk."""

from __future__ import annotations

from django.urls import path

from . import deeds, views

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/holds/", views.holds, name="holds"),
    path("desk/holds/decided/", views.decided, name="holds-decided"),
    path("desk/holds/<str:reference>/", views.hold, name="hold"),
    path("desk/holds/<str:reference>/claim/", deeds.claim, name="hold-claim"),
    path("desk/holds/<str:reference>/release/", deeds.release, name="hold-release"),
    path("desk/holds/<str:reference>/refuse/", deeds.refuse, name="hold-refuse"),
    path("desk/holds/<str:reference>/hand-over/", deeds.hand_over, name="hold-hand-over"),
    path("desk/messages/<str:reference>/", views.message, name="desk-message"),
    path("desk/exceptions/", views.exceptions, name="exceptions"),
    path("desk/exceptions/<int:number>/", deeds.exception, name="exception"),
    path("desk/emergencies/", views.emergencies, name="emergencies"),
    path("desk/emergencies/<str:reference>/", deeds.emergency, name="emergency"),
]
