//! A sum over the rows of every table, kept beside them, so that `verify` can tell whether what is read is what was written.
//!
//! A row's hash is added to its table's sum when the row is entered and taken off when it goes, whatever the order, so that
//! keeping the sum costs no more than what is written. On a connection that writes, triggers tell of each row; the sums are
//! brought up to date in the transaction that changes the rows ([`Change::commit`]). They guard against decay and against hands
//! that do not know of them; against those that do, the custody log binds what came in.
//!
//! The rows of the two indexes of words are SQLite's own affair: no trigger can tell of them. Whatever changes an index takes
//! their sums out ([`words_changed`]), and they are summed up anew, all of them, before the change is committed; where many
//! changes follow one another, with the last ([`Change::commit_before_more`]). A run that is killed between leaves none, which is
//! no fault, and the next change makes them.

use marsad_model::sha256_hex;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

/// Stands for the tables' own definitions.
const DEFINITIONS: &str = "sqlite_schema";

/// A sum of hashes, modulo two to the power of 64 in each of four parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sum([u64; 4]);

impl Sum {
    fn of(bytes: &[u8]) -> Self {
        Self::read(&sha256_hex(bytes))
    }

    fn read(hex: &str) -> Self {
        let part = |n: usize| hex.get(n * 16..n * 16 + 16).and_then(|part| u64::from_str_radix(part, 16).ok()).unwrap_or(0);
        Self([part(0), part(1), part(2), part(3)])
    }

    fn add(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a = a.wrapping_add(b));
    }

    fn take_off(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a = a.wrapping_sub(b));
    }

    fn hex(self) -> String {
        self.0.iter().map(|part| format!("{part:016x}")).collect()
    }
}

/// The changes of a transaction, by table.
type Pending = Arc<Mutex<BTreeMap<String, Sum>>>;

/// A value of a row, so that no two rows are written alike.
fn write(value: ValueRef<'_>, into: &mut Vec<u8>) {
    let mut put = |tag: u8, bytes: &[u8]| {
        into.push(tag);
        into.extend((bytes.len() as u64).to_le_bytes());
        into.extend(bytes);
    };
    match value {
        ValueRef::Null => put(0, &[]),
        ValueRef::Integer(n) => put(1, &n.to_le_bytes()),
        // A nought is stored without its sign.
        ValueRef::Real(x) => put(2, &(x + 0.0).to_bits().to_le_bytes()),
        ValueRef::Text(text) => put(3, text),
        ValueRef::Blob(blob) => put(4, blob),
    }
}

/// A table that has a sum.
struct Table {
    name: String,
    columns: Vec<String>,
    /// Is it one in which an index of words keeps its rows? Those are called after it.
    is_of_words: bool,
}

/// The tables that have a sum.
fn tables(db: &Connection) -> rusqlite::Result<Vec<Table>> {
    let query = "SELECT name, EXISTS (SELECT 1 FROM sqlite_schema v WHERE v.sql LIKE 'CREATE VIRTUAL %'
            AND substr(t.name, 1, length(v.name) + 1) = v.name || '_')
        FROM sqlite_schema t WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'row_sum'
            AND sql NOT LIKE 'CREATE VIRTUAL %'
        ORDER BY name";
    let mut names = db.prepare(query)?;
    let mut columns = db.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
    let mut tables = Vec::new();
    for row in names.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (name, is_of_words): (String, bool) = row?;
        let columns = columns.query_map([&name], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        tables.push(Table { name, columns, is_of_words });
    }
    Ok(tables)
}

fn listed(columns: &[String], of: &str) -> String {
    columns.iter().map(|column| format!("{of}\"{column}\"")).collect::<Vec<_>>().join(", ")
}

/// Let triggers tell of every row that this connection changes. They are the connection's own, and stand in no file.
pub(crate) fn watch(db: &Connection) -> rusqlite::Result<()> {
    let pending = Pending::default();
    let noting = pending.clone();
    db.create_scalar_function("row_changed", -1, FunctionFlags::SQLITE_UTF8, move |row: &Context<'_>| {
        let (table, entered): (String, bool) = (row.get(0)?, row.get(1)?);
        let mut bytes = Vec::new();
        (2..row.len()).for_each(|n| write(row.get_raw(n), &mut bytes));
        let mut pending = noting.lock().unwrap_or_else(PoisonError::into_inner);
        let sum = pending.entry(table).or_default();
        let change = if entered { Sum::add } else { Sum::take_off };
        change(sum, Sum::of(&bytes));
        Ok(None::<i64>)
    })?;
    db.create_scalar_function("rows_changed", 0, FunctionFlags::SQLITE_UTF8, move |_: &Context<'_>| {
        let pending = std::mem::take(&mut *pending.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(pending.into_iter().map(|(table, sum)| format!("{table} {}", sum.hex())).collect::<Vec<_>>().join("\n"))
    })?;
    // A row whose place another takes is told of too.
    let mut triggers = "PRAGMA recursive_triggers = ON;".to_owned();
    for Table { name: table, columns, .. } in tables(db)?.into_iter().filter(|table| !table.is_of_words) {
        let (new, old) = (listed(&columns, "NEW."), listed(&columns, "OLD."));
        let (comes, goes) = (format!("SELECT row_changed('{table}', 1, {new});"), format!("SELECT row_changed('{table}', 0, {old});"));
        for (when, does) in [("INSERT", comes.clone()), ("DELETE", goes.clone()), ("UPDATE", goes + &comes)] {
            let _ = write!(triggers, "CREATE TEMP TRIGGER \"sum {when} {table}\" AFTER {when} ON main.\"{table}\" BEGIN {does} END;");
        }
    }
    db.execute_batch(&triggers)
}

/// A transaction that changes rows, and their sums with them. Not committed, it is taken back.
#[derive(Debug)]
pub(crate) struct Change<'d>(Transaction<'d>);

impl Deref for Change<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl<'d> Change<'d> {
    /// Begin, at once, on a connection that is watched.
    pub(crate) fn begin(db: &'d Connection) -> rusqlite::Result<Self> {
        let begun = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
        // What was noted belongs to a transaction that was taken back.
        changed(&begun)?;
        Ok(Self(begun))
    }

    /// Bring the sums up to date and commit.
    pub(crate) fn commit(self) -> rusqlite::Result<()> {
        sum_words(&self)?;
        self.commit_before_more()
    }

    /// Commit while more of the same follows: the sums of the indexes of words are left to what commits last.
    pub(crate) fn commit_before_more(self) -> rusqlite::Result<()> {
        let sums = stored(&self)?;
        for line in changed(&self)?.lines() {
            let Some((table, delta)) = line.split_once(' ') else { continue };
            let mut sum = sums.get(table).map(|sum| Sum::read(sum)).unwrap_or_default();
            sum.add(Sum::read(delta));
            store(&self, table, sum)?;
        }
        self.0.commit()
    }
}

/// Note, in the transaction that does so, that an index of words is changed.
pub(crate) fn words_changed(db: &Connection) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM row_sum WHERE name LIKE '%\\_words\\__%' ESCAPE '\\'")?.execute([]).map(drop)
}

/// Sum up the indexes of words, where they have no sums.
fn sum_words(db: &Connection) -> rusqlite::Result<()> {
    if db.prepare_cached("SELECT 1 FROM row_sum WHERE name = 'report_words_data'")?.exists([])? {
        return Ok(());
    }
    // They write their rows late; a savepoint makes them.
    db.execute_batch("SAVEPOINT written; RELEASE written")?;
    for table in tables(db)?.iter().filter(|table| table.is_of_words) {
        store(db, &table.name, counted(db, &table.name, &table.columns)?)?;
    }
    Ok(())
}

fn changed(db: &Connection) -> rusqlite::Result<String> {
    db.prepare_cached("SELECT rows_changed()")?.query_row([], |row| row.get(0))
}

/// The sums as they are stored, letter by letter: a changed one may read as another's.
fn stored(db: &Connection) -> rusqlite::Result<BTreeMap<String, String>> {
    db.prepare_cached("SELECT name, sum FROM row_sum")?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn store(db: &Connection, table: &str, sum: Sum) -> rusqlite::Result<()> {
    let insert = "INSERT INTO row_sum (name, sum) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET sum = excluded.sum";
    db.prepare_cached(insert)?.execute(params![table, sum.hex()]).map(drop)
}

/// Sum up all that is there: for a ledger that had no sums, or whose tables are laid out anew.
pub(crate) fn make(db: &Connection) -> rusqlite::Result<()> {
    for table in tables(db)? {
        store(db, &table.name, counted(db, &table.name, &table.columns)?)?;
    }
    store(db, DEFINITIONS, definitions(db)?)
}

fn counted(db: &Connection, table: &str, columns: &[String]) -> rusqlite::Result<Sum> {
    let mut sum = Sum::default();
    let mut rows = db.prepare(&format!("SELECT {} FROM \"{table}\" NOT INDEXED", listed(columns, "")))?;
    let mut rows = rows.query([])?;
    let mut bytes = Vec::new();
    while let Some(row) = rows.next()? {
        bytes.clear();
        for n in 0..columns.len() {
            write(row.get_ref(n)?, &mut bytes);
        }
        sum.add(Sum::of(&bytes));
    }
    Ok(sum)
}

fn definitions(db: &Connection) -> rusqlite::Result<Sum> {
    counted(db, DEFINITIONS, &["type", "name", "tbl_name", "sql"].map(str::to_owned))
}

/// How many tables were looked at, and what is wrong with which: rows that are not those that were written, and what SQLite
/// finds in the file.
pub(crate) fn faults(db: &Connection) -> rusqlite::Result<(u64, Vec<(String, String)>)> {
    let written = stored(db)?;
    let mut found = BTreeMap::from([(DEFINITIONS.to_owned(), definitions(db))]);
    for table in tables(db)? {
        if !table.is_of_words || written.contains_key(&table.name) {
            let sum = counted(db, &table.name, &table.columns);
            found.insert(table.name, sum);
        }
    }
    let mut faults = Vec::new();
    for table in found.keys().chain(written.keys()).collect::<BTreeSet<_>>() {
        match (found.get(table), written.get(table)) {
            (Some(Ok(found)), Some(written)) if found.hex() == *written => {}
            (Some(Err(error)), _) => faults.push((table.clone(), format!("it cannot be read ({error})"))),
            _ => faults.push((table.clone(), "its rows are not those that were written".to_owned())),
        }
    }
    let mut whole = db.prepare("PRAGMA integrity_check")?;
    match whole.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>() {
        Ok(told) => faults.extend(told.into_iter().filter(|line| line != "ok").map(|line| ("its file".to_owned(), line))),
        Err(error) => faults.push(("its file".to_owned(), error.to_string())),
    }
    Ok((found.len() as u64, faults))
}
