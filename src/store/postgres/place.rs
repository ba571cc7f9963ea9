//! Where the tables are: in one schema of the search path, owned by somebody who may be trusted with them, and ordinary.
use postgres::{Client, Row};

use super::failure::TransactionError;
use crate::session::store::StoreError;

/// All tables of our names in the schemas of the search path, those that the role may not use too: they must not be taken for tables that are not there. Asked
/// of the catalogue itself: `information_schema` shows a role only the tables that it has rights to.
const TABLES: &str = "SELECT n.nspname::text, pg_catalog.quote_ident(n.nspname), c.relname::text, pg_catalog.has_schema_privilege(n.oid, 'USAGE'), \
    pg_catalog.pg_get_userbyid(c.relowner)::text, \
    pg_catalog.pg_has_role(c.relowner, 'MEMBER') OR c.relowner = (SELECT d.datdba FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database()), \
    c.relkind = 'r' AND NOT c.relrowsecurity \
    AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_trigger AS t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal) \
    AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite AS r WHERE r.ev_class = c.oid) \
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace \
    WHERE c.relname IN ('jwtsess_schema', 'jwtsess_session', 'jwtsess_generation') AND n.nspname IN \
    (SELECT CASE WHEN s = '\"$user\"' THEN current_user::text ELSE pg_catalog.btrim(s, '\"') END \
    FROM pg_catalog.regexp_split_to_table(pg_catalog.current_setting('search_path'), '\\s*,\\s*') AS s) ORDER BY 1, 3";

struct SchemaTable {
    schema: String,
    quoted: String,
    name: String,
    usable: bool,
    owner: String,
    trusted: bool,
    ordinary: bool,
}

impl SchemaTable {
    fn of(row: &Row) -> Result<Self, postgres::Error> {
        Ok(Self {
            schema: row.try_get(0)?,
            quoted: row.try_get(1)?,
            name: row.try_get(2)?,
            usable: row.try_get(3)?,
            owner: row.try_get(4)?,
            trusted: row.try_get(5)?,
            ordinary: row.try_get(6)?,
        })
    }
}

/// The schema that has our tables, quoted. `None` if none of the search path has any of them.
///
/// # Errors
/// Two schemas have them, the role may not use the schema, or the tables are another role's, a part of ours, or no ordinary ones.
pub(super) fn schema(client: &mut Client) -> Result<Option<String>, TransactionError> {
    let rows = client.query_typed(TABLES, &[])?;
    let tables: Result<Vec<SchemaTable>, _> = rows.iter().map(SchemaTable::of).collect();
    let tables = tables?;
    let Some(first) = tables.first() else {
        return Ok(None);
    };
    let schema = &first.schema;
    if let Some(other) = tables.iter().find(|table| table.schema != *schema) {
        return foreign(format!(
            "two schemas of the search path have tables with jwtsess's names, {schema} and {}: name one of them in the search path",
            other.schema
        ));
    }
    if !first.usable {
        let words = format!("its tables are in the schema {schema}, which this role may not use");
        return Err(StoreError::NoRights(words).into());
    }
    if tables.iter().all(|table| table.name != "jwtsess_schema") {
        // They may be what is left of a store, whose revocations would be gone.
        return foreign(
            "it has tables with jwtsess's names, but no jwtsess_schema that gives the version",
        );
    }
    if let Some(table) = tables.iter().find(|table| !table.trusted) {
        return foreign(format!(
            "the table {} in the schema {schema} belongs to the role {}, which is neither this role, nor one it is a member of, nor the database's owner",
            table.name, table.owner
        ));
    }
    if let Some(table) = tables.iter().find(|table| !table.ordinary) {
        return foreign(format!(
            "{} in the schema {schema} is no ordinary table without triggers, rules and row security, so what is written to it may be lost",
            table.name
        ));
    }
    Ok(Some(first.quoted.clone()))
}

fn foreign(words: impl Into<String>) -> Result<Option<String>, TransactionError> {
    Err(StoreError::Foreign(words.into()).into())
}
