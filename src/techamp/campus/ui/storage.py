"""Hashed names, so that a browser may keep every file for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; imports between our modules are rewritten to hashed names too."""

    support_js_module_import_aggregation = True
    manifest_strict = False
