//! The fast lane of `issue --batch`: logins that differ from one before only in values that are written as they are given. Their tokens are written in place.
//!
//! What is written was learned (see [`super::lesson`]). Whatever is unusual is left to the careful way.
use super::super::RequestSigners;
use super::facts::{LoginFacts, LoginPlan};
use super::lesson::{Issue, Login, Rules, lesson};
use crate::core::entropy::Entropy;
use crate::core::time::Timestamp;

/// The most shapes of lines that are learned at one moment, and how often that is tried.
const MOST_PLANS: usize = 16;
const MOST_LESSONS: u32 = 32;
/// How many lines of one moment come before one is learned from, which takes as long as three logins: a slow pipe's are not worth it.
const WORTH_A_LESSON: u32 = 4;
/// What was learned of one moment, and the buffers.
#[derive(Default)]
pub(super) struct LoginLane {
    now: Option<Timestamp>,
    careful: u32,
    lessons: u32,
    plans: Vec<LoginPlan>,
    facts: LoginFacts,
}

#[cfg(test)]
thread_local! {
    /// How many lines this thread's lanes have answered, and whether they may.
    pub(super) static ANSWERED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
    pub(super) static IS_OFF: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

impl LoginLane {
    /// Writes what is printed for a line like one that was learned. `None` if it is not certain to be one; then nothing is written.
    #[must_use]
    pub(super) fn answer(
        &mut self,
        (number, line): (u64, &[u8]),
        signers: &RequestSigners<'_>,
        now: Timestamp,
        entropy: &mut dyn Entropy,
        out: &mut Vec<u8>,
    ) -> Option<()> {
        if self.now != Some(now) {
            self.plans.clear();
            (self.now, self.careful, self.lessons) = (Some(now), 0, 0);
        }
        #[cfg(test)]
        if IS_OFF.get() {
            return None;
        }
        let Self { plans, facts, .. } = self;
        let plan = plans.iter().find(|plan| facts.fits(plan, line))?;
        facts.draw(plan, entropy);
        for (at, pattern) in plan.tokens.iter().enumerate() {
            facts.sign(pattern, signers.nth(at))?;
        }
        plan.printed.fill(&facts.values(number), out);
        #[cfg(test)]
        {
            ANSWERED.set(ANSWERED.get() + 1);
        }
        Some(())
    }

    /// Learns from a login what to write for others like it.
    pub(super) fn learn(&mut self, login: Login<'_>, rules: &Rules<'_>, issue: Issue<'_>) {
        self.careful += 1;
        let is_worth_it = self.careful >= WORTH_A_LESSON
            && self.lessons < MOST_LESSONS
            && self.plans.len() < MOST_PLANS;
        if is_worth_it {
            self.lessons += 1;
            self.plans.extend(lesson(login, rules, issue));
        }
    }
}
