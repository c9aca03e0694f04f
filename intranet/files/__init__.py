"""Photos and scans in a dossier: made anew, sealed, and shown only to who may read the record they hang on."""
