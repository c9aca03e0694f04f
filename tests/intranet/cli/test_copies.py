"""Programs of PostgreSQL log in as the product does."""

from sqlalchemy.engine import make_url

from intranet.cli import copies


def test_what_an_address_says_of_tls_counts_for_a_copy_too():
    address = "postgresql+psycopg://us:secret@db.example/geborgen?sslmode=verify-full&sslrootcert=/ca.pem"
    assert copies._login(make_url(address)) == {
        "PGHOST": "db.example",
        "PGUSER": "us",
        "PGPASSWORD": "secret",
        "PGSSLMODE": "verify-full",
        "PGSSLROOTCERT": "/ca.pem",
    }
    local = "postgresql:///geborgen?host=/run/postgresql&connect_timeout=5"
    assert copies._login(make_url(local)) == {"PGHOST": "/run/postgresql", "PGCONNECT_TIMEOUT": "5"}
