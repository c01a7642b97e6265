"""Lectures: parsed from Markdown, read as a page, read aloud by the browser, checked for authors."""
