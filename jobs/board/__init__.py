"""The public board of needs: what is asked for, by whom where they agreed to be named, and how to answer."""
