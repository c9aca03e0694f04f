"""The school as it was: any page, for reading only, at a past moment, for who may see the audit."""
