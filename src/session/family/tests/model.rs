//! Random histories of one session against a small model of what its tokens are worth.
use proptest::prelude::*;

use super::*;
use crate::core::policy::MAX_LEEWAY;

/// What is done to the session.
#[derive(Clone, Debug)]
enum Deed {
    /// The clock moves, also backwards.
    Pass(i64),
    /// A token is presented: one of those that were ever minted, or one that nobody minted.
    Present {
        which: usize,
        what: TokenUse,
        holds: bool,
    },
    /// A token is revoked.
    Revoke { which: usize },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TokenUse {
    Look,
    Renew,
    /// What is minted lives longer than the store has recorded.
    RenewLonger,
    Rotate,
}

/// A token as the model sees it: no generations, no steps.
#[derive(Clone, Debug, Default)]
struct Coin {
    recorded: bool,
    used: bool,
    retired_at: Option<i64>,
    revoked: bool,
    successor: Option<usize>,
}

struct Model {
    rules: Rules,
    coins: Vec<Coin>,
    known: bool,
    ended: bool,
    clock: i64,
}

#[derive(Debug, PartialEq, Eq)]
enum Worth {
    /// Accepted, and nothing minted.
    Good,
    /// A fresh token.
    Fresh,
    /// The token that was minted before.
    Same(usize),
    /// Refused, and the session is as it was.
    Refused,
    /// Refused, and the session has ended by it.
    Ends,
}

impl Model {
    fn worth(&self, which: usize, what: TokenUse, holds: bool, now: i64) -> Worth {
        let coin = &self.coins[which];
        let now = now.max(self.clock);
        let uses = holds && what != TokenUse::Look;
        if !self.known {
            return match what {
                _ if self.rules.allow_list => Worth::Refused,
                TokenUse::Rotate if uses && now >= END => Worth::Refused,
                TokenUse::Rotate if uses => Worth::Fresh,
                _ => Worth::Good,
            };
        }
        if self.ended || coin.revoked {
            return Worth::Refused;
        }
        if let Some(retired_at) = coin.retired_at {
            if !uses || now >= END {
                return Worth::Refused;
            }
            let Grace::For(grace) = self.rules.reuse_grace else {
                panic!("{:?}", self.rules)
            };
            let grace = i64::try_from(grace.seconds()).unwrap();
            let successor = coin.successor.unwrap();
            let untouched = {
                let successor = &self.coins[successor];
                !successor.used && !successor.revoked && successor.retired_at.is_none()
            };
            return match what {
                TokenUse::Rotate if untouched && now - retired_at < grace => Worth::Same(successor),
                TokenUse::Renew | TokenUse::RenewLonger
                    if untouched && now - retired_at < grace =>
                {
                    Worth::Refused
                }
                _ if self.rules.reuse_detection => Worth::Ends,
                _ => Worth::Refused,
            };
        }
        if self.rules.allow_list && !coin.recorded {
            return Worth::Refused;
        }
        match what {
            _ if !uses => Worth::Good,
            _ if now >= END => Worth::Refused,
            TokenUse::Rotate => Worth::Fresh,
            _ => Worth::Good,
        }
    }
}

/// The session's absolute end; tokens themselves live longer than any history.
const END: i64 = NOW + 200;
/// Until when a token lives that is minted longer.
fn longer(now: i64) -> Expiry {
    Expiry::At(at(now + 400 * DAY))
}

/// More tokens than a history can mint.
const COINS: usize = 64;

fn name(which: usize) -> String {
    format!("token-{which}")
}

/// Each lives a day longer than the one before it.
fn coin(which: usize) -> SessionToken {
    token(&name(which), NOW + DAY * i64::try_from(which).unwrap())
}

fn number_of(family: Option<&Family>, which: usize) -> Option<u32> {
    Some(family?.generation_of(&coin(which).fingerprint)?.number)
}

/// What a store loads of a live session by one of its current tokens.
fn part(family: &Family, which: usize) -> Option<Family> {
    let own = number_of(Some(family), which).and_then(|number| family.generation(number));
    own.filter(|own| own.is_current() && family.session.ended.is_none())?;
    Some(Family {
        session: family.session.clone(),
        generations: family.current().cloned().collect(),
    })
}

fn present(which: usize, holds: bool) -> PresentedToken {
    let mut presented = PresentedToken {
        holds,
        ..presented(&coin(which), "s")
    };
    presented.origin.absolute_end = Some(at(END));
    presented
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let what = prop_oneof![
        1 => Just(TokenUse::Look),
        1 => Just(TokenUse::Renew),
        1 => Just(TokenUse::RenewLonger),
        4 => Just(TokenUse::Rotate),
    ];
    let deed = prop_oneof![
        3 => (-6_i64..14).prop_map(Deed::Pass),
        8 => (0_usize..12, what, prop::bool::weighted(0.9))
            .prop_map(|(which, what, holds)| Deed::Present { which, what, holds }),
        1 => (0_usize..12).prop_map(|which| Deed::Revoke { which }),
    ];
    prop::collection::vec(deed, 1..40)
}

fn rules() -> impl Strategy<Value = Rules> {
    let grace = prop_oneof![Just(0_u64), 1_u64..30];
    (any::<bool>(), any::<bool>(), any::<bool>(), grace).prop_map(
        |(allow_list, retires, detects, grace)| Rules {
            allow_list,
            retires: retires || allow_list,
            reuse_detection: detects || allow_list,
            reuse_grace: Grace::For(Span::from_seconds(grace)),
            siblings: false,
            revokes_alone: !allow_list && !detects,
        },
    )
}

struct Run {
    family: Option<Family>,
    model: Model,
    minted: usize,
    now: i64,
    /// Whether a retired token came back outside the grace.
    replayed: bool,
    /// When the last token expires that was minted and not recorded.
    longest: Expiry,
}

impl Run {
    fn start(rules: Rules, recorded: bool) -> Self {
        let mut coins = vec![Coin::default(); COINS];
        let origin = present(0, true).origin;
        let family = recorded.then(|| Family::new(&origin, coin(0), at(NOW)));
        coins[0].recorded = recorded;
        Self {
            family,
            model: Model {
                rules,
                coins,
                known: recorded,
                ended: false,
                clock: if recorded { NOW } else { i64::MIN },
            },
            // The first three exist without a rotation: a login's, and copies that were renewed from it.
            minted: 3,
            now: NOW,
            replayed: false,
            longest: Expiry::At(at(NOW)),
        }
    }

    fn ask(&self, which: usize, what: TokenUse, holds: bool, now: i64) -> Change {
        let request = match what {
            TokenUse::Look => Operation::Look,
            TokenUse::Renew | TokenUse::RenewLonger => Operation::Renew,
            TokenUse::Rotate => Operation::Rotate(Box::new(coin(self.minted))),
        };
        let (rules, presented) = (&self.model.rules, present(which, holds));
        self.decided(which, &|family| {
            let change = decide(family, &presented, &request, rules, at(now));
            if what != TokenUse::RenewLonger || !holds {
                return change;
            }
            let otherwise = Expiry::At(at(END)).plus(MAX_LEEWAY);
            guarding(change, family, &presented, longer(now), otherwise)
        })
    }

    /// What is decided about a token, which is the same and leaves the same session if a store has loaded a part alone.
    fn decided(&self, which: usize, decide: &dyn Fn(Option<&Family>) -> Change) -> Change {
        let change = decide(self.family.as_ref());
        if let Some(part) = self.family.as_ref().and_then(|family| part(family, which)) {
            assert_eq!(decide(Some(&part)), change, "{part:?}");
            let after = |family| apply(family, &change).map(|family| family.session);
            assert_eq!(
                after(Some(&part)),
                after(self.family.as_ref()),
                "{change:?}"
            );
        }
        change
    }

    fn act(&mut self, deed: &Deed) {
        match *deed {
            Deed::Pass(seconds) => self.now += seconds,
            Deed::Revoke { which } => self.revoke(which % self.minted),
            Deed::Present { which, what, holds } => {
                self.present(which % self.minted, what, holds);
            }
        }
    }

    fn present(&mut self, which: usize, what: TokenUse, holds: bool) {
        let expected = self.model.worth(which, what, holds, self.now);
        let change = self.ask(which, what, holds, self.now);
        if !holds || what == TokenUse::Look {
            assert!(change.steps.is_empty(), "{change:?}");
        }
        let before = self.family.clone();
        self.family = apply(before.as_ref(), &change);
        let found = match change.ruling {
            Ruling::Unrecorded | Ruling::Live(_) => Worth::Good,
            Ruling::Rotated(number) => {
                assert_eq!(number_of(self.family.as_ref(), self.minted), Some(number));
                Worth::Fresh
            }
            Ruling::Retried(number) => Worth::Same(
                (0..COINS)
                    .find(|which| number_of(before.as_ref(), *which) == Some(number))
                    .unwrap(),
            ),
            Ruling::Refused(Refusal::Reuse(_)) if !change.steps.is_empty() => Worth::Ends,
            Ruling::Refused(_) => Worth::Refused,
            Ruling::Revoked | Ruling::AlreadyEnded(_) => panic!("{change:?}"),
        };
        assert_eq!(found, expected, "{change:?}");
        if !change.steps.is_empty() {
            self.model.clock = self.model.clock.max(self.now);
        }
        let now = self.now.max(self.model.clock);
        match found {
            Worth::Fresh => {
                self.model.known = true;
                let fresh = self.minted;
                self.minted += 1;
                let retires = self.model.rules.retires;
                let used = &mut self.model.coins[which];
                used.recorded = true;
                used.used = true;
                used.successor = Some(fresh);
                used.retired_at = used.retired_at.or(retires.then_some(now));
                self.model.coins[fresh].recorded = true;
            }
            Worth::Good if what == TokenUse::RenewLonger && holds && !self.model.known => {
                (self.model.known, self.model.coins[which].recorded) = (true, true);
                self.longest = self.longest.max(longer(self.now));
            }
            Worth::Good if what != TokenUse::Look && holds => {
                let used = &mut self.model.coins[which];
                used.used = used.recorded;
                if what == TokenUse::RenewLonger {
                    self.longest = self.longest.max(longer(self.now));
                }
            }
            Worth::Ends => {
                self.model.ended = true;
                self.replayed = true;
            }
            _ => {}
        }
    }

    fn revoke(&mut self, which: usize) {
        let rules = self.model.rules;
        let presented = present(which, true);
        let change = self.decided(which, &|family| {
            revoke(family, &presented, &rules, at(self.now))
        });
        self.family = apply(self.family.as_ref(), &change);
        if change.steps.is_empty() {
            return;
        }
        self.model.clock = self.model.clock.max(self.now);
        self.model.coins[which].recorded |= !self.model.known || rules.revokes_alone;
        let first = !self.model.known;
        self.model.known = true;
        self.model.coins[which].revoked |= rules.revokes_alone && !first;
        let current = |coin: &Coin| coin.recorded && !coin.revoked && coin.retired_at.is_none();
        self.model.ended |= !rules.revokes_alone || first || !self.model.coins.iter().any(current);
    }

    /// What holds after every deed.
    fn check(&self) {
        let rules = &self.model.rules;
        let Some(family) = &self.family else { return };
        if rules.allow_list {
            assert!(family.current().count() <= 1, "two current tokens");
        }
        if rules.retires {
            for generation in &family.generations {
                assert!(
                    family.successors(generation.number).count() <= 1,
                    "a fork at {}",
                    generation.number
                );
            }
        }
        for which in 0..self.minted {
            for what in [TokenUse::Look, TokenUse::Renew, TokenUse::Rotate] {
                let accepted = |now| {
                    let ruling = self.ask(which, what, true, now).ruling;
                    !matches!(ruling, Ruling::Refused(_))
                };
                if self.replayed {
                    assert!(
                        !accepted(self.now),
                        "accepted after reuse: {which} {what:?}"
                    );
                }
                if !accepted(self.now) {
                    for later in [1, 7, 1000] {
                        assert!(!accepted(self.now + later), "time gave a right: {which}");
                    }
                }
            }
        }
        assert!(
            family.session.guards_until >= self.longest.plus(MAX_LEEWAY),
            "forgotten before {:?}",
            self.longest
        );
        for generation in &family.generations {
            assert!(
                Expiry::max(generation.token.expires_at, Expiry::At(at(END)))
                    < family.session.guards_until
            );
            let kept = generation.token.signed.is_some();
            assert_eq!(
                kept,
                generation.is_current() && family.session.ended.is_none()
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_history_comes_out_as_the_model_says(
        rules in rules(),
        recorded in any::<bool>(),
        deeds in deeds(),
    ) {
        let mut run = Run::start(rules, recorded);
        for deed in &deeds {
            run.act(deed);
            run.check();
        }
    }
}
