"""Signing in by services that are no OpenID Connect: they tell by a code who a person is."""
