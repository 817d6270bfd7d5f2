"""PostgreSQL and Valkey without installing a service, for the demonstration and the tests; pure Python, no Django.

A store is started only where its address is absent from the environment: see `stores`.
"""
