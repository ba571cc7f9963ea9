//! The use cases with a Django server's profile, over the memory store.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::builtin;
use crate::core::emulator::LoginOverrides;
use crate::core::time::Span;
use crate::core::token::{Limits, Unverified};
use crate::core::verdict::Reason;
use crate::session::family::{Expiry, State};
use crate::session::flow::RenewalRequest;
use crate::session::record;
use crate::session::service::end::{Ending, Reach, end};
use crate::session::service::records::{SessionState, record_login};
use crate::session::service::tests::{House, NOW, refused_for};
use crate::session::testing::at;

#[test]
fn a_login_is_recorded_and_ended_by_its_token() {
    let house = House::with(builtin("simplejwt"));
    let (tokens, mut store) = (house.log_in(), house.store.clone());
    let (session, _) = record_login(
        &mut store,
        &tokens,
        &house.profile,
        house.seal_keys(),
        at(NOW),
    )
    .unwrap();
    assert_eq!(session.state, SessionState::Known(State::Live));
    assert_eq!((session.generation, session.generations), (Some(1), 1));
    let refresh = tokens.refresh.unwrap().text;
    let token = Unverified::read(&refresh, &Limits::default());
    for (rehearse, live) in [(true, true), (false, false)] {
        let ended = end(&token, &house.profile, &mut store, rehearse, at(NOW + 60)).unwrap();
        let Ending::Now { reach, .. } = ended.ending else {
            panic!("{ended:?}")
        };
        let access = Span::from_seconds(300);
        assert_eq!(reach, Reach::AccessTokensAnywhere(access));
        assert_eq!(house.look(&refresh, NOW + 61).verdict.is_valid(), live);
    }
    let again = end(&token, &house.profile, &mut store, false, at(NOW + 70)).unwrap();
    assert!(matches!(again.ending, Ending::Before { .. }), "{again:?}");
    assert!(refused_for(
        &house.rotate(&refresh, 0, NOW + 80, 10),
        Reason::Revoked
    ));
}

#[test]
fn a_refused_renewal_is_foretold_as_its_server_would_answer_it() {
    let house = House::with(builtin("simplejwt"));
    let refresh = house.log_in_for_long();
    let token = Unverified::read(&refresh, &Limits::default());
    end(
        &token,
        &house.profile,
        &mut house.store.clone(),
        false,
        at(NOW),
    )
    .unwrap();
    let refused = house.prolong(&refresh, RenewalRequest::default(), 0, NOW + 60, 10);
    assert!(refused_for(&refused, Reason::Revoked), "{refused:?}");
    assert_eq!(refused.server.unwrap().answer.status, 401);
}

#[test]
fn a_short_lifetime_that_is_asked_for_shortens_no_record() {
    let mut house = House::with(builtin("simplejwt-sliding"));
    let minute = Span::from_seconds(60);
    house.profile.asked.access = Some(minute);
    let asked = LoginOverrides {
        access_ttl: Some(minute),
        ..LoginOverrides::default()
    };
    let server = house.profile.server.as_ref().unwrap();
    house.profile.server = Some(server.with_asked(&asked));
    let family = record::login(&house.log_in(), &house.profile, at(NOW));
    let expiry = family.generations[0].token.expires_at;
    assert_eq!(expiry, Expiry::At(at(NOW).plus(minute)));
    // The next renewal may come without the flag.
    assert_eq!(family.session.outlives, house.profile.access_ttl());
}
