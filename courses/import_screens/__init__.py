"""The screens of imports, the same in the bodies' space and at /gestion/: sent, mended, planned, applied, undone."""
