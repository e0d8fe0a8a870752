"""The only room that speaks SQL: one schema on SQLite and PostgreSQL; dataclasses go in and come out."""
