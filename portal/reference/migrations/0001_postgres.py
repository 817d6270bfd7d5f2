"""What PostgreSQL must know before the first table: extensions, an immutable unaccent, a French configuration."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# the extension's unaccent() is only STABLE: generated columns and indexes need an immutable one
UNACCENT = """
CREATE OR REPLACE FUNCTION f_unaccent(text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN public.unaccent('public.unaccent', $1)
"""
# "données", "donnees" and "DONNÉES" must meet
FRENCH = """
CREATE TEXT SEARCH CONFIGURATION fr (COPY = french);
ALTER TEXT SEARCH CONFIGURATION fr
  ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(UNACCENT, "DROP FUNCTION f_unaccent(text)"),
        migrations.RunSQL(FRENCH, "DROP TEXT SEARCH CONFIGURATION fr"),
    ]
