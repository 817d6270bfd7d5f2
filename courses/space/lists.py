"""Public lists that the forms of the space search in."""

from django.contrib import admin

from portal.reference.models import Certification, Commune, Formacode, JobProfile, Nsf, Occupation, Skill
from portal.web.space import SPACE, PublicListScreen


@admin.register(Commune, site=SPACE)
class CommuneList(PublicListScreen):
    search_fields = ["name", "key", "postcodes"]
    ordering = ["name"]


@admin.register(Skill, site=SPACE)
class SkillList(PublicListScreen):
    search_fields = ["label", "aliases__label"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pk__in=Skill.objects.own_words())


@admin.register(Occupation, site=SPACE)
class OccupationList(PublicListScreen):
    search_fields = ["code", "label"]


@admin.register(Formacode, site=SPACE)
class FormacodeList(PublicListScreen):
    search_fields = ["=code", "label"]


@admin.register(Nsf, site=SPACE)
class NsfList(PublicListScreen):
    search_fields = ["code", "label"]


@admin.register(Certification, site=SPACE)
class CertificationList(PublicListScreen):
    search_fields = ["number", "title"]


@admin.register(JobProfile, site=SPACE)
class JobProfileList(PublicListScreen):
    search_fields = ["name", "aliases__label"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pk__in=JobProfile.objects.shown())
