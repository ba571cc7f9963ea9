//! Rotation, replay, revocation and flushing as the Django servers were recorded at it, played again offline with a store of ours. The letters and
//! numbers are the recordings'.
use crate::cli::commands::testing::Machine;
use crate::cli::testing::CallResult;

/// The tests' clock.
const NOW: i64 = 1_800_000_000;

/// A profile as its server was set, on a machine of its own.
struct Play {
    machine: Machine,
    profile: &'static str,
    settings: Vec<&'static str>,
}

impl Play {
    fn new(profile: &'static str, settings: &[&'static str]) -> Self {
        Self {
            machine: Machine::new(),
            profile,
            settings: settings.to_vec(),
        }
    }
    /// A call, so many seconds from now.
    fn at(&self, seconds: i64, args: &[&str]) -> CallResult {
        let now = (NOW + seconds).to_string();
        let mut all = args.to_vec();
        all.extend(["--profile", self.profile, "--now", &now, "-q"]);
        all.extend(self.settings.iter().flat_map(|setting| ["--set", setting]));
        self.machine.run(&all)
    }
    fn token(&self, seconds: i64, args: &[&str]) -> String {
        let called = self.at(seconds, args);
        assert_eq!(called.exit, 0, "{args:?} {called}");
        called.stdout.trim_end().to_owned()
    }
    /// The access and refresh token of a call.
    fn pair(&self, args: &[&str]) -> (String, String) {
        let lines = self.token(0, args);
        let mut lines = lines
            .lines()
            .map(|line| line.split_once('=').map(|(_, token)| token));
        let mut next = || {
            lines
                .next()
                .flatten()
                .map(str::to_owned)
                .unwrap_or_default()
        };
        (next(), next())
    }
    fn login(&self) -> (String, String) {
        self.pair(&["issue", "--user", "1"])
    }
    fn rotated(&self, token: &str) -> (String, String) {
        self.pair(&["rotate", token])
    }
    /// The call is refused: the exit status, and the code of the check that refused.
    fn refused(&self, seconds: i64, args: &[&str], exit: u8, code: &str) {
        let called = self.at(seconds, args);
        assert_eq!(called.exit, exit, "{args:?} {called}");
        assert!(called.stderr.contains(code), "{args:?} {code}: {called}");
        assert_eq!(called.stdout, "", "{args:?}");
    }
    fn accepted(&self, seconds: i64, args: &[&str]) {
        let called = self.at(seconds, args);
        assert_eq!(called.exit, 0, "{args:?} {called}");
    }
}

#[test]
fn simplejwt_rotates_and_blacklists_as_recorded_in_a() {
    let play = Play::new("simplejwt", &[]);
    let (access, first) = play.login();
    let (_, second) = play.rotated(&first); // A22
    play.refused(0, &["rotate", &first], 7, "retired"); // A23
    play.refused(0, &["verify", &first, "--kind", "refresh"], 7, "retired"); // A24
    let (_, third) = play.rotated(&second); // A25: the replay ended nothing
    play.accepted(0, &["verify", &access]); // A26
    play.accepted(0, &["revoke", &third]); // A27
    play.accepted(0, &["revoke", &third]); // A28: where the server says 401, ending what has ended is done
    play.refused(0, &["rotate", &third], 7, "revoked"); // A29
    // Text for text.
    let body = r#"401: {"detail":"Token is blacklisted","code":"token_not_valid"}"#;
    play.refused(0, &["renew", &third], 7, body);
    play.refused(0, &["renew", &first], 7, body);
    play.refused(0, &["revoke", &access], 1, "can't be revoked"); // A30
    play.accepted(0, &["verify", &access]);
}

#[test]
fn simplejwt_takes_a_refresh_token_that_was_never_recorded_as_in_a32() {
    let play = Play::new("simplejwt", &[]);
    let payload = format!(
        r#"{{"token_type":"refresh","exp":{},"iat":{NOW},"jti":"foreign","user_id":"1","role":"admin"}}"#,
        NOW + 3600
    );
    let minted = play.token(0, &["encode", &payload]);
    let (access, refresh) = play.rotated(&minted);
    for token in [access, refresh] {
        let claims = play.token(0, &["decode", &token, "--part", "payload"]);
        assert!(claims.contains(r#""role":"admin""#), "{claims}");
    }
    play.refused(0, &["rotate", &minted], 7, "retired");
}

#[test]
fn simplejwt_without_rotation_renews_again_and_again_as_recorded_in_e() {
    let play = Play::new(
        "simplejwt",
        &[
            "ROTATE_REFRESH_TOKENS=False",
            "BLACKLIST_AFTER_ROTATION=False",
        ],
    );
    let (_, refresh) = play.login();
    play.accepted(0, &["renew", &refresh]); // E1
    play.accepted(0, &["renew", &refresh]); // E2
    play.refused(0, &["rotate", &refresh], 2, "renew"); // it has no rotation
    play.accepted(0, &["revoke", &refresh]); // E3
    play.refused(0, &["renew", &refresh], 7, "revoked"); // E5
}

#[test]
fn simplejwt_that_does_not_blacklist_after_rotation_branches_as_recorded_in_f_and_g() {
    for settings in [["BLACKLIST_AFTER_ROTATION=False"], ["INSTALLED_APPS=[]"]] {
        let play = Play::new("simplejwt", &settings);
        let (_, first) = play.login();
        let (_, one) = play.rotated(&first); // F1, G2
        let (_, other) = play.rotated(&first); // F2, G3
        for branch in [one, other, first] {
            play.rotated(&branch);
        }
    }
}

#[test]
fn simplejwt_rotation_has_no_end_as_recorded_in_n() {
    let play = Play::new("simplejwt", &["REFRESH_TOKEN_LIFETIME=5"]);
    let (_, mut token) = play.login();
    for second in (3..30).step_by(3) {
        token = play.token(second, &["rotate", &token, "-o", "refresh"]);
    }
    play.refused(35, &["rotate", &token], 5, "expired");
}

#[test]
fn a_sliding_token_that_was_revoked_stays_so_after_a_clean_up_where_the_server_forgets_it_as_recorded_in_l()
 {
    let play = Play::new(
        "simplejwt-sliding",
        &[
            "SLIDING_TOKEN_LIFETIME=4",
            "SLIDING_TOKEN_REFRESH_LIFETIME=100",
        ],
    );
    let first = play.token(-6, &["issue", "--user", "1"]); // L1
    play.accepted(-6, &["verify", &first]); // L2
    let second = play.token(-3, &["renew", &first]); // L3: the id stays
    play.accepted(-3, &["revoke", &second]);
    play.refused(-3, &["verify", &second], 7, "revoked"); // L4
    play.refused(-3, &["renew", &second], 7, "revoked");
    // Past the first token's own end, where flushexpiredtokens drops its row.
    let purged = play.at(0, &["session", "purge"]);
    assert!(purged.stdout.starts_with("removed 0 sessions"), "{purged}");
    play.refused(0, &["verify", &second], 7, "revoked"); // L5: there 200
}

#[test]
fn drf_jwt_ends_a_family_by_any_member_as_recorded_in_r() {
    let play = Play::new("drf-jwt", &[]);
    let login = || play.token(0, &["issue", "--user", "alice", "--user-id", "1"]);
    let first = login(); // R1
    let second = play.token(1, &["renew", &first]); // R2
    let third = play.token(2, &["renew", &second]); // R3
    play.accepted(2, &["revoke", &second]); // R4
    for token in [&first, &second, &third] {
        play.refused(2, &["verify", token], 7, "revoked"); // R5, R6, R8
        let body = r#"400: {"non_field_errors":["Token is blacklisted."]}"#;
        play.refused(2, &["renew", token], 7, body); // R7
    }
    let other = login(); // R9
    play.accepted(2, &["verify", &other]);
}

#[test]
fn a_drf_jwt_family_stays_ended_after_a_clean_up_where_the_server_forgets_it_as_recorded_in_t() {
    let play = Play::new("drf-jwt", &["JWT_EXPIRATION_DELTA=4"]);
    let first = play.token(-5, &["issue", "--user", "alice", "--user-id", "1"]); // T1
    let second = play.token(-2, &["renew", &first]); // T2
    play.accepted(-2, &["revoke", &first]); // T3
    play.refused(-2, &["verify", &second], 7, "revoked"); // T4
    // Past the end of the one that was revoked, where delete_stale_tokens drops the family's row.
    let purged = play.at(0, &["session", "purge"]);
    assert!(purged.stdout.starts_with("removed 0 sessions"), "{purged}");
    play.refused(0, &["verify", &second], 7, "revoked"); // T5: there 200
    play.refused(0, &["renew", &second], 7, "revoked"); // T6: there 201
}
