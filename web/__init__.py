"""The website and the JSON over archive and index. `flask --app web run` serves it for development."""

from web.app import create_app

__all__ = ["create_app"]
