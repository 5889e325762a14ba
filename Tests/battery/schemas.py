"""The schema: the same tables on both engines, once, and never backwards."""
import contextlib, os, re, sqlite3
from tandem import Installation

# The full text index is each engine's own; PostgreSQL keeps the words in a column of search_entry.
OWN = ("search_words", "sqlite_")
KINDS = {"BIGINT": "integer", "INTEGER": "integer", "INT": "integer", "SMALLINT": "integer", "TEXT": "text", "REAL": "real",
         "DOUBLE PRECISION": "real", "BLOB": "bytes", "BYTEA": "bytes"}


def columns(house):
    """What a program sees of the tables: name, kind, whether it may be empty, place in the key."""
    if house.schema:
        rows = house.rows(f"""
            SELECT c.table_name, c.column_name, upper(c.data_type), c.is_nullable = 'NO', coalesce(k.ordinal_position, 0)
            FROM information_schema.columns c
            LEFT JOIN information_schema.table_constraints t
              ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY'
            LEFT JOIN information_schema.key_column_usage k ON k.constraint_schema = t.constraint_schema
              AND k.constraint_name = t.constraint_name AND k.table_name = c.table_name AND k.column_name = c.column_name
            WHERE c.table_schema = '{house.schema}' AND c.data_type <> 'tsvector'""")
        rows = [(table, column, kind, strict == "t", int(place)) for table, column, kind, strict, place in rows]
    else:
        with contextlib.closing(sqlite3.connect(os.path.join(house.folder, "tandem.db"))) as database:
            rows = [(table, column, kind.upper(), bool(strict or place), place) for table, column, kind, strict, place in database.execute(
                "SELECT m.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'")]
    return {(table, column, KINDS.get(kind, kind), strict, place) for table, column, kind, strict, place in rows if not table.startswith(OWN)}


def steps(plan):
    """The names in a plan, which is SQL with a comment such as `-- members/1` before each step."""
    return re.findall(r"(?m)^-- ([\w-]+/\d+)$", plan)


def moves(house):
    """The plan names every step before and none after; a second run does nothing; a newer database is refused and untouched."""
    faults = []
    planned = steps(house.run("migrate", "--plan").stdout)
    house.run("migrate")
    again, done = house.run("migrate"), house.query("SELECT name FROM schema_step")
    if sorted(planned) != sorted(done) or len(done) < 15:
        faults.append(f"{len(planned)} steps planned, {len(done)} done")
    if steps(house.run("migrate", "--plan").stdout) or "Nothing to do" not in again.stderr:
        faults.append("a second run had something to do")
    before = columns(house)
    house.execute("INSERT INTO schema_step (name, checksum, applied_at) VALUES ('future/1', 'x', 1);")
    for command in (["migrate"], ["migrate", "--plan"], ["check"], ["serve", "--listen", f"127.0.0.1:{house.port}"]):
        refused = house.run(*command, check=False)
        if refused.returncode != 65 or "future/1" not in refused.stderr or "newer" not in refused.stderr:
            faults.append(f"{command[0]} on a newer database: exit {refused.returncode}, {refused.stderr.strip()[-120:]}")
    house.execute("DELETE FROM schema_step WHERE name = 'future/1';")
    if columns(house) != before or house.run("check", check=False).returncode:
        faults.append("the refusal changed something")
    return faults


def schema(postgres, other_column=False):
    """From nothing on both engines; the control adds a column to one of them."""
    with Installation() as lite, Installation(postgres) as large:
        faults = [f"SQLite: {fault}" for fault in moves(lite)] + [f"PostgreSQL: {fault}" for fault in moves(large)]
        if other_column:
            large.execute("ALTER TABLE person ADD COLUMN other TEXT")
        one, two = columns(lite), columns(large)
        faults += [f"only SQLite: {column}" for column in sorted(one - two)] + [f"only PostgreSQL: {column}" for column in sorted(two - one)]
        return not faults and len(one) > 300, f"{len(one)} columns in {len({column[0] for column in one})} tables; {'; '.join(faults[:6])}"
