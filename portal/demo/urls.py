from django.urls import path

from portal.demo import views

app_name = "demo"
urlpatterns = [path("courrier/", views.mail, name="mail"), path("courrier/<slug:name>/", views.letter, name="letter")]
