//! A desk to run the program at: its own folder, the program's answers, and the records of an export.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A folder that goes with the test.
pub(crate) struct Desk {
    dir: TempDir,
}

/// What the program answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The exit status.
    pub(crate) status: i32,
    /// What it wrote for a reader.
    pub(crate) out: String,
    /// What it wrote on what went wrong.
    pub(crate) err: String,
}

/// An export: each file's bytes by name.
pub(crate) type Export = BTreeMap<String, Vec<u8>>;

/// The project's folder of examples.
pub(crate) fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// A folder of reports that belong to these tests.
pub(crate) fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// The program, set up to be started.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_marsad"));
    // A user of the machine may have knowledge of their own, which is none of a test's business.
    command.env_remove("COLUMNS").env("NO_COLOR", "1").env("MARSAD_KNOWLEDGE", "no-such-folder").stdin(Stdio::null());
    command
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A file of the project's knowledge.
    pub(crate) fn knowledge_file(name: &str) -> String {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge").join(name)).unwrap()
    }

    /// Lay knowledge of a user's own into this folder, a name of a source less than the program's: with another knowledge every
    /// original is read anew.
    pub(crate) fn put_other_knowledge(&self, folder: &str) {
        let sources = Self::knowledge_file("world/source_names.tsv");
        let (all_but_one, _) = sources.trim_end().rsplit_once('\n').unwrap();
        self.put(&format!("{folder}/world/source_names.tsv"), format!("{all_but_one}\n"));
    }

    /// A path on the desk.
    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Lay a file on the desk.
    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Start the program in the desk's folder and wait for it.
    pub(crate) fn ask(&self, arguments: &[&str]) -> Answer {
        let Output { status, stdout, stderr } = program().current_dir(self.dir.path()).args(arguments).output().unwrap();
        Answer { status: status.code().unwrap(), out: String::from_utf8(stdout).unwrap(), err: String::from_utf8(stderr).unwrap() }
    }

    /// Read an input into a ledger.
    pub(crate) fn run(&self, input: &Path, ledger: &str) -> Answer {
        self.ask(&["run", input.to_str().unwrap(), "--ledger", ledger])
    }

    /// The export of a ledger.
    pub(crate) fn export(&self, ledger: &str) -> Export {
        let out = self.at(&format!("{ledger}.export"));
        let answer = self.ask(&["export", "--ledger", ledger, "--out", out.to_str().unwrap()]);
        assert_eq!(answer.status, 0, "{}", answer.err);
        let files = fs::read_dir(&out).unwrap().map(|entry| {
            let entry = entry.unwrap();
            (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())
        });
        files.collect()
    }

    /// Read an input, which must be readable in part at least, and export it.
    pub(crate) fn records(&self, input: &Path) -> Records {
        let ledger = "records-ledger";
        let answer = self.run(input, ledger);
        assert!(answer.status < 2, "{}", answer.err);
        Records::of(&self.export(ledger))
    }
}

/// The records of an export.
pub(crate) struct Records {
    pub(crate) reports: Vec<Value>,
    pub(crate) mentions: Vec<Value>,
    pub(crate) claims: Vec<Value>,
    pub(crate) events: Vec<Value>,
    pub(crate) set_aside: Vec<Value>,
}

impl Records {
    pub(crate) fn of(export: &Export) -> Self {
        let part = |name: &str| -> Vec<Value> {
            let text = std::str::from_utf8(&export[name]).unwrap();
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        };
        Self {
            reports: part("reports.jsonl"),
            mentions: part("mentions.jsonl"),
            claims: part("claims.jsonl"),
            events: part("events.jsonl"),
            set_aside: part("set_aside.jsonl"),
        }
    }
}

/// Copy a folder with all in it, its files in the order that `arrange` brings them into.
pub(crate) fn copy_folder(from: &Path, to: &Path, arrange: impl Fn(&mut Vec<PathBuf>)) {
    let mut files = Vec::new();
    list(from, &mut files);
    arrange(&mut files);
    for file in files {
        let target = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&file, target).unwrap();
    }
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { list(&path, files) } else { files.push(path) }
    }
    files.sort();
}
