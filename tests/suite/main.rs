//! The tests that look at jwtsess from outside: its source tree, its committed vectors, its program and its documents. One binary, so that it links once.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod architecture;
mod canary;
mod completions;
mod dev_key;
mod django;
mod django_database;
mod django_server;
mod django_store;
mod durable;
mod examples;
#[path = "../left_out/given.rs"]
mod given;
mod http;
mod interop;
mod invariants;
mod key_files;
mod key_pipes;
mod key_rotate;
mod live;
mod live_cases;
mod live_server;
mod live_servers;
mod live_request;
mod many_processes;
mod own_profile;
mod pastes;
mod peers;
mod postgres_store;
mod process;
mod profile_values;
mod profiles;
mod published_keys;
mod readme;
mod recorded;
mod rfc;
mod schema;
mod stack_recorded;
mod stack_server;
mod stack_tokens;
mod stacks;
mod store;
mod store_schema;
mod stories;
mod sweep;
mod wycheproof;
