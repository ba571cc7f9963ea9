//! The server that the tests are given, and a place in it for each test alone.
#[path = "../../../../tests/left_out/given.rs"]
mod environment;

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls};

use super::super::{Address, Postgres, PrivateFile, Surroundings, open};
use crate::core::secret::Secret;
use crate::session::store::StoreError;

/// A schema of a test's own, which is dropped behind it.
pub(crate) struct TestSchema {
    /// With the schema as the one that names are looked for in.
    pub(crate) url: String,
    pub(super) schema: String,
}

/// What the machine adds: variables, and one file that is the password file.
#[derive(Default)]
pub(super) struct TestSurroundings {
    pub(super) variables: HashMap<&'static str, String>,
    pub(super) passfile: Option<(String, bool)>,
}

impl TestSurroundings {
    pub(super) fn with(name: &'static str, value: &str) -> Self {
        Self {
            variables: HashMap::from([(name, value.to_owned())]),
            passfile: None,
        }
    }
    pub(super) fn open(&self, url: &str) -> Result<Postgres, StoreError> {
        let variable = |name: &str| self.variables.get(name).map(OsString::from);
        let file = |path: &Path| {
            assert!(path.ends_with(".pgpass"), "{}", path.display());
            Ok(self
                .passfile
                .as_ref()
                .map(|(text, open_to_others)| PrivateFile {
                    content: Secret::new(text.clone().into_bytes()),
                    open_to_others: *open_to_others,
                }))
        };
        let around = Surroundings {
            variable: &variable,
            file: &file,
        };
        open(&Address::parse(url).unwrap(), &around)
    }
}

impl TestSchema {
    pub(crate) fn new() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let address = environment::given("JWTSESS_POSTGRES", "a PostgreSQL server")?;
        let address = address.to_str().unwrap();
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let schema = format!("test_{}_{number}", std::process::id());
        let given = Self {
            url: format!("{address}&options=-csearch_path%3D{schema}"),
            schema,
        };
        given.run(&format!(
            "DROP SCHEMA IF EXISTS {0} CASCADE; CREATE SCHEMA {0}",
            given.schema
        ));
        Some(given)
    }

    /// The address without settings, in its parts: before the password, the password, behind it.
    pub(super) fn parts(&self) -> (&str, &str, &str) {
        let bare = self.url.split_once('?').unwrap().0;
        let (login, host) = bare.split_once('@').unwrap();
        let (user, password) = login.rsplit_once(':').unwrap();
        (user, password, host)
    }

    /// The certificate of the server's authority.
    pub(super) fn authority(&self) -> &str {
        let behind = self.url.split_once("sslrootcert=").unwrap().1;
        behind.split_once('&').unwrap().0
    }

    /// A handle to the store.
    pub(super) fn open(&self) -> Postgres {
        TestSurroundings::default().open(&self.url).unwrap()
    }

    /// A client of its own, in the test's schema.
    pub(super) fn client(&self) -> Client {
        let (user, password, host) = self.parts();
        let url = format!("{user}:{password}@{host}");
        let mut client = Client::connect(&url, NoTls).unwrap();
        let set = format!("SET search_path = {}", self.schema);
        client.batch_execute(&set).unwrap();
        client
    }

    /// The name of a role that goes with the schema.
    pub(super) fn reader(&self) -> String {
        format!("reader_{}", self.schema)
    }

    pub(crate) fn run(&self, sql: &str) {
        self.client().batch_execute(sql).unwrap();
    }

    /// What a question gives: one text.
    pub(super) fn ask(&self, sql: &str) -> String {
        self.client().query_one(sql, &[]).unwrap().get(0)
    }
}

impl Drop for TestSchema {
    fn drop(&mut self) {
        self.run(&format!("DROP SCHEMA {} CASCADE", self.schema));
        self.run(&format!("DROP ROLE IF EXISTS {}", self.reader()));
    }
}
