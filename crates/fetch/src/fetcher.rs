//! The way from an address to what is kept of it: who may be asked, when, how often, and where it leads.

use crate::archive::{Answer, Archive};
use crate::clock::Clock;
use crate::robots::Robots;
use crate::seen::{Seen, Visit};
use crate::url::Url;
use crate::web::{Answered, FetchError, Options, Unanswered, Web};
use marsad_model::sha256_hex;
use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

/// What became of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is there, and was not before.
    New,
    /// It is there, and otherwise than before.
    Changed,
    /// It is there as it was.
    Unchanged,
    /// It was there and is gone: the server said so with this status.
    Gone(u16),
    /// The server answered with this status.
    Refused(u16),
    /// It is longer than what is read of one answer; what was read of it is kept.
    TooLong,
    /// The site's `robots.txt` does not let it be fetched.
    Robots,
    /// It is, or leads to, an address of this machine or of a private network.
    Private,
    /// What was fetched from it was withdrawn, for a family or a source at risk.
    Withdrawn,
    /// It leads in a circle, or too far.
    Redirects,
    /// It is no address of the web.
    NoAddress,
    /// Nothing came of it, and why.
    Failed(String),
}

/// An address, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// As it was asked for.
    pub url: String,
    /// Where it led.
    pub led_to: Vec<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// Its body, where it is there and new or changed.
    pub body: Vec<u8>,
}

/// Fetches addresses, one after the other.
#[derive(Debug)]
pub struct Fetcher<C, W: Write> {
    web: Web,
    options: Options,
    clock: C,
    seen: Seen,
    archive: Archive<W>,
    /// Each site's rules, or why they could not be had.
    robots: BTreeMap<String, Result<Robots, Outcome>>,
    /// When each host may be asked again.
    free: BTreeMap<String, Duration>,
}

/// A server that wants to be left alone longer than this is left alone for good.
const LONGEST_WAIT: Duration = Duration::from_mins(2);

impl<C: Clock, W: Write> Fetcher<C, W> {
    /// A fetcher that keeps answers here.
    pub fn new(options: Options, clock: C, seen: Seen, archive: Archive<W>) -> Result<Self, FetchError> {
        let web = Web::new(&options)?;
        Ok(Self { web, options, clock, seen, archive, robots: BTreeMap::new(), free: BTreeMap::new() })
    }

    /// What was kept.
    pub fn into_archive(self) -> Archive<W> {
        self.archive
    }

    /// Was this address there at the last visit?
    pub fn has_seen(&self, url: &str) -> bool {
        self.seen.is_withdrawn(url) || self.seen.get(url).is_some_and(|v| v.sha256.is_some())
    }

    /// Fetch an address, and keep each answer on the way.
    pub fn fetch(&mut self, written: &str) -> Result<Fetched, FetchError> {
        let mut fetched = Fetched { url: written.to_owned(), led_to: Vec::new(), outcome: Outcome::NoAddress, body: Vec::new() };
        let Some(mut url) = Url::read(written) else { return Ok(fetched) };
        let asked = url.whole.clone();
        let seen = self.seen.get(&asked).cloned();
        for _ in 0..=self.options.redirects {
            if let Some(refused) = self.refusal(&url) {
                fetched.outcome = refused;
                return Ok(fetched);
            }
            let answer = match self.ask(&url, seen.as_ref())? {
                Ok(answer) => answer,
                Err(Unanswered::Private) => {
                    fetched.outcome = Outcome::Private;
                    return Ok(fetched);
                }
                Err(Unanswered::Failed(why)) => {
                    fetched.outcome = Outcome::Failed(why);
                    return Ok(fetched);
                }
            };
            let leads = answer.location.as_deref().filter(|_| matches!(answer.status, 301 | 302 | 303 | 307 | 308));
            let Some(leads) = leads else {
                fetched.outcome = self.conclude(&asked, seen.as_ref(), &answer)?;
                fetched.body = answer.body;
                return Ok(fetched);
            };
            let Some(next) = url.join(leads) else { return Ok(fetched) };
            if next == url || fetched.led_to.contains(&next.whole) || next.whole == asked {
                break;
            }
            fetched.led_to.push(next.whole.clone());
            url = next;
        }
        fetched.outcome = Outcome::Redirects;
        Ok(fetched)
    }

    /// What an answer says of the address, which is remembered.
    fn conclude(&mut self, asked: &str, seen: Option<&Visit>, answer: &Answered) -> Result<Outcome, FetchError> {
        let (mut visit, was_there) = (seen.cloned().unwrap_or_default(), seen.is_some_and(|s| s.sha256.is_some()));
        (visit.url, visit.at, visit.status) = (asked.to_owned(), self.clock.stamp(), answer.status);
        let outcome = match answer.status {
            304 => Outcome::Unchanged,
            200..300 if answer.truncated.is_some() => Outcome::TooLong,
            200..300 => {
                let sha256 = Some(sha256_hex(&answer.body));
                let outcome = match (was_there, visit.sha256 == sha256 && visit.gone.is_none()) {
                    (false, _) => Outcome::New,
                    (true, true) => Outcome::Unchanged,
                    (true, false) => Outcome::Changed,
                };
                (visit.sha256, visit.gone) = (sha256, None);
                (visit.etag, visit.last_modified) = (answer.etag.clone(), answer.last_modified.clone());
                outcome
            }
            404 | 410 if was_there => {
                visit.gone.get_or_insert_with(|| visit.at.clone());
                Outcome::Gone(answer.status)
            }
            status => Outcome::Refused(status),
        };
        self.seen.put(visit)?;
        Ok(outcome)
    }

    /// Ask, again where it may help, and keep the answer.
    fn ask(&mut self, url: &Url, seen: Option<&Visit>) -> Result<Result<Answered, Unanswered>, FetchError> {
        let mut tried = 0;
        loop {
            self.wait_for(url);
            let answer = self.web.ask(url, seen);
            let pause = Duration::from_secs(1 << tried.min(6));
            let again = match &answer {
                Ok(a) if matches!(a.status, 429 | 500 | 502 | 503 | 504) => {
                    // A server that names a day, or an hour hence, will not be asked again in this run.
                    a.retry_after.as_deref().map_or(Some(pause), |s| s.trim().parse().ok().map(Duration::from_secs))
                }
                Ok(_) | Err(Unanswered::Private) => None,
                Err(Unanswered::Failed(_)) => Some(pause),
            };
            match again.filter(|wait| tried < self.options.retries && *wait <= LONGEST_WAIT) {
                Some(wait) => self.clock.wait(wait),
                None => {
                    if let Ok(answer) = &answer {
                        self.keep(url, answer)?;
                    }
                    return Ok(answer);
                }
            }
            tried += 1;
        }
    }

    fn keep(&mut self, url: &Url, answer: &Answered) -> Result<(), FetchError> {
        // What is as it was is kept already.
        if answer.status != 304 {
            let at = self.clock.stamp();
            self.archive.add(Answer { url: &url.whole, at: &at, head: &answer.head, body: &answer.body, truncated: answer.truncated })?;
        }
        Ok(())
    }

    /// Wait until the host may be asked, and note when it may be asked again.
    fn wait_for(&mut self, url: &Url) {
        let now = self.clock.elapsed();
        if let Some(wait) = self.free.get(&url.host).and_then(|free| free.checked_sub(now)).filter(|w| !w.is_zero()) {
            self.clock.wait(wait);
        }
        let delay = self.robots.get(&url.origin).and_then(|r| r.as_ref().ok()?.delay()).unwrap_or_default().max(self.options.pace);
        self.free.insert(url.host.clone(), self.clock.elapsed() + delay);
    }

    /// Why an address may not be asked for. A site's rules are asked for once: where it has none, all is let; where it fails to
    /// tell them, nothing is.
    fn refusal(&mut self, url: &Url) -> Option<Outcome> {
        if self.seen.is_withdrawn(&url.whole) {
            return Some(Outcome::Withdrawn);
        }
        if !self.robots.contains_key(&url.origin) {
            let robots = self.robots_of(url);
            self.robots.insert(url.origin.clone(), robots);
        }
        match self.robots.get(&url.origin)? {
            Ok(robots) => (!robots.lets(&url.path)).then_some(Outcome::Robots),
            Err(why) => Some(why.clone()),
        }
    }

    fn robots_of(&mut self, url: &Url) -> Result<Robots, Outcome> {
        let Some(mut at) = url.join("/robots.txt") else { return Ok(Robots::closed()) };
        for _ in 0..=self.options.redirects {
            self.wait_for(&at);
            let answer = match self.web.ask(&at, None) {
                Ok(answer) => answer,
                Err(Unanswered::Private) => return Err(Outcome::Private),
                Err(Unanswered::Failed(why)) => return Err(Outcome::Failed(format!("its robots.txt cannot be had: {why}"))),
            };
            match answer.status {
                200..300 => return Ok(Robots::read(&String::from_utf8_lossy(&answer.body))),
                300..400 => match answer.location.as_deref().and_then(|l| at.join(l)) {
                    Some(next) => at = next,
                    None => break,
                },
                400..500 if answer.status != 429 => break,
                status => return Err(Outcome::Failed(format!("its robots.txt cannot be had: status {status}"))),
            }
        }
        Ok(Robots::default())
    }
}
